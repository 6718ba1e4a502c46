"""Goals and how far one has come (DP-1)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.plans import perms
from dorobek.plans.actions.plan import save_part
from dorobek.plans.enums import GoalKind, LearningForm
from dorobek.plans.models import DevelopmentPlan, Goal, GoalProgress
from dorobek.portfolio.models import Competence


@transaction.atomic
def write_goal(
    *,
    plan: DevelopmentPlan,
    kind: str,
    subject: str,
    wording: str,
    acting_user: ActingUser,
    measure: str = "",
    learning_forms: Sequence[str] = (),
    due_on: dt.date | None = None,
    competences: Sequence[Competence] = (),
    goal: Goal | None = None,
    base_version: int | None = None,
) -> Goal:
    """A goal in the person's own words. One main goal at a time. SMART advice never stops it."""
    if not wording.strip():
        raise RuleBroken(_("Proszę napisać cel jednym zdaniem."), "wording")
    mains = Goal.objects.filter(plan=plan, kind=GoalKind.MAIN, dropped_at=None)
    if kind == GoalKind.MAIN and mains.exclude(pk=goal.pk if goal else 0).exists():
        raise RuleBroken(_("Cel główny już jest. Ten można zapisać jako pośredni albo alternatywny."), "kind")
    acting_user.require(all(competence.case_uid == plan.case_uid for competence in competences))
    values = {
        "kind": kind,
        "subject": subject,
        "wording": wording.strip(),
        "measure": measure,
        "learning_forms": [form for form in LearningForm.values if form in learning_forms],
        "due_on": due_on,
    }
    return save_part(
        model=Goal,
        part=goal,
        parent=plan,
        parents={"plan": plan},
        values=values,
        kind="goal",
        acting_user=acting_user,
        base_version=base_version,
        beside={"competences": competences},
    )


@transaction.atomic
def note_progress(*, goal: Goal, value: int, acting_user: ActingUser, note: str = "") -> GoalProgress:
    """Where the person puts themselves today, from 1 to 10."""
    goal = goal.locked()
    acting_user.require(perms.may_write_plan(acting_user, goal))
    if not 1 <= value <= 10:
        raise RuleBroken(_("Proszę wybrać liczbę od 1 do 10."), "value")
    progress = GoalProgress.objects.create(goal=goal, value=value, note=note, by=acting_user.account)
    acting_user.record("goal.progress-noted", stream=goal.case_uid, subject=goal.uid, value=value, note=note)
    return progress


@transaction.atomic
def settle_goal(*, goal: Goal, reached: bool, acting_user: ActingUser) -> Goal:
    """Reached, or given up; either way it stays in the plan with its day."""
    goal = goal.locked()
    acting_user.require(perms.may_write_plan(acting_user, goal))
    now = timezone.now()
    values = {"reached_at": now, "dropped_at": None} if reached else {"reached_at": None, "dropped_at": now}
    changes = goal.write(values, base_version=None)
    acting_user.record("goal.reached" if reached else "goal.dropped", stream=goal.case_uid, subject=goal.uid, **changes)
    return goal
