"""What an application still lacks, field by field (RG-5). Pure: no database.

`content` holds what the form holds: texts, numbers, days as ISO text.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dorobek.register.applications.enums import ApplicationKind
from dorobek.register.applications.periods import lasting, periods_of, standings
from dorobek.register.entry.outline import BadOutline, read_outline
from dorobek.register.entry.validation import Requirement

TEXTS = ("characteristics", "target_groups", "entry_conditions", "uses", "validity", "demand", "similar", "validation")
OPTIONAL = frozenset({"entry_conditions", "similar", "title_en"})
INCLUSION = ("title_pl", "title_en", "level", "category", "hours", *TEXTS, "outline")
RIGHT = ("grounds", "periods", "training", "staff", "premises", "quality")
FIELDS: Mapping[str, tuple[str, ...]] = {ApplicationKind.INCLUSION: INCLUSION, ApplicationKind.RIGHT: RIGHT}
LONG = frozenset({"characteristics", "demand", "grounds", "quality"})
LEAST_LETTERS = 40
LEVELS = range(1, 9)


@dataclass(frozen=True)
class Lack:
    """A field, and the problem: empty, short, level, hours, outline, no-outcomes, no-criteria, days, document, years.

    `days`: days of documented experience still missing.
    """

    field: str
    problem: str
    about: str = ""
    days: int = 0


def lacks(kind: str, content: Mapping[str, Any], day: dt.date, demanded: Sequence[Requirement] = ()) -> list[Lack]:
    """Everything that stands between this content and a complete application, in the order of the form.

    `day`: of the application; periods count to it. `demanded`: what the entry asks of a body that awards it (RG-4).
    """
    optional = OPTIONAL if lasting(demanded) else OPTIONAL | {"periods"}
    found = [Lack(name, "empty") for name in FIELDS[kind] if name not in optional and _empty(content.get(name))]
    given = {name for name in FIELDS[kind] if not _empty(content.get(name))}
    found += [
        Lack(name, "short") for name in FIELDS[kind]
        if name in LONG & given and len(str(content[name]).strip()) < LEAST_LETTERS
    ]  # fmt: skip
    if kind == ApplicationKind.INCLUSION:
        found += _numbers(content, given)
        found += _outline(str(content.get("outline") or "")) if "outline" in given else ()
    elif "periods" in given:
        found += _periods(content, day, demanded)
    return sorted(found, key=lambda one: FIELDS[kind].index(one.field))


def _empty(value: Any) -> bool:
    return value in (None, []) or not str(value).strip()


def _numbers(content: Mapping[str, Any], given: set[str]) -> Iterator[Lack]:
    if "level" in given and content["level"] not in LEVELS:
        yield Lack("level", "level")
    if "hours" in given and not (isinstance(content["hours"], int) and content["hours"] > 0):
        yield Lack("hours", "hours")


def _outline(text: str) -> Iterator[Lack]:
    try:
        sets = read_outline(text)
    except BadOutline as fault:
        yield Lack("outline", "outline", str(fault.line))
        return
    for group in sets:
        if not group.outcomes:
            yield Lack("outline", "no-outcomes", group.pl)
        for outcome in group.outcomes:
            if not outcome.criteria:
                yield Lack("outline", "no-criteria", outcome.pl)


def _periods(content: Mapping[str, Any], day: dt.date, demanded: Sequence[Requirement]) -> Iterator[Lack]:
    held = periods_of(content)
    if any(one.since > day or (one.until is not None and not one.since <= one.until <= day) for one in held):
        yield Lack("periods", "days")
    elif any(not one.document.strip() for one in held):
        yield Lack("periods", "document")
    else:
        for one in standings(demanded, held, day):
            if one.missing:
                yield Lack("periods", "years", one.text, one.missing)
