"""When an edition meets (VO-2, DP-4): the same hours every week, single dated meetings, or both. Pure; no tables.

A column, a file and the REST hold `[when, start, end]`: `when` is a weekday with Monday 0 or a day as "2027-03-06",
`start` and `end` are minutes of the day. People write „pn, śr 17:00-20:15; sb 9:00-14:00" or „6.03.2027 9:00-14:00".
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.offers.enums import PartOfWeek

COLUMN = "class_times"
DAY_MINUTES = 24 * 60
EVENING = 16 * 60  # from here on somebody with usual hours of work is free
SATURDAY = 5
MOST_WEEKLY, MOST_DATED = 21, 400
LESSON, HOUR, SLACK = 45, 60, 0.25  # what a provider may mean by an hour; holidays and breaks make the rest
Slot = tuple[int, int, int]
Meeting = tuple[dt.date, int, int]


@dataclass(frozen=True)
class ClassTimes:
    """Weekly hours as (weekday, start, end) and single meetings as (day, start, end), each in order and once."""

    weekly: tuple[Slot, ...] = ()
    dated: tuple[Meeting, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.weekly or self.dated)

    @classmethod
    def of(cls, weekly: Iterable[Slot] = (), dated: Iterable[Meeting] = ()) -> "ClassTimes":
        return cls(tuple(sorted(set(weekly))), tuple(sorted(set(dated))))

    @classmethod
    def from_data(cls, data: Any) -> "ClassTimes":
        """From the column or the REST. Raises RuleBroken for what has another shape."""
        weekly, dated = [], []
        for row in data if isinstance(data, list | tuple) else [None]:
            match row:
                case [*parts] if any(isinstance(part, bool) for part in parts):
                    raise _misshapen()
                case [int(weekday), int(start), int(end)]:
                    weekly.append((weekday, start, end))
                case [str(day), int(start), int(end)]:
                    dated.append((_day(day), start, end))
                case _:
                    raise _misshapen()
        return cls.of(weekly, dated)

    def as_data(self) -> list[list[int | str]]:
        """As the column holds it."""
        weekly: list[list[int | str]] = [[*slot] for slot in self.weekly]
        return weekly + [[day.isoformat(), start, end] for day, start, end in self.dated]

    def meetings(self, starts: dt.date, ends: dt.date) -> list[Meeting]:
        """Every meeting between two days, both included, in order; one at the same hours of a day once."""
        found = {one for one in self.dated if starts <= one[0] <= ends}
        for weekday, start, end in self.weekly:
            day = first_such(weekday, starts)
            while day <= ends:
                found.add((day, start, end))
                day += dt.timedelta(weeks=1)
        return sorted(found)

    @property
    def told(self) -> str:
        """For one line of a page."""
        return short(self)

    @property
    def told_lines(self) -> list[str]:
        """Whole, a line for each hours."""
        return lines(self)

    @property
    def part_of_week(self) -> str:
        """After work, at weekends, both, or in somebody's hours of work too; "" where no times are told."""
        days = [(weekday, start) for weekday, start, _end in self.weekly]
        days += [(day.weekday(), start) for day, start, _end in self.dated]
        if not days:
            return ""
        weekend = [weekday >= SATURDAY for weekday, _start in days]
        if any(start < EVENING and weekday < SATURDAY for weekday, start in days):
            return str(PartOfWeek.DAY)
        if all(weekend):
            return str(PartOfWeek.WEEKEND)
        return str(PartOfWeek.FREE if any(weekend) else PartOfWeek.EVENING)


def _misshapen() -> RuleBroken:
    return RuleBroken(
        _("Godziny zajęć mają niewłaściwą postać. Każde to: dzień tygodnia albo data, początek i koniec."), COLUMN
    )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise RuleBroken(
            _("Nie ma takiego dnia: „%(text)s”. Proszę wpisać go tak: 2026-11-27.") % {"text": text[:20]}, COLUMN
        ) from error


def first_such(weekday: int, starts: dt.date) -> dt.date:
    """The first day of this weekday from a day on."""
    return starts + dt.timedelta(days=(weekday - starts.weekday()) % 7)


# ---- checks ----


def checked(times: ClassTimes, starts: dt.date, ends: dt.date) -> ClassTimes:
    """The times, if an edition between the two days can have them.

    Raises RuleBroken: too many, no such weekday, an end before its start, outside the edition's days, over itself.
    """
    if len(times.weekly) > MOST_WEEKLY or len(times.dated) > MOST_DATED:
        most = {"weekly": MOST_WEEKLY, "dated": MOST_DATED}
        raise RuleBroken(
            _("Za dużo godzin zajęć: w tygodniu najwyżej %(weekly)d, pojedynczych spotkań %(dated)d.") % most, COLUMN
        )
    if any(not 0 <= weekday <= 6 for weekday, _start, _end in times.weekly):
        raise _misshapen()
    for weekday, day, start, end in iterate(times):
        if not 0 <= start < end <= DAY_MINUTES:
            hours = {"day": day_name(day or weekday or 0), "hours": hours_text(start, end)}
            raise RuleBroken(
                _("Zajęcia powinny kończyć się później, niż się zaczynają: %(day)s %(hours)s.") % hours, COLUMN
            )
    _check_within(times, starts, ends)
    for when, slots in _by_day(times):
        for one, other in pairwise(slots):
            if other[0] < one[1]:
                told = {"day": day_name(when), "one": hours_text(*one), "other": hours_text(*other)}
                raise RuleBroken(
                    _("Zajęcia nakładają się na siebie: %(day)s, %(one)s i %(other)s. Proszę poprawić godziny.") % told,
                    COLUMN,
                )
    return times


