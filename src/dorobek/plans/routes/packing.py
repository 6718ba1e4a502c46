"""A narrowed problem as integer tables: what every option uses of what is limited, and what it closes.

All limits but the needs are "at most" rows: money, hours, weeks, things at once, one edition of a course, meetings at
the same time. Money takes two rows: with voucher V and own money M, own = max(sum of prices - V, sum of own parts),
so own <= M says that prices sum to at most M + V and own parts to at most M. No variable for the voucher is needed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dorobek.plans.routes.narrowing import narrowed
from dorobek.plans.routes.problem import Gap, Need, Option, Problem, Weight, mondays

Table = npt.NDArray[np.int64]


class LimitKind(Enum):
    """CALENDAR are all limits that come from dates and times."""

    MONEY = 1
    HOURS = 2
    EDITIONS = 3
    CALENDAR = 4


@dataclass(frozen=True)
class AtMost:
    """A limit: option number to use, all together at most `most`."""

    kind: LimitKind
    uses: dict[int, int]
    most: int


@dataclass(frozen=True)
class Packed:
    """Options by number, the gaps that are open, and the limits."""

    problem: Problem
    options: tuple[Option, ...]
    gaps: tuple[Gap, ...]
    limits: tuple[AtMost, ...]

    @cached_property
    def uses(self) -> Table:
        """Limits by options."""
        table = np.zeros((len(self.limits), len(self.options)), np.int64)
        for row, limit in enumerate(self.limits):
            table[row, list(limit.uses)] = list(limit.uses.values())
        return table

    @cached_property
    def most(self) -> Table:
        return np.array([limit.most for limit in self.limits], np.int64)

    @cached_property
    def widest_use(self) -> Table:
        """The most that one option uses of each limit."""
        return self.uses.max(axis=1, initial=0)

    @cached_property
    def closes(self) -> Table:
        """Options by open gaps, percent, never more than is missing."""
        table = np.zeros((len(self.options), len(self.gaps)), np.int64)
        number = {gap.code: column for column, gap in enumerate(self.gaps)}
        for row, option in enumerate(self.options):
            for gap, share in option.closes.items():
                if gap in number:
                    table[row, number[gap]] = min(share, self.gaps[number[gap]].missing)
        return table

    @cached_property
    def missing(self) -> Table:
        return np.array([gap.missing for gap in self.gaps], np.int64)

    @cached_property
    def worth(self) -> Table:
        return np.array([gap.worth for gap in self.gaps], np.int64)

    @cached_property
    def essential(self) -> Table:
        """The worth of essential gaps, 0 for the others."""
        return np.array([gap.worth * (gap.weight is Weight.ESSENTIAL) for gap in self.gaps], np.int64)

    @cached_property
    def own_parts(self) -> list[int]:
        return [option.price - self.problem.support(option) for option in self.options]

    @cached_property
    def days(self) -> Table:
        """Days from today to the end of each option."""
        return np.array([(option.ends - self.problem.today).days for option in self.options], np.int64)

    @cached_property
    def money(self) -> Table:
        """The price and the own part of each option."""
        prices = [option.price for option in self.options]
        return np.array([prices, self.own_parts], np.int64).reshape(2, len(self.options))

    @cached_property
    def held(self) -> dict[str, int]:
        """Percent held of each gap, open or not."""
        return {gap.code: gap.held for gap in self.problem.gaps}

    def unmet(self, option: Option) -> list[Need]:
        """Needs that do not hold already today."""
        held, has = self.held, self.problem.person.has
        return [
            need
            for need in option.needs
            if (not has(need.course, option.starts) if need.course else held[need.gap] < need.share)
        ]


def packed(problem: Problem) -> Packed:
    """Narrow a problem and write its limits down, each once, none that can never bind."""
    options = narrowed(problem)
    gaps = tuple(gap for gap in problem.gaps if gap.missing)
    found = [*_money(problem, options), *_hours(problem, options)]
    found += [AtMost(LimitKind.EDITIONS, dict.fromkeys(_numbers(bits), 1), 1) for bits in _editions(options)]
    found += [
        AtMost(LimitKind.CALENDAR, dict.fromkeys(_numbers(bits), 1), most) for bits, most in _together(problem, options)
    ]
    return Packed(problem, options, gaps, tuple(limit for limit in found if sum(limit.uses.values()) > limit.most))


def _money(problem: Problem, options: tuple[Option, ...]) -> Iterable[AtMost]:
    own, voucher = problem.person.own_money, problem.person.voucher
    prices = {number: option.price for number, option in enumerate(options) if option.price}
    yield AtMost(LimitKind.MONEY, prices, own + (voucher.support if voucher else 0))
    parts = {number: option.price - problem.support(option) for number, option in enumerate(options)}
    yield AtMost(LimitKind.MONEY, {number: part for number, part in parts.items() if part}, own)


def _hours(problem: Problem, options: tuple[Option, ...]) -> Iterable[AtMost]:
    """All hours; the hours of each week, once for weeks in which the same editions run."""
    if (total := problem.person.hours_total) is not None:
        hours = {number: option.hours for number, option in enumerate(options) if option.hours}
        yield AtMost(LimitKind.HOURS, hours, total)
    weeks: dict[tuple[int, ...], int] = {}
    for week, busy in _weeks(options).items():
        limit = problem.week_limit(week)
        weeks[tuple(busy)] = min(limit, weeks.get(tuple(busy), limit))
    for numbers, limit in weeks.items():
        hours = {number: options[number].hours_week for number in numbers if options[number].hours_week}
        yield AtMost(LimitKind.CALENDAR, hours, limit)


def _weeks(options: tuple[Option, ...]) -> dict[dt.date, list[int]]:
    weeks: dict[dt.date, list[int]] = defaultdict(list)
    for number, option in enumerate(options):
        for week in mondays(option.starts, option.ends):
            weeks[week].append(number)
    return weeks


def _together(problem: Problem, options: tuple[Option, ...]) -> Iterable[tuple[int, int]]:
    """Sets of options (as bits) of which so many may be taken; sets inside a set with the same limit are left out."""
    alone: set[int] = set(_heavy(problem, options)) | set(_meetings(options))
    running: dict[int, set[int]] = defaultdict(set)
    for day, bits in _running(problem, options):
        running[problem.free_at_once(day)].add(bits)
    alone |= running.pop(1, set())
    return [
        *((bits, 1) for bits in _largest(alone)),
        *((bits, most) for most, sets in running.items() for bits in _largest(sets)),
    ]


def _editions(options: tuple[Option, ...]) -> Iterable[int]:
    courses: dict[str, int] = defaultdict(int)
    for number, option in enumerate(options):
        courses[option.course] |= 1 << number
    return courses.values()


def _heavy(problem: Problem, options: tuple[Option, ...]) -> Iterable[int]:
    """Options that take more than half of a week's hours each: no two of them fit into it."""
    for week, busy in _weeks(options).items():
        limit = problem.week_limit(week)
        yield sum(1 << number for number in busy if 2 * options[number].hours_week > limit)


