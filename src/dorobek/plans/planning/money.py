"""What a voucher may pay, to the grosz, by the very rules that vouchers follow (VO-1, VO-3)."""

import datetime as dt
from collections.abc import Iterable

from dorobek.plans.planning.shapes import Money
from dorobek.plans.routes import Option, Payment, Voucher
from dorobek.plans.routes.measuring import in_order
from dorobek.programmes.schema import VoucherTerms
from dorobek.vouchers.enums import RightState, VoucherState
from dorobek.vouchers.models import VoucherRight
from dorobek.vouchers.queries import free_of
from dorobek.vouchers.rules import in_time, split

HUNDRED = 100


def money_of(right: VoucherRight | None, terms: VoucherTerms | None, today: dt.date) -> Money:
    """What is left of an open right; where none is open yet, what the programme promises; nothing after it ended."""
    if right is not None:
        usable = right.state == RightState.OPEN and in_time(right.expires_on, today)
        return (
            Money(free_of(right) + _waiting(right), right.terms.own_share_percent, right.expires_on)
            if usable
            else Money()
        )
    if terms is None:
        return Money()
    return Money(terms.total_grosze, terms.own_share_percent, None, expected=True)


def _waiting(right: VoucherRight) -> int:
    """What was granted and is not put to anything yet: it will pay for something of the route. No statement."""
    states = (VoucherState.GRANTED, VoucherState.OWN_PAID)
    return sum(one.covered_grosze for one in right.vouchers.all() if one.state in states)


def voucher_for(money: Money) -> Voucher | None:
    """The voucher as the planner counts with it: what of the sum is support; shares of prices are set per option."""
    if not money.any:
        return None
    return Voucher(split(money.left, money.left, money.own_percent).support, 0, None, money.lapses)


def most_support(price: int, money: Money) -> int:
    """What a voucher pays of a price while money of the right is left."""
    return split(price, price, money.own_percent).support


def real_payments(money: Money, chosen: Iterable[Option]) -> list[Payment]:
    """Who pays what, in the order of the calendar, as the vouchers would be granted one after another.

    Places are bought now, while the right lasts; when the training begins does not matter (`vouchers.rules.in_time`).
    """
    left, found = money.left, []
    for option in in_order(chosen):
        if not option.by_voucher or not option.price or left <= 0:
            found.append(Payment(option.code, option.price, option.price, 0))
            continue
        shares = split(option.price, left, money.own_percent)
        left -= shares.covered
        found.append(Payment(option.code, option.price, shares.own, shares.support))
    return found
