"""Scenarios of actions, the eight questions, risks (DP-2)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.plans import perms
from dorobek.plans.actions.plan import save_part
from dorobek.plans.enums import ActionState, ClosedBy
from dorobek.plans.models import DevelopmentPlan, Goal, Risk, Scenario, ScenarioAction, ScenarioAnswer


@transaction.atomic
def write_scenario(
    *,
    plan: DevelopmentPlan,
    name: str,
    acting_user: ActingUser,
    note: str = "",
    scenario: Scenario | None = None,
    base_version: int | None = None,
) -> Scenario:
    """One way to the goals; the first one is the chosen one until another is chosen."""
    saved = save_part(
        model=Scenario,
        part=scenario,
        parent=plan,
        parents={"plan": plan, "order": plan.scenarios.count()},
        values={"name": name.strip(), "note": note},
        kind="scenario",
        acting_user=acting_user,
        base_version=base_version,
    )
    if DevelopmentPlan.objects.filter(pk=plan.pk, chosen_scenario=None).exists():
        choose_scenario(plan=plan, scenario=saved, acting_user=acting_user)
    return saved


@transaction.atomic
def choose_scenario(*, plan: DevelopmentPlan, scenario: Scenario, acting_user: ActingUser) -> DevelopmentPlan:
    """The scenario the person decides for; the others stay beside it."""
    plan = plan.locked()
    acting_user.require(perms.may_write_plan(acting_user, plan) and scenario.plan_id == plan.pk)
    changes = plan.write({"chosen_scenario": scenario}, base_version=None)
    if changes:
        acting_user.record("scenario.chosen", stream=plan.case_uid, subject=scenario.uid)
    return plan


@transaction.atomic
def write_step(
    *,
    scenario: Scenario,
    wording: str,
    acting_user: ActingUser,
    support: str = "",
    responsible: str | None = None,
    starts_on: dt.date | None = None,
    due_on: dt.date | None = None,
    goal: Goal | None = None,
    step: ScenarioAction | None = None,
    base_version: int | None = None,
) -> ScenarioAction:
    """A step with its dates; `responsible` None leaves who sees to it as it is. Raises RuleBroken for dates reversed."""
    if not wording.strip():
        raise RuleBroken(_("Proszę napisać, co jest do zrobienia."), "wording")
    if starts_on and due_on and due_on < starts_on:
        raise RuleBroken(_("Koniec wypada przed początkiem. Proszę sprawdzić obie daty."), "due_on")
    acting_user.require(goal is None or goal.case_uid == scenario.case_uid)
    values: dict[str, object] = {
        "wording": wording.strip(),
        "support": support,
        "starts_on": starts_on,
        "due_on": due_on,
        "goal": goal,
    }
    if responsible is not None:
        values["responsible"] = responsible.strip()
    return save_part(
        model=ScenarioAction,
        part=step,
        parent=scenario,
        parents={"scenario": scenario, "order": scenario.actions.count()},
        values=values,
        kind="step",
        acting_user=acting_user,
        base_version=base_version,
    )


@transaction.atomic
def set_action_state(*, step: ScenarioAction, state: str, acting_user: ActingUser) -> ScenarioAction:
    """Planned, started, done, dropped. A step that closed by itself and is opened by hand stays open."""
    step = step.locked()
    acting_user.require(perms.may_write_plan(acting_user, step))
    values: dict[str, object] = {"state": state}
    if state != step.state:
        values["done_on"] = timezone.localdate() if state == ActionState.DONE else None
    undone = state != ActionState.DONE and step.closed_by in (
        ClosedBy.CREDENTIAL,
        ClosedBy.VOUCHER,
        ClosedBy.VALIDATION,
    )
    if undone:
        values |= {"closed_by": ClosedBy.UNDONE, "closed_note": ""}
    changes = step.write(values, base_version=None)
    if changes:
        kind = "step.reopened" if undone else "step.state-changed"
        acting_user.record(kind, stream=step.case_uid, subject=step.uid, **changes)
    return step


@transaction.atomic
def answer_question(
    *,
    scenario: Scenario,
    code: str,
    question: str,
    answer: str,
    acting_user: ActingUser,
    base_version: int | None = None,
) -> ScenarioAnswer:
    """One of the eight questions, kept with the question as it was put; both may be edited."""
    held = ScenarioAnswer.objects.filter(scenario=scenario, question_code=code).first()
    return save_part(
        model=ScenarioAnswer,
        part=held,
        parent=scenario,
        parents={"scenario": scenario, "question_code": code},
        values={"question": question.strip(), "answer": answer},
        kind="plan-answer",
        acting_user=acting_user,
        base_version=base_version,
    )


@transaction.atomic
def write_risk(
    *,
    scenario: Scenario,
    wording: str,
    repair: str,
    acting_user: ActingUser,
    risk: Risk | None = None,
    base_version: int | None = None,
) -> Risk:
    """What may go wrong and what is done then."""
    if not wording.strip():
        raise RuleBroken(_("Proszę napisać, co może się nie udać."), "wording")
    return save_part(
        model=Risk,
        part=risk,
        parent=scenario,
        parents={"scenario": scenario},
        values={"wording": wording.strip(), "repair": repair},
        kind="risk",
        acting_user=acting_user,
        base_version=base_version,
    )
