"""Reads of vouchers, each with a known number of statements."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from dorobek.people.models import Account
from dorobek.vouchers import rules
from dorobek.vouchers.enums import AccountKind, MovementKind, RightState, VoucherState
from dorobek.vouchers.models import LedgerAccount, Movement, Voucher, VoucherRight
from dorobek.vouchers.perms import settled_by

LAPSING_DAYS = 92
MOST = 200


def right_of_case(user: Account, case_uid: uuid.UUID) -> VoucherRight | None:
    """The right of a case with its vouchers, their editions and steps. Three statements."""
    vouchers = Voucher.objects.select_related("edition__service__provider").prefetch_related("changes__by")
    found: VoucherRight | None = (
        VoucherRight.objects.visible_to(user)
        .filter(case_uid=case_uid)
        .select_related("programme_version__programme", "person", "institution")
        .prefetch_related(Prefetch("vouchers", queryset=vouchers))
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


def to_settle(user: Account) -> QuerySet[Voucher]:
    """Vouchers used and not yet paid out, and those whose provider did not report or reported no success."""
    rights = VoucherRight.objects.filter(settled_by(user))
    waiting = Q(state=VoucherState.USED) | Q(
        state=VoucherState.BOUND, participation__in=("absent", "not-finished", "rejected")
    )
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


@dataclass(frozen=True)
class Sums:
    """Money of a programme, a month, a powiat or a field, in grosze: granted, paid to providers, given back."""

    name: Any
    committed: int
    spent: int
    returned: int


BY = {
    "programme": "voucher__right__programme_version__programme__name",
    "powiat": "voucher__right__teryt",
    "field": "voucher__edition__service__field",
}


def sums(user: Account, by: str) -> Iterator[Sums]:
    """Support by programme, month, powiat or field. One aggregate statement."""
    rows = Movement.objects.filter(voucher__right__in=VoucherRight.objects.filter(settled_by(user))).order_by()
    rows = rows.annotate(month=TruncMonth("at")) if by == "month" else rows
    name = "month" if by == "month" else BY[by]
    kinds = {"committed": MovementKind.GRANT, "spent": MovementKind.PAY_SUPPORT, "returned": MovementKind.GIVE_BACK}
    totals = {key: Coalesce(Sum("grosze", filter=Q(kind=kind)), 0) for key, kind in kinds.items()}
    for row in rows.values(name).annotate(**totals, all=Count("pk")).order_by(name):
        yield Sums(row[name], row["committed"], row["spent"], row["returned"])


def paid_to_providers(user: Account) -> int:
    """What stands in the ledger as paid to providers for the user's institutions. Two statements."""
    accounts = LedgerAccount.objects.filter(kind=AccountKind.PROVIDER)
    rights = VoucherRight.objects.filter(settled_by(user))
    mine = Movement.objects.filter(voucher__right__in=rights)
    came = mine.filter(target__in=accounts).aggregate(sum=Sum("grosze"))["sum"] or 0
    went = mine.filter(source__in=accounts).aggregate(sum=Sum("grosze"))["sum"] or 0
    return came - went
