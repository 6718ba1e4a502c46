"""REST: what a goal leads to, its gaps and figures; the same permissions and messages as the screens."""

import json

import pytest
from django.test import Client

from dorobek.plans.actions.labour import import_figures
from dorobek.plans.models import LabourFigure, Source, Target
from dorobek.register.models import Concept
from tests.factories import make_account
from tests.plans.gaps.conftest import body, cashier, catalogue, make_goal, register, seller, target
from tests.plans.labour.test_reading import ROW, table
from tests.sessions import signed_in_client

__all__ = ["body", "cashier", "catalogue", "register", "seller", "target"]
pytestmark = pytest.mark.django_db


class Caller:
    """A signed-in client that speaks JSON about one goal."""

    def __init__(self, account, case_uid, goal_uid):
        self.client: Client = signed_in_client(account)
        self.base = f"/api/cases/{case_uid}/plan/goals/{goal_uid}"

    def __call__(self, method, path, body=None):
        answer = self.client.generic(method, self.base + path, b"" if body is None else _json(body), "application/json")
        return answer.status_code, answer.json() if answer.content else None


def _json(body):
    return json.dumps(body).encode()


@pytest.fixture
def owner(target):
    return Caller(target.person.account, target.case_uid, target.goal.uid)


def test_the_gap_picture_with_counts_evidence_and_history(owner):
    status, found = owner("GET", "/gaps")
    assert status == 200
    assert found["counts"] == {"missing": 1, "partly": 1, "unproven": 1, "contradicted": 0, "held": 1}
    assert [line["state"] for line in found["lines"]] == ["unproven", "held", "partly", "missing"]
    proof = next(one for one in found["lines"][1]["evidence"] if one["origin"] == "evidence")
    assert (proof["side"], proof["title"]) == ("for", "Raport kasowy")
    assert found["lines"][3]["criteria"][0]["state"] == "missing"
    status, told = owner("GET", "/gaps/history")
    assert (status, len(told), told[0]["cause"], told[0]["held"]) == (200, 1, "target", 1)


def test_a_target_is_found_chosen_weighed_and_taken_away(cashier, seller, catalogue):
    goal = make_goal(cashier)
    call = Caller(cashier.adviser, cashier.uid, goal.uid)
    assert call("GET", "/target")[0] == 404
    assert call("GET", "/gaps")[0] == 404
    status, offers = call("GET", "/choices?kind=occupation&words=sprzedawca")
    assert (status, len(offers)) == (200, 2)
    polish = Concept.objects.get(code="522301")
    given = {"kind": "occupation", "code": str(polish.pk), "skills_of": str(seller.pk)}
    status, made = call("PUT", "/target", given)
    assert (status, made["code"], made["skills_of"]) == (200, "522301", "sprzedawca")
    status, line = call("PUT", "/target/lines", {"code": "esco:s1", "weight": "own"})
    assert (status, line["weight"], line["default"]) == (200, "own", "essential")
    status, line = call("POST", "/target/lines", {"words": "Jazda rowerem", "weight": "useful"})
    assert (status, line["title"], line["state"]) == (201, "Jazda rowerem", "missing")
    assert call("POST", "/target/lines", {"code": "dorobek:miod"})[1]["title"] == "Prowadzi pasiekę"
    assert call("DELETE", "/target/lines?code=esco:s2")[0] == 204
    assert [one["code"] for one in call("GET", "/gaps")[1]["lines"]][:2] == ["esco:s1", "esco:s3"]
    status, refused = call("PUT", "/target/lines", {"code": "esco:s9", "weight": "own"})
    assert (status, "odświeżyć" in refused["detail"]) == (422, True)
    assert call("DELETE", "/target")[0] == 204
    assert not Target.objects.exists()


def test_a_wish_is_answered_by_codes(cashier, catalogue):
    call = Caller(cashier.person.account, cashier.uid, make_goal(cashier).uid)
    status, made = call("PUT", "/target", {"kind": "wish", "wish": "Chcę rozliczać kasę"})
    assert (status, made["kind"]) == (200, "wish")
    code = made["proposals"][0]["code"]
    status, answered = call("POST", "/target/proposals", {"taken": [code]})
    assert (status, answered["proposals"]) == (200, [])
    assert [line["code"] for line in call("GET", "/gaps")[1]["lines"]] == [code]
    assert call("PUT", "/target", {"kind": "wish", "wish": " "})[0] == 422
    for unknown in (
        {"kind": "qualification", "code": "0"},
        {"kind": "credential", "code": "x"},
        {"kind": "occupation"},
    ):
        assert call("PUT", "/target", unknown)[0] == 404


def test_figures_are_public_with_their_source_and_go_into_the_plan(client, cashier, seller):
    import_figures(file=table(ROW), name="dane.csv", acting_user=None)
    [public] = client.get("/api/labour", {"occupation": "522301"}).json()
    assert (public["value"], public["source"], public["dated"], public["reliability"]) == (
        "4890.50", "Barometr próbny", "2026-01-05", "official",
    )  # fmt: skip
    assert client.get("/api/labour").json() == []
    assert client.get("/api/labour", {"occupation": "522301", "region": "24"}).json() == []
    call = Caller(cashier.person.account, cashier.uid, make_goal(cashier).uid)
    call("PUT", "/target", {"kind": "occupation", "code": str(Concept.objects.get(code="522301").pk)})
    assert [one["key"] for one in call("GET", "/figures")[1]] == [LabourFigure.objects.get().pk]
    assert call("POST", f"/figures/{public['key']}")[1]["title"] == "Barometr próbny"
    assert call("POST", "/figures/999999")[0] == 404
    assert Source.objects.count() == 1


def test_a_stranger_finds_nothing(target):
    call = Caller(make_account(), target.case_uid, target.goal.uid)
    for path in ("/target", "/gaps", "/gaps/history", "/figures", "/choices"):
        assert call("GET", path)[0] == 404
    assert call("DELETE", "/target")[0] == 404
