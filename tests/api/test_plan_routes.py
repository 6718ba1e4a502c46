"""Routes and a plan on its way through the REST: the same actions and rules as the screens."""

import pytest
from django.utils import timezone

from dorobek.audits.models import SkillsAudit
from dorobek.offers.models import Edition
from dorobek.plans.models import ChosenRoute, DevelopmentPlan
from tests.plans.gaps.conftest import cashier, register, target
from tests.plans.planning.builders import till_offer

__all__ = ["cashier", "register", "target"]
pytestmark = pytest.mark.django_db
LIMITS = {"home": "1206", "own_money": 300_000, "hours_week": 12, "months": 12, "at_once": 2, "farthest": 1}


@pytest.fixture
def case(client, target):
    """The address of the case's plan; the participant is signed in."""
    audit = SkillsAudit.objects.get(uid=target.case_uid)
    till_offer()
    client.force_login(audit.person.account)
    return f"/api/cases/{audit.uid}/plan"


def put(client, url, **body):
    return client.put(url, body, content_type="application/json")


def post(client, url, **body):
    return client.post(url, body, content_type="application/json")


def test_from_limits_to_a_chosen_route_and_its_versions(client, case, target):
    routes = f"{case}/goals/{target.goal.uid}/routes"
    assert client.get(f"{case}/limits").json() | {"written": False} == client.get(f"{case}/limits").json()
    assert client.get(routes).status_code == 422
    assert put(client, f"{case}/limits", **LIMITS).json()["written"]
    found = client.get(routes, {"proven": "true"}).json()
    cheapest = found["routes"][0]
    assert [one["name"] for one in found["routes"]] == ["cheapest", "soonest", "widest"]
    assert cheapest["proven"]
    assert cheapest["price"] == cheapest["own"] + cheapest["voucher"] == 134_001
    codes = [step["code"] for step in cheapest["steps"]]
    assert post(client, f"{routes}/check", codes=codes).json()["broken"] == []
    chosen = post(client, routes, codes=codes, name="cheapest")
    assert chosen.status_code == 201
    assert str(ChosenRoute.objects.get().scenario.uid) == chosen.json()["scenario"]
    assert client.get(f"{case}/outcome").json()["steps"] == 4
    assert post(client, f"{case}/revisions", reason="Start").status_code == 201
    assert client.get(f"{case}/revisions/1").json()["content"]["chosen"] == chosen.json()["scenario"]
    Edition.objects.filter(service__title="Zwroty").update(withdrawn_at=timezone.now())
    assert [one["gone"] for one in client.get(f"{case}/moved").json()] == [True]


def test_class_times_beside_hours_of_work_are_checked_here_too(client, case, target):
    held = Edition.objects.get(service__title="Zwroty")
    Edition.objects.filter(pk=held.pk).update(class_times=[[1, 540, 660]])
    work = {"work_kind": "fixed", "work": [[1, 600, 960]]}
    assert put(client, f"{case}/limits", **LIMITS, **work).json()["work_kind"] == "fixed"
    routes = f"{case}/goals/{target.goal.uid}/routes"
    told = post(client, f"{routes}/check", codes=[str(held.uid)]).json()
    assert "w godzinach pracy (wt 9:00-11:00)" in told["broken"][0]["text"]
    assert told["steps"][0]["times"] == "wt 9:00-11:00"
    assert post(client, routes, codes=[str(held.uid)]).status_code == 422
    for wrong in ({"work_kind": "shifts", "work": [[1, 600, 960]]}, {"work_kind": "fixed"}, {"work_kind": "czasem"}):
        assert put(client, f"{case}/limits", **LIMITS, **wrong).status_code == 422


def test_what_cannot_be_is_refused_with_its_field(client, case, target):
    assert put(client, f"{case}/limits", **{**LIMITS, "own_money": -1}).json()["field"] == "own_money"
    put(client, f"{case}/limits", **LIMITS)
    routes = f"{case}/goals/{target.goal.uid}/routes"
    for wrong in ({"own_money": -5}, {"months": 10**9}, {"hours_week": 0}):
        assert client.get(routes, wrong).status_code == 422
    told = post(client, f"{routes}/check", codes=["nic"]).json()["broken"]
    assert told[0]["text"]
    assert post(client, routes, codes=["nic"]).status_code == 422


def test_the_calendar_and_the_letters_belong_to_the_participant(client, case, target):
    assert client.get(f"{case}/calendar").json() == {"address": None, "reminders_off": False}
    address = post(client, f"{case}/calendar").json()["address"]
    assert client.get(address).status_code == 200
    assert client.delete(f"{case}/calendar").json()["address"] is None
    assert client.get(address).status_code == 404
    assert put(client, f"{case}/reminders", off=True).json()["reminders_off"]
    client.force_login(SkillsAudit.objects.get(uid=target.case_uid).adviser)
    assert client.get(f"{case}/calendar").status_code == 404
    assert put(client, f"{case}/reminders", off=False).status_code == 404
    assert DevelopmentPlan.objects.get().reminders_off
