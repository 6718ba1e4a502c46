"""What a route is planned from (DP-3, DP-4, VO-1): gaps, options, a person's limits. Plain frozen data, no database.

Units: money in integer grosze, shares in whole percent, hours whole, minutes of a day 0 to 1440, places as four-digit
TERYT codes of a powiat ("" means remote). Build a `Problem`, ask `validation.faults` once, then plan.
"""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from dorobek.vouchers.rules import in_time

REMOTE = ""


class Weight(StrEnum):
    """How much a gap matters for the goal; the goal is reached when every essential gap is closed."""

    ESSENTIAL = "essential"
    USEFUL = "useful"
    OWN = "own"


POINTS: Mapping[Weight, int] = {Weight.ESSENTIAL: 6, Weight.USEFUL: 3, Weight.OWN: 2}


class Kind(StrEnum):
    COURSE = "course"
    EXAM = "exam"
    VALIDATION = "validation"
    MICRO = "micro-credential"


class Step(IntEnum):
    """How far a place is from home when no table of travel times was imported."""

    SAME = 0
    NEIGHBOUR = 1
    FARTHER = 2


@dataclass(frozen=True)
class Gap:
    """An outcome that the goal asks for. `held`: the percent already held; `points`: 0 takes those of the weight."""

    code: str
    title: str
    weight: Weight = Weight.USEFUL
    held: int = 0
    points: int = 0

    @property
    def missing(self) -> int:
        """Percent still to close, 0 to 100."""
        return 100 - self.held

    @property
    def worth(self) -> int:
        return self.points or POINTS[self.weight]


@dataclass(frozen=True)
class Need:
    """What must be there before an option starts: another course finished, or a gap held to `share` percent."""

    course: str = ""
    gap: str = ""
    share: int = 100


