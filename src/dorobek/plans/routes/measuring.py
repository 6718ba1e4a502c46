"""What a choice of options comes to (DP-4): what it closes, what it costs to the grosz, how long it lasts."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dorobek.plans.routes.problem import Option, Problem, Weight


@dataclass(frozen=True)
class Payment:
    """Who pays for one option: own + voucher = price, to the grosz."""

    option: str
    price: int
    own: int
    voucher: int


@dataclass(frozen=True)
class Sum:
    """A choice measured. `closed`: gap code to percent newly closed; `points`: 100 times the weighted gaps closed.

    `essential` and `essential_all` are the points of essential gaps, closed and to close; dates are None for nothing.
    """

    closed: dict[str, int]
    points: int
    points_all: int
    essential: int
    essential_all: int
    price: int
    own: int
    voucher: int
    hours: int
    starts: dt.date | None
    ends: dt.date | None

    @property
    def reaches_goal(self) -> bool:
        return self.essential == self.essential_all


def measure(problem: Problem, chosen: Collection[Option]) -> Sum:
    """The figures of a choice, kept or broken rules alike."""
    closed = {
        gap.code: min(gap.missing, sum(option.closes.get(gap.code, 0) for option in chosen)) for gap in problem.gaps
    }
    asked = [gap for gap in problem.gaps if gap.weight is Weight.ESSENTIAL]
    price = sum(option.price for option in chosen)
    voucher = paid_by_voucher(problem, chosen)
    return Sum(
        closed=closed,
        points=sum(gap.worth * closed[gap.code] for gap in problem.gaps),
        points_all=sum(gap.worth * gap.missing for gap in problem.gaps),
        essential=sum(gap.worth * closed[gap.code] for gap in asked),
        essential_all=sum(gap.worth * gap.missing for gap in asked),
        price=price,
        own=price - voucher,
        voucher=voucher,
        hours=sum(option.hours for option in chosen),
        starts=min((option.starts for option in chosen), default=None),
        ends=max((option.ends for option in chosen), default=None),
    )


def paid_by_voucher(problem: Problem, chosen: Iterable[Option]) -> int:
    """A voucher pays its part of every price until it is used up; what is above it the person pays."""
    voucher = problem.person.voucher
    return min(voucher.support, sum(map(problem.support, chosen))) if voucher else 0


def payments(problem: Problem, chosen: Iterable[Option]) -> tuple[Payment, ...]:
    """Who pays what, in the order of the calendar: the voucher is used for what starts first."""
    left = problem.person.voucher.support if problem.person.voucher else 0
    found = []
    for option in in_order(chosen):
        part = min(left, problem.support(option))
        left -= part
        found.append(Payment(option.code, option.price, option.price - part, part))
    return tuple(found)


def in_order(chosen: Iterable[Option]) -> list[Option]:
    return sorted(chosen, key=lambda option: (option.starts, option.ends, option.code))
