"""REST of the assessors: the same rules and the same blindness as the screens."""

import json

import pytest

from dorobek.validation.models import Declaration, ObservationScenario
from tests.sessions import signed_in_client
from tests.validation import doing
from tests.validation.judged import Judged
from tests.validation.world import SIX

pytestmark = pytest.mark.django_db
BASE = "/api/validation/assessing"


@pytest.fixture
def world():
    return Judged()


def send(client, method, path, body=None):
    return getattr(client, method)(f"{BASE}{path}", json.dumps(body or {}), content_type="application/json")


def case(world, rest=""):
    return f"/cases/{world.case.uid}{rest}"


def test_three_assessors_judge_to_agreement(world):
    clients = [signed_in_client(one) for one in world.assessors[:3]]
    doing.sit(world, world.case, SIX)
    [row] = clients[0].get(BASE).json()
    assert (row["move"], row["done"], row["total"]) == ("judge", 0, 6)
    codes = clients[0].get(BASE + case(world)).json()["to_mark"]
    for number, client in enumerate(clients):
        rows = [
            {"criterion": code, "verdict": "met", "method": "knowledge_test", "reason": "z testu"} for code in codes
        ]
        if number == 2:
            rows[0] |= {"verdict": "not-met", "checks": {"validity": "no"}, "evidence": str(world.piece.uid)}
        answer = send(client, "put", case(world, "/sheet"), {"rows": rows})
        assert answer.status_code == 200, answer.content
        assert len(answer.json()["marks"]) == 6
        assert client.get(BASE + case(world, "/comparison")).status_code == 404
        if number == 2:
            world.all_methods(world.sheets[2])
        assert send(client, "post", case(world, "/close")).status_code == 200
    found = clients[1].get(BASE + case(world, "/comparison")).json()
    assert [one["criterion"] for one in found["rows"] if one["apart"]] == ["1.1.a"]
    assert found["whole"] == "not-shown"
    assert send(clients[1], "post", case(world, "/talk"), {"criterion": "1.1.a", "text": "Spór."}).status_code == 201
    agreeing = {"criterion": "1.1.a", "verdict": "met", "reason": "Po namyśle."}
    answer = send(clients[0], "post", case(world, "/agreement"), agreeing)
    assert (answer.status_code, answer.json()["whole"]) == (201, "not-shown"), "one does not agree for all"
    assert send(clients[0], "post", case(world, "/agreement"), agreeing).status_code == 422
    said = {"criterion": "1.1.a", "confirms": True}
    for number in (1, 2):
        answer = send(clients[number], "post", case(world, "/agreement/answer"), said)
    assert (answer.status_code, answer.json()["whole"]) == (201, "met")


def test_marking_after_the_close_and_another_case_are_refused(world):
    client = signed_in_client(world.assessors[0])
    world.mark_all(world.sheets[0])
    rows = [{"criterion": "1.1.a", "verdict": "not-met", "method": "knowledge_test", "reason": "x"}]
    assert send(client, "put", case(world, "/sheet"), {"rows": rows}).status_code == 422
    assert send(client, "post", case(world, "/close")).status_code == 422
    for who in (world.assessors[3], world.stranger(), world.officer, world.me):
        other = signed_in_client(who)
        assert other.get(BASE + case(world)).status_code == 404
        assert send(other, "put", case(world, "/sheet"), {"rows": rows}).status_code == 404


def test_evidence_of_nobodys_application_is_no_pointer(world):
    rows = [{"criterion": "1.1.a", "verdict": "met", "method": "knowledge_test", "evidence": str(world.evidence().uid)}]
    assert send(signed_in_client(world.assessors[0]), "put", case(world, "/sheet"), {"rows": rows}).status_code == 404


