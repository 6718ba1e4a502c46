"""Validation and micro-credentials without a date on the screens of routes and of the plan (VA-1, MC-8)."""

import pytest
from django.urls import reverse
from django.utils import translation

from dorobek.audits.documents.common import Writer
from dorobek.audits.documents.routes import route_blocks
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.documents import case_file
from dorobek.plans.models import ScenarioAction
from dorobek.validation.models import Application, ValidationOpening
from tests.factories import make_account
from tests.plans.gaps.conftest import body
from tests.plans.planning.builders import limits_for
from tests.plans.planning.test_undated import TEACHING
from tests.validation.test_options import body as chamber
from tests.validation.test_options import opened
from tests.web.plans.routes.test_screens import SIDES, at, enter, seals, text

__all__ = ["body", "chamber"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(target, chamber, body) -> SkillsAudit:
    """An opening for what only lacks its proof, a micro-credential without a date for what is missing."""
    found = SkillsAudit.objects.get(uid=target.case_uid)
    limits_for(found)
    opened(chamber)
    body.version(**TEACHING)
    return found


def chosen(client, audit, target, side="own"):
    enter(client, audit, side)
    page = client.get(at(side, "routes-proof", audit, target.goal.uid))
    answer = client.post(at(side, "routes-choose", audit, target.goal.uid), {"droga": seals(page)["widest"]})
    assert answer.status_code == 302
    return ScenarioAction.objects.get(option__startswith="validation:")


@pytest.mark.parametrize("side", SIDES)
def test_the_card_leads_to_the_opening_and_says_what_has_no_date_and_no_price(client, audit, target, side):
    enter(client, audit, side)
    said = text(client.get(at(side, "routes", audit, target.goal.uid)))
    opening = ValidationOpening.objects.get()
    for words in (
        reverse("validation-opening", args=[opening.uid]), "Zgłoszenia do", "Sprawdzanie: ", "250,00 zł",
        "dowolny tydzień, na przykład", "cena do ustalenia z wystawcą", "bez rzeczy, których ceny nie znamy: 1",
        "/mikroposwiadczenia/",
    ):  # fmt: skip
        assert words in said, words


def test_by_hand_says_the_same(client, audit, target):
    enter(client, audit, "own")
    url = at("own", "routes-by-hand", audit, target.goal.uid)
    page = client.get(at("own", "routes", audit, target.goal.uid))
    codes = next(card["codes"] for card in page.context["cards"] if len(card["codes"]) == 2)
    said = text(client.get(url, {"kod": codes}))
    assert "Wszystkie warunki są spełnione." in said
    assert "Wystawca nie podaje ceny" in said
    assert "cena do ustalenia, " in said
    gone = text(
        client.get(url, {"kod": ["validation:00000000-0000-7000-8000-000000000000", "validation:x", "micro:x"]})
    )
    assert "Tak się nie uda" in gone


def test_the_step_is_one_press_from_an_application_for_its_owner_alone(client, audit, target):
    step = chosen(client, audit, target)
    opening = ValidationOpening.objects.get()
    apply = reverse("validation-apply", args=[opening.uid])
    plan = reverse("own-goals", args=[audit.uid])
    assert f'action="{apply}"' in text(client.get(plan))
    client.force_login(audit.adviser)
    said = text(client.get(reverse("case-plan", args=[audit.uid])))
    assert reverse("validation-opening", args=[opening.uid]) in said
    assert apply not in said
    client.force_login(make_account())
    assert client.get(plan).status_code == 404
    enter(client, audit, "own")
    answer = client.post(apply)
    made = Application.objects.get(person=audit.person, opening=opening)
    case = reverse("validation-case", args=[made.uid])
    assert answer["Location"] == case
    said = text(client.get(plan))
    assert case in said
    assert apply not in said
    assert step.option == f"validation:{opening.uid}"


def test_what_is_gone_is_said_on_the_plan_and_offers_no_press(client, audit, target):
    chosen(client, audit, target)
    ValidationOpening.objects.update(places=0)
    said = text(client.get(reverse("own-goals", args=[audit.uid])))
    assert "nie ma już miejsc" in said
    assert reverse("validation-apply", args=[ValidationOpening.objects.get().uid]) not in said
    Application.objects.all().delete()
    ValidationOpening.objects.all().delete()
    assert client.get(reverse("own-goals", args=[audit.uid])).status_code == 200


def test_the_document_says_that_the_price_is_not_known(client, audit, target):
    step = chosen(client, audit, target)
    with translation.override("pl"):
        told = repr(route_blocks(Writer(case_file(audit, None), "pl"), step.scenario))
    assert "do ustalenia" in told
    assert "dowolny tydzień" in told


def test_the_rest_interface_tells_it_too(client, audit, target):
    enter(client, audit, "own")
    found = client.get(f"/api/cases/{audit.uid}/plan/goals/{target.goal.uid}/routes")
    assert found.status_code == 200, found.content
    steps = [step for route in found.json()["routes"] for step in route["steps"]]
    assert {step["flexible"] for step in steps} == {True, False}
    assert all(step["notes"] for step in steps)
    assert all(step["unpriced"] == step["flexible"] for step in steps)
