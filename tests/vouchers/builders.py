"""Rights, editions and vouchers for tests."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from dorobek.offers.enums import Ending, Field, Source
from dorobek.offers.models import Edition, Provider, TrainingService
from dorobek.people.enums import Role
from dorobek.programmes.enums import AuditEvent
from dorobek.vouchers import actions
from dorobek.vouchers.models import Voucher, VoucherRight
from tests.factories import acting, make_case, make_staff

_numbers = itertools.count(1)


def make_edition(price: int = 120_000, **fields: Any) -> Edition:
    number = str(next(_numbers))
    service_fields = {
        name: fields.pop(name) for name in ("kind", "field", "ending", "hours", "hour_form") if name in fields
    }
    provider = Provider.objects.create(source=Source.HAND, number=number, name=f"Szkoła {number}")
    service = TrainingService.objects.create(
        provider=provider, source=Source.HAND, number=number, title=f"Język migowy {number}",
        **{"field": Field.LANGUAGES, "ending": Ending.CERTIFICATE, "hours": 60, **service_fields},
    )  # fmt: skip
    starts = timezone.localdate() + dt.timedelta(days=30)
    days = {
        "starts_on": starts,
        "ends_on": starts + dt.timedelta(days=60),
        "enrol_until": starts - dt.timedelta(days=1),
    }
    edition = Edition(service=service, source=Source.HAND, number=number, price_grosze=price, **{**days, **fields})
    edition.prepare()
    edition.save()
    return edition


def make_right(audit: Any = None, **fields: Any) -> VoucherRight:
    audit = audit or make_case()
    right = actions.open_right(
        person=audit.person, case_uid=audit.uid, institution=audit.institution,
        programme_version=audit.programme_version, adviser=audit.adviser, happened=AuditEvent.AUDIT_CLOSED,
        acting_user=acting(audit.adviser),
    )  # fmt: skip
    assert right is not None
    for name, value in fields.items():
        setattr(right, name, value)
    right.save()
    return right


def adviser_of(right: VoucherRight) -> Any:
    return acting(right.adviser)


def coordinator_of(right: VoucherRight) -> Any:
    unit = right.adviser.memberships.get().unit
    return acting(make_staff(Role.COORDINATOR, unit))


def make_voucher(right: VoucherRight | None = None, price: int = 120_000, *, paid: bool = True) -> Voucher:
    right = right or make_right()
    me = adviser_of(right)
    voucher = actions.grant(right=right, price_grosze=price, reason="Kurs z planu rozwoju", acting_user=me)
    if paid:
        voucher = actions.record_own_share(
            voucher=voucher, grosze=voucher.own_grosze, document="przelew 1", acting_user=me
        )
    return voucher


def used_voucher(right: VoucherRight | None = None, price: int = 120_000) -> Voucher:
    """Bound to an edition that ended yesterday, and finished."""
    voucher = make_voucher(right, price)
    me = adviser_of(voucher.right)
    edition = make_edition(price)
    voucher = actions.bind(voucher=voucher, edition=edition, acting_user=me)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(starts_on=yesterday, ends_on=yesterday)
    for status in ("accepted", "finished"):
        voucher = actions.report_participation(
            voucher=voucher, participation=status, document="lista 1", acting_user=me
        )
    return voucher
