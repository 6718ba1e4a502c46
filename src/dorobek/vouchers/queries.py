"""Reads of vouchers, each with a known number of statements."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from dorobek.people.models import Account, Institution, Membership
from dorobek.vouchers import rules
from dorobek.vouchers.enums import AccountKind, MovementKind, RightState, VoucherState
from dorobek.vouchers.models import LedgerAccount, Movement, Voucher, VoucherRight
from dorobek.vouchers.perms import SETTLING_ROLES, settled_by

LAPSING_DAYS = 92
MOST = 200
SETTLERS_NAMED = 5


def right_of_case(user: Account, case_uid: uuid.UUID) -> VoucherRight | None:
    """The right of a case with its vouchers, their editions, steps and documents. Six statements at most."""
    vouchers = Voucher.objects.select_related("edition__service__provider").prefetch_related(
        "changes__by", "changes__paper"
    )
    found: VoucherRight | None = (
        VoucherRight.objects.visible_to(user)
        .filter(case_uid=case_uid)
        .select_related("programme_version__programme", "person", "institution")
        .prefetch_related(Prefetch("vouchers", queryset=vouchers), "papers")
        .first()
    )
    return found


def free_of(right: VoucherRight) -> int:
    """What of a right with its vouchers at hand is not taken. No statement."""
    return right.total_grosze - sum(v.covered_grosze for v in right.vouchers.all() if v.state in rules.TAKEN)


def lapsing(user: Account, day: dt.date | None = None, days: int = LAPSING_DAYS) -> list[VoucherRight]:
    """Open rights that end soon and still hold money, soonest first, with `free` grosze each. One statement."""
    on = day or timezone.localdate()
    taken = (
        Voucher.objects.filter(right=OuterRef("pk"), state__in=rules.TAKEN)
        .order_by()
        .values("right")
        .annotate(sum=Sum("covered_grosze"))
        .values("sum")
    )
    rows = VoucherRight.objects.filter(
        settled_by(user), state=RightState.OPEN, expires_on__gte=on, expires_on__lte=on + dt.timedelta(days=days)
    )
    rows = rows.annotate(taken=Coalesce(Subquery(taken), 0)).select_related("person", "adviser")
    found: list[Any] = list(rows.order_by("expires_on", "pk")[:MOST])
    for right in found:
        right.free = right.total_grosze - right.taken
    return [right for right in found if right.free > 0]


def granted_by(voucher: Voucher) -> int | None:
    """The key of the account that granted the voucher; None when nobody is known any more. One statement."""
    return voucher.changes.filter(before="").order_by("pk").values_list("by", flat=True).first()


def settlers(institution: Institution, but: int | None = None) -> list[str]:
    """Names of those who may settle vouchers of the institution today, without one account. One statement."""
    today = timezone.localdate()
    held = Membership.objects.filter(institution=institution, role__in=SETTLING_ROLES, since__lte=today)
    held = held.filter(Q(until=None) | Q(until__gte=today)).exclude(account=but)
    rows = Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("name", "pk")
    return list(rows.values_list("name", flat=True)[:SETTLERS_NAMED])


def owed(user: Account) -> list[Any]:
    """Vouchers whose own share is to be transferred back to the participant, with `owed_grosze`. Three statements."""
    sums = _owed_sums(VoucherRight.objects.filter(settled_by(user)))
    wanted = [key for key, total in sums.items() if total > 0]
    found: list[Any] = list(Voucher.objects.filter(pk__in=wanted).select_related("person").order_by("pk")[:MOST])
    for voucher in found:
        voucher.owed_grosze = sums[voucher.pk]
    return found


def owed_of(right: VoucherRight) -> int:
    """What of the own shares of a right's vouchers still waits to be transferred back. Two statements."""
    return sum(_owed_sums(VoucherRight.objects.filter(pk=right.pk)).values())


def _owed_sums(rights: QuerySet[VoucherRight]) -> dict[int, int]:
    accounts = LedgerAccount.objects.filter(kind=AccountKind.OWED, voucher__right__in=rights)
    sums: dict[int, int] = {}
    for side, sign in (("target", 1), ("source", -1)):
        rows = Movement.objects.filter(**{f"{side}__in": accounts}).order_by()
        for key, total in rows.values_list("voucher").annotate(Sum("grosze")):
            sums[key] = sums.get(key, 0) + sign * total
    return sums


