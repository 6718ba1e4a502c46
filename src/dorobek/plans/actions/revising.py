"""A version of the plan is closed: it stays readable as it was, and the next one begins from it (DP-6)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.tables import plain
from dorobek.people.acting import ActingUser
from dorobek.plans import perms
from dorobek.plans.models import DevelopmentPlan, PlanRevision, Scenario
from dorobek.plans.revision import changes

GOAL = ("uid", "kind", "wording", "measure", "due_on")
STEP = ("uid", "wording", "support", "responsible", "starts_on", "due_on", "done_on", "own_grosze", "voucher_grosze")


@transaction.atomic
def revise_plan(*, plan: DevelopmentPlan, reason: str, acting_user: ActingUser) -> PlanRevision:
    """Close the version that is open. Raises NotAllowed, RuleBroken (no reason, nothing changed since the last one)."""
    plan = plan.locked()
    acting_user.require(perms.may_write_plan(acting_user, plan))
    reason = reason.strip()
    if not reason:
        raise RuleBroken(_("Proszę napisać jednym zdaniem, dlaczego plan się zmienia."), "reason")
    last = plan.revisions.first()
    content = snapshot(plan)
    told = changes(last.content, content) if last and last.content else []
    if last and last.content and not told:
        raise RuleBroken(_("Od poprzedniej wersji nic się nie zmieniło."), "reason")
    made = PlanRevision.objects.create(
        plan=plan, person=plan.person, case_uid=plan.case_uid, number=last.number + 1 if last else 1, content=content,
        changes=told, reason=reason, made_at=timezone.now(), made_by=acting_user.account,
    )  # fmt: skip
    acting_user.record("plan.revised", stream=plan.case_uid, subject=made.uid, number=made.number, reason=reason)
    return made


def snapshot(plan: DevelopmentPlan) -> dict[str, Any]:
    """The plan as JSON: goals with progress, scenarios with steps, risks, answers and route, sources."""
    goals = [
        {
            **_columns(goal, GOAL), "state": _state(goal),
            "progress": [[plain(one.at), one.value, one.note] for one in goal.progress.all()],
        }
        for goal in plan.goals.prefetch_related("progress")
    ]  # fmt: skip
    scenarios = plan.scenarios.select_related("route").prefetch_related("actions", "risks", "answers")
    chosen = plan.chosen_scenario
    return {
        "agreed_aim": plan.agreed_aim,
        "agreed_scope": plan.agreed_scope,
        "direction": str(plan.get_direction_display()) if plan.direction else "",
        "chosen": str(chosen.uid) if chosen else "",
        "chosen_name": chosen.name if chosen else "",
        "goals": goals,
        "scenarios": [_scenario(one) for one in scenarios],
        "sources": [_columns(one, ("title", "says", "url", "dated")) for one in plan.sources.all()],
    }


def _state(goal: Any) -> str:
    if goal.reached_at:
        return _("osiągnięty")
    return _("odłożony") if goal.dropped_at else _("otwarty")


def _scenario(one: Scenario) -> dict[str, Any]:
    route = getattr(one, "route", None)
    return {
        **_columns(one, ("uid", "name", "note")),
        "steps": [{**_columns(step, STEP), "state": str(step.get_state_display())} for step in one.actions.all()],
        "risks": [_columns(risk, ("wording", "repair")) for risk in one.risks.all()],
        "answers": [_columns(answer, ("question", "answer")) for answer in one.answers.all()],
        "route": {"name": route.name, "sums": route.sums, "taken": route.taken} if route else None,
    }


def _columns(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}
