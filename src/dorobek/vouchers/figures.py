"""Money of vouchers by programme, month, powiat and field: from movements alone, so that it is the ledger's (VO-3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from dorobek.people.models import Account
from dorobek.vouchers.enums import AccountKind, MovementKind
from dorobek.vouchers.models import Movement, VoucherRight
from dorobek.vouchers.perms import settled_by

BY = {
    "programme": "voucher__right__programme_version__programme__name",
    "month": "month",
    "powiat": "voucher__right__teryt",
    "field": "voucher__edition__service__field",
}
KINDS = {"committed": MovementKind.GRANT, "spent": MovementKind.PAY_SUPPORT, "returned": MovementKind.GIVE_BACK}


@dataclass(frozen=True)
class Sums:
    """Support of a programme, a month, a powiat or a field, in grosze: granted, paid to providers, given back."""

    name: Any
    committed: int
    spent: int
    returned: int

    @property
    def open(self) -> int:
        """Granted, neither paid nor given back. By month it may be below zero: what was granted before is paid now."""
        return self.committed - self.spent - self.returned

    @property
    def grosze(self) -> tuple[int, int, int, int]:
        return self.committed, self.spent, self.returned, self.open


def _mine(user: Account) -> "QuerySet[Movement]":
    return Movement.objects.filter(voucher__right__in=VoucherRight.objects.filter(settled_by(user))).order_by()


def sums(user: Account, by: str) -> Iterator[Sums]:
    """Rows in order of their names; `by` is a key of BY. One aggregate statement."""
    rows: Any = _mine(user)
    if by == "month":
        rows = rows.annotate(month=TruncMonth("at"))
    totals = {key: Coalesce(Sum("grosze", filter=Q(kind=kind)), 0) for key, kind in KINDS.items()}
    for row in rows.values(BY[by]).annotate(**totals).order_by(BY[by]):
        found = Sums(row[BY[by]], row["committed"], row["spent"], row["returned"])
        if any(found.grosze):
            yield found


def total(rows: Sequence[Sums]) -> tuple[int, int, int, int]:
    """The control sum of rows, column by column."""
    return (
        sum(one.committed for one in rows),
        sum(one.spent for one in rows),
        sum(one.returned for one in rows),
        sum(one.open for one in rows),
    )


def in_ledger(user: Account) -> tuple[int, int, int, int]:
    """The same four by the accounts the money went from and to, whatever a movement calls itself. One statement."""
    programme, provider = AccountKind.PROGRAMME, AccountKind.PROVIDER
    held = (AccountKind.COMMITTED, AccountKind.RESERVED)
    into, out = Q(target__kind__in=held), Q(source__kind__in=held)
    found = _mine(user).aggregate(
        committed=Coalesce(Sum("grosze", filter=Q(source__kind=programme)), 0),
        spent=Coalesce(Sum("grosze", filter=Q(target__kind=provider) & out), 0),
        returned=Coalesce(Sum("grosze", filter=Q(target__kind=programme)), 0),
        came=Coalesce(Sum("grosze", filter=into), 0),
        went=Coalesce(Sum("grosze", filter=out), 0),
    )
    return found["committed"], found["spent"], found["returned"], found["came"] - found["went"]
