"""Reads of routes and of a plan on its way, each with a known number of statements."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.models import Credential
from dorobek.offers.models import Edition
from dorobek.people.models import Account, Person
from dorobek.plans.actions.limits import fresh_limits
from dorobek.plans.calendar import Entry
from dorobek.plans.enums import ActionState
from dorobek.plans.models import ChosenRoute, DevelopmentPlan, PlanLimits, ScenarioAction
from dorobek.plans.planning.words import day, zlotys
from dorobek.vouchers.enums import RightState, VoucherState
from dorobek.vouchers.models import Voucher, VoucherRight

OPEN = (ActionState.PLANNED, ActionState.STARTED)
CALENDAR_REMINDS = 3
SPENT = (VoucherState.USED, VoucherState.SETTLED)


def limits_of(user: Account, person: Person, case_uid: uuid.UUID) -> PlanLimits:
    """The limits of a case, or fresh ones that are not saved (`pk` None). One statement."""
    found: PlanLimits | None = PlanLimits.objects.visible_to(user).filter(case_uid=case_uid).first()
    return found or fresh_limits(person, case_uid)


# ---- what the offer did since ----


@dataclass(frozen=True)
class Moved:
    """A planned thing of the offer that is not as it was planned; `gone`: it cannot be joined any more."""

    step: str
    text: str
    gone: bool = False
    goal: uuid.UUID | None = None


def moved_since(plan: DevelopmentPlan) -> list[Moved]:
    """What of the chosen scenario vanished from the offer or changed price or dates. Three statements."""
    route = ChosenRoute.objects.filter(scenario=plan.chosen_scenario_id).select_related("goal").first()
    if route is None:
        return []
    planned = {one["code"]: one for one in route.taken}
    steps = ScenarioAction.objects.filter(scenario=plan.chosen_scenario_id, state__in=OPEN)
    open_ = {str(step.edition.uid): step for step in steps.select_related("edition") if step.edition}
    bound = _bound(plan.case_uid)
    held = {str(row.uid): row for row in Edition.objects.filter(uid__in=list(planned))}
    found = []
    for code, one in planned.items():
        if code in open_ and (moved := _moved(one, held.get(code), bound)):
            found.append(Moved(one["title"], moved[0], moved[1], route.goal.uid))
    return found


def _bound(case_uid: uuid.UUID) -> set[uuid.UUID]:
    """Editions on which a place is bought already."""
    states = (VoucherState.BOUND, *SPENT)
    rows = Voucher.objects.filter(case_uid=case_uid, state__in=states, edition__isnull=False)
    return set(rows.values_list("edition__uid", flat=True))


def _moved(one: Mapping[str, Any], edition: Edition | None, bound: set[uuid.UUID]) -> tuple[str, bool] | None:
    if edition is None or edition.withdrawn_at is not None:
        return _("Dostawca wycofał ten termin."), True
    if edition.uid in bound:
        return None
    today = timezone.localdate()
    if edition.enrol_until < today:
        return _("Zapisy skończyły się %(day)s.") % {"day": day(edition.enrol_until)}, True
    if edition.price_grosze != one["price"]:
        prices = {"before": zlotys(one["price"]), "after": zlotys(edition.price_grosze)}
        return _("Cena się zmieniła: było %(before)s, jest %(after)s.") % prices, False
    days = (edition.starts_on.isoformat(), edition.ends_on.isoformat())
    if days != (one["starts"], one["ends"]):
        return _("Zmienił się termin: teraz od %(starts)s do %(ends)s.") % {
            "starts": day(edition.starts_on), "ends": day(edition.ends_on),
        }, False  # fmt: skip
    return None


# ---- the calendar ----


def entries_of(plan: DevelopmentPlan, address: str) -> list[Entry]:
    """Steps of the chosen scenario, ends of enrolment, the last day of the right to vouchers. Two statements."""
    steps = ScenarioAction.objects.filter(scenario=plan.chosen_scenario_id).select_related("edition")
    found = [entry for step in steps for entry in _entries_of_step(step, address)]
    right = VoucherRight.objects.filter(case_uid=plan.case_uid).first()
    if right is not None and right.state in (RightState.OPEN, RightState.EXPIRED):
        title = _("Ostatni dzień na zakup z bonu")
        found.append(
            Entry(
                f"right-{right.uid}@dorobek", title, right.expires_on, right.expires_on, right.changed_at,
                right.version, url=address, remind_days=30 if right.state == RightState.OPEN else None,
            )
        )  # fmt: skip
    return found


def _entries_of_step(step: ScenarioAction, address: str) -> list[Entry]:
    first, last = step.starts_on or step.due_on, step.due_on or step.starts_on
    if first is None or last is None:
        return []
    edition, open_ = step.edition, step.state in OPEN
    changed = max(step.changed_at, edition.changed_at) if edition else step.changed_at
    sequence = step.version + (edition.version if edition else 0)
    gone = step.state == ActionState.DROPPED or bool(edition and edition.withdrawn_at and open_)
    about = "\n".join(filter(None, (step.support, _("Kto: %(name)s") % {"name": step.responsible or "-"})))
    place = edition.place if edition and not edition.remote else _("zdalnie") if edition else ""
    found = [
        Entry(
            f"step-{step.uid}@dorobek", step.wording, first, last, changed, sequence, about, place, address, gone,
            CALENDAR_REMINDS if open_ else None,
        )
    ]  # fmt: skip
    if edition and step.state == ActionState.PLANNED:
        title = _("Ostatni dzień zapisów: %(step)s") % {"step": step.wording}
        until = edition.enrol_until
        found.append(
            Entry(
                f"enrol-{step.uid}@dorobek", title, until, until, changed, sequence, "", "", address, gone,
                CALENDAR_REMINDS,
            )
        )  # fmt: skip
    return found


# ---- a year later ----


@dataclass(frozen=True)
class Outcome:
    """Planned beside what came true. Money in grosze; `progress`: first and last number the person gave."""

    steps: list[ScenarioAction]
    done: int
    counted: int
    dropped: int
    planned_own: int
    planned_voucher: int
    spent_own: int
    spent_voucher: int
    progress: list[tuple[str, int, int]] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)
    since: dt.date | None = None

    @property
    def late(self) -> list[ScenarioAction]:
        today = timezone.localdate()
        return [step for step in self.steps if step.state in OPEN and step.due_on and step.due_on < today]


def outcome_of(user: Account, plan: DevelopmentPlan) -> Outcome:
    """What of the plan came true until today; credentials as far as the user may see them. Six statements."""
    steps = list(
        ScenarioAction.objects.filter(scenario=plan.chosen_scenario_id).select_related("edition__service", "template")
    )
    states = [step.state for step in steps]
    since = timezone.localdate(plan.created_at)
    spent = list(Voucher.objects.filter(case_uid=plan.case_uid, state__in=SPENT))
    progress = []
    for goal in plan.goals.prefetch_related("progress"):
        points = list(goal.progress.all())
        if points:
            progress.append((goal.wording, points[0].value, points[-1].value))
    credentials = Credential.objects.visible_to(user).filter(person=plan.person_id, awarded_on__gte=since)
    return Outcome(
        steps=steps,
        done=states.count(ActionState.DONE),
        counted=len(states),
        dropped=states.count(ActionState.DROPPED),
        planned_own=sum(step.own_grosze or 0 for step in steps),
        planned_voucher=sum(step.voucher_grosze or 0 for step in steps),
        spent_own=sum(one.own_grosze for one in spent),
        spent_voucher=sum(one.support_grosze for one in spent),
        progress=progress,
        credentials=list(credentials.select_related("template_version__template", "issuer").order_by("awarded_on")),
        since=since,
    )
