"""The double-entry ledger: `move` is the only way money goes anywhere; balances are sums of movements."""

from collections.abc import Iterable
from typing import TypedDict

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.offers.models import Provider
from dorobek.people.models import Account
from dorobek.vouchers.enums import AccountKind, MovementKind
from dorobek.vouchers.models import LedgerAccount, Movement, Voucher

A, K = AccountKind, MovementKind


class Paper(TypedDict):
    """What every movement carries: the number of its document and who wrote it."""

    document: str
    by: Account | None


# kind -> (from, to)
SIDES: dict[MovementKind, tuple[AccountKind, AccountKind]] = {
    K.GRANT: (A.PROGRAMME, A.COMMITTED),
    K.OWN_IN: (A.PARTICIPANT, A.OWN),
    K.RESERVE: (A.COMMITTED, A.RESERVED),
    K.RELEASE: (A.RESERVED, A.COMMITTED),
    K.GIVE_BACK: (A.COMMITTED, A.PROGRAMME),
    K.OWN_BACK: (A.OWN, A.OWED),
    K.OWN_OUT: (A.OWED, A.PARTICIPANT),
    K.PAY_SUPPORT: (A.RESERVED, A.PROVIDER),
    K.PAY_OWN: (A.OWN, A.PROVIDER),
}
BELOW_ZERO = (A.PROGRAMME, A.PARTICIPANT)


def account(kind: AccountKind, voucher: Voucher) -> LedgerAccount:
    """The account of that kind for the voucher, made when first asked for."""
    programme = voucher.right.programme_version.programme
    key = f"{kind}:{voucher.uid}"
    of_voucher: Voucher | None = voucher
    provider: Provider | None = None
    if kind is A.PROGRAMME:
        key, of_voucher = f"{kind}:{programme.uid}", None
    elif kind is A.PROVIDER:
        assert voucher.edition is not None, "only a voucher bound to an edition pays a provider"
        provider = voucher.edition.service.provider
        key, of_voucher = f"{kind}:{programme.uid}:{provider.pk}", None
    fresh = {"kind": kind, "programme": programme, "voucher": of_voucher, "provider": provider}
    return LedgerAccount.objects.get_or_create(key=key, defaults=fresh)[0]


def balance(held: LedgerAccount) -> int:
    """What stands on an account, in grosze: what came in less what went out."""
    came = Movement.objects.filter(target=held).aggregate(sum=Sum("grosze"))["sum"] or 0
    went = Movement.objects.filter(source=held).aggregate(sum=Sum("grosze"))["sum"] or 0
    return came - went


def balance_of(kind: AccountKind, voucher: Voucher) -> int:
    """What stands on the voucher's account of that kind."""
    return balance(account(kind, voucher))


def move(kind: MovementKind, voucher: Voucher, grosze: int, *, document: str, by: Account | None) -> Movement | None:
    """Money goes from one account to the other; nothing is written for nothing. The voucher's right must be locked.

    Raises RuleBroken when the account does not hold so much.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("money moves in the transaction of the change, or not at all")
    if grosze < 0:
        raise ValueError("money goes the other way by a movement of another kind")
    if grosze == 0:
        return None
    source, target = (account(side, voucher) for side in SIDES[kind])
    if source.kind not in BELOW_ZERO and balance(source) < grosze:
        raise RuleBroken(_("Na koncie „%(name)s” nie ma tylu pieniędzy.") % {"name": AccountKind(source.kind).label})
    return Movement.objects.create(
        kind=kind, source=source, target=target, grosze=grosze, voucher=voucher, document=document, by=by
    )


def faults() -> Iterable[str]:
    """What does not hold in the books; nothing when they balance. Two statements on sums and one on vouchers."""
    sums: dict[int, int] = {}
    for side, sign in (("target", 1), ("source", -1)):
        for key, total in Movement.objects.order_by().values_list(side).annotate(Sum("grosze")):
            sums[key] = sums.get(key, 0) + sign * total
    if sum(sums.values()) != 0:
        yield f"the accounts add up to {sum(sums.values())}, not to nothing"
    for held in LedgerAccount.objects.filter(pk__in=[key for key, total in sums.items() if total < 0]):
        if held.kind not in BELOW_ZERO:
            yield f"{held.key} is below zero: {sums[held.pk]}"
    yield from _vouchers(sums)


def _vouchers(sums: dict[int, int]) -> Iterable[str]:
    """Each voucher's state and what stands on its accounts tell the same."""
    on: dict[tuple[int, str], int] = {}
    rows = LedgerAccount.objects.exclude(voucher=None).values_list("pk", "voucher", "kind")
    for key, voucher, kind in rows:
        on[voucher, kind] = sums.get(key, 0)
    for pk, state, support, own in Voucher.objects.values_list("pk", "state", "support_grosze", "own_grosze"):
        expected = expected_balances(state, support, own)
        found = {kind: on.get((pk, kind), 0) for kind in expected}
        found[A.PARTICIPANT] += on.get((pk, A.OWED), 0)  # given back, whether the transfer went out or waits
        if found != expected:
            yield f"voucher {pk} is {state}: {found} stands on its accounts, {expected} should"


def expected_balances(state: str, support: int, own: int) -> dict[AccountKind, int]:
    """What should stand on a voucher's accounts in a state; what is owed to the participant counts as theirs."""
    bound = state in ("bound", "used")
    return {
        A.COMMITTED: support if state in ("granted", "own-paid") else 0,
        A.RESERVED: support if bound else 0,
        A.OWN: own if bound or state == "own-paid" else 0,
        A.PARTICIPANT: -own if bound or state in ("own-paid", "settled") else 0,
    }
