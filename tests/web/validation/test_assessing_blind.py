"""Blind until closed (VA-5): no route, operation, history, draft or export tells of another's open sheet."""

import json
import uuid

import pytest
from django.urls import reverse

from dorobek.audits.person_data import erase_person, export_person
from dorobek.kernel.models import HistoryEntry
from dorobek.people.models import Draft
from dorobek.validation.actions import sheets
from dorobek.validation.actions.observing import Tap, keep_taps
from dorobek.validation.models import Assessment, CriterionCheck, CriterionNote, TimeMark
from dorobek.validation.rules import Verdict
from tests.architecture.permissions.test_operations import operations
from tests.architecture.permissions.test_routes import ROUTES
from tests.factories import acting
from tests.sessions import signed_in_client
from tests.validation.judged import Judged

pytestmark = pytest.mark.django_db
SECRET = "TAJNEZDANIE"


@pytest.fixture
def world():
    """The first assessor wrote a secret everywhere it can be written; their sheet is open."""
    made = Judged()
    sheet = made.sheets[0]
    who = acting(sheet.assessor)
    row = sheets.Filled("1.1.a", Verdict.NOT_MET, SECRET, "knowledge_test", None, {"validity": "no"}, SECRET)
    sheets.fill_sheet(assessment=sheet, rows=[row], acting_user=who)
    sheets.note_criteria(assessment=sheet, method="conversation", notes={"1.1.a": SECRET}, acting_user=who)
    made.seen = made.observation()
    now = made.seen.begun_at
    keep_taps(observation=made.seen, taps=[Tap(uuid.uuid4(), "1.1.a", SECRET, now)], sent_at=now, acting_user=who)
    Draft.objects.create(
        account=sheet.assessor, case_uid=made.case.uid, values={"r_1_1_a": [SECRET]},
        form=reverse("assessing-sheet", args=[made.case.uid, "1.1"]),
    )  # fmt: skip
    return made


def pages(world):
    one = world.case.uid
    return [
        reverse("assessing"),
        *(reverse(f"assessing-{name}", args=[one]) for name in (
            "case", "close", "evidence", "methods", "observations", "conversation", "agreement",
        )),
        reverse("assessing-sheet", args=[one, "1.1"]),
        reverse("assessing-difference", args=[one, "1.1.a"]),
        reverse("assessing-observation", args=[one, world.seen.uid]),
        "/api/validation/assessing",
        *(f"/api/validation/assessing/cases/{one}{rest}" for rest in ("", "/conversation", "/observations", "/comparison")),
    ]  # fmt: skip


def everyone(world):
    return [*world.assessors[1:4], world.officer, world.adviser, world.appeals, world.me]


def test_nobody_reads_it_on_any_page_while_it_is_open(world):
    told = [
        (str(who), page)
        for who in everyone(world)
        for page in pages(world)
        if SECRET in signed_in_client(who).get(page).content.decode()
    ]
    assert told == []
    own = signed_in_client(world.assessors[0]).get(reverse("assessing-sheet", args=[world.case.uid, "1.1"]))
    assert SECRET in own.content.decode()


def test_whoever_closed_their_own_still_sees_no_open_one(world):
    world.mark_all(world.sheets[1])
    mine = acting(world.assessors[1]).account
    assert set(Assessment.objects.visible_to(mine)) == {world.sheets[1]}
    for table in (CriterionCheck, CriterionNote, TimeMark):
        assert not table.objects.visible_to(mine).exists()
        assert table.objects.visible_to(acting(world.assessors[0]).account).exists()
    client = signed_in_client(world.assessors[1])
    assert not [page for page in pages(world) if SECRET in client.get(page).content.decode()]


def test_the_history_tells_that_it_was_written_and_not_what(world):
    told = HistoryEntry.objects.filter(subject=world.case.uid).select_related("payload")
    words = str([one.payload.data for one in told])
    assert SECRET not in words
    assert "not-met" not in words
    assert {"validation.evidence-checked", "validation.noted", "validation.time-marked"} <= {one.kind for one in told}


def test_the_candidate_takes_marks_away_only_after_the_decision(world, tmp_path):
    path = export_person(world.person, tmp_path / "before")
    assert SECRET not in path.read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))["tables"]["validation.assessment"] == []
    world.case.decisions.create(round=world.case.round, criteria={}, outcomes={}, sets={}, whole="not-met")
    tables = json.loads(export_person(world.person, tmp_path / "after").read_text(encoding="utf-8"))["tables"]
    assert tables["validation.mark"][0]["reason"] == SECRET
    assert tables["validation.criterioncheck"][0]["note"] == SECRET
    assert tables["validation.criterionnote"][0]["text"] == SECRET
    assert tables["validation.timemark"][0]["words"] == SECRET


def test_erasure_leaves_no_word_of_it(world):
    erase_person(person=world.person, acting_user=None)
    assert not Draft.objects.filter(case_uid=world.case.uid).exists()
    left = [
        getattr(row, name)
        for table in (CriterionCheck, CriterionNote, TimeMark)
        for row in table.objects.all()
        for name in table.erase
    ]
    assert left
    assert not any(left)


def _addresses(world):
    """Every address of validation, screens and REST, filled with what belongs to this case."""
    known = {
        "outcome": "1.1", "criterion": "1.1.a", "code": world.qualification.code, "observation": world.seen.uid,
        "observation_uid": world.seen.uid, "evidence_uid": world.piece.uid, "slug": "arkusz", "kind": "csv", "number": 1,
    }  # fmt: skip
    patterns = [pattern for _name, pattern in ROUTES if "walidacja" in pattern]
    patterns += [
        path.lstrip("/").replace("{", "<uuid:").replace("}", ">")
        for method, path, _operation in operations()
        if method == "GET" and "validation" in path
    ]
    for pattern in patterns:
        parts = pattern.split("<")
        filled = [parts[0]]
        for part in parts[1:]:
            inside, _end, rest = part.partition(">")
            filled.append(f"{known.get(inside.rpartition(':')[2], world.case.uid)}{rest}")
        yield "/" + "".join(filled)


def test_no_address_of_validation_tells_of_an_open_sheet(world):
    """Also the office's, the adviser's and the candidate's pages, whoever builds them."""
    addresses = list(_addresses(world))
    assert len(addresses) > 60
    told = []
    for who in (world.assessors[1], world.officer, world.adviser, world.me):
        client = signed_in_client(who)
        for address in addresses:
            answer = client.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if SECRET.encode() in content:
                told.append((str(who), address))
    assert told == []