@dataclass(frozen=True, order=True)
class Slot:
    """A weekly time, Monday is 0."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, order=True)
class Meeting:
    """A time fixed in the calendar at which the person must be there."""

    day: dt.date
    start: int
    end: int


@dataclass(frozen=True)
class Option:
    """One edition of a course, an exam, a validation or a micro-credential.

    `course` is shared by editions of the same thing, of which at most one is taken. `closes`: gap code to percent.
    `price` is the whole price; `by_voucher` says that a voucher may pay for it, at most `voucher_most` if given
    (rules of value per hour). `hours_week` is needed in each calendar week that the edition touches. `asks`:
    entitlements a person must hold. `places_left`: None when unknown.
    """

    code: str
    course: str
    title: str
    kind: Kind
    closes: Mapping[str, int]
    price: int
    starts: dt.date
    ends: dt.date
    hours: int
    hours_week: int
    place: str = REMOTE
    by_voucher: bool = False
    voucher_most: int | None = None
    meetings: tuple[Meeting, ...] = ()
    needs: tuple[Need, ...] = ()
    asks: frozenset[str] = frozenset()
    places_left: int | None = None


@dataclass(frozen=True)
class Voucher:
    """What a right to a voucher pays: `support` grosze in all, the person's share of each price in 1/100 percent.

    An option may be paid by it when it starts from `opens` on and a place on it is bought by `lapses`, the right's last
    day (None: no such limit): a plan is bought on the day of asking, as `vouchers.rules.in_time` has it.
    """

    support: int
    own_share: int = 0
    opens: dt.date | None = None
    lapses: dt.date | None = None

    @classmethod
    def of_value(cls, value: int, own_share: int, lapses: dt.date | None = None) -> "Voucher":
        """A voucher whose total value includes the own share, as programmes write it (2,700 PLN with 13 %)."""
        return cls(value - _share(value, own_share), own_share, None, lapses)


def _share(price: int, own_share: int) -> int:
    """The own share of a price, rounded up to a grosz, so that support never exceeds what the terms allow."""
    return -(-price * own_share // 10_000)


@dataclass(frozen=True)
class Engagement:
    """Something bought already: it takes place whatever is chosen, and is not paid for again."""

    course: str
    starts: dt.date
    ends: dt.date
    hours_week: int = 0
    meetings: tuple[Meeting, ...] = ()

    def touches(self, first: dt.date, last: dt.date) -> bool:
        return self.starts <= last and self.ends >= first


@dataclass(frozen=True)
class Person:
    """The limits of one person. `weeks`: other hours for single weeks, by their Monday. `done`: courses finished.

    `work`: hours at which nothing can be attended; `shifts`: work at changing hours, of which nothing is known.
    `engaged`: what is bought already and not over yet.
    """

    home: str
    own_money: int
    hours_week: int
    months: int = 12
    at_once: int = 2
    hours_total: int | None = None
    voucher: Voucher | None = None
    weeks: Mapping[dt.date, int] = field(default_factory=dict)
    work: tuple[Slot, ...] = ()
    shifts: bool = False
    farthest: Step = Step.NEIGHBOUR
    most_minutes: int | None = None
    holds: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    engaged: tuple[Engagement, ...] = ()

    @property
    def coming(self) -> frozenset[str]:
        """Courses finished, or bought and not over yet."""
        return self.done | {one.course for one in self.engaged}

    def has(self, course: str, before: dt.date) -> bool:
        """Is the course finished, or will what was bought of it be over before this day?"""
        return course in self.done or any(one.course == course and one.ends < before for one in self.engaged)


@dataclass(frozen=True)
class Travel:
    """Which powiats exist and how far apart they are. `minutes` may hold a pair in one direction only."""

    neighbours: Mapping[str, frozenset[str]] = field(default_factory=dict)
    minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def knows(self, place: str) -> bool:
        return place == REMOTE or place in self.neighbours

    def step(self, start: str, place: str) -> Step:
        if place in (REMOTE, start):
            return Step.SAME
        near = place in self.neighbours.get(start, ()) or start in self.neighbours.get(place, ())
        return Step.NEIGHBOUR if near else Step.FARTHER

    def time(self, start: str, place: str) -> int | None:
        """Minutes one way; None when no table says it."""
        if place in (REMOTE, start):
            return 0
        return self.minutes.get((start, place), self.minutes.get((place, start)))


@dataclass(frozen=True)
class Problem:
    """Everything one answer rests on. `today` is the day of asking: nothing that starts on it can still be booked."""

    today: dt.date
    gaps: tuple[Gap, ...]
    options: tuple[Option, ...]
    person: Person
    travel: Travel = Travel()

    @property
    def until(self) -> dt.date:
        """The last day on which a route may end."""
        return add_months(self.today, self.person.months)

    def support(self, option: Option) -> int:
        """The most that the person's voucher may pay for this option, in grosze."""
        voucher = self.person.voucher
        if voucher is None or not option.by_voucher:
            return 0
        if voucher.opens and option.starts < voucher.opens:
            return 0
        if voucher.lapses and not in_time(voucher.lapses, self.today):
            return 0
        part = option.price - _share(option.price, voucher.own_share)
        return part if option.voucher_most is None else min(part, option.voucher_most)

    def week_limit(self, monday: dt.date) -> int:
        """Hours of a week that what is bought already leaves free."""
        limit, sunday = self.person.weeks.get(monday, self.person.hours_week), monday + dt.timedelta(days=6)
        return max(0, limit - sum(one.hours_week for one in self.person.engaged if one.touches(monday, sunday)))

    def free_at_once(self, day: dt.date) -> int:
        """How many things may still run on a day beside what is bought already."""
        return max(0, self.person.at_once - sum(one.touches(day, day) for one in self.person.engaged))

    def too_far(self, option: Option) -> bool:
        """A table of travel times decides where it knows the pair; otherwise the steps do."""
        person = self.person
        minutes = self.travel.time(person.home, option.place)
        if person.most_minutes is not None and minutes is not None:
            return minutes > person.most_minutes
        return self.travel.step(person.home, option.place) > person.farthest


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day when the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def mondays(starts: dt.date, ends: dt.date) -> list[dt.date]:
    """The Mondays of all calendar weeks that the days touch."""
    first = monday(starts)
    return [first + dt.timedelta(weeks=week) for week in range((ends - first).days // 7 + 1)]


def weekly(starts: dt.date, ends: dt.date, *slots: Slot) -> tuple[Meeting, ...]:
    """Meetings at the same times of every week between two days, both included."""
    found = []
    for slot in slots:
        first = starts + dt.timedelta(days=(slot.weekday - starts.weekday()) % 7)
        weeks = (ends - first).days // 7 + 1  # none when the first such day lies behind the end
        found += [Meeting(first + dt.timedelta(weeks=week), slot.start, slot.end) for week in range(weeks)]
    return tuple(sorted(found))
