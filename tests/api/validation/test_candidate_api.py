"""The same way over REST: from an opening to an appeal, the adviser's part, and who is refused (XX-6)."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dorobek.people.enums import Role
from tests.factories import make_account, make_institution, make_person, make_staff, make_unit
from tests.sessions import signed_in_client
from tests.validation.candidates import CandidateWorld
from tests.validation.test_crediting import Wallet
from tests.validation.test_own_evidence import OWN_WORDS, PDF, Resident

pytestmark = pytest.mark.django_db
BASE = "/api/validation"
SENT = {"kinds": ["extra-time"], "words": "", "agreed": True}


@pytest.fixture
def world():
    return CandidateWorld()


def call(client, method, path, body=None, status=200):
    send = getattr(client, method)
    data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    answer = send(BASE + path, **data)
    assert answer.status_code == status, answer.content[:500]
    return answer.json()


def test_openings_are_public_and_narrowed_by_the_code(client, world):
    opening = world.open(fee_grosze=12_300, places=3)
    world.sent(opening)
    [one] = call(client, "get", "/openings?qualification=90002")
    assert (one["uid"], one["left"], one["fee_grosze"]) == (str(opening.uid), 2, 12_300)
    assert call(client, "get", "/openings?qualification=77777") == []
    assert call(client, "get", f"/openings/{opening.uid}")["institution"] == world.institution.name
    call(client, "get", f"/openings/{world.person.uid}", status=404)


def test_a_candidate_goes_from_an_opening_to_an_appeal(world):
    me, desk = signed_in_client(world.me), signed_in_client(world.adviser)
    made = call(me, "post", "/applications", {"opening": str(world.open().uid)}, 201)
    here = f"/applications/{made['uid']}"
    assert made["state"] == "draft"
    assert {code: [one["title"] for one in pieces] for code, pieces in made["evidence"].items()} == {
        "1.1.a": ["Księga przychodów"], "1.1.b": ["Księga przychodów"],
    }  # fmt: skip
    more = call(me, "put", f"{here}/evidence", {"evidence": {"1.2.a": [str(world.loose.uid)]}})
    assert [one["title"] for one in more["evidence"]["1.2.a"]] == ["List od szefa"]
    refused = call(me, "post", f"{here}/submission", {**SENT, "agreed": False}, 422)
    assert refused["field"] == "agreed"
    sent = call(me, "post", f"{here}/submission", SENT)
    assert (sent["state"], sent["move"]["mover"], sent["adjustment_kinds"]) == ("submitted", "adviser", ["extra-time"])
    noted = call(desk, "put", f"{here}/notes", {"criterion": "2.1.a", "text": "Brakuje wzoru."})
    assert noted["notes"][0]["text"] == "Brakuje wzoru."
    assert call(me, "get", here)["notes"][0]["by"] == "Adam Doradca"
    call(desk, "post", f"{here}/documentation", {"conditions_met": False}, 422)
    assert call(desk, "post", f"{here}/documentation", {"conditions_met": True})["state"] == "documented"
    call(me, "put", f"{here}/evidence", {"evidence": {"1.2.a": []}}, 422)
    held = world.person.validations.get()
    world.decide(world.judged(world.appointed(held), c11a="not-met"))
    result = call(me, "get", here)["results"][0]
    assert result["whole"] == "not-met"
    assert result["criteria"]["1.1.a"] == "not-met"
    assert result["reasons"]["1.1.a"] == [{"words": "tak było widać", "agreed": False, "dissent": ""}]
    appealed = call(me, "post", f"{here}/appeals", {"reason": "Nie zgadzam się."}, 201)
    assert appealed["appeals"][0]["state"] == "filed"
    assert not appealed["may_appeal"]
    call(me, "post", f"{here}/appeals", {"reason": "Jeszcze raz."}, 422)
    kinds = [one["kind"] for one in call(me, "get", f"{here}/history")]
    assert kinds[0] == "validation.begun"
    assert kinds[-1] == "validation.appealed"
    assert {one["outcome"] for one in call(me, "get", "/confirmed-outcomes")} == {"1.2", "2.1", "2.2"}


def test_adjustments_and_taking_back(world):
    me = signed_in_client(world.me)
    made = world.sent()
    here = f"/applications/{made.uid}"
    changed = call(me, "put", f"{here}/adjustments", {"kinds": ["access"], "words": "Winda."})
    assert (changed["adjustment_kinds"], changed["adjustments"]) == (["access"], "Winda.")
    assert call(me, "post", f"{here}/withdrawal")["state"] == "withdrawn"
    call(me, "post", f"{here}/withdrawal", status=422)
    assert [one["state"] for one in call(me, "get", "/applications")] == ["withdrawn"]


def test_the_advisers_list(world):
    world.sent()
    desk = signed_in_client(world.adviser)
    [row] = call(desk, "get", "/advising")
    assert (row["person"], row["criteria_with_evidence"], row["criteria_to_show"]) == ("Małgorzata Śliż", 2, 6)
    assert call(desk, "get", "/advising?waiting=false") == []


def test_an_adviser_arranges_and_takes_nothing_from_the_portfolio(world):
    desk, made = signed_in_client(world.adviser), world.sent()
    path = f"/applications/{made.uid}/evidence"
    assert "2.1.a" in call(desk, "put", path, {"evidence": {"2.1.a": [str(world.book.uid)]}})["evidence"]
    call(desk, "put", path, {"evidence": {"2.1.a": [str(world.loose.uid)]}}, 404)


def test_an_adviser_without_the_documents_is_told_why(world):
    world.staff(world.adviser, periods=())
    made = world.sent()
    desk = signed_in_client(world.adviser)
    told = call(desk, "post", f"/applications/{made.uid}/documentation", {"conditions_met": True}, 422)
    assert "pięć lat" in told["detail"]


def test_others_get_404_whatever_they_send(world):
    made, foreign = world.sent(), {"opening": str(world.open().uid)}
    here = f"/applications/{made.uid}"
    reads = (here, f"{here}/history")
    own = (
        ("put", f"{here}/adjustments", {}), ("post", f"{here}/submission", SENT), ("post", f"{here}/withdrawal", None),
        ("post", f"{here}/appeals", {"reason": "x"}),
    )  # fmt: skip
    advisers = (
        ("put", f"{here}/notes", {"criterion": "1.1.a", "text": "x"}),
        ("post", f"{here}/documentation", {"conditions_met": True}),
    )
    arranging = ("put", f"{here}/evidence", {"evidence": {}})
    elsewhere = make_staff(Role.VALIDATION_ADVISER, make_unit(make_institution()))
    for who in (make_person("Jan Obcy").account, make_account(), elsewhere, world.assessors[0], world.audit.adviser):
        client = signed_in_client(who)
        for path in reads:
            call(client, "get", path, status=404)
        for method, path, body in (*own, *advisers, arranging):
            call(client, method, path, body, 404)
    for who in (world.officer, world.adviser, world.appeals):
        client = signed_in_client(who)
        for path in reads:
            call(client, "get", path)
        for method, path, body in own:
            call(client, method, path, body, 404)
    for method, path, body in (*advisers, arranging):
        call(signed_in_client(world.officer), method, path, body, 404)
    for method, path, body in advisers:
        call(signed_in_client(world.me), method, path, body, 404)
    call(signed_in_client(world.officer), "post", "/applications", foreign, 404)
    assert Client().get(BASE + here).status_code == 401
    assert world.fresh(made).state == "submitted"


# ---- evidence within the application, and the wallet ----


def test_a_candidate_adds_a_piece_and_reads_what_its_words_fit():
    world = Resident()
    made, me = world.applied(), signed_in_client(world.me)
    here = f"{BASE}/applications/{made.uid}/pieces"
    answer = me.post(here, {"kind": "statement", "title": "Praca w hurtowni", "description": OWN_WORDS})
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["fits"][:2] == ["1.1.a", "1.1.b"]
    assert not made.mapped.exists()  # proposals, nothing more
    mapped = call(me, "put", f"/applications/{made.uid}/evidence", {"evidence": {"1.1.a": [told["uid"]]}})
    assert [one["title"] for one in mapped["evidence"]["1.1.a"]] == ["Praca w hurtowni"]
    file = SimpleUploadedFile("faktura.pdf", PDF, content_type="application/pdf")
    assert me.post(here, {"kind": "file", "title": "Faktura", "file": file}).status_code == 201
    assert me.post(here, {"kind": "link", "title": "Strona", "url": "x"}).json()["field"] == "url"
    for who in (world.officer, world.adviser, make_person("Jan Obcy").account):
        assert (
            signed_in_client(who).post(here, {"kind": "statement", "title": "x", "description": "y"}).status_code == 404
        )


def test_a_credential_is_put_and_its_checks_are_read():
    world = Wallet()
    me = signed_in_client(world.me)
    made = world.applied(world.opening)
    here = f"/applications/{made.uid}/credentials"
    [one] = call(me, "get", here)
    assert (one["standing"], one["counts"], one["fits"]) == ("valid", True, {"1.2.a": "outcome"})
    assert [each["moment"] for each in one["checks"]] == ["mapped"]
    [after] = call(me, "post", here, {"credential": str(world.mine.uid), "criteria": ["2.1.a"]})
    assert len(after["checks"]) == 2
    held = call(me, "get", f"/applications/{made.uid}")["evidence"]["2.1.a"]
    assert [(each["kind"], each["standing"]) for each in held] == [("credential", "valid")]
    call(me, "post", here, {"credential": str(made.uid)}, 404)
    for who in (world.officer, world.adviser, make_person("Jan Obcy").account):
        call(signed_in_client(who), "get", here, status=404)
        call(signed_in_client(who), "post", here, {"credential": str(world.mine.uid)}, 404)
