"""The assessor's screens by role: what each shows, what it saves, who is refused."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dorobek.kernel.files import store_bytes
from dorobek.people.enums import Role
from dorobek.portfolio.models import Evidence
from dorobek.validation.models import CriterionCheck, CriterionNote, Declaration, Mark, MethodRecord, Sitting
from tests.credentials.elsewhere import elsewhere
from tests.factories import make_institution, make_person, make_staff, make_unit
from tests.sessions import signed_in_client
from tests.validation.judged import Judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Judged()


def url(name, world, *more):
    return reverse(f"assessing-{name}", args=[world.case.uid, *more])


def as_assessor(world, number=0):
    return signed_in_client(world.assessors[number])


PAGES = (
    ("case",), ("sheet", "1.1"), ("close",), ("evidence",), ("methods",), ("observations",), ("conversation",), ("test",),
    ("agreement",),
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_each_page_opens_for_the_commission_and_is_missing_for_everybody_else(world, page):
    for number in range(3):
        assert as_assessor(world, number).get(url(page[0], world, *page[1:])).status_code == 200
    others = (world.assessors[3], world.stranger(), world.officer, world.adviser, world.appeals, world.me)
    for who in others:
        for method in ("get", "post"):
            answer = getattr(signed_in_client(who), method)(url(page[0], world, *page[1:]))
            assert answer.status_code == 404, (who, page, method)


def test_the_desk_names_the_next_move(world):
    page = as_assessor(world).get(reverse("assessing")).content.decode()
    assert "oceń kryteria" in page
    assert world.person.name in page
    world.mark_all(world.sheets[0])
    page = as_assessor(world).get(reverse("assessing")).content.decode()
    assert "czekamy na arkusze innych" in page
    assert "Asesor B, Asesor C" in page
    for sheet in world.sheets[1:]:
        world.mark_all(sheet, c11a="not-met")
    assert "uzgodnij różnice" in as_assessor(world).get(reverse("assessing")).content.decode()
    assert world.person.name not in as_assessor(world, 3).get(reverse("assessing")).content.decode()


def test_the_desk_reads_a_known_number_of_statements(world, django_assert_max_num_queries):
    client = as_assessor(world)
    client.get(reverse("assessing"))
    with django_assert_max_num_queries(30):
        client.get(reverse("assessing"))


def test_a_sheet_is_saved_with_reason_method_evidence_and_checklist(world):
    client = as_assessor(world)
    page = client.get(url("sheet", world, "1.1"))
    assert "Księga" in page.content.decode()
    data = {
        "v_1_1_a": "met", "m_1_1_a": "evidence_analysis", "p_1_1_a": f"evidence:{world.piece.uid}", "r_1_1_a": "Widać w księdze.",
        "validity_1_1_a": "yes", "currency_1_1_a": "partly", "sufficiency_1_1_a": "yes", "authenticity_1_1_a": "yes",
        "n_1_1_a": "Podpis kierownika.", "then": "next",
    }  # fmt: skip
    answer = client.post(url("sheet", world, "1.1"), data)
    assert answer.status_code == 302
    assert answer["Location"] == url("sheet", world, "1.2")
    mark = Mark.objects.get()
    assert (mark.criterion, mark.verdict, mark.evidence, mark.assessment.assessor) == (
        "1.1.a", "met", world.piece, world.assessors[0],
    )  # fmt: skip
    check = CriterionCheck.objects.get()
    assert (check.currency, check.note) == ("partly", "Podpis kierownika.")
    again = client.get(url("sheet", world, "1.1")).content.decode()
    assert "Widać w księdze." in again


def test_what_could_not_be_defended_is_asked_for_and_nothing_typed_is_lost(world):
    client = as_assessor(world)
    answer = client.post(url("sheet", world, "1.1"), {"v_1_1_a": "not-met", "r_1_1_b": "Zaczęte zdanie."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_r_1_1_a"' in page
    assert 'href="#id_m_1_1_a"' in page
    assert "nie ma oceny" in page
    assert "Zaczęte zdanie." in page
    assert not Mark.objects.exists()


def test_closing_says_what_is_left_and_is_final(world):
    client = as_assessor(world)
    answer = client.post(url("close", world))
    assert answer.status_code == 422
    assert "Bez oceny" in answer.content.decode()
    world.mark_all(world.sheets[0], close=False)
    assert client.post(url("close", world)).status_code == 302
    assert world.sheets[0].closed_at is not None
    page = client.get(url("sheet", world, "1.1")).content.decode()
    assert "textarea" not in page
    client.post(url("sheet", world, "1.1"), {"v_1_1_a": "not-met", "m_1_1_a": "conversation", "r_1_1_a": "Później."})
    assert Mark.objects.get(assessment=world.sheets[0], criterion="1.1.a").verdict == "met"
    again = client.post(url("close", world))
    assert again.status_code == 422
    assert "jest już zamknięty" in again.content.decode()


def test_a_declaration_is_given_once_in_plain_words():
    world = Judged(appointed=False)
    world.commission(world.case, *world.records[:3], declare=False)
    client = as_assessor(world)
    assert "złóż oświadczenie" in client.get(reverse("assessing")).content.decode()
    where = url("declaration", world)
    assert client.post(where, {"trained": "nie"}).status_code == 422
    assert client.post(where, {"trained": "nie", "relative": "nie", "subordinate": "tak"}).status_code == 302
    said = Declaration.objects.get()
    assert (said.trained, said.subordinate, said.member.record.account) == (False, True, world.assessors[0])
    assert client.get(where).status_code == 404
    assert client.get(url("case", world)).status_code == 404
    for who in (world.assessors[3], world.officer, world.me):
        assert signed_in_client(who).get(where).status_code == 404


def test_evidence_is_opened_only_where_the_candidate_put_it(world):
    client = as_assessor(world)
    assert "Księga" in client.get(url("evidence", world)).content.decode()
    assert client.get(url("evidence-one", world, world.piece.uid)).status_code == 200
    other = world.evidence()
    for name in ("evidence-one", "evidence-file", "evidence-check"):
        assert client.get(url(name, world, other.uid)).status_code == 404
    assert client.get(url("evidence-file", world, world.piece.uid)).status_code == 404  # it has no file


def mapped(world, text, **fields):
    """A piece with a file that holds this text, put beside 1.1.a while nobody looks."""
    stored = store_bytes(text.encode(), name="odznaka.json", media_type="application/json", person_uid=world.person.uid)
    piece = Evidence.objects.create(
        person=world.person, case_uid=world.person.uid, title="Odznaka", file=stored, **{"kind": "credential", **fields}
    )
    world.case.mapped.create(criterion="1.1.a", evidence=piece)
    return piece


def test_a_credential_is_checked_by_machine_and_each_check_is_shown(world):
    client = as_assessor(world)
    good = mapped(world, elsewhere())
    page = client.get(url("evidence-one", world, good.uid)).content.decode()
    assert "Obsługa wózka widłowego" in page
    assert page.count("<b>", page.index("Każde sprawdzenie")) >= 5
    assert "Podpis" in page
    assert 'class="is-bad"' not in page
    forged = mapped(world, elsewhere().replace("Egzamin na placu.", "Egzamin zdany celująco."))
    page = client.get(url("evidence-check", world, forged.uid)).content.decode()
    assert 'class="is-bad"' in page
    assert client.get(url("evidence-file", world, good.uid)).status_code == 200
    sheet = client.get(url("sheet", world, "1.1")).content.decode()
    assert url("evidence-check", world, good.uid) in sheet


def test_a_file_that_is_no_credential_is_told_as_none(world):
    client = as_assessor(world)
    photo = mapped(world, "{}", kind="file")
    assert "Co sprawdził system" not in client.get(url("evidence-one", world, photo.uid)).content.decode()
    broken = mapped(world, "zwykły tekst")
    assert client.get(url("evidence-one", world, broken.uid)).status_code == 200


def test_evidence_that_the_candidate_removed_is_gone(world):
    Evidence.objects.filter(pk=world.piece.pk).update(removed_at=timezone.now())
    client = as_assessor(world)
    assert client.get(url("evidence-one", world, world.piece.uid)).status_code == 404
    assert "Księga" not in client.get(url("sheet", world, "1.1")).content.decode()


def test_scenarios_are_the_officers_and_one_bodys_alone(world):
    draft, published = world.scenario(publish=False), world.scenario()
    elsewhere_ = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution("Inna Izba")))
    where = [reverse("assessing-scenario", args=[one.uid]) for one in (draft, published)]
    edit = reverse("assessing-scenario-edit", args=[draft.uid])
    step = reverse("assessing-scenario-step", args=[draft.uid, "opublikuj"])
    officer = signed_in_client(world.officer)
    assert [officer.get(one).status_code for one in (*where, edit)] == [200, 200, 200]
    for who in (world.assessors[0], world.adviser, world.me, elsewhere_):
        client = signed_in_client(who)
        assert {client.get(one).status_code for one in (*where, edit)} == {404}
        assert client.post(step).status_code == 404
    values = {"title": "Rozmowa", "minutes": "30", "met_1_1_a": "pyta", "cues_1_1_a": "zapytał\npodsumował"}
    too_many = officer.post(edit, {**values, "cues_1_1_a": "\n".join(map(str, range(13)))})
    assert too_many.status_code == 422
    assert officer.post(edit, {**values, "base_version": draft.version}).status_code == 302
    draft.refresh_from_db()
    assert draft.anchors == {"1.1.a": {"met": "pyta", "not_met": "", "cues": ["zapytał", "podsumował"]}}
    stale = officer.post(edit, {**values, "title": "Inaczej", "base_version": draft.version - 1})
    assert stale.status_code == 422
    assert "Ktoś zmienił to samo" in stale.content.decode()
    officer.post(step)
    draft.refresh_from_db()
    assert draft.published_at is None  # half an anchor is no anchor
    begun = officer.post(reverse("assessing-scenario-new"), {
        "where": f"{world.institution.uid}:{world.qualification.code}", "title": "Druga scenka",
    })  # fmt: skip
    assert begun.status_code == 302
    assert officer.get(reverse("assessing-scenario-edit", args=[published.uid])).status_code == 302


def test_an_appeal_upheld_ends_what_the_first_commission_may_open(world):
    for sheet in world.sheets:
        world.mark_all(sheet, c11a="not-met")
    world.decide(world.fresh(world.case))
    client = as_assessor(world)
    assert "decyzja wydana" in client.get(reverse("assessing")).content.decode()
    assert client.get(url("agreement", world)).status_code == 200
    world.answer(world.appeal(world.fresh(world.case)))
    for page in PAGES:
        assert client.get(url(page[0], world, *page[1:])).status_code == 404
    assert url("declaration", world) not in client.get(reverse("assessing")).content.decode()


def test_a_use_of_a_method_is_written_down_with_its_criteria(world):
    client = as_assessor(world)
    assert "1.1.a" in client.get(url("methods", world) + "?metoda=evidence_analysis").content.decode()
    assert client.post(url("methods", world), {"method": "evidence_analysis"}).status_code == 422
    sent = {"method": "evidence_analysis", "criteria": ["1.1.a", "1.2.a"]}
    assert client.post(url("methods", world), sent).status_code == 422  # only where there is evidence
    assert not MethodRecord.objects.exists()
    sent["criteria"] = ["1.1.a"]
    assert "cztery pytania" in client.post(url("methods", world), sent).content.decode()
    checks = {f"{name}_1_1_a": "yes" for name in ("validity", "currency", "sufficiency", "authenticity")}
    client.post(url("sheet", world, "1.1"), checks)
    assert client.post(url("methods", world), sent).status_code == 302
    assert MethodRecord.objects.get().criteria == ["1.1.a"]
    assert "presentation" not in client.get(url("methods", world)).content.decode()


def test_the_conversation_asks_about_what_is_open_and_keeps_the_notes(world):
    client = as_assessor(world)
    world.mark_all(world.sheets[0], close=False, c21b="not-shown")
    page = client.get(url("conversation", world)).content.decode()
    assert 'name="t_2_1_b"' in page
    assert 'name="t_1_1_a"' in page  # every set is talked about, set 1 by its first criterion
    assert 'name="t_1_2_a"' not in page
    assert client.post(url("conversation", world), {"then": "end"}).status_code == 422
    client.post(url("conversation", world), {"t_2_1_b": "Opowiedziała o kasie.", "t_1_1_a": "Krótko.", "then": "end"})
    note = CriterionNote.objects.get(criterion="2.1.b")
    assert (note.text, note.method) == ("Opowiedziała o kasie.", "conversation")
    assert "drugie" in note.question
    assert MethodRecord.objects.get(method="conversation").criteria == ["1.1.a", "2.1.b"]


def test_a_tap_sent_twice_is_kept_once_and_only_on_ones_own_sheet(world):
    seen = world.observation()
    where = url("taps", world, seen.uid)
    seen.begun_at -= dt.timedelta(minutes=5)
    seen.save()
    tap = {"uid": "0193f5d0-0000-7000-8000-000000000001", "criterion": "1.1.a", "words": "zapytał", "at": 1000}
    client = as_assessor(world)
    for _time in range(2):
        answer = client.post(where, json.dumps({"sent_at": 61_000, "taps": [tap]}), content_type="application/json")
        assert answer.status_code == 200
    mark = world.sheets[0].time_marks.get()
    assert (mark.received_at - mark.at).total_seconds() == 60
    assert "zapytał" in client.get(url("observation", world, seen.uid)).content.decode()
    other = as_assessor(world, 1)
    assert "zapytał" not in other.get(url("observation", world, seen.uid)).content.decode()
    assert other.post(url("tap-remove", world, seen.uid, mark.uid)).status_code == 404
    stolen = other.post(where, json.dumps({"sent_at": 61_000, "taps": [tap]}), content_type="application/json")
    assert stolen.status_code == 422
    for broken in ("x", "{}", json.dumps({"sent_at": 1, "taps": [{**tap, "uid": "x"}]})):
        assert client.post(where, broken, content_type="application/json").status_code == 400
    assert client.post(url("tap-remove", world, seen.uid, mark.uid)).status_code == 302
    assert "zapytał" not in client.get(url("observation", world, seen.uid)).content.decode()


def test_an_observation_without_scripts_is_the_same(world):
    client = as_assessor(world)
    scenario = world.scenario()
    sent = {"scenario": str(scenario.uid), "place": "sala 2", "client_name": "Ewa Statystka"}
    assert client.post(url("observations", world), sent).status_code == 422
    answer = client.post(url("observations", world), {**sent, "equipment_ready": "on"})
    assert answer.status_code == 302
    seen = world.case.observations.get()
    where = url("observation", world, seen.uid)
    client.post(where, {"now": "1.1.a\tzadał pytanie otwarte", "t_1_1_a": "Spokojnie."})
    assert world.sheets[0].time_marks.get().words == "zadał pytanie otwarte"
    assert world.sheets[0].notes.get().text == "Spokojnie."
    assert client.post(url("observation-end", world, seen.uid)).status_code == 302
    assert MethodRecord.objects.get().criteria == ["1.1.a", "2.1.a"]


def test_at_a_sitting_only_its_own_commission_declares():
    world = Judged(appointed=False)
    chosen = world.commission(world.case, *world.records[:3], declare=False)
    world.commission(world.case, world.records[3], declare=False)
    now = timezone.now()
    sitting = Sitting.objects.create(opening=world.opening, begins=now, ends=now, place="sala 3", commission=chosen)
    sitting.candidates.create(application=world.case, round=1)
    page = as_assessor(world).get(reverse("assessing")).content.decode()
    assert "złóż oświadczenie" in page
    assert "sala" in page
    assert as_assessor(world).get(url("declaration", world)).status_code == 200
    assert as_assessor(world, 3).get(url("declaration", world)).status_code == 404
    assert "złóż oświadczenie" not in as_assessor(world, 3).get(reverse("assessing")).content.decode()


def test_what_a_second_device_would_undo_is_told_first_and_then_up_to_the_person(world):
    client, where = as_assessor(world), url("sheet", world, "1.1")
    old = client.get(where).context["form"].initial["seen"]
    mark = {"v_1_1_a": "met", "m_1_1_a": "evidence_analysis", "r_1_1_a": "Laptop."}
    assert client.post(where, {**mark, "seen": old}).status_code == 302
    late = {**mark, "v_1_1_a": "not-met", "r_1_1_a": "Tablet.", "seen": old}
    answer = client.post(where, late)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Laptop." in page
    assert "Tablet." in page
    assert Mark.objects.get().reason == "Laptop."
    again = answer.context["form"]["seen"].value()
    assert client.post(where, {**late, "seen": again}).status_code == 302
    assert Mark.objects.get().reason == "Tablet."
    assert client.post(where, {**late, "seen": old}).status_code == 302  # nothing would be undone


def test_more_cases_on_the_desk_are_not_more_statements(world):
    client = as_assessor(world)
    client.get(reverse("assessing"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("assessing"))
    for name in ("Jan Drugi", "Ewa Trzecia"):
        world.person = make_person(name)
        world.me = world.person.account
        world.piece = world.evidence()
        world.appointed(world.documented(world.open()), *world.records[:3])
    with CaptureQueriesContext(connection) as three:
        page = client.get(reverse("assessing")).content.decode()
    assert "Ewa Trzecia" in page
    assert len(three) == len(one)