def to_settle(user: Account) -> QuerySet[Voucher]:
    """Used and not yet paid out; bound, and the provider reported no success or withdrew the date."""
    rights = VoucherRight.objects.filter(settled_by(user))
    unhappy = Q(participation__in=("absent", "not-finished", "rejected")) | Q(edition__withdrawn_at__isnull=False)
    waiting = Q(state=VoucherState.USED) | (Q(state=VoucherState.BOUND) & unhappy)
    rows = Voucher.objects.filter(waiting, right__in=rights)
    return rows.select_related("person", "right", "edition__service__provider").order_by("pk")[:MOST]


def settled(user: Account, since: dt.date | None = None, until: dt.date | None = None) -> QuerySet[Voucher]:
    """Vouchers paid out between two days, both included, in the order of payment."""
    paid = Movement.objects.filter(voucher=OuterRef("pk"), kind__in=(MovementKind.PAY_SUPPORT, MovementKind.PAY_OWN))
    rows = Voucher.objects.filter(state=VoucherState.SETTLED, right__in=VoucherRight.objects.filter(settled_by(user)))
    rows = rows.annotate(
        paid_at=Subquery(paid.order_by("pk").values("at")[:1]),
        invoice=Subquery(paid.order_by("pk").values("document")[:1]),
    )
    if since:
        rows = rows.filter(paid_at__date__gte=since)
    if until:
        rows = rows.filter(paid_at__date__lte=until)
    return rows.select_related("right__programme_version__programme", "edition__service__provider").order_by(
        "paid_at", "pk"
    )


def paid_to_providers(user: Account) -> int:
    """What stands in the ledger as paid to providers for the user's institutions. Two statements."""
    accounts = LedgerAccount.objects.filter(kind=AccountKind.PROVIDER)
    rights = VoucherRight.objects.filter(settled_by(user))
    mine = Movement.objects.filter(voucher__right__in=rights)
    came = mine.filter(target__in=accounts).aggregate(sum=Sum("grosze"))["sum"] or 0
    went = mine.filter(source__in=accounts).aggregate(sum=Sum("grosze"))["sum"] or 0
    return came - went


def late_reports(user: Account, day: dt.date | None = None) -> list[Voucher]:
    """Vouchers whose provider did not report within its seven days, longest waiting first. One statement."""
    late = (day or timezone.localdate()) - dt.timedelta(days=rules.PROVIDER_DAYS)
    silent = Q(participation__in=("waiting", "accepted")) | Q(participation="absent", reported_at=None)
    rows = Voucher.objects.filter(
        silent, right__in=VoucherRight.objects.filter(settled_by(user)), state=VoucherState.BOUND,
        edition__ends_on__lt=late, edition__withdrawn_at=None,
    )  # fmt: skip
    return list(rows.select_related("person", "edition__service__provider").order_by("edition__ends_on", "pk")[:MOST])


def settling(user: Account, uid: uuid.UUID) -> Voucher | None:
    """A voucher of the institutions that the user settles for, with everything its page shows."""
    rows = Voucher.objects.filter(right__in=VoucherRight.objects.filter(settled_by(user)), uid=uid)
    found: Voucher | None = (
        rows.select_related("person", "right__programme_version__programme", "edition__service__provider")
        .prefetch_related("changes__by", "changes__paper")
        .first()
    )
    return found


def provider_vouchers(user: Account, *, ended: bool = False) -> list[Voucher]:
    """Who comes with a voucher to the dates of the user's providers, soonest first; `ended`: settled ones too."""
    states = [VoucherState.BOUND, VoucherState.USED, *([VoucherState.SETTLED] if ended else [])]
    rows = Voucher.objects.of_provider(user).filter(state__in=states)
    rows = rows.select_related("person", "right", "edition__service__provider")
    return list(rows.order_by("edition__ends_on", "pk")[:MOST])
