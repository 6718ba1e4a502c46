"""Years of documented experience before a day (register entries: "five years within the last ten").

Experience need not be unbroken, so a year is 365 days (Civil Code, art. 114). The ten years before an appointment
end on the day before it and begin on the same date ten years earlier; where that date does not exist (29 February)
on the last day of the month (art. 112).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

YEAR = 365
ONE_DAY = dt.timedelta(days=1)


class Documented(Protocol):
    """Experience from `since` to `until`, both days counted; `until` None: still lasting."""

    @property
    def since(self) -> dt.date: ...

    @property
    def until(self) -> dt.date | None: ...

    @property
    def document(self) -> str: ...


def years_before(day: dt.date, years: int) -> dt.date:
    """The same date so many years earlier; 28 February where it does not exist. Never before the calendar begins."""
    if day.year - years < dt.MINYEAR:
        return dt.date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def counted_days(periods: Iterable[Documented], until: dt.date, within: int | None = None) -> int:
    """Days of documented experience before `until` (that day not counted), no day twice.

    `within`: only the days of so many years before. Periods without a document, or that end before they begin, count
    nothing.
    """
    first = years_before(until, within) if within is not None else dt.date.min
    last = until - ONE_DAY
    spans = sorted(
        (max(one.since, first), min(one.until or last, last)) for one in periods if one.document.strip()
    )  # fmt: skip
    total, reached = 0, None
    for begun, ended in spans:
        begun = begun if reached is None or begun > reached else reached + ONE_DAY
        if ended >= begun:
            total += (ended - begun).days + 1
            reached = ended
    return total
