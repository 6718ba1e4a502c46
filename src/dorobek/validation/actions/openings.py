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
from dorobek.plans.planning.places import known_powiat
from dorobek.register.enums import BodyRole
from dorobek.register.models import Entitlement, Qualification
from dorobek.validation import perms
from dorobek.validation.actions.body import check_periods, require_body
from dorobek.validation.enums import FeeWaits
from dorobek.validation.models import LedTraining, StaffPeriod, StaffRecord, ValidationOpening
from dorobek.validation.rules import OwnRule, Period, QualificationRules, rules_of
from dorobek.validation.rules.appealing import ANSWER_DAYS, APPEAL_DAYS, MOST_APPEAL_DAYS, days_lawful
from dorobek.validation.rules.building import NoRules


@transaction.atomic
def open_validation(
    *, institution: Institution, qualification: Qualification, applications_until: dt.date, begins_on: dt.date,
    ends_on: dt.date, place: str, places: int, acting_user: ActingUser, fee_grosze: int = 0,
    own_rules: Collection[OwnRule] = (), provided: Sequence[str] = (), fee_waits: str = FeeWaits.NOTHING,
    fee_days: int = 14, fee_to: str = "", teryt: str = "", appeal_days: int = APPEAL_DAYS, answer_days: int = ANSWER_DAYS,
) -> ValidationOpening:  # fmt: skip
    """Open validation by the newest version of the entry. `provided`: how each thing that the entry asks for is provided.

    `fee_waits`: the body's own rule about the fee, `FeeWaits`. `teryt`: the powiat, four digits. Raises NotAllowed,
    RuleBroken (dates, no right, no rules, what the entry wants provided and is not, what the body itself cannot show,
    a fee that nobody could pay).
    """
    from dorobek.validation.actions.fees import check_terms

    acting_user.require(perms.may_open(acting_user.account, institution))
    check_dates(applications_until, begins_on, ends_on, place, places)
    check_powiat(teryt)
    check_appeal_days(appeal_days, answer_days)
    check_terms(fee_grosze, fee_waits, fee_days, fee_to)
    check_entitled(institution, qualification, [begins_on, ends_on])
    rules, version = entry_rules(qualification), qualification.current
    assert version is not None  # or there were no rules
    check_provided(rules, provided)
    require_body(institution, qualification, rules)
    made = ValidationOpening.objects.create(
        institution=institution, qualification=qualification, entry_version=version,
        applications_until=applications_until, begins_on=begins_on, ends_on=ends_on, place=place, places=places, teryt=teryt,
        fee_grosze=fee_grosze, own_rules=sorted(str(OwnRule(one)) for one in own_rules),
        provided=[one.strip() for one in provided], fee_waits=fee_waits, fee_days=fee_days, fee_to=fee_to.strip(),
        appeal_days=appeal_days, answer_days=answer_days,
    )  # fmt: skip
    acting_user.record("validation.opened", stream=made.uid, subject=made.uid, qualification=qualification.code)
    return made


def check_dates(applications_until: dt.date, begins_on: dt.date, ends_on: dt.date, place: str, places: int) -> None:
    """Raise RuleBroken for days out of order, for no place and for nobody to be admitted."""
    if not applications_until <= begins_on <= ends_on:
        raise RuleBroken(_("Daty muszą iść po kolei: koniec zgłoszeń, początek, koniec walidacji."), "begins_on")
    if places < 1 or not place.strip():
        raise RuleBroken(_("Proszę podać miejsce i liczbę osób, które można przyjąć."), "places")


def check_provided(rules: QualificationRules, provided: Sequence[str]) -> None:
    """Raise RuleBroken that names what the entry asks the body to provide and nobody said how (VA-2)."""
    said = [*(one.strip() for one in provided), *[""] * len(rules.provided)]
    left = [wanted for wanted, words in zip(rules.provided, said, strict=False) if not words]
    if left:
        words = _("Wpis wymaga, żeby instytucja zapewniła: %s. Proszę napisać przy każdej rzeczy, jak i gdzie.")
        raise RuleBroken(words % "; ".join(left), "provided")


def check_appeal_days(appeal_days: int, answer_days: int) -> None:
    """Raise RuleBroken for less time to appeal, or a later answer, than the law gives (VA-6)."""
    if not days_lawful(appeal_days, answer_days):
        words = _(
            "Na odwołanie jest co najmniej %(least)d dni, najwyżej %(most)d, a odpowiedź najpóźniej po %(answer)d."
        )
        said = {"least": APPEAL_DAYS, "most": MOST_APPEAL_DAYS, "answer": ANSWER_DAYS}
        raise RuleBroken(words % said, "appeal_days")


def check_powiat(teryt: str) -> None:
    """Raise RuleBroken for a powiat that does not exist; "" leaves it to the address."""
    if teryt and not known_powiat(teryt):
        raise RuleBroken(_("Nie ma takiego powiatu. Proszę wybrać powiat z listy."), "teryt")


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
