"""A body opens validation; what its people can show; trainings they led."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution, Person
from dorobek.register.enums import BodyRole
from dorobek.register.models import Entitlement, Qualification
from dorobek.validation import perms
from dorobek.validation.actions.body import check_periods, require_body
from dorobek.validation.models import LedTraining, StaffPeriod, StaffRecord, ValidationOpening
from dorobek.validation.rules import OwnRule, Period, QualificationRules, rules_of
from dorobek.validation.rules.building import NoRules


@transaction.atomic
def open_validation(
    *, institution: Institution, qualification: Qualification, applications_until: dt.date, begins_on: dt.date,
    ends_on: dt.date, place: str, places: int, acting_user: ActingUser, fee_grosze: int = 0,
    own_rules: Collection[OwnRule] = (), provided: Sequence[str] = (),
) -> ValidationOpening:  # fmt: skip
    """Open validation by the newest version of the entry. `provided`: how each thing that the entry asks for is provided.

    Raises NotAllowed, RuleBroken (dates, no right, no rules, what the body itself cannot show).
    """
    acting_user.require(perms.may_open(acting_user.account, institution))
    check_dates(applications_until, begins_on, ends_on, place, places)
    check_entitled(institution, qualification, [begins_on, ends_on])
    rules, version = entry_rules(qualification), qualification.current
    assert version is not None  # or there were no rules
    require_body(institution, qualification, rules)
    made = ValidationOpening.objects.create(
        institution=institution, qualification=qualification, entry_version=version,
        applications_until=applications_until, begins_on=begins_on, ends_on=ends_on, place=place, places=places,
        fee_grosze=fee_grosze, own_rules=sorted(str(OwnRule(one)) for one in own_rules),
        provided=[one.strip() for one in provided],
    )  # fmt: skip
    acting_user.record("validation.opened", stream=made.uid, subject=made.uid, qualification=qualification.code)
    return made


def check_dates(applications_until: dt.date, begins_on: dt.date, ends_on: dt.date, place: str, places: int) -> None:
    """Raise RuleBroken for days out of order, for no place and for nobody to be admitted."""
    if not applications_until <= begins_on <= ends_on:
        raise RuleBroken(_("Daty muszą iść po kolei: koniec zgłoszeń, początek, koniec walidacji."), "begins_on")
    if places < 1 or not place.strip():
        raise RuleBroken(_("Proszę podać miejsce i liczbę osób, które można przyjąć."), "places")


def entry_rules(qualification: Qualification) -> QualificationRules:
    """The rules of the newest version of the entry. Raises RuleBroken where it has none."""
    if qualification.current is None:
        raise RuleBroken(_("Ta kwalifikacja nie ma wpisu w rejestrze."), "qualification")
    try:
        return rules_of(qualification.entry)
    except NoRules as fault:
        raise RuleBroken(_("Wpis nie podaje zasad walidacji, więc nie można jej otworzyć."), "qualification") from fault


def check_entitled(institution: Institution, qualification: Qualification, days: Sequence[dt.date]) -> None:
    """The register names the body for this qualification, and its right lasts over the days (RG-4)."""
    held = Entitlement.objects.filter(
        qualification=qualification,
        role__in=(BodyRole.AWARDING, BodyRole.VALIDATING),
        body__name_key=normalised(institution.name)[:300],
    )
    if not any(all(one.lasts_on(day) for day in days) for one in held):
        raise RuleBroken(
            _("Rejestr nie podaje, że ta instytucja może w tym czasie walidować tę kwalifikację."), "qualification"
        )


@transaction.atomic
def keep_staff_record(
    *, institution: Institution, qualification: Qualification, account: Account, acting_user: ActingUser,
    level: int | None = None, level_document: str = "", shown: Collection[str] = (), periods: Sequence[Period] = (),
    principles_on: dt.date | None = None,
) -> StaffRecord:  # fmt: skip
    """What somebody can show, replacing what was noted before. Nobody keeps their own. Raises NotAllowed, RuleBroken."""
    acting_user.require(perms.may_open(acting_user.account, institution) and account.pk != acting_user.account.pk)
    check_periods(periods)
    record, _made = StaffRecord.objects.get_or_create(
        institution=institution, qualification=qualification, account=account
    )
    record = record.locked()
    values = {"level": level, "level_document": level_document, "shown": sorted(shown), "principles_on": principles_on}
    changes = record.write(values, base_version=None)
    record.periods.all().delete()
    for one in periods:
        StaffPeriod.objects.create(
            record=record, since=one.since, until=one.until, document=one.document, shows=sorted(one.shows)
        )
    kept = [[one.since, one.until, one.document, sorted(one.shows)] for one in periods]
    acting_user.record("validation.staff-kept", stream=record.uid, subject=record.uid, periods=kept, **changes)
    return record


@transaction.atomic
def note_training(
    *, institution: Institution, trainer: Account, person: Person, title: str, ended_on: dt.date,
    acting_user: ActingUser,
) -> LedTraining:  # fmt: skip
    """This person took part in a training that the trainer led. Raises NotAllowed, RuleBroken (in the future)."""
    acting_user.require(perms.may_open(acting_user.account, institution))
    if ended_on > timezone.localdate():
        raise RuleBroken(_("Data szkolenia jest z przyszłości. Proszę ją sprawdzić."), "ended_on")
    row, made = LedTraining.objects.get_or_create(person=person, trainer=trainer, title=title, ended_on=ended_on)
    if made:
        acting_user.record("validation.training-noted", stream=person.uid, trainer=trainer.pk, title=title)
    return row
