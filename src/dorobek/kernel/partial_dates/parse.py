"""Reads a date as it is written in Polish or English into a `PartialDate`."""

import calendar
import re
from dataclasses import replace
from datetime import date, datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dorobek.kernel.partial_dates import words
from dorobek.kernel.partial_dates.value import MAX_YEAR, MIN_YEAR, ParseError, Part, PartialDate, Season

_MAX_LENGTH = 80
_PARTS = ((Part.EARLY, words.EARLY), (Part.MID, words.MID), (Part.LATE, words.LATE))
_YEAR = r"(\d{4}|'?\d{2})"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[.\-/ ](\d{{1,2}}|[ivx]+)[.\-/ ]{_YEAR}")
_YEAR_FIRST = re.compile(r"(\d{4})[.\-/](\d{1,2})(?:[.\-/](\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(\d{1,2}|[ivx]+)[.\-/ ](\d{4})")
_DAY_WORD = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?([a-z]+)\.?,? {_YEAR}")
_WORD_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_WORD_YEAR = re.compile(rf"([a-z]+)\.?,? (?:of )?(?:roku )?{_YEAR}")
_SEASON_TURN = re.compile(r"([a-z]+) (\d{4}) ?[/-] ?(\d{2}|\d{4})")
_TURN = re.compile(r"(?:przelom|przelomie|(?:at the )?turn of)(?: lat)? (\d{4}) ?(?:/|-|i|and) ?(\d{4})")
_DECADE_DIGITS = re.compile(
    r"(?:lata|latach|lat) (\d{2})?(\d0)(?:\.|-?te|-?tych|-?e|-?ych)?(?: ?(xxi|xx)(?: ?w\.?| wieku)?)?"
)
_DECADE_SPAN = re.compile(r"(?:lata|latach|lat) (\d{3})0 ?- ?(\d{3})9")
_DECADE_WORD = re.compile(r"(?:lata|latach|lat) ([a-z]+?)(?:e|ych)(?: ?(xxi|xx)(?: ?w\.?| wieku)?)?")
_DECADE_EN = re.compile(r"(\d{2})?(\d0)'?s")
_DECADE_X = re.compile(r"(\d{3})x")


def parse_partial_date(text: str, *, today: date | None = None, allow_future: bool = True) -> PartialDate:
    """Read `text`; `today` (default: this day in Warsaw) settles two-digit years and what lies ahead.

    Raises ParseError, with a message for the person, when the text is not understood, names a day that does not
    exist, or lies ahead and `allow_future` is False.
    """
    today = today or datetime.now(ZoneInfo("Europe/Warsaw")).date()
    typed = " ".join(text.split())
    if not typed:
        raise ParseError(_("Proszę wpisać datę, choćby sam rok, na przykład 2013."))
    if len(typed) > _MAX_LENGTH:
        _not_understood(typed)
    found = _read(words.fold(typed), typed, today)
    if not allow_future and found.start > today:
        raise ParseError(_("Data „%(text)s” jest w przyszłości. Proszę sprawdzić rok.") % {"text": typed})
    return replace(found, typed=typed)


def _read(text: str, typed: str, today: date) -> PartialDate:
    body, approximate = _strip_approximate(_strip_year_word(text))
    body, part = _strip_part(body)
    body, again = _strip_approximate(body)
    body = re.sub(r"(?<=[\d.])([./-]) (?=[\dIVXivx])", r"\1", body)
    found = None
    # Two readings where a preposition may or may not belong to the date ("na wiosnę", "w 2013", "w latach 80.").
    for candidate in dict.fromkeys((body, _strip_prepositions(body))):
        found = found or _read_body(candidate, typed, today)
    if found is None:
        _not_understood(typed)
    if part and found.month is None and found.season is None and found.part is None:
        return replace(found, part=part)
    if found.part and not found.season:
        return found
    return replace(found, approximate=approximate or again)


def _read_body(text: str, typed: str, today: date) -> PartialDate | None:
    for reader in (_read_decade, _read_numeric, _read_worded, _read_season, _read_turn):
        if found := reader(text, typed, today):
            return found
    if re.fullmatch(_YEAR, text):
        return _make(typed, _full_year(text, today))
    return None


def _read_decade(text: str, typed: str, today: date) -> PartialDate | None:
    if match := _DECADE_X.fullmatch(text):
        return _make(typed, int(match[1]) * 10, decade=True)
    if (match := _DECADE_SPAN.fullmatch(text)) and match[1] == match[2]:
        return _make(typed, int(match[1]) * 10, decade=True)
    if match := _DECADE_DIGITS.fullmatch(text):
        return _decade(typed, match[1], int(match[2]), match[3], today)
    if match := _DECADE_EN.fullmatch(text):
        return _decade(typed, match[1], int(match[2]), None, today)
    if (match := _DECADE_WORD.fullmatch(text)) and match[1] in words.DECADE_STEMS:
        return _decade(typed, None, words.DECADE_STEMS[match[1]], match[2], today)
    if text in words.DECADES_EN:
        return _decade(typed, None, words.DECADES_EN[text], None, today)
    return None