def _by_day(times: ClassTimes) -> Iterator[tuple[int | dt.date, list[tuple[int, int]]]]:
    """Hours of each weekday in order, and of each single day together with those of its weekday."""
    weekly: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for weekday, start, end in times.weekly:
        weekly[weekday].add((start, end))
    single: dict[dt.date, set[tuple[int, int]]] = defaultdict(set)
    for day, start, end in times.dated:
        single[day].add((start, end))
    yield from ((weekday, sorted(slots)) for weekday, slots in weekly.items())
    yield from ((day, sorted(slots | weekly.get(day.weekday(), set()))) for day, slots in single.items())


def _check_within(times: ClassTimes, starts: dt.date, ends: dt.date) -> None:
    span = {"starts": f"{starts:%d.%m.%Y}", "ends": f"{ends:%d.%m.%Y}"}
    for day, _start, _end in times.dated:
        if not starts <= day <= ends:
            told = {"day": day_name(day), **span}
            raise RuleBroken(
                _(
                    "Spotkanie %(day)s wypada poza terminem, który trwa od %(starts)s do %(ends)s. Proszę sprawdzić daty."
                )
                % told,
                COLUMN,
            )
    for weekday, _start, _end in times.weekly:
        if first_such(weekday, starts) > ends:
            told = {"day": day_name(weekday), **span}
            raise RuleBroken(
                _("Od %(starts)s do %(ends)s nie ma takiego dnia tygodnia: %(day)s. Proszę sprawdzić dni albo daty.")
                % told,
                COLUMN,
            )


def remark(times: ClassTimes, hours: int, starts: dt.date, ends: dt.date) -> str:
    """What to look at when the meetings do not come to the hours of the service; "" when they do, or nothing is told.

    An hour may be of 60 or of 45 minutes, so a quarter more or less than either is fine.
    """
    minutes = sum(end - start for _day, start, end in times.dated)
    for weekday, start, end in times.weekly:
        minutes += (end - start) * ((ends - first_such(weekday, starts)).days // 7 + 1)
    if not minutes or not hours or minutes / HOUR * (1 - SLACK) <= hours <= minutes / LESSON * (1 + SLACK):
        return ""
    return _("Godziny zajęć dają razem około %(sum)d godz., a szkolenie ma %(hours)d. Proszę sprawdzić, czy to nie pomyłka.") % {
        "sum": round(minutes / HOUR), "hours": hours,
    }  # fmt: skip


# ---- words ----


def day_name(when: int | dt.date) -> str:
    """ "pn", or "6.03.2027" for a day."""
    if isinstance(when, dt.date):
        return f"{when.day}.{when:%m.%Y}"
    names = (_("pn"), _("wt"), _("śr"), _("cz"), _("pt"), _("sb"), _("nd"))
    return names[when] if 0 <= when < len(names) else str(when)


def clock(minutes: int) -> str:
    """ "17:00"; the end of a day is "24:00"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def hours_text(start: int, end: int) -> str:
    """ "17:00-20:15"."""
    return f"{clock(start)}-{clock(end)}"


def lines(times: ClassTimes) -> list[str]:
    """Days with the same hours together, weekly ones first: "pn, śr 17:00-20:15", "6.03.2027 9:00-14:00"."""
    found = []
    for rows in (times.weekly, times.dated):
        groups: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for when, start, end in rows:
            groups[(start, end)].append(when)
        for (start, end), days in sorted(groups.items(), key=lambda group: (group[1][0], group[0])):
            found.append(f"{_days(days)} {hours_text(start, end)}")
    return found


def _days(days: Sequence[int | dt.date]) -> str:
    """ "pn-pt", "pn, śr", "6.03.2027, 13.03.2027"."""
    numbers = [day for day in days if isinstance(day, int)]
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{day_name(numbers[0])}-{day_name(numbers[-1])}"
    return ", ".join(map(day_name, days))


def text(times: ClassTimes) -> str:
    """All of it in one line, as `reading.times` reads it back."""
    return "; ".join(lines(times))


def short(times: ClassTimes) -> str:
    """For one line of a list: weekly hours whole, of single meetings the number and the first."""
    if not times.dated:
        return text(times)
    first, start, end = times.dated[0]
    if len(times.dated) == 1:
        told = f"{day_name(first)} {hours_text(start, end)}"
    else:
        told = _("spotkań: %(count)d, pierwsze %(day)s %(hours)s") % {
            "count": len(times.dated), "day": day_name(first), "hours": hours_text(start, end),
        }  # fmt: skip
    return "; ".join(filter(None, (text(ClassTimes(times.weekly)), told)))


def iterate(times: ClassTimes) -> Iterator[tuple[int | None, dt.date | None, int, int]]:
    """(weekday, day, start, end), one of the first two None."""
    yield from ((weekday, None, start, end) for weekday, start, end in times.weekly)
    yield from ((None, day, start, end) for day, start, end in times.dated)