def _running(problem: Problem, options: tuple[Option, ...]) -> Iterable[tuple[dt.date, int]]:
    """Options that run on a day, for each day on which one starts or something bought does."""
    changes: dict[dt.date, tuple[int, int]] = {}
    for number, option in enumerate(options):
        begun, _ = changes.get(option.starts, (0, 0))
        changes[option.starts] = begun | 1 << number, changes.get(option.starts, (0, 0))[1]
        after = option.ends + dt.timedelta(days=1)
        begun, over = changes.get(after, (0, 0))
        changes[after] = begun, over | 1 << number
    bought = {one.starts for one in problem.person.engaged}
    now = 0
    for day in sorted({*changes, *bought}):
        begun, over = changes.get(day, (0, 0))
        now = now & ~over | begun
        if begun or day in bought:
            yield day, now


def _meetings(options: tuple[Option, ...]) -> Iterable[int]:
    """Options that meet at one moment, for each moment at which a meeting begins."""
    days: dict[dt.date, list[tuple[int, int, int]]] = defaultdict(list)
    for number, option in enumerate(options):
        for meeting in option.meetings:
            days[meeting.day].append((meeting.start, meeting.end, number))
    for held in days.values():
        for moment in {start for start, _, _ in held}:
            bits = 0
            for start, end, number in held:
                if start <= moment < end:
                    bits |= 1 << number
            yield bits


def _largest(sets: Iterable[int]) -> list[int]:
    """Sets of two and more that lie in no other, the largest first."""
    kept: list[int] = []
    of_option: dict[int, list[int]] = defaultdict(list)
    for bits in sorted((bits for bits in sets if bits & (bits - 1)), key=lambda bits: (-bits.bit_count(), bits)):
        lowest = bits & -bits
        if not any(bits & other == bits for other in of_option[lowest]):
            kept.append(bits)
            for number in _numbers(bits):
                of_option[1 << number].append(bits)
    return kept


def _numbers(bits: int) -> list[int]:
    """The numbers of the bits that are set, lowest first."""
    octets = np.frombuffer(bits.to_bytes(bits.bit_length() // 8 + 1, "little"), np.uint8)
    return [int(number) for number in np.flatnonzero(np.unpackbits(octets, bitorder="little"))]