def _decade(typed: str, century: str | None, tens: int, roman: str | None, today: date) -> PartialDate:
    if century:
        year = int(century) * 100 + tens
    elif roman:
        year = (2000 if roman == "xxi" else 1900) + tens
    else:
        year = 2000 + tens if 2000 + tens <= today.year else 1900 + tens
    return _make(typed, year, decade=True)


def _read_numeric(text: str, typed: str, today: date) -> PartialDate | None:
    if match := _YEAR_FIRST.fullmatch(text):
        day = int(match[3]) if match[3] else None
        return _make(typed, int(match[1]), int(match[2]), day)
    if match := _DAY_FIRST.fullmatch(text):
        month = _month_number(match[2])
        return (month and _make(typed, _full_year(match[3], today), month, int(match[1]))) or None
    if match := _MONTH_YEAR.fullmatch(text):
        month = _month_number(match[1])
        return _make(typed, int(match[2]), month) if month is not None else None
    return None


def _read_worded(text: str, typed: str, today: date) -> PartialDate | None:
    if match := _DAY_WORD.fullmatch(text):
        day, word, year = match[1], match[2], match[3]
    elif match := _WORD_DAY.fullmatch(text):
        word, day, year = match[1], match[2], match[3]
    elif match := _WORD_YEAR.fullmatch(text):
        word, day, year = match[1], "", match[2]
    else:
        return None
    month = words.MONTH_FORMS.get(word) or words.ROMAN_MONTHS.get(word)
    if month is None:
        return None
    return _make(typed, _full_year(year, today), month, int(day) if day else None)


def _read_season(text: str, typed: str, today: date) -> PartialDate | None:
    if match := _SEASON_TURN.fullmatch(text):
        year, second = int(match[2]), int(match[3][-2:])
        if words.SEASON_BY_FORM.get(match[1]) == Season.WINTER and second == (year + 1) % 100:
            return _make(typed, year, season=Season.WINTER, part=Part.TURN)
        return None
    match = _WORD_YEAR.fullmatch(text)
    if match and match[1] in words.SEASON_BY_FORM:
        season = Season(words.SEASON_BY_FORM[match[1]])
        return _make(typed, _full_year(match[2], today), season=season)
    return None


def _read_turn(text: str, typed: str, today: date) -> PartialDate | None:
    match = _TURN.fullmatch(text)
    if match and int(match[2]) == int(match[1]) + 1:
        return _make(typed, int(match[1]), part=Part.TURN)
    return None


def _make(
    typed: str,
    year: int,
    month: int | None = None,
    day: int | None = None,
    *,
    season: Season | None = None,
    part: Part | None = None,
    decade: bool = False,
) -> PartialDate:
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise ParseError(
            _("Rok %(year)s nie wygląda na prawdziwy. Proszę wpisać rok od %(first)s do %(last)s.")
            % {"year": year, "first": MIN_YEAR, "last": MAX_YEAR}
        )
    if month is not None and not 1 <= month <= 12:
        raise ParseError(_("Nie ma miesiąca %(month)s. Proszę wpisać od 1 do 12.") % {"month": month})
    if month is not None and day is not None:
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            raise ParseError(
                _("Nie ma takiego dnia: „%(text)s”. Ten miesiąc ma %(last)s dni.") % {"text": typed, "last": last}
            )
    return PartialDate(year, month, day, season=season, part=part, decade=decade)


def _not_understood(typed: str) -> NoReturn:
    raise ParseError(
        _(
            "Nie rozumiem daty „%(text)s”. Proszę napisać tak: 2013, 03.2013, 12.08.2013, wiosna 2013, "
            "ok. 2013 albo lata 90."
        )
        % {"text": typed[:_MAX_LENGTH]}
    )


def _month_number(text: str) -> int | None:
    return int(text) if text.isdigit() else words.ROMAN_MONTHS.get(text)


def _full_year(text: str, today: date) -> int:
    digits = text.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) <= today.year % 100 else 1900)


def _strip_year_word(text: str) -> str:
    return re.sub(r" ?(?:r\.?|rok|roku)$", "", text) if re.search(r"\d ?(?:r\.?|rok|roku)$", text) else text


def _strip_approximate(text: str) -> tuple[str, bool]:
    found = False
    if re.search(r"\d[?~]$", text):
        text, found = text[:-1], True
    for word in words.APPROXIMATE:
        candidate = _strip_prepositions(text)
        for one in (text, candidate):
            if one.startswith(word) and (not word[-1].isalpha() or not one[len(word) : len(word) + 1].isalpha()):
                return one[len(word) :].strip(), True
    return text, found


def _strip_part(text: str) -> tuple[str, Part | None]:
    for part, heads in _PARTS:
        for head in heads:
            boundary = head[-1] in "-." or text[len(head) : len(head) + 1] == " "
            if text.startswith(head) and boundary:
                return text[len(head) :].strip(" -"), part
    return text, None


def _strip_prepositions(text: str) -> str:
    while True:
        head, _space, tail = text.partition(" ")
        if not tail or head not in words.PREPOSITIONS:
            return text
        text = tail