def test_conversation_and_observation(world):
    client = signed_in_client(world.assessors[0])
    asked = client.get(BASE + case(world, "/conversation")).json()
    assert len(asked) == 6
    body = {"notes": {"1.1.a": "Powiedziała.", "2.1.a": "Też."}, "ended": True}
    assert len(send(client, "put", case(world, "/conversation"), body).json()) == 2
    scenario = world.scenario()
    body = {"scenario": str(scenario.uid), "place": "sala", "equipment_ready": False, "client_name": "Ewa"}
    assert send(client, "post", case(world, "/observations"), body).status_code == 422
    made = send(client, "post", case(world, "/observations"), {**body, "equipment_ready": True}).json()
    taps = f"/observations/{made['uid']}/taps"
    tap = {
        "uid": "0193f5d0-0000-7000-8000-000000000001", "criterion": "1.1.a", "words": "zapytał",
        "at": "2001-01-01T10:42:00+01:00",
    }  # fmt: skip
    sent = {"sent_at": "2001-01-01T10:43:00+01:00", "taps": [tap, tap]}
    for _time in range(2):
        assert len(send(client, "post", case(world, taps), sent).json()["marks"]) == 1
    assert send(client, "delete", case(world, f"{taps}/{tap['uid']}")).json()["marks"] == []
    assert send(client, "post", case(world, taps), sent).json()["marks"] == []  # taken back stays taken back
    assert send(client, "post", case(world, f"/observations/{made['uid']}/end")).json()["ended_at"]
    used = client.get(BASE + case(world)).json()["methods"]
    assert set(used) == {"conversation", "simulated_observation"}


def test_the_declaration():
    world = Judged(appointed=False)
    world.commission(world.case, *world.records[:3], declare=False)
    client, said = signed_in_client(world.assessors[0]), {"trained": False, "relative": True, "subordinate": False}
    assert send(client, "post", case(world, "/declaration"), said).status_code == 201
    assert send(client, "post", case(world, "/declaration"), said).status_code == 404
    assert Declaration.objects.get().relative


def test_a_scenario_is_written_published_and_followed_by_another_edition(world):
    client = signed_in_client(world.officer)
    begun = send(client, "post", "/scenarios", {"qualification": world.qualification.code, "title": "Rozmowa"}).json()
    where = f"/scenarios/{begun['uid']}"
    assert send(client, "post", f"{where}/publish").status_code == 422
    anchors = {"1.1.a": {"met": "pyta", "not_met": "nie pyta", "cues": ["zapytał"]}}
    body = {
        "title": "Rozmowa", "situation": "s", "task": "t", "client_role": "r", "place": "p", "anchors": anchors,
        "base_version": begun["version"],
    }  # fmt: skip
    assert send(client, "put", where, body).status_code == 200
    stale = send(client, "put", where, {**body, "title": "Inna"})
    assert stale.status_code == 409
    assert send(client, "post", f"{where}/publish").json()["published_at"]
    assert send(client, "put", where, body).status_code == 422
    second = send(client, "post", f"{where}/edition").json()
    assert (second["number"], second["anchors"].keys()) == (2, anchors.keys())
    assert send(client, "post", f"/scenarios/{second['uid']}/publish").status_code == 200
    assert ObservationScenario.objects.get(uid=begun["uid"]).withdrawn_at is not None
    other = signed_in_client(world.assessors[0])
    assert send(other, "put", where, body).status_code == 404
    assert other.get(f"{BASE}/scenarios").status_code == 404


def test_a_method_that_writes_itself_down_is_refused_and_a_sheet_offers_what_marks_may_point_to(world):
    client = signed_in_client(world.assessors[0])
    for method in ("knowledge_test", "simulated_observation", "conversation"):
        answer = send(client, "post", case(world, "/methods"), {"method": method, "criteria": ["1.1.a"]})
        assert (answer.status_code, answer.json()["field"]) == (422, "method")
    answer = send(client, "post", case(world, "/methods"), {"method": "evidence_analysis", "criteria": ["1.1.a"]})
    assert answer.status_code == 422
    offered = client.get(BASE + case(world)).json()["pointers"]["1.1.a"]
    assert [one["value"] for one in offered] == [f"evidence:{world.piece.uid}"]
    row = {"criterion": "1.1.a", "verdict": "met", "method": "evidence_analysis", "reason": "Widać w księdze."}
    assert send(client, "put", case(world, "/sheet"), {"rows": [{**row, "pointer": "tap:x"}]}).status_code == 422
    done = send(client, "put", case(world, "/sheet"), {"rows": [{**row, "pointer": offered[0]["value"]}]}).json()
    assert done["marks"][0]["pointer"] == offered[0]["value"]
