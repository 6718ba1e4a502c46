"""Sittings: when a commission sits, whom it judges, and who sits in it. Two officers at once: the second is told."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import perms
from dorobek.validation.actions.applying import record
from dorobek.validation.actions.changing import tell_moved
from dorobek.validation.actions.commissions import compose_commission
from dorobek.validation.enums import ApplicationState
from dorobek.validation.faults import busy_elsewhere, cases_of, sitting_refusals
from dorobek.validation.models import (
    Application,
    Availability,
    Sitting,
    SittingCandidate,
    StaffRecord,
    ValidationOpening,
)


@transaction.atomic
def plan_sitting(
    *, opening: ValidationOpening, begins: dt.datetime, ends: dt.datetime, acting_user: ActingUser, place: str = "",
    seats: int = 1,
) -> Sitting:  # fmt: skip
    """A day and hours within the opening; its place unless another is given. Raises NotAllowed, RuleBroken."""
    acting_user.require(perms.may_open(acting_user.account, opening.institution))
    _check_hours(opening, begins, ends)
    if seats < 1:
        raise RuleBroken(_("Proszę podać, ile osób komisja oceni: co najmniej jedną."), "seats")
    made = Sitting.objects.create(
        opening=opening, begins=begins, ends=ends, place=place.strip() or opening.place, seats=seats
    )
    acting_user.record("validation.sitting-planned", stream=opening.uid, subject=made.uid, begins=begins, seats=seats)
    return made


def _check_hours(opening: ValidationOpening, begins: dt.datetime, ends: dt.datetime) -> None:
    if ends <= begins:
        raise RuleBroken(_("Posiedzenie kończy się przed początkiem. Proszę poprawić godziny."), "until")
    days = timezone.localdate(begins), timezone.localdate(ends)
    if days[0] < opening.begins_on or days[1] > opening.ends_on:
        raise RuleBroken(
            _("Posiedzenie musi być między %(first)s a %(last)s: wtedy trwa ta walidacja.")
            % {"first": f"{opening.begins_on:%d.%m.%Y}", "last": f"{opening.ends_on:%d.%m.%Y}"},
            "day",
        )


@transaction.atomic
def move_sitting(
    *, sitting: Sitting, begins: dt.datetime, ends: dt.datetime, place: str, reason: str, acting_user: ActingUser,
    base_version: int | None = None,
) -> Sitting:  # fmt: skip
    """Another day, hours or place; candidates are told why. A commission that cannot come then is asked for again.

    Raises NotAllowed, RuleBroken (outside the opening, no reason), Conflict.
    """
    sitting = sitting.locked()
    acting_user.require(perms.may_open(acting_user.account, sitting.opening.institution))
    _check_hours(sitting.opening, begins, ends)
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego coś się zmienia. Zobaczą to kandydaci."), "reason")
    values = {"begins": begins, "ends": ends, "place": place.strip() or sitting.opening.place}
    changes = sitting.write(values, base_version=base_version)
    if not changes:
        raise RuleBroken(_("Nic się nie zmieniło."))
    cases = cases_of(sitting)
    waiting = all(one.state == ApplicationState.DOCUMENTED for one in cases)
    if sitting.commission is not None and waiting and _cannot_come(sitting):
        changes |= sitting.write({"commission": None, "composed_by": None}, base_version=None)
    acting_user.record(
        "validation.sitting-moved", stream=sitting.opening.uid, subject=sitting.uid, reason=reason, **changes
    )
    told: dict[str, Any] = {name: changes[name] for name in ("begins", "place") if name in changes}
    tell_moved(sitting.opening, cases, reason.strip(), told, acting_user, at=sitting)
    return sitting


def _cannot_come(sitting: Sitting) -> bool:
    """Whether somebody of its commission sits elsewhere or is away at the new time."""
    if sitting.commission is None:
        return False
    members = {one.record.account_id for one in sitting.commission.members.select_related("record")}
    day = timezone.localdate(sitting.begins).isoformat()
    known = Availability.objects.filter(institution=sitting.opening.institution, account__in=members)
    away = any(first <= day <= last for one in known for first, last in one.away)
    return away or bool(members & busy_elsewhere(sitting))


@transaction.atomic
def place_candidates(*, sitting: Sitting, applications: Sequence[Application], acting_user: ActingUser) -> Sitting:
    """Exactly these cases are judged at the sitting; a commission chosen for others is asked for again.

    Raises NotAllowed, RuleBroken (another opening, not documented, too many, placed elsewhere, judged already).
    """
    sitting = sitting.locked()
    acting_user.require(perms.may_open(acting_user.account, sitting.opening.institution))
    held = cases_of(sitting)
    if any(one.state != ApplicationState.DOCUMENTED for one in held):
        raise RuleBroken(_("Komisja tego posiedzenia już ocenia. Nie można zmienić, kogo."), "applications")
    if len(applications) > sitting.seats:
        raise RuleBroken(_("Na tym posiedzeniu jest mniej miejsc: %d.") % sitting.seats, "applications")
    for one in applications:
        acting_user.require(perms.may_run(acting_user.account, one))
        if one.opening_id != sitting.opening_id or one.state != ApplicationState.DOCUMENTED:
            raise RuleBroken(_("Tego zgłoszenia nie można teraz oceniać: %s.") % one.person.name, "applications")
        taken = SittingCandidate.objects.filter(application=one, round=one.round).exclude(sitting=sitting)
        if taken.exists():
            raise RuleBroken(_("Ta osoba ma już inne posiedzenie: %s.") % one.person.name, "applications")
    wanted, have = {one.pk for one in applications}, {one.pk for one in held}
    if wanted == have:
        return sitting
    sitting.candidates.all().delete()
    for one in applications:
        SittingCandidate.objects.create(sitting=sitting, application=one, round=one.round)
        record(
            acting_user, "validation.sitting-set", one, sitting=str(sitting.uid), begins=sitting.begins.isoformat(),
            place=sitting.place,
        )  # fmt: skip
    sitting.write({"commission": None, "composed_by": None}, base_version=None)
    said = [str(one.uid) for one in applications]
    acting_user.record("validation.candidates-placed", stream=sitting.opening.uid, subject=sitting.uid, cases=said)
    return sitting


@transaction.atomic
def spread_candidates(*, opening: ValidationOpening, acting_user: ActingUser) -> int:
    """Documented cases without a sitting take free seats of sittings to come, first come first. Returns how many did."""
    acting_user.require(perms.may_open(acting_user.account, opening.institution))
    opening.locked()
    waiting = list(
        opening.applications.filter(state=ApplicationState.DOCUMENTED)
        .exclude(pk__in=_placed(opening))
        .exclude(person__account=acting_user.account)
        .select_related("person", "opening__institution")
        .order_by("created_at", "pk")
    )
    done = 0
    for sitting in opening.sittings.filter(begins__gte=timezone.now(), commission=None).order_by("begins", "pk"):
        have = cases_of(sitting)
        free = max(0, sitting.seats - len(have))
        more, waiting = waiting[:free], waiting[free:]
        if more:
            place_candidates(sitting=sitting, applications=[*have, *more], acting_user=acting_user)
            done += len(more)
    return done


def _placed(opening: ValidationOpening) -> list[int]:
    rows = SittingCandidate.objects.filter(application__opening=opening).select_related("application")
    return [one.application_id for one in rows if one.round == one.application.round]


@transaction.atomic
def choose_commission(
    *, sitting: Sitting, records: Sequence[StaffRecord], base_version: int, acting_user: ActingUser
) -> Sitting:
    """The commission of the sitting, lawful for every case placed there. `base_version`: the sitting as it was seen.

    Raises NotAllowed, RuleBroken: every broken rule in words; somebody else chose meanwhile, and whom.
    """
    sitting = sitting.locked()
    acting_user.require(perms.may_open(acting_user.account, sitting.opening.institution))
    if sitting.version != base_version:
        raise RuleBroken(_chosen_meanwhile(sitting), "members")
    cases = cases_of(sitting)
    acting_user.require(all(perms.may_run(acting_user.account, one) for one in cases))
    if not cases:
        raise RuleBroken(_("Najpierw trzeba wpisać, kogo komisja oceni na tym posiedzeniu."), "members")
    if any(one.state != ApplicationState.DOCUMENTED for one in cases):
        raise RuleBroken(_("Komisja tego posiedzenia już ocenia. Nie można zmienić jej składu."), "members")
    broken = sitting_refusals(sitting, records, cases)
    if broken:
        raise RuleBroken(" ".join(broken), "members")
    made = compose_commission(opening=sitting.opening, records=records, acting_user=acting_user)
    values = {"commission": made, "composed_by": acting_user.account}
    sitting.write(values, base_version=None)
    for one in cases:
        record(acting_user, "validation.commission-chosen", one, commission=str(made.uid))
    return sitting


def _chosen_meanwhile(sitting: Sitting) -> str:
    if sitting.commission is None or sitting.composed_by is None:
        return _("Ktoś zmienił w międzyczasie to posiedzenie. Proszę spojrzeć jeszcze raz i wybrać skład.")
    members = sitting.commission.members.select_related("record__account").order_by("pk")
    said = {"who": str(sitting.composed_by), "members": ", ".join(str(one.record.account) for one in members)}
    return _("W międzyczasie komisję ułożył ktoś inny: %(who)s. Jest w niej: %(members)s. Nic nie nadpisaliśmy.") % said


@transaction.atomic
def accept_proposal(
    *, rows: Sequence[tuple[Sitting, Sequence[StaffRecord], int]], acting_user: ActingUser
) -> list[Sitting]:
    """Commissions of many sittings at once: (sitting, members, version seen). All of them, or none.

    Raises NotAllowed, RuleBroken that names each sitting which can no longer be filled so.
    """
    done, refused = [], []
    for sitting, records, version in rows:
        try:
            with transaction.atomic():
                done.append(
                    choose_commission(
                        sitting=sitting, records=records, base_version=version, acting_user=acting_user
                    )
                )  # fmt: skip
        except RuleBroken as broken:
            refused.append(f"{timezone.localtime(sitting.begins):%d.%m.%Y %H:%M}, {sitting.place}: {broken.message}")
    if refused:
        raise RuleBroken(" ".join(refused), "rows")
    return done
