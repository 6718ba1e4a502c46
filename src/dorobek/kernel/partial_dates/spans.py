"""Gaps and overlaps on a time line of vague dates: only what the dates say for certain, unless asked otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from dorobek.kernel.partial_dates.value import PartialDate


@dataclass(frozen=True)
class Span:
    """Something that lasted. `end` None means it still lasts. `key` is the caller's own mark (an id, a title)."""

    start: PartialDate
    end: PartialDate | None
    key: str = ""

    def widest(self, today: date) -> tuple[date, date]:
        """First and last day it can have covered."""
        return self.start.earliest, max(self.start.earliest, self.end.latest if self.end else today)

    def surest(self, today: date) -> tuple[date, date] | None:
        """First and last day it covered on every reading of its dates; None where there is no such day."""
        first, last = self.start.latest, self.end.earliest if self.end else today
        return (first, last) if first <= last else None

    @property
    def reversed(self) -> bool:
        """True when it ends before it begins on every reading, so one of the dates is wrong."""
        return self.end is not None and self.end.latest < self.start.earliest


@dataclass(frozen=True)
class Gap:
    """Days not covered by anything, both ends included; `months` are whole months."""

    first_day: date
    last_day: date
    months: int


@dataclass(frozen=True)
class Overlap:
    """Two spans at the same time, both days included. `certain` is False when vague dates merely allow it."""

    first: Span
    second: Span
    first_day: date
    last_day: date
    months: int
    certain: bool


def months_between(first_day: date, last_day: date) -> int:
    """Whole months from `first_day` through `last_day`, both included; 0 when shorter or reversed."""
    after = last_day + timedelta(days=1)
    months = (after.year - first_day.year) * 12 + after.month - first_day.month
    return max(0, months - (1 if after.day < first_day.day else 0))


def gaps(spans: Iterable[Span], min_months: int, *, today: date) -> list[Gap]:
    """Uncovered stretches of at least `min_months`, between the first span and the last.

    Every span counts as wide as its dates allow, so a gap is reported only when no reading could close it: people
    are asked about real gaps, not about vague memory.
    """
    widest = sorted(span.widest(today) for span in spans)
    found: list[Gap] = []
    covered_to: date | None = None
    for first, last in widest:
        if covered_to is not None and first > covered_to + timedelta(days=1):
            gap_first, gap_last = covered_to + timedelta(days=1), first - timedelta(days=1)
            months = months_between(gap_first, gap_last)
            if months >= min_months:
                found.append(Gap(gap_first, gap_last, months))
        covered_to = last if covered_to is None else max(covered_to, last)
    return found


def overlaps(spans: Sequence[Span], *, today: date, include_possible: bool = False) -> list[Overlap]:
    """Pairs of spans that ran at the same time, in order of time; merely possible ones on demand."""
    found: list[Overlap] = []
    for first, second in combinations(sorted(spans, key=lambda span: span.start.sort_key), 2):
        sure_first, sure_second = first.surest(today), second.surest(today)
        shared = _shared(sure_first, sure_second) if sure_first and sure_second else None
        certain = shared is not None
        if shared is None and include_possible:
            shared = _shared(first.widest(today), second.widest(today))
        if shared is not None:
            found.append(Overlap(first, second, *shared, months=months_between(*shared), certain=certain))
    return found


def _shared(one: tuple[date, date], other: tuple[date, date]) -> tuple[date, date] | None:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None
