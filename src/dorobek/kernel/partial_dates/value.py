"""The value `PartialDate`: what is known of a date, its bounds, order, EDTF form and wording."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Self

from django.utils.translation import gettext as _

from dorobek.kernel.partial_dates.words import MONTHS_EN, MONTHS_PL, SEASON_NAMES

MIN_YEAR = 1900
MAX_YEAR = 2100


class ParseError(ValueError):
    """What was written cannot be read. `message` says in words how to write it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    PART = "part"
    YEAR = "year"
    DECADE = "decade"


class Season(IntEnum):
    """Seasons by their EDTF number."""

    SPRING = 21
    SUMMER = 22
    AUTUMN = 23
    WINTER = 24


class Part(StrEnum):
    """A part of a year or decade. `TURN` is the turn of this year and the next."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    TURN = "turn"


# A season holds by either convention: that of weather services (whole months) and that of the calendar.
_SEASON_BOUNDS = {
    Season.SPRING: ((3, 1), (6, 21)),
    Season.SUMMER: ((6, 1), (9, 22)),
    Season.AUTUMN: ((9, 1), (12, 21)),
    # "zima 2013" may be its first or its last months, so nothing inside the year is ruled out.
    Season.WINTER: ((1, 1), (12, 31)),
}
_YEAR_PARTS = {Part.EARLY: (1, 4), Part.MID: (5, 8), Part.LATE: (9, 12)}
_DECADE_PARTS = {Part.EARLY: (0, 3), Part.MID: (3, 6), Part.LATE: (6, 9)}
# How far "około" reaches to either side.
_MARGIN_DAYS = {
    Precision.DAY: 7,
    Precision.MONTH: 31,
    Precision.SEASON: 92,
    Precision.PART: 0,
    Precision.YEAR: 366,
    Precision.DECADE: 731,
}
_EDTF = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(~?)")
_EDTF_DECADE = re.compile(r"(\d{3})X(~?)")


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known.

    `year` is the first year of the decade when `decade` is set. `month` excludes `season` and `part`; `day` needs
    `month`. `typed` is what the person wrote and takes no part in comparison. Raises ValueError for a combination
    that means nothing, e.g. 31 February.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    part: Part | None = None
    decade: bool = False
    approximate: bool = False
    typed: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not MIN_YEAR <= self.year <= MAX_YEAR:
            raise ValueError(f"year out of range: {self.year}")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")
        if self.day is not None:
            if self.month is None:
                raise ValueError("a day needs a month")
            date(self.year, self.month, self.day)
        self._check_combination()

    def _check_combination(self) -> None:
        winter_turn = self.season is Season.WINTER and self.part is Part.TURN
        if self.month is not None and (self.season or self.part or self.decade):
            raise ValueError("a month goes with neither season, part nor decade")
        if self.season and ((self.part and not winter_turn) or self.decade):
            raise ValueError("a season goes with neither part nor decade")
        if self.decade and (self.year % 10 or self.part is Part.TURN):
            raise ValueError("a decade begins with a year that ends in 0")
        if self.part and self.approximate and not winter_turn:
            raise ValueError("a part of a period is vague already")

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return Precision.DAY
        if self.month is not None:
            return Precision.MONTH
        if self.season is not None:
            return Precision.SEASON
        if self.part is not None:
            return Precision.PART
        return Precision.DECADE if self.decade else Precision.YEAR

    @property
    def start(self) -> date:
        """First day of what was named, "około" left aside."""
        return self._nominal()[0]

    @property
    def end(self) -> date:
        """Last day of what was named, "około" left aside."""
        return self._nominal()[1]

    @property
    def earliest(self) -> date:
        """The earliest day it can have been."""
        return self.start - self._margin()

    @property
    def latest(self) -> date:
        """The latest day it can have been."""
        return self.end + self._margin()

    @property
    def sort_key(self) -> tuple[date, date, bool]:
        """Order on a time line: by first day, then the more exact first."""
        return (self.start, self.end, self.approximate)

    def _margin(self) -> timedelta:
        return timedelta(days=_MARGIN_DAYS[self.precision] if self.approximate else 0)

    def _nominal(self) -> tuple[date, date]:
        if self.month is not None:
            if self.day is not None:
                exact = date(self.year, self.month, self.day)
                return exact, exact
            return date(self.year, self.month, 1), _month_end(self.year, self.month)
        if self.part is Part.TURN:
            first = 12 if self.season else 11
            return date(self.year, first, 1), _month_end(self.year + 1, 2)
        if self.season is not None:
            (from_month, from_day), (to_month, to_day) = _SEASON_BOUNDS[self.season]
            return date(self.year, from_month, from_day), date(self.year, to_month, to_day)
        if self.part is not None:
            return self._part_bounds(self.part)
        last_year = self.year + 9 if self.decade else self.year
        return date(self.year, 1, 1), date(last_year, 12, 31)

    def _part_bounds(self, part: Part) -> tuple[date, date]:
        if self.decade:
            first, last = _DECADE_PARTS[part]
            return date(self.year + first, 1, 1), date(self.year + last, 12, 31)
        first, last = _YEAR_PARTS[part]
        return date(self.year, first, 1), _month_end(self.year, last)

    def to_edtf(self) -> str:
        """The stored form, e.g. `2013`, `2013-21~`, `199X`, `1990~/1993~`."""
        mark = "~" if self.approximate else ""
        if self.part is not None:
            mark = mark if self.season else "~"
            start, end = self._nominal()
            shape = "%Y" if self.decade else "%Y-%m"
            return f"{start.strftime(shape)}{mark}/{end.strftime(shape)}{mark}"
        if self.decade:
            return f"{self.year // 10}X{mark}"
        pieces = [f"{self.year:04d}"]
        second = self.season if self.season is not None else self.month
        pieces += [f"{int(piece):02d}" for piece in (second, self.day) if piece is not None]
        return "-".join(pieces) + mark

    @classmethod
    def from_edtf(cls, text: str, *, typed: str = "") -> Self:
        """Read the stored form back. Raises ParseError for any other text."""
        try:
            found = cls._from_interval(text, typed) if "/" in text else cls._from_single(text, typed)
        except ValueError:
            found = None
        if found is None:
            raise ParseError(_("Nieprawidłowy zapis daty: „%(text)s”.") % {"text": text[:40]})
        return found

    @classmethod
    def _from_single(cls, text: str, typed: str) -> Self | None:
        if match := _EDTF_DECADE.fullmatch(text):
            return cls(int(match[1]) * 10, decade=True, approximate=bool(match[2]), typed=typed)
        if not (match := _EDTF.fullmatch(text)):
            return None
        year, second, day, approximate = int(match[1]), match[2], match[3], bool(match[4])
        if second and int(second) > 12:
            if day:
                return None
            return cls(year, season=Season(int(second)), approximate=approximate, typed=typed)
        month = int(second) if second else None
        return cls(year, month, int(day) if day else None, approximate=approximate, typed=typed)

    @classmethod
    def _from_interval(cls, text: str, typed: str) -> Self | None:
        year = int(text[:4])
        decade_year = year - year % 10
        candidates = [cls(year, part=part, typed=typed) for part in Part]
        candidates += [cls(decade_year, part=part, decade=True, typed=typed) for part in _DECADE_PARTS]
        candidates += [
            cls(year, season=Season.WINTER, part=Part.TURN, approximate=approximate, typed=typed)
            for approximate in (False, True)
        ]
        return next((one for one in candidates if one.to_edtf() == text), None)

    def display(self, language: str = "pl") -> str:
        """In words: "wiosna 2013", "około marca 2013", "początek lat 90. XX w."; English for any other language."""
        return _polish(self) if language.startswith("pl") else _english(self)

    def __str__(self) -> str:
        return self.display()


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _polish(value: PartialDate) -> str:
    case = 1 if value.approximate else 0
    about = "około " if value.approximate else ""
    if value.month is not None:
        names = MONTHS_PL[value.month - 1]
        if value.day is not None:
            return f"{about}{value.day} {names[1]} {value.year}"
        return f"{about}{names[case]} {value.year}"
    if value.season is not None:
        year = f"{value.year}/{value.year + 1}" if value.part else str(value.year)
        # not "około lata 2010", which could be the decade
        about = "mniej więcej " if value.approximate else ""
        return f"{about}{SEASON_NAMES[value.season][case]} {year}"
    if value.part is Part.TURN:
        return f"przełom {value.year} i {value.year + 1}"
    head = {Part.EARLY: "początek ", Part.MID: "połowa ", Part.LATE: "koniec "}.get(value.part or Part.TURN, about)
    if not value.decade:
        return f"{head}{value.year}"
    noun = "lat" if value.part or value.approximate else "lata"
    if value.year % 100 == 0:
        return f"{head}{noun} {value.year}–{value.year + 9}"
    return f"{head}{noun} {value.year % 100}. {'XX' if value.year < 2000 else 'XXI'} w."


def _english(value: PartialDate) -> str:
    about = "about " if value.approximate else ""
    if value.month is not None:
        day = f"{value.day} " if value.day is not None else ""
        return f"{about}{day}{MONTHS_EN[value.month - 1][0]} {value.year}"
    if value.season is not None:
        year = f"{value.year}/{value.year + 1}" if value.part else str(value.year)
        return f"{about}{SEASON_NAMES[value.season][2]} {year}"
    if value.part is Part.TURN:
        return f"turn of {value.year} and {value.year + 1}"
    heads = {Part.EARLY: "early ", Part.MID: "mid-", Part.LATE: "late "}
    head = heads[value.part] if value.part else about
    return f"{head}{value.year}s" if value.decade else f"{head}{value.year}"
