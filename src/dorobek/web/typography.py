"""Text as Polish readers expect it: no-break spaces, days, amounts, lengths, plural forms. Pure functions."""

import datetime as dt
import re

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext, ngettext

NBSP = "\u00a0"
MONTHS = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
]
UNITS = (
    "zł|gr|PLN|EUR|h|min|godz|godzin|godziny|godzina|s|km|m|cm|mm|kg|g|l|ha|t|%|r|lat|lata|rok|dni|dzień|mies|tyg|tys|mln|"
    "MB|kB|GB|px|pkt|os|szt"
)
SHORT = r"(?:godz|ul|al|pl|nr|str|s|pok|art|poz|tel|ust|pkt|lok|m|os|dr|inż|mgr|św)\."
_LETTER = re.compile(r"(?<![^\s(\[{„”\"'«/\-])([AaIiOoUuWwZz]) (?=\S)")
_NUMBER_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?![\w]))")
_NUMBER_MONTH = re.compile(rf"(?<=\d) (?=(?:{'|'.join(MONTHS)})\b)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_ABBREVIATION = re.compile(rf"(?<!\w)({SHORT}) (?=\S)", re.IGNORECASE)
_NUMERO = re.compile(r"(?<!\w)(nr|PRK|ISCED) (?=\d)", re.IGNORECASE)


def keep_together(text: str) -> str:
    """Put no-break spaces where a Polish line must not break. Length and all other characters stay as they are."""
    for pattern in (_LETTER, _ABBREVIATION, _NUMERO):
        text = pattern.sub(rf"\1{NBSP}", text)
    for pattern in (_NUMBER_UNIT, _NUMBER_MONTH, _THOUSANDS):
        text = pattern.sub(NBSP, text)
    return text


def in_polish() -> bool:
    """True while the page is shown in Polish."""
    return (get_language() or "pl").startswith("pl")


def local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """A moment in the office's time zone; a plain date unchanged."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def as_day(value: dt.date | dt.datetime) -> dt.date:
    """The calendar day of a date or a moment, in the office's time zone."""
    value = local(value)
    return value.date() if isinstance(value, dt.datetime) else value


def day(value: dt.date | dt.datetime) -> str:
    """„czwartek 27 listopada"; with the year when it is not this year."""
    found = as_day(value)
    pattern = "l j E" if found.year == timezone.localdate().year else "l j E Y"
    words = format_date(found, pattern)
    return keep_together(words.lower() if in_polish() else words)


def short_day(value: dt.date | dt.datetime) -> str:
    """27.11.2026, or 27 Nov 2026 in English."""
    return format_date(as_day(value), "d.m.Y" if in_polish() else f"j{NBSP}M{NBSP}Y")


def clock(value: dt.time | dt.datetime) -> str:
    """8:30."""
    moment = local(value) if isinstance(value, dt.datetime) else value
    return f"{moment.hour}:{moment.minute:02d}"  # type: ignore[union-attr]


def days_between(value: dt.date | dt.datetime, today: dt.date | None = None) -> int:
    """Days from `value` until today; negative for a day to come."""
    return ((today or timezone.localdate()) - as_day(value)).days


def ago_days(value: dt.date | dt.datetime, today: dt.date | None = None) -> str:
    """„dziś", „wczoraj", „2 dni"; for days to come „jutro", „za 2 dni"."""
    days = days_between(value, today)
    if days == 0:
        return gettext("dziś")
    if days == 1:
        return gettext("wczoraj")
    if days == -1:
        return gettext("jutro")
    words = f"{abs(days)}{NBSP}{choose_form(abs(days), gettext('dzień,dni,dni'))}"
    return words if days > 0 else gettext("za %(days)s") % {"days": words}


def length(minutes: int) -> str:
    """90 -> „1 h 30 min"."""
    hours, rest = divmod(int(minutes), 60)
    parts = [f"{hours}{NBSP}h"] if hours else []
    parts += [f"{rest}{NBSP}min"] if rest or not hours else []
    return NBSP.join(parts)


def money(grosze: int) -> str:
    """270000 -> „2 700,00 zł", or PLN 2,700.00 in English."""
    sign = "\u2212" if grosze < 0 else ""
    whole, rest = divmod(abs(int(grosze)), 100)
    if in_polish():
        return f"{sign}{whole:,}".replace(",", NBSP) + f",{rest:02d}{NBSP}zł"
    return f"{sign}PLN{NBSP}{whole:,}.{rest:02d}"


def choose_form(number: int, forms: str) -> str:
    """The form that goes with the number: „dzień,dni,dni" in Polish, "day,days" in English.

    The string of forms is a message of the catalogue; one that is not translated yet keeps its Polish rule.
    """
    words = [word.strip() for word in forms.split(",")]
    if len(words) == 3:
        one, few, many = words
        n = abs(int(number))
        if n == 1:
            return one
        return few if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else many
    return ngettext(words[0], words[-1], int(number)) if len(words) == 2 else words[0]
