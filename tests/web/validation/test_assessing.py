"""The assessor's screens by role: what each shows, what it saves, who is refused."""

import json

import pytest
from django.urls import reverse

from dorobek.validation.models import CriterionCheck, CriterionNote, Declaration, Mark, MethodRecord
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
    ("case",), ("sheet", "1.1"), ("close",), ("evidence",), ("methods",), ("observations",), ("conversation",),
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
        "v_1_1_a": "met", "m_1_1_a": "evidence_analysis", "e_1_1_a": str(world.piece.uid), "r_1_1_a": "Widać w księdze.",
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


def test_a_use_of_a_method_is_written_down_with_its_criteria(world):
    client = as_assessor(world)
    assert "1.1.a" in client.get(url("methods", world) + "?metoda=evidence_analysis").content.decode()
    assert client.post(url("methods", world), {"method": "evidence_analysis"}).status_code == 422
    sent = {"method": "evidence_analysis", "criteria": ["1.1.a", "1.2.a"]}
    assert client.post(url("methods", world), sent).status_code == 302
    assert MethodRecord.objects.get().criteria == ["1.1.a", "1.2.a"]
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


def test_differences_stand_side_by_side_only_after_everybody_closed(world):
    first, second, third = world.sheets
    client = as_assessor(world)
    world.mark_all(first)
    world.mark_all(second, c11a="not-met")
    assert "Asesor C" in client.get(url("agreement", world)).content.decode()
    assert client.get(url("difference", world, "1.1.a")).status_code == 404
    world.mark_all(third, c11a="not-shown")
    page = client.get(url("agreement", world)).content.decode()
    assert "Niespełnione" in page or "niespełnione" in page
    assert client.get(url("difference", world, "1.2.a")).status_code == 404
    where = url("difference", world, "1.1.a")
    assert client.post(where, {"then": "talk", "talk": ""}).status_code == 422
    client.post(where, {"then": "talk", "talk": "Asesor B: brakowało pytań otwartych."})
    answer = client.post(where, {"then": "agree", "verdict": "met", "talk": "Drugi raz to samo."})
    assert answer.status_code == 422
    assert world.case.talk.count() == 1  # the talk of a refused form is not kept twice
    sent = {"then": "agree", "verdict": "met", "reason": "Po nagraniu.", "dissent": "Asesor C: za mało."}
    assert client.post(where, sent)["Location"] == url("agreement", world)
    page = client.get(where).content.decode()
    assert "Asesor C: za mało." in page
    assert "brakowało pytań otwartych" in page
    again = client.post(where, {**sent, "verdict": "not-met"})
    assert again.status_code == 422
    assert world.case.agreed.get().verdict == "met"


def test_a_tap_sent_twice_is_kept_once_and_only_on_ones_own_sheet(world):
    seen = world.observation()
    where = url("taps", world, seen.uid)
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
