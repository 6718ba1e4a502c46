"""What an application still lacks, field by field (RG-5). Pure: no database.

`content` holds what the form holds: texts, numbers, days as ISO text.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dorobek.register.applications.enums import ApplicationKind
from dorobek.register.entry.outline import BadOutline, read_outline

TEXTS = ("characteristics", "target_groups", "entry_conditions", "uses", "validity", "demand", "similar", "validation")
OPTIONAL = frozenset({"entry_conditions", "similar", "title_en"})
INCLUSION = ("title_pl", "title_en", "level", "category", "hours", *TEXTS, "outline")
RIGHT = ("grounds", "training_from", "training_to", "training", "staff", "premises", "quality")
FIELDS: Mapping[str, tuple[str, ...]] = {ApplicationKind.INCLUSION: INCLUSION, ApplicationKind.RIGHT: RIGHT}
LONG = frozenset({"characteristics", "demand", "grounds", "quality"})
LEAST_LETTERS = 40
LEVELS = range(1, 9)
TRAINING_YEARS, WITHIN_YEARS = 5, 10  # RG-10: five years of training in the field within ten
DAYS_OF_YEAR = 365


@dataclass(frozen=True)
class Lack:
    """A field, and the problem: empty, short, level, hours, outline, no-outcomes, no-criteria, days, five-years."""

    field: str
    problem: str
    about: str = ""


def lacks(kind: str, content: Mapping[str, Any], today: dt.date) -> list[Lack]:
    """Everything that stands between this content and a complete application, in the order of the form."""
    found = [Lack(name, "empty") for name in FIELDS[kind] if name not in OPTIONAL and _empty(content.get(name))]
    given = {name for name in FIELDS[kind] if not _empty(content.get(name))}
    found += [
        Lack(name, "short") for name in FIELDS[kind]
        if name in LONG & given and len(str(content[name]).strip()) < LEAST_LETTERS
    ]  # fmt: skip
    if kind == ApplicationKind.INCLUSION:
        found += _numbers(content, given)
        found += _outline(str(content.get("outline") or "")) if "outline" in given else ()
    elif {"training_from", "training_to"} <= given:
        found += _training(content, today)
    return sorted(found, key=lambda one: FIELDS[kind].index(one.field))


def _empty(value: Any) -> bool:
    return value is None or not str(value).strip()


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


def _training(content: Mapping[str, Any], today: dt.date) -> Iterator[Lack]:
    try:
        since, until = (dt.date.fromisoformat(str(content[name])) for name in ("training_from", "training_to"))
    except ValueError:
        yield Lack("training_from", "days")
        return
    if since > until or until > today:
        yield Lack("training_from", "days")
    elif (until - max(since, today - dt.timedelta(days=WITHIN_YEARS * DAYS_OF_YEAR))).days + 1 < (
        TRAINING_YEARS * DAYS_OF_YEAR
    ):
        yield Lack("training_from", "five-years")
