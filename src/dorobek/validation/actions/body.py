"""What the body itself shows: the entry's requirements of whoever awards the qualification (RG-4)."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Institution
from dorobek.register.applications.enums import ApplicationKind, ApplicationStage
from dorobek.register.applications.periods import lasting, periods_of
from dorobek.register.models import Qualification, RegisterApplication
from dorobek.validation import perms
from dorobek.validation.models import BodyPeriod, BodyRecord
from dorobek.validation.rules import Member, Period, QualificationRules, Requirement
from dorobek.validation.rules.experience import unmet


def check_periods(periods: Sequence[Period]) -> None:
    """Raise RuleBroken for a period that ends before it begins or that no document shows."""
    if any(one.until is not None and one.until < one.since for one in periods):
        raise RuleBroken(_("Okres kończy się przed początkiem. Proszę poprawić daty."), "periods")
    if any(not one.document.strip() for one in periods):
        raise RuleBroken(_("Proszę wpisać, jaki dokument pokazuje ten okres."), "periods")


@transaction.atomic
def keep_body_record(
    *, institution: Institution, qualification: Qualification, periods: Sequence[Period], acting_user: ActingUser,
    shown: Collection[str] = (), base_version: int | None = None,
) -> BodyRecord:  # fmt: skip
    """Documents that the body has, replacing what was noted before. Raises NotAllowed, RuleBroken, Conflict."""
    acting_user.require(perms.may_open(acting_user.account, institution))
    check_periods(periods)
    record, _made = BodyRecord.objects.get_or_create(institution=institution, qualification=qualification)
    record = record.locked()
    kept = [[str(p.since), str(p.until or ""), p.document, sorted(p.shows)] for p in periods]
    held = [[str(p.since), str(p.until or ""), p.document, sorted(p.shows)] for p in record.periods.order_by("pk")]
    changes = record.write(
        {"shown": sorted(shown)}, base_version=base_version, beside={"periods": (held, kept)}
    )  # fmt: skip
    if "periods" in changes:
        record.periods.all().delete()
        for one in periods:
            BodyPeriod.objects.create(
                record=record, since=one.since, until=one.until, document=one.document.strip(), shows=sorted(one.shows)
            )
    if changes:
        acting_user.record("validation.body-kept", stream=record.uid, subject=record.uid, **changes)
    return record


def body_member(institution: Institution, qualification: Qualification) -> Member:
    """What the body shows, in the shape that the rules of experience read.

    Until it keeps documents here, those of the application by which it got its right count.
    """
    record = BodyRecord.objects.filter(institution=institution, qualification=qualification).first()
    if record is None:
        return Member(str(institution.uid), periods=periods_of_application(institution, qualification))
    periods = [Period(p.since, p.until, p.document, frozenset(p.shows)) for p in record.periods.order_by("since", "pk")]
    return Member(str(institution.uid), periods=tuple(periods), shown=frozenset(record.shown))


def periods_of_application(institution: Institution, qualification: Qualification) -> tuple[Period, ...]:
    """Periods of the newest application for the right that reached the register; none without one (RG-5)."""
    rows = RegisterApplication.objects.filter(
        institution=institution, qualification=qualification, kind=ApplicationKind.RIGHT, stage=ApplicationStage.ENTERED
    )
    held = rows.select_related("qualification__current").order_by("-decided_on", "-pk").first()
    if held is None:
        return ()
    every = frozenset(code for code, _one in lasting(held.demanded))
    return tuple(Period(one.since, one.until, one.document, one.shows or every) for one in periods_of(held.content))


def body_lacks(
    institution: Institution, qualification: Qualification, rules: QualificationRules, day: dt.date | None = None
) -> tuple[Requirement, ...]:
    """Requirements of a body that this one cannot show on the day."""
    if not rules.body:
        return ()
    return unmet(rules.body, body_member(institution, qualification), day or timezone.localdate())


def require_body(institution: Institution, qualification: Qualification, rules: QualificationRules) -> None:
    """Raise RuleBroken that names each requirement which the body's documents do not show."""
    left = body_lacks(institution, qualification, rules)
    if left:
        said = "; ".join(one.text for one in left)
        raise RuleBroken(
            _("Instytucja nie ma zapisanych dokumentów na wymagania z wpisu: %s. Proszę je najpierw dodać.") % said,
            "qualification",
        )
