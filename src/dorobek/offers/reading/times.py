"""Class times as people write them: „pn, śr 17:00-20:15; sb 9:00-14:00", „6.03.2027 9-14", „Mon-Fri 8.00-16.00"."""

import datetime as dt
import re

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.offers.times import COLUMN, DAY_MINUTES, ClassTimes, Slot, day_name

_NAMES = (
    "pn pon poniedzialek poniedzialki mon monday", "wt wto wtorek wtorki tue tues tuesday",
    "sr sro sroda srode srody wed wednesday", "cz czw czwartek czwartki thu thur thursday",
    "pt pia piatek piatki fri friday", "sb so sob sobota sobote soboty sat saturday",
    "nd nie ndz niedz niedziela niedziele sun sunday",
)  # fmt: skip
WEEKDAYS = {name: number for number, names in enumerate(_NAMES) for name in names.split()}
_AND = {"i", "oraz", "a", "and"}
_BETWEEN = _AND | {"w", "we", "od", "godz", "g"}
_TO = "do"
_TOKEN = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})"
    r"|(?P<hours>(\d{1,2})(?:[:.](\d{2}))?\s*(?:[-–—]|do\b)\s*(\d{1,2})(?:[:.](\d{2}))?(?!\d))"
    r"|(?P<to>[-–—])|(?P<word>[^\W\d_]+)\.?|(?P<gap>[\s,;:|/.()]+)"
)
LONGEST = 12_000


def read_times(written: str) -> ClassTimes:
    """Weekdays or days, each followed by its hours; "" for none. Raises RuleBroken for what it does not understand.

    A weekday right before a day, or in brackets after it, is that day's name: „w sobotę 6.03.2027” is one meeting.
    """
    weekly: list[Slot] = []
    dated = []
    whens: list[int | dt.date] = []
    used = to = joined = False
    place = 0
    while place < len(written[:LONGEST]):
        token = _TOKEN.match(written, place)
        if token is None:
            raise _unclear(written, place)
        word = normalised(token["word"] or "")
        if token["day"] or (word and word not in _BETWEEN and word != _TO):
            whens, used = ([] if used else whens), False
            if token["day"] and not to and not joined:
                _take_name(whens, token, written)
            whens += _after(whens, token, to, written)
            to = joined = False
        elif token["to"] or word == _TO:
            if not whens or used:
                raise _unclear(written, place)
            to = True
        elif word in _AND:
            joined = True
        elif token["hours"]:
            if not whens or to:
                raise _unclear(written, place)
            start, end = _minutes(token[3], token[4]), _minutes(token[5], token[6])
            weekly += [(when, start, end) for when in whens if isinstance(when, int)]
            dated += [(when, start, end) for when in whens if isinstance(when, dt.date)]
            used, joined = True, False
        place = token.end()
    if (whens and not used) or len(written) > LONGEST:
        raise _unclear(written, 0)
    return ClassTimes.of(weekly, dated)


def _take_name(whens: list[int | dt.date], token: re.Match[str], written: str) -> None:
    """Take the weekday right before a day out of `whens`: it is that day's name, and has to be the right one."""
    if whens and isinstance(name := whens[-1], int):
        if any(isinstance(when, int) for when in whens[:-1]):  # „pt-sb 6.03.2027”: one day or every Friday?
            raise _unclear(written, token.start())
        check_name(_day(token["day"]), name)
        whens.pop()


def check_name(day: dt.date, weekday: int) -> None:
    """Raises RuleBroken when a day is called by the name of another weekday."""
    if day.weekday() != weekday:
        told = {"day": day_name(day), "is": day_name(day.weekday()), "said": day_name(weekday)}
        raise RuleBroken(
            _("%(day)s to %(is)s, a nie %(said)s. Proszę poprawić datę albo dzień tygodnia.") % told, COLUMN
        )


def _after(whens: list[int | dt.date], token: re.Match[str], to: bool, written: str) -> list[int | dt.date]:
    """The day or weekday a token names; after a dash all weekdays up to it."""
    if token["day"]:
        if to:
            raise _unclear(written, token.start())
        return [_day(token["day"])]
    number = WEEKDAYS.get(normalised(token["word"]))
    if number is None:
        raise RuleBroken(
            _("Nie znam dnia „%(text)s”. Proszę pisać: pn, wt, śr, cz, pt, sb, nd.") % {"text": token["word"][:30]},
            COLUMN,
        )
    if not to:
        if whens and isinstance(day := whens[-1], dt.date) and written[: token.start()].endswith("("):
            check_name(day, number)
            return []
        return [number]
    first = whens[-1]
    if not isinstance(first, int) or first >= number:
        raise _unclear(written, token.start())
    return list(range(first + 1, number + 1))


def _day(text: str) -> dt.date:
    parts = [int(part) for part in re.split(r"[-.]", text)]
    year, month, day = parts if "-" in text else reversed(parts)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise RuleBroken(
            _("Nie ma takiego dnia: „%(text)s”. Proszę wpisać go tak: 2026-11-27.") % {"text": text}, COLUMN
        ) from error


def minutes_of(text: str) -> int:
    """Minutes of the day of "17:00". Raises RuleBroken."""
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})", text.strip(), re.ASCII)
    if found is None:
        raise RuleBroken(
            _("Nie ma takiej godziny: „%(text)s”. Proszę wpisać ją tak: 17:00.") % {"text": text[:20]}, COLUMN
        )
    return _minutes(found[1], found[2])


def _minutes(hour: str, minute: str | None) -> int:
    total = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or total > DAY_MINUTES:
        raise RuleBroken(
            _("Nie ma takiej godziny: „%(text)s”. Proszę wpisać ją tak: 17:00.") % {"text": f"{hour}:{minute or '00'}"},
            COLUMN,
        )
    return total


def _unclear(written: str, place: int) -> RuleBroken:
    found = " ".join(written[place:].split())[:40]
    return RuleBroken(
        _("Nie rozumiem godzin zajęć: „%(text)s”. Proszę wpisać je tak: pn 17:00-20:15; sb 9:00-14:00.")
        % {"text": found},
        COLUMN,
    )
