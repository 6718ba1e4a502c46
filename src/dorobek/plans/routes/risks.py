"""What may go wrong with a route (DP-4): notes from the dates, places and editions, never a verdict."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from dorobek.plans.routes.measuring import in_order
from dorobek.plans.routes.problem import Option, Problem, Step, mondays

FEW_PLACES = 3
SOON_DAYS = 14
TIGHT_DAYS = 7


class Worry(StrEnum):
    FEW_PLACES = "few-places"
    STARTS_SOON = "starts-soon"
    SINGLE_EDITION = "single-edition"
    FAR = "far"
    FULL_WEEK = "full-week"
    TIGHT_NEED = "tight-need"
    MONEY_USED_UP = "money-used-up"


@dataclass(frozen=True)
class Risk:
    """`number`: places left, days to the start or between, minutes on the way, hours free in the week, or grosze left.

    -1 where it is not known (minutes without a table).
    """

    worry: Worry
    option: str = ""
    number: int = 0


def risks(problem: Problem, chosen: Sequence[Option], own: int) -> tuple[Risk, ...]:
    """Notes in the order of the calendar, those about the whole route last."""
    later = Counter(option.course for option in problem.options if problem.today < option.starts)
    found: list[Risk] = []
    for option in in_order(chosen):
        found += _of_option(problem, option, later[option.course])
    found += _tight(chosen)
    found += _full(problem, chosen)
    left = problem.person.own_money - own
    if chosen and own and left * 20 < problem.person.own_money:
        found.append(Risk(Worry.MONEY_USED_UP, number=left))
    return tuple(found)


def _of_option(problem: Problem, option: Option, editions: int) -> Iterable[Risk]:
    if option.places_left is not None and option.places_left <= FEW_PLACES:
        yield Risk(Worry.FEW_PLACES, option.code, option.places_left)
    if (days := (option.starts - problem.today).days) <= SOON_DAYS:
        yield Risk(Worry.STARTS_SOON, option.code, days)
    if editions == 1:
        yield Risk(Worry.SINGLE_EDITION, option.code, 1)
    if problem.travel.step(problem.person.home, option.place) is Step.FARTHER:
        minutes = problem.travel.time(problem.person.home, option.place)
        yield Risk(Worry.FAR, option.code, -1 if minutes is None else minutes)


def _tight(chosen: Sequence[Option]) -> Iterable[Risk]:
    """A needed thing that ends within a week before what needs it."""
    for one, other in pairwise(in_order(chosen)):
        needed = any(one.course == need.course or need.gap in one.closes for need in other.needs)
        days = (other.starts - one.ends).days
        if needed and 0 < days <= TIGHT_DAYS:
            yield Risk(Worry.TIGHT_NEED, other.code, days)


def _full(problem: Problem, chosen: Sequence[Option]) -> Iterable[Risk]:
    """The fullest week, when no hour is left in it."""
    weeks: Counter[dt.date] = Counter()
    for option in chosen:
        for week in mondays(option.starts, option.ends):
            weeks[week] += option.hours_week
    if any(hours >= problem.week_limit(week) for week, hours in weeks.items()):
        yield Risk(Worry.FULL_WEEK)
