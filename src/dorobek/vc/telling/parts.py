"""Careful reading of JSON of any shape: every function takes anything and answers a text, a number or nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from dorobek.vc.errors import VcError
from dorobek.vc.moments import moment

LONGEST = 4_000
MOST = 100
_LINK = re.compile(r"https?://[^\s<>\"\\^`{|}]{3,2000}")
_LANGUAGE = re.compile(r"(?!id$)[a-z]{2}(-[A-Za-z]{2,4})?")
_DURATION = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?", re.ASCII)


def at(value: Any, *names: str) -> Any:
    """The member reached by these names; of a list the first item. None where the way ends."""
    for name in names:
        if isinstance(value, list):
            value = value[0] if value else None
        value = value.get(name) if isinstance(value, dict) else None
    return value


def items(value: Any) -> Iterator[Any]:
    """One value or several, always as several; never more than `MOST`."""
    if isinstance(value, list):
        yield from value[:MOST]
    elif value is not None:
        yield value


def text(value: Any, language: str = "pl", depth: int = 3) -> str:
    """A text from a string, a number, a language value object, a language map or a list of these."""
    if isinstance(value, str):
        return value.strip()[:LONGEST]
    if isinstance(value, bool) or value is None or depth == 0:
        return ""
    if isinstance(value, int | float):
        return str(value)[:40]
    if isinstance(value, list):
        return _of_list(value, language, depth)
    if not isinstance(value, dict):
        return ""
    if "@value" in value:
        return text(value["@value"], language, depth - 1)
    if "prefLabel" in value or "noteLiteral" in value:
        return text(value.get("prefLabel", value.get("noteLiteral")), language, depth - 1)
    codes = (name for name in value if isinstance(name, str) and _LANGUAGE.fullmatch(name))
    return next(
        (found for code in (language, "en", *codes) if (found := text(value.get(code), language, depth - 1))), ""
    )


def _of_list(values: list[Any], language: str, depth: int) -> str:
    """The text in the language asked for, else the first that says something."""
    for one in values[:MOST]:
        if isinstance(one, dict) and one.get("@language") == language and (found := text(one, language, depth - 1)):
            return found
    return next((found for one in values[:MOST] if (found := text(one, language, depth - 1))), "")


def texts(value: Any, language: str = "pl") -> tuple[str, ...]:
    """Every text of a list, without empty ones and repetitions."""
    return tuple(dict.fromkeys(found for one in items(value) if (found := text(one, language))))


def link(value: Any) -> str:
    """An address that may be put into a page: http or https only."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id", value.get("contentURL")))
    return value if isinstance(value, str) and _LINK.fullmatch(value) else ""


def number(value: Any) -> int | None:
    """A whole number, also when written as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 7:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1_000_000 else None


def when(*values: Any) -> datetime | None:
    """The first of these that is a time with a zone, a date, or seconds (Open Badges 1)."""
    for value in values:
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**33:
            return datetime.fromtimestamp(value, UTC)
        if not isinstance(value, str):
            continue
        try:
            found = moment(f"{value}T00:00:00Z" if len(value) == 10 else value)
        except VcError:
            continue
        if 1 < found.year < 9999:  # at the ends of the calendar a time cannot be told in another zone
            return found
    return None


def hours(value: Any) -> int | None:
    """Whole hours of an ISO 8601 duration such as `PT30H`."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None or not any(found.groups()):
        return None
    days, whole, minutes = (int(part or 0) for part in found.groups())
    return days * 24 + whole + minutes // 60
