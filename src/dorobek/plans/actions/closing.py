"""Steps close by themselves: a credential arrived, a voucher was used or settled (DP-6, MC-8).

Called by events, each delivered once; safe to call twice. A step that somebody opened again by hand stays open.
"""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.enums import CredentialState
from dorobek.credentials.events import CredentialsIssued
from dorobek.credentials.models import Credential
from dorobek.kernel import history
from dorobek.kernel.events import on, publish
from dorobek.offers.models import Edition
from dorobek.people.events import CaseChanged
from dorobek.plans.enums import ActionState, ClosedBy
from dorobek.plans.models import DevelopmentPlan, Goal, GoalProgress, ScenarioAction
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.events import VoucherMoved
from dorobek.vouchers.models import Voucher

OPEN = (ActionState.PLANNED, ActionState.STARTED)
TOP = 10


@on(VoucherMoved)
def close_by_voucher(moved: VoucherMoved) -> None:
    """The course that a voucher paid for is finished: its step is done, also when another date was bought than planned."""
    if moved.state not in (VoucherState.USED, VoucherState.SETTLED) or not moved.edition_uid:
        return
    voucher = Voucher.objects.filter(uid=uuid.UUID(moved.voucher_uid)).first()
    if voucher is None:
        return
    course = Edition.objects.filter(uid=uuid.UUID(moved.edition_uid)).values("service")
    steps = ScenarioAction.objects.filter(case_uid=voucher.case_uid, edition__service__in=course)
    note = _("Bon %(number)s: %(state)s.") % {"number": voucher.number, "state": VoucherState(moved.state).label}
    close_steps(steps, ClosedBy.VOUCHER, note)


@on(CredentialsIssued)
def close_by_credential(issued: CredentialsIssued) -> None:
    """Somebody got the micro-credential that a step of theirs ends with: it is done."""
    uids = [uuid.UUID(uid) for uid in issued.credential_uids]
    holders = Credential.objects.filter(uid__in=uids, state=CredentialState.VALID).values("person")
    steps = ScenarioAction.objects.filter(template__uid=uuid.UUID(issued.template_uid), person__in=holders)
    for step in steps.select_related("template").order_by("pk"):
        title = step.template.title_pl if step.template else ""
        close_steps([step], ClosedBy.CREDENTIAL, _("Przyszło poświadczenie „%(title)s”.") % {"title": title[:200]})


@transaction.atomic
def close_steps(steps: Iterable[ScenarioAction], by: ClosedBy, note: str) -> int:
    """Mark as done those that are open and that nobody has opened again by hand; returns how many."""
    closed = 0
    for found in steps:
        step = found.locked()
        if step.state not in OPEN or step.closed_by == ClosedBy.UNDONE:
            continue
        values = {"state": ActionState.DONE, "done_on": timezone.localdate(), "closed_by": by, "closed_note": note}
        changes = step.write(values, base_version=None)
        history.record(stream=step.case_uid, kind="step.closed-itself", actor_id=None, subject=step.uid, data=changes)
        _move_goal(step)
        publish(CaseChanged(str(step.case_uid)))
        closed += 1
    return closed


def _move_goal(step: ScenarioAction) -> None:
    """The goal's progress follows steps done of the chosen scenario; it never goes below where the person put it."""
    goal = step.goal
    if goal is None or goal.reached_at or goal.dropped_at:
        return
    plan = DevelopmentPlan.objects.get(pk=goal.plan_id)
    if plan.chosen_scenario_id != step.scenario_id:
        return
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    states = list(ScenarioAction.objects.filter(scenario=step.scenario_id, goal=goal).values_list("state", flat=True))
    counted = [state for state in states if state != ActionState.DROPPED]
    value = 1 + (TOP - 1) * counted.count(ActionState.DONE) // max(len(counted), 1)
    last = GoalProgress.objects.filter(goal=goal).order_by("-at", "-pk").values_list("value", flat=True).first() or 0
    if value <= last:
        return
    note = _("Zrobiony krok: %(step)s") % {"step": step.wording[:300]}
    GoalProgress.objects.create(goal=goal, value=value, note=note)
    data = {"value": value, "note": note}
    history.record(stream=goal.case_uid, kind="goal.progress-noted", actor_id=None, subject=goal.uid, data=data)
