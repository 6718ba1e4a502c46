"""What a person can spend and manage, as routes to a goal are planned with (DP-4)."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.edits import begun
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Person
from dorobek.plans import perms
from dorobek.plans.enums import WorkKind
from dorobek.plans.models import DevelopmentPlan, PlanLimits
from dorobek.plans.planning.places import known_powiat

MOST_MONEY = 100_000_00
# field -> (least, most, what to say)
BETWEEN: dict[str, tuple[int, int]] = {
    "hours_week": (1, 80), "months": (1, 60), "at_once": (1, 6), "farthest": (0, 2),
}  # fmt: skip
DAY_MINUTES = 24 * 60


def fresh_limits(person: Person, case_uid: uuid.UUID) -> PlanLimits:
    """What the page begins with, not saved: home from the card, no own money, ten hours a week, a year."""
    return PlanLimits(person=person, case_uid=case_uid, home=person.teryt[:4])


@transaction.atomic
def write_limits(
    *,
    person: Person,
    case_uid: uuid.UUID,
    home: str,
    own_money: int,
    hours_week: int,
    months: int,
    at_once: int,
    farthest: int,
    acting_user: ActingUser,
    most_minutes: int | None = None,
    work: Sequence[Sequence[int]] = (),
    work_kind: str = "",
    base_version: int | None = None,
) -> PlanLimits:
    """Write the limits of a case; `own_money` in grosze, `work` as [weekday, start, end] in minutes of the day.

    `work_kind` is one of `WorkKind`; where it is not said, hours of work say that it is fixed.
    Raises NotAllowed, RuleBroken with the field, Conflict.
    """
    acting_user.require(perms.may_write_plan(acting_user, DevelopmentPlan(person=person, case_uid=case_uid)))
    values = {
        "home": home, "own_money": own_money, "hours_week": hours_week, "months": months, "at_once": at_once,
        "farthest": farthest, "most_minutes": most_minutes, "work": [list(slot) for slot in work],
        "work_kind": work_kind or (WorkKind.FIXED if work else ""),
    }  # fmt: skip
    check_limits(values)
    held, made = PlanLimits.objects.get_or_create(case_uid=case_uid, defaults={"person": person, **values})
    if made:
        acting_user.record("plan-limits.written", stream=case_uid, subject=held.uid, written=values)
        return held
    held = held.locked()
    changes = held.write(values, base_version=begun(base_version))
    if changes:
        acting_user.record("plan-limits.written", stream=case_uid, subject=held.uid, **changes)
    return held


def check_limits(values: dict[str, object]) -> None:
    """Raises RuleBroken with the field for a place that does not exist, absurd money, hours, months."""
    if not known_powiat(str(values["home"])):
        raise RuleBroken(_("Nie ma takiego powiatu. Proszę wybrać powiat, w którym Pani/Pan mieszka."), "home")
    money = values["own_money"]
    if not isinstance(money, int) or money < 0:
        raise RuleBroken(_("Kwota nie może być ujemna. Jeśli nie ma własnych pieniędzy, proszę wpisać 0."), "own_money")
    if money > MOST_MONEY:
        raise RuleBroken(_("To ponad 100 000 zł. Proszę sprawdzić, czy nie ma nadmiarowych zer."), "own_money")
    for name, (least, most) in BETWEEN.items():
        value = values[name]
        if not isinstance(value, int) or not least <= value <= most:
            between = {"least": least, "most": most}
            raise RuleBroken(_("Proszę podać liczbę od %(least)d do %(most)d.") % between, name)
    minutes = values["most_minutes"]
    if minutes is not None and (not isinstance(minutes, int) or not 0 <= minutes <= 600):
        raise RuleBroken(_("Dojazd w jedną stronę to od 0 do 600 minut."), "most_minutes")
    _check_work(values["work"])
    _check_kind(str(values["work_kind"]), bool(values["work"]))


def _check_kind(kind: str, hours: bool) -> None:
    if kind and kind not in WorkKind.values:
        raise RuleBroken(_("Tej odpowiedzi nie ma na liście. Proszę wybrać jedną z podanych."), "work_kind")
    if kind == WorkKind.FIXED and not hours:
        raise RuleBroken(_("Proszę podać dni i godziny pracy."), "work")
    if kind in (WorkKind.NONE, WorkKind.SHIFTS) and hours:
        raise RuleBroken(_("Dni i godziny podaje się tylko przy pracy w stałych godzinach."), "work")


def _check_work(work: object) -> None:
    for slot in work if isinstance(work, list) else [work]:
        if not isinstance(slot, list):
            raise RuleBroken(_("Godziny pracy są pomylone."), "work")
        good = len(slot) == 3 and all(isinstance(part, int) for part in slot)
        if not good or not (0 <= slot[0] <= 6 and 0 <= slot[1] < slot[2] <= DAY_MINUTES):
            raise RuleBroken(_("Praca powinna kończyć się później, niż się zaczyna."), "work")
