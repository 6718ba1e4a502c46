"""A whole in-depth audit through the REST API alone, as a records system would run it (XX-6)."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.people.models import Account
from tests.factories import make_account, make_institution, make_programme, make_staff, make_unit

pytestmark = pytest.mark.django_db


class Caller:
    """One signed-in account; `base` is the address of the case once it is open."""

    def __init__(self, account: Account) -> None:
        self.client, self.base = Client(), ""
        self.client.force_login(account)

    def __call__(self, method: str, path: str, body: Any = None, status: int | None = None) -> Any:
        address = path if path.startswith("/api/") else f"{self.base}{path}"
        data = json.dumps(body) if body is not None else ""
        answer = (
            getattr(self.client, method)(address, data or None, content_type="application/json")
            if (method == "get" or body is not None)
            else getattr(self.client, method)(address)
        )
        assert answer.status_code in ((status,) if status else (200, 201, 204)), (path, answer.content[:400])
        return json.loads(answer.content) if answer.content and "json" in answer["Content-Type"] else answer


@pytest.fixture
def unit():
    return make_unit(make_institution())


@pytest.fixture
def desk(unit) -> Caller:
    return Caller(make_staff(Role.ADVISER, unit))


def opened(desk: Caller, unit: Any) -> Caller:
    """Register somebody who meets the rules; returns the participant, both set on the case."""
    version = make_programme(unit.institution)
    rules = version.parsed
    body = {
        "programme": str(version.programme.uid),
        "identity": {
            "given_names": "Zofia", "family_name": "Próbna", "birth_date": "1970-02-03", "address_form": "madam",
            "identifier_kind": "other", "identifier": "AB 123", "email": "zofia@example.org", "phone": "600700800",
            "street": "Lipowa 1", "postal_code": "34-999", "place": "Łęgowice", "citizenship": "polskie",
        },
        "answers": {
            "sex": "female", "education": "upper-secondary", "statuses": ["employee"], "places": {"lives": "1210"}, "residence": "polish-citizen",
            "employer_name": "Sklep", "occupation": "kasjerka",
        },
        "consents": {one.code: True for one in rules.consents},
    }  # fmt: skip
    decided = desk("post", "/api/cases/eligibility", {k: body[k] for k in ("programme", "identity", "answers")})
    assert decided["decision"]["verdict"] == "eligible", decided["decision"]
    case = desk("post", "/api/cases", {**body, "open_account": True})
    me = Caller(Account.objects.get(email="zofia@example.org"))
    desk.base = me.base = f"/api/cases/{case['uid']}"
    return me


def begun(desk: Caller, me: Caller) -> None:
    """The talk, the card, the choice, the agreement."""
    start = (timezone.now() - dt.timedelta(days=1)).isoformat()
    planned = desk("post", "/meetings", {"kind": "talk", "starts_at": start, "minutes": 60, "place": "pok. 12"})
    desk("post", f"/meetings/{planned['uid']}/held", {"minutes": 70, "done": "Rozmowa", "homework": "Świadectwa"})
    me("post", f"/meetings/{planned['uid']}/homework", {"done": True})
    for section in me("get", "/card")["sections"]:
        if section["required"] and not section["answered"]:
            me("put", f"/card/notes/{section['section']}", {"nothing_to_add": True})
    me("put", "/variant", {"variant": "in-depth"})
    written = desk("put", "/agreement", {"main_goal": "Nowa praca", "adviser_tasks": "Prowadzi", "rules": "Szczerość"})
    me("post", "/agreement/accept", {"read_version": written["version"]})


def drawn(desk: Caller, me: Caller) -> dict[str, Any]:
    """An answer, an episode, a competence confirmed and shown by a rated paper."""
    bank = desk("get", "/interview")["banks"][1]
    code = bank["questions"][0]["code"]
    desk("put", f"/interview/questions/work/{code}", {"answer": "Kasa w sklepie od 2009."})
    told = me("post", "/episodes", {"part": "work", "title": "Wigilia", "action": "Liczyłam kasę drugi raz."})
    offered = desk("get", f"/competences/suggestions?episode={told['uid']}")
    assert offered
    made = desk(
        "post", "/competences",
        {"kind": offered[0]["kind"], "wording": "Rozlicza kasę", "outcome": offered[0]["outcome"],
         "episodes": [told["uid"]]},
    )  # fmt: skip
    desk("post", "/competences/ask", {"competences": [made["uid"]]})
    me("post", f"/competences/{made['uid']}/answer", {"answer": "confirm"})
    paper = SimpleUploadedFile("swiadectwo.png", PNG, content_type="image/png")
    sent = {"kind": "file", "title": "Świadectwo", "competences": [made["uid"]], "file": paper}
    proof = me.client.post(f"{me.base}/evidence", sent).json()
    rating = dict.fromkeys(("validity", "currency", "sufficiency", "authenticity"), "yes")
    desk("post", f"/evidence/{proof['uid']}/ratings", {**rating, "reason": "Oryginał"})
    [held] = desk("get", "/competences")
    assert held["state"] == "supported"
    return dict(held)


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xfc\xcf\xc0P\x0f\x00\x04\x85\x01\x80\x84\xa9\x8c!\x00\x00\x00\x00IEND\xaeB`\x82"
)


def planned(desk: Caller, me: Caller, competence: dict[str, Any]) -> None:
    """Goal, way, step, risk, source, an answered question."""
    desk("put", "/plan", {"agreed_aim": "Zmiana pracy", "direction": "reskilling"})
    goal = me("post", "/plan/goals", {"kind": "main", "subject": "job", "wording": "Do maja zdam egzamin z kadr.",
                                      "competences": [competence["uid"]]})  # fmt: skip
    me("post", f"/plan/goals/{goal['uid']}/progress", {"value": 4, "note": "Zapisałam się"})
    way = desk("post", "/plan/scenarios", {"name": "Kurs wieczorowy"})
    step = desk("post", f"/plan/scenarios/{way['uid']}/steps", {"wording": "Zapisać się", "goal": goal["uid"]})
    desk("post", f"/plan/steps/{step['uid']}/state", {"state": "started"})
    desk("post", f"/plan/scenarios/{way['uid']}/risks", {"wording": "Brak opieki", "repair": "Siostra"})
    desk("post", "/plan/sources", {"title": "Barometr", "says": "Deficyt", "reliability": "official"})
    desk("post", f"/plan/scenarios/{way['uid']}/choose")
    whole = desk("get", "/plan")
    assert whole["chosen_scenario"] == way["uid"]
    assert whole["goals"][0]["progress"][0]["value"] == 4
    source = whole["sources"][0]
    desk("delete", f"/plan/sources/{source['uid']}")
    assert desk("get", "/plan")["sources"] == []


def test_a_whole_audit_runs_through_the_api(desk, unit, catalogue):
    me = opened(desk, unit)
    begun(desk, me)
    competence = drawn(desk, me)
    desk("post", "/contacts", {"kind": "contact", "channel": "phone", "minutes": 5, "note": "Termin"})
    desk("post", "/referrals", {"need": "Opieka", "directed_to": "GOPS"})
    scales = [{"name": "Kierownictwo", "level": "4", "competence": competence["uid"]}]
    result = {"tool": "Test zainteresowań", "taken_on": "2026-01-02", "run_by": "A. P.", "entitlement": "nr 7"}
    desk("post", "/results", {**result, "scales": scales})
    desk("put", "/synthesis", {"picture": "Spokojna", "conclusions": "Kadry"})
    assert desk("get", "")["stage"] == "summary"
    me("post", "/stage", {"stage": "research"}, status=404)
    planned(desk, me, competence)
    for section in desk("get", "/report-sections"):
        if section["kind"] == "feedback-report":
            desk("put", f"/report-sections/feedback-report/{section['section']}", {"text": "Napisane."})
    for kind in {one["kind"] for one in desk("get", "/documents")}:
        desk("post", "/documents", {"kind": kind, "language": "pl"})
    for document in me("get", "/documents"):
        for version in document["versions"]:
            me("post", f"/documents/{version['uid']}/word", {"answer": "accept"})
    ended = desk("post", "/finish", {})
    assert ended["stage"] == "finished"
    shared = me("post", "/shares", {"label": "Praca", "things": [competence["uid"]],
                                    "valid_until": (timezone.now() + dt.timedelta(days=9)).isoformat()})  # fmt: skip
    assert "Rozlicza" in me.client.get(shared["address"]).content.decode()
    me("delete", f"/shares/{shared['uid']}")
    assert me.client.get(shared["address"]).status_code == 410
    kinds = [entry["kind"] for entry in me("get", "/history")]
    assert kinds[0] == "case.registered"
    assert "competence.confirmed" in kinds
    assert desk("get", "")["stage"] == "finished"
    assert desk("get", "/api/cases?q=Probna")["cases"][0]["person"] == "Zofia Próbna"


@pytest.fixture
def catalogue():
    from dorobek.register.actions import import_catalogue

    import_catalogue()


def test_an_administrator_sets_an_institution_up_through_the_api(unit):
    boss = Caller(make_staff(Role.ADMINISTRATOR, unit))
    [held] = boss("get", "/api/institutions")
    base = f"/api/institutions/{held['uid']}"
    made = boss("post", f"{base}/units", {"name": "Oddział w Zagórkach"})
    role = boss("post", f"{base}/roles", {"unit": made["uid"], "role": "adviser", "email": "a@b.pl", "name": "Ala Ma"})
    assert any(one["key"] == role["key"] for one in boss("get", f"{base}/roles"))
    boss("delete", f"{base}/roles/{role['key']}")
    from dorobek.programmes.schema import SHIPPED, shipped_rules_json

    published = boss("post", f"{base}/programmes", {"rules": shipped_rules_json(SHIPPED[0]), "note": "pierwsza"})
    assert boss("get", f"{base}/programmes/{published['uid']}")["number"] == 1
    assert boss("post", f"{base}/programmes/{published['uid']}/open", {"open": False})["open"] is False
    token = boss("post", f"{base}/tokens", {"name": "Kadry", "unit": made["uid"], "role": "adviser"})
    asked_with = {"Authorization": f"Bearer {token['secret']}"}
    assert Client().get("/api/cases", headers=asked_with).status_code == 200
    assert Client().post("/api/cases", "{}", content_type="application/json", headers=asked_with).status_code == 401
    boss("delete", f"{base}/tokens/{token['uid']}")
    assert Client().get("/api/cases", headers=asked_with).status_code == 401


def test_a_body_that_is_no_json_and_a_wrong_shape_say_so(unit):
    caller = Client()
    caller.force_login(make_account())
    answer = caller.post("/api/cases", "{", content_type="application/json")
    assert answer.status_code in (400, 422)
    assert caller.post("/api/cases", "[]", content_type="application/json").status_code == 422
