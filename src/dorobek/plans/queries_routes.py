"""Reads of routes and of a plan on its way, each with a known number of statements."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.models import Credential
from dorobek.offers.models import Edition
from dorobek.people.models import Account, Person
from dorobek.plans.actions.limits import fresh_limits
from dorobek.plans.calendar import Entry, bare
from dorobek.plans.enums import ActionState
from dorobek.plans.models import ChosenRoute, DevelopmentPlan, PlanLimits, ScenarioAction
from dorobek.plans.planning import sources
from dorobek.plans.planning.bought import bought_instead, editions_bought
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
    """What of the chosen scenario vanished from the offer or changed price, dates or hours. Three statements, and those of the
    rooms that offered something else."""
    route = ChosenRoute.objects.filter(scenario=plan.chosen_scenario_id).select_related("goal").first()
    if route is None:
        return []
    planned = {one["code"]: one for one in route.taken}
    steps = ScenarioAction.objects.filter(scenario=plan.chosen_scenario_id, state__in=OPEN)
    open_ = {code_of_step(step): step for step in steps.select_related("edition")}
    bound = editions_bought(plan.case_uid).keys()
    of_offer = [code for code in planned if not sources.is_known(code)]
    held = {str(row.uid): row for row in Edition.objects.filter(uid__in=of_offer)}
    elsewhere = sources.now(code for code in planned if code in open_)
    found = []
    for code, one in planned.items():
        if code not in open_:
            continue
        step = open_[code]
        if code in of_offer:
            moved = _moved(one, held.get(code), bound) or _hours_moved(one, held[code], bound)
        else:
            moved = _moved_elsewhere(one, elsewhere.get(code), step.state)
        if moved:
            found.append(Moved(one["title"], moved[0], moved[1], route.goal.uid))
    return found


def _hours_moved(one: Mapping[str, Any], edition: Edition, bound: Set[int]) -> tuple[str, bool] | None:
    """Other days or hours than those the route was chosen with; a bought place is told of by whoever sold it."""
    if edition.service_id in bound or edition.class_times == one.get("class_times", edition.class_times):
        return None
    if not edition.class_times:
        return _("Dostawca nie podaje już dni i godzin zajęć."), False
    return _("Zmieniły się dni albo godziny zajęć: teraz %(times)s.") % {"times": edition.times.told}, False


def code_of_step(step: ScenarioAction) -> str:
    """The code of the option that a step was made from; "" for one written by hand."""
    return step.option or (str(step.edition.uid) if step.edition else "")


def _moved_elsewhere(one: Mapping[str, Any], now: sources.Now | None, state: str) -> tuple[str, bool] | None:
    """Whoever has applied already minds no last day, only another day or price."""
    if now is None:
        return _("Tego już nie ma."), True
    if now.gone and state == ActionState.PLANNED:
        return now.gone, True
    days = [day.isoformat() if day else None for day in (now.starts, now.ends)]
    return _changed(one, now.price, days)


def _moved(one: Mapping[str, Any], edition: Edition | None, bound: Set[int]) -> tuple[str, bool] | None:
    if edition is not None and edition.service_id in bound:
        return None  # whoever sold the place tells what becomes of it
    if edition is None or edition.withdrawn_at is not None:
        return _("Dostawca wycofał ten termin."), True
    today = timezone.localdate()
    if edition.enrol_until < today:
        return _("Zapisy skończyły się %(day)s.") % {"day": day(edition.enrol_until)}, True
    return _changed(one, edition.price_grosze, [edition.starts_on.isoformat(), edition.ends_on.isoformat()])


def _changed(one: Mapping[str, Any], price: int | None, days: Sequence[str | None]) -> tuple[str, bool] | None:
    if price is not None and price != one["price"]:
        prices = {"before": zlotys(one["price"]), "after": zlotys(price)}
        return _("Cena się zmieniła: było %(before)s, jest %(after)s.") % prices, False
    if None not in days and list(days) != [one["starts"], one["ends"]]:
        values = {"starts": day(days[0]), "ends": day(days[1])}
        return _("Zmienił się termin: teraz od %(starts)s do %(ends)s.") % values, False
    return None


# ---- the calendar ----


def entries_of(plan: DevelopmentPlan, address: str) -> list[Entry]:
    """Steps of the chosen scenario, ends of enrolment where no place is bought yet, the last day of the right to vouchers.
    Three statements, and those of the rooms that offered something else.

    Whoever looks over a shoulder or shares a calendar sees neither a name nor a sum of money.
    """
    steps = list(ScenarioAction.objects.filter(scenario=plan.chosen_scenario_id).select_related("edition"))
    elsewhere = sources.now(step.option for step in steps)
    name = plan.person.name
    bought = editions_bought(plan.case_uid)
    found = [
        entry
        for step in steps
        for entry in _entries_of_step(step, elsewhere.get(step.option), address, name, bought_instead(step, bought))
    ]
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


def _entries_of_step(
    step: ScenarioAction, elsewhere: sources.Now | None, address: str, name: str, bought: Edition | None
) -> list[Entry]:
    """`bought`: the date of which a place is bought, whichever was planned."""
    first, last = step.starts_on or step.due_on, step.due_on or step.starts_on
    if bought is not None:
        first, last = bought.starts_on, bought.ends_on
    if first is None or last is None:
        return []
    edition, open_ = bought or step.edition, step.state in OPEN
    changed = max(step.changed_at, edition.changed_at) if edition else step.changed_at
    sequence = step.version + (edition.version if edition else 0)
    gone = step.state == ActionState.DROPPED or bool(edition and edition.withdrawn_at and open_)
    gone = gone or bool(elsewhere and elsewhere.gone and step.state == ActionState.PLANNED)
    title, about = bare(step.wording, name) or _("Krok planu"), bare(step.support, name)
    place = edition.place if edition and not edition.remote else _("zdalnie") if edition else ""
    place = elsewhere.place if elsewhere else place
    found = [
        Entry(
            f"step-{step.uid}@dorobek", title, first, last, changed, sequence, about, place, address, gone,
            CALENDAR_REMINDS if open_ else None,
        )
    ]  # fmt: skip
    until = edition.enrol_until if edition else elsewhere.until if elsewhere else None
    if until and step.state == ActionState.PLANNED and bought is None:
        last_day = _("Ostatni dzień zapisów: %(step)s") % {"step": title}
        found.append(
            Entry(
                f"enrol-{step.uid}@dorobek", last_day, until, until, changed, sequence, "", "", address, gone,
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
