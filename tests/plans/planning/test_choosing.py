"""A route becomes a scenario of the plan, and the plan follows what the offer does afterwards (DP-2, DP-4)."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.offers.models import Edition
from dorobek.people.enums import Role
from dorobek.plans import actions
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.models import ChosenRoute, DevelopmentPlan, Scenario
from dorobek.plans.queries_routes import moved_since
from dorobek.plans.routes import Route, plan_all
from tests.factories import acting, make_account, make_staff
from tests.plans.planning.builders import basis, limits_for, till_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(target):
    """The goal, the problem, the codes of the cheapest route, who chooses."""
    till_offer()
    found = basis(target, limits_for(target))
    codes = list(plan_all(found.problem)[Route.CHEAPEST].codes)
    return target.goal, found, codes, acting(target.person.account)


def chosen(ready, **more) -> Scenario:
    goal, found, codes, me = ready
    return choose_route(goal=goal, basis=found, codes=codes, acting_user=me, **{"name": "cheapest", **more})


def plan_of(scenario) -> DevelopmentPlan:
    return DevelopmentPlan.objects.get(pk=scenario.plan_id)


def test_a_route_is_a_scenario_with_days_money_people_risks_and_editions(ready):
    scenario = chosen(ready)
    steps = list(scenario.actions.all())
    wordings = ["Walidacja: Walidacja kasjera", "Kurs: Zwroty", "Kurs: Nauka innych"]
    assert [step.wording for step in steps] == wordings
    assert all(step.edition and step.starts_on and step.due_on and step.responsible for step in steps)
    assert sum(step.own_grosze for step in steps) == scenario.route.sums["own"] == 134_001
    assert {step.goal for step in steps} == {ready[0]}
    assert scenario.risks.filter(wording__contains="jeden termin").exists()
    assert all(risk.repair for risk in scenario.risks.all())
    assert plan_of(scenario).chosen_scenario == scenario
    entry = HistoryEntry.objects.get(kind="route.chosen")
    assert entry.payload.data["codes"] == ready[2]
    assert list(history.verify()) == []


def test_the_answers_to_the_questions_go_along(ready):
    goal, _found, _codes, me = ready
    first = actions.write_scenario(plan=goal.plan, name="Sama", acting_user=me)
    actions.answer_question(scenario=first, code="zasoby", question="Co mam?", answer="Czas", acting_user=me)
    assert chosen(ready).answers.get().answer == "Czas"


def test_the_same_route_chosen_twice_is_one_scenario(ready):
    assert chosen(ready) == chosen(ready)
    assert ChosenRoute.objects.count() == Scenario.objects.count() == 1


def test_an_alternative_stands_beside_and_changes_no_choice(ready):
    first = chosen(ready)
    goal, found, codes, me = ready
    other = choose_route(goal=goal, basis=found, codes=codes[:1], acting_user=me, main=False)
    assert plan_of(first).chosen_scenario == first
    assert other != first


@pytest.mark.parametrize("codes", [[], ["nic takiego"], ["00000000-0000-7000-8000-000000000000"]])
def test_codes_that_lead_nowhere_are_refused_in_words(ready, codes):
    goal, found, _codes, me = ready
    with pytest.raises(RuleBroken) as refusal:
        choose_route(goal=goal, basis=found, codes=codes, acting_user=me)
    assert str(refusal.value.message)
    assert not Scenario.objects.exists()


def test_a_route_that_breaks_a_rule_is_refused_with_the_rule(ready, target):
    goal, _found, _codes, me = ready
    poor = basis(target, limits_for(target, own_money=100))
    codes = [option.code for option in poor.problem.options]
    with pytest.raises(RuleBroken) as refusal:
        choose_route(goal=goal, basis=poor, codes=codes, acting_user=me)
    assert "Brakuje" in str(refusal.value.message)


def test_nobody_else_chooses(ready):
    goal, found, codes, _me = ready
    unit = make_staff(Role.ADVISER, _unit(goal)).memberships.get().unit
    for account in (make_account(), make_staff(Role.COORDINATOR, unit)):
        with pytest.raises(NotAllowed):
            choose_route(goal=goal, basis=found, codes=codes, acting_user=acting(account))
    assert not Scenario.objects.exists()


def _unit(goal):
    from dorobek.audits.models import SkillsAudit

    return SkillsAudit.objects.get(uid=goal.case_uid).unit


def test_what_vanished_or_costs_more_is_told_until_the_step_is_done(ready):
    scenario = chosen(ready)
    plan = plan_of(scenario)
    assert moved_since(plan) == []
    first, second, third = (step.edition for step in scenario.actions.all())
    Edition.objects.filter(pk=first.pk).update(withdrawn_at=timezone.now())
    Edition.objects.filter(pk=second.pk).update(price_grosze=second.price_grosze + 1)
    Edition.objects.filter(pk=third.pk).update(ends_on=third.ends_on + dt.timedelta(days=1))
    told = moved_since(plan)
    assert [one.gone for one in told] == [True, False, False]
    assert "wycofał" in told[0].text
    assert "600,02" in told[1].text
    assert "termin" in told[2].text
    for step in scenario.actions.all():
        actions.set_action_state(step=step, state="done", acting_user=ready[3])
    assert moved_since(plan) == []
