"""Steps close when everything they were to prove is proven otherwise: a credential of anybody, a commission (MC-8).

Called by events, each delivered once; safe to call twice. What is in the wallet is its owner's: the note names nothing.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from dorobek.credentials.events import CredentialsIssued
from dorobek.credentials.models import Credential
from dorobek.kernel import history
from dorobek.kernel.events import on, publish
from dorobek.people.events import CaseChanged
from dorobek.people.models import Person
from dorobek.plans.actions.closing import OPEN, close_steps
from dorobek.plans.covering import certified, covered, promised
from dorobek.plans.enums import ActionState, ClosedBy
from dorobek.plans.events import OptionBegun
from dorobek.plans.gaps.queries import picture_of, whole
from dorobek.plans.models import ChosenRoute, ScenarioAction, Target
from dorobek.plans.queries_routes import code_of_step
from dorobek.portfolio.events import HoldingsChanged
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.models import Voucher

CAUSES = {"credential": ClosedBy.CREDENTIAL, "validation": ClosedBy.VALIDATION}


@on(HoldingsChanged)
def close_by_holdings(changed: HoldingsChanged) -> None:
    """A credential of another issuer came into the wallet, a commission confirmed outcomes."""
    by = CAUSES.get(changed.cause)
    person = Person.objects.filter(uid=uuid.UUID(changed.person_uid)).first() if by else None
    if by and person:
        close_covered([person.pk], by)


@on(CredentialsIssued)
def close_by_issued(issued: CredentialsIssued) -> None:
    """A micro-credential issued here may prove what other steps were to prove."""
    uids = [uuid.UUID(uid) for uid in issued.credential_uids]
    close_covered(Credential.objects.filter(uid__in=uids).values_list("person", flat=True), ClosedBy.CREDENTIAL)


@on(OptionBegun)
def begin_steps(begun: OptionBegun) -> None:
    """Who has applied has begun: the planned steps of that thing are under way."""
    rows = ScenarioAction.objects.filter(
        person__uid=uuid.UUID(begun.person_uid), option=begun.option, state=ActionState.PLANNED
    )
    for row in rows.order_by("pk"):
        step = row.locked()
        if step.state != ActionState.PLANNED:
            continue
        changes = step.write({"state": ActionState.STARTED}, base_version=None)
        history.record(stream=step.case_uid, kind="step.began-itself", actor_id=None, subject=step.uid, data=changes)
        publish(CaseChanged(str(step.case_uid)))


def close_covered(people: Iterable[int], by: ClosedBy) -> int:
    """Close open steps of routes of these people whose every outcome is proven now; returns how many.

    A place that is bought stays open: what becomes of it, the voucher tells.
    """
    steps = ScenarioAction.objects.filter(
        person__in=set(people), state__in=OPEN, scenario__route__isnull=False, goal__isnull=False,
        goal__reached_at=None, goal__dropped_at=None,
    ).exclude(closed_by=ClosedBy.UNDONE)  # fmt: skip
    by_goal: dict[int, list[ScenarioAction]] = defaultdict(list)
    for step in steps.select_related("edition").order_by("pk"):
        by_goal[step.goal_id or 0].append(step)
    targets = {one.goal_id: one for one in whole(Target.objects.filter(goal__in=by_goal))} if by_goal else {}
    note = _notes()[by]
    closed = 0
    for goal, planned in by_goal.items():
        if goal not in targets:
            continue
        proven = certified(picture_of(targets[goal]).lines)
        wanted = _promised({step.scenario_id for step in planned}) if proven else {}
        done = [step for step in planned if covered(wanted.get((step.scenario_id, code_of_step(step)), set()), proven)]
        closed += close_steps([step for step in done if not _bought(step)], by, note)
    return closed


def _notes() -> dict[ClosedBy, str]:
    return {
        ClosedBy.CREDENTIAL: _("Jest już poświadczenie na wszystko, co miał dać ten krok."),
        ClosedBy.VALIDATION: _("Komisja walidacyjna potwierdziła wszystko, co miał dać ten krok."),
    }


def _promised(scenarios: Iterable[int]) -> dict[tuple[int, str], frozenset[str]]:
    """Scenario and code of an option -> the gaps that it was to close. One statement."""
    return {
        (route.scenario_id, str(one["code"])): promised(one, route.gaps)
        for route in ChosenRoute.objects.filter(scenario__in=scenarios)
        for one in route.taken
    }


def _bought(step: ScenarioAction) -> bool:
    if step.edition_id is None:
        return False
    rows = Voucher.objects.filter(case_uid=step.case_uid, edition=step.edition_id, state=VoucherState.BOUND)
    return bool(rows.exists())
