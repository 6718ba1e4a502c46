"""The schedule („harmonogram") of a service in the national base: dated meetings, or hours of a weekday.

The base's own description of these records is not public; the names below are those its other records are built
from. A record without a day or without hours is passed over: topics are often listed so. One that cannot be is a fault
of the schedule.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.offers.reading.days import day_of, moment_of
from dorobek.offers.reading.times import WEEKDAYS, check_name
from dorobek.offers.times import COLUMN, ClassTimes, Meeting, Slot, day_name

FIELD = "harmonogram"
_DAY = ("dataZajec", "data", "dzien")
_WEEKDAY = ("dzienTygodnia",)
_NAMED, _FIRST, _LAST = ("dzien",), ("dataRozpoczecia",), ("dataZakonczenia",)
_START = ("godzinaRozpoczecia", "godzinaOd", "dataRozpoczecia")
_END = ("godzinaZakonczenia", "godzinaDo", "dataZakonczenia")


def schedule_of(said: Mapping[str, Any]) -> ClassTimes:
    """The meetings of a service, none where its schedule is missing. Raises RuleBroken."""
    rows = said.get(FIELD)
    if isinstance(rows, Mapping):
        rows = rows.get("lista")
    if rows is None:
        return ClassTimes()
    if not isinstance(rows, list):
        raise RuleBroken(_("Harmonogram powinien być listą zajęć."), FIELD)
    weekly: list[Slot] = []
    dated: list[Meeting] = []
    for row in rows:
        if not isinstance(row, Mapping):
            raise RuleBroken(_("Harmonogram powinien być listą zajęć."), FIELD)
        _take(row, weekly, dated)
    return ClassTimes.of(weekly, dated)


def _take(row: Mapping[str, Any], weekly: list[Slot], dated: list[Meeting]) -> None:
    starts, ends = _said(row, _START), _said(row, _END)
    if not starts or not ends:
        return
    start, end = _clock(starts), _clock(ends)
    end = end or 24 * 60  # midnight is the end of the day
    day, weekday = _said(row, _DAY), _weekday(row)
    if normalised(day) in WEEKDAYS:
        day = ""
    first = day_of(starts) or day_of(_said(row, _FIRST))
    when = _day(day) if day else first
    begun, last = first or when, day_of(ends) or day_of(_said(row, _LAST))
    if begun and last and (last - begun).days == 1 and day_of(ends) and _clock(ends) == 0:
        last = begun  # midnight is the end of the day before
    if weekday is not None and not day and day_of(starts) is None and first != last:
        when = None  # every week between the two days
    elif begun is not None and last is not None and last != begun:
        told = {"first": day_name(begun), "last": day_name(last)}
        raise RuleBroken(
            _("Zajęcia od %(first)s do %(last)s trwają dłużej niż jeden dzień. Proszę podać każdy dzień osobno.")
            % told,
            FIELD,
        )
    if when is not None:
        if weekday is not None:
            check_name(when, weekday)
        dated.append((when, start, end))
    elif weekday is not None:
        weekly.append((weekday, start, end))
    else:
        _day(starts)


def _weekday(row: Mapping[str, Any]) -> int | None:
    """The weekday a record names, in a field of its own or in place of a date."""
    named = _said(row, _WEEKDAY)
    number = WEEKDAYS.get(normalised(named or _said(row, _NAMED)))
    if named and number is None:
        raise RuleBroken(
            _("Nie znam dnia „%(text)s”. Proszę pisać: pn, wt, śr, cz, pt, sb, nd.") % {"text": named[:30]}, COLUMN
        )
    return number


def _said(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(row[name]).strip() for name in names if row.get(name) not in (None, "")), "")


def _day(text: str) -> dt.date:
    day = day_of(text)
    if day is None:
        raise RuleBroken(_("Nie ma takiego dnia: „%(text)s”.") % {"text": text[:30]}, FIELD)
    return day


def _clock(text: str) -> int:
    moment = moment_of(text)
    try:
        clock = moment.time() if moment else parse_time(text)
    except ValueError:
        clock = None
    if clock is None:
        raise RuleBroken(
            _("Nie ma takiej godziny: „%(text)s”. Proszę wpisać ją tak: 17:00.") % {"text": text[:30]}, FIELD
        )
    return clock.hour * 60 + clock.minute
