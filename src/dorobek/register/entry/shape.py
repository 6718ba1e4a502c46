"""The fields of a register entry (RG-1), frozen; and what a reader has to say about the file it read (RG-2)."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from dorobek.register.entry.validation import ValidationRules

# The running texts of an entry, in the order in which a print-out shows them.
TEXTS = (
    "characteristics",
    "target_groups",
    "entry_conditions",
    "uses",
    "validity",
    "demand",
    "similar",
    "validation",
    "legal_base",
    "review_rule",
    "consultation",
    "synopsis",
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What shows that an outcome is achieved. `letter` is its place in the outcome: a, b, c."""

    letter: str
    pl: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One learning outcome of a set; `kind` is knowledge, skill, social, or empty where the entry does not say."""

    number: int
    pl: str
    en: str = ""
    kind: str = ""
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeSet:
    """A set of outcomes; level and hours where the entry gives them for the set."""

    number: int
    pl: str
    en: str = ""
    level: int | None = None
    hours: int | None = None
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """An institution in the entry; `role` is one of `register.enums.BodyRole`."""

    name: str
    role: str
    place: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One qualification, whole. Texts are `{field: {"pl": ..., "en": ...}}`; what nobody knows stays in `extra`."""

    code: str
    code_before_2020: str = ""
    title_pl: str = ""
    title_en: str = ""
    kind: str = ""
    category: str = ""
    level: int | None = None
    status: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    preceding: tuple[str, ...] = ()
    effective_from: dt.date | None = None
    hours: int | None = None
    next_review: dt.date | None = None
    field_code: str = ""
    field_label: str = ""
    activity_code: str = ""
    activity_label: str = ""
    sets: tuple[OutcomeSet, ...] = ()
    bodies: tuple[Body, ...] = ()
    rules: ValidationRules | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str, language: str = "pl") -> str:
        """A running text; in Polish where the language asked for is missing."""
        words = self.texts.get(name, {})
        return words.get(language) or words.get("pl", "")

    @property
    def outcome_count(self) -> int:
        return sum(len(group.outcomes) for group in self.sets)

    @property
    def criterion_count(self) -> int:
        return sum(len(outcome.criteria) for group in self.sets for outcome in group.outcomes)

    def as_data(self) -> dict[str, Any]:
        """The entry as JSON can hold it; `Entry.from_data` gives it back unchanged."""
        data: dict[str, Any] = _plain(dataclasses.asdict(self))
        for one in (data.get("rules") or {}).get("methods", ()):
            if not one["outcomes"]:
                del one["outcomes"]  # an entry that says nothing of it stays, digest and all, as it was held before
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The entry of `as_data`. Unknown keys go to `extra`, missing ones take their defaults."""
        known = {f.name for f in dataclasses.fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        values["extra"] = {**values.get("extra", {}), **{k: v for k, v in data.items() if k not in known}}
        values["sets"] = tuple(_outcome_set(group) for group in values.get("sets", ()))
        values["bodies"] = tuple(Body(**body) for body in values.get("bodies", ()))
        values["preceding"] = tuple(values.get("preceding", ()))
        for name in ("effective_from", "next_review"):
            day = values.get(name)
            values[name] = dt.date.fromisoformat(day) if isinstance(day, str) and day else day or None
        rules = values.get("rules")
        values["rules"] = ValidationRules.from_data(rules) if isinstance(rules, Mapping) else rules
        return cls(**values)


class RemarkKind(enum.Enum):
    """What a reader tells about its file."""

    UNPLACED = "unplaced"  # a line that found no field
    ABSENT = "absent"  # a field that the file does not carry
    DERIVED = "derived"  # a field taken from a sentence, not from a field of its own
    HEALED = "healed"  # a break inside a word, a sentence or a heading, closed
    SUSPECT = "suspect"  # kept as it stands, but a person should look


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to tell about the file. `line` counts from 1; None for the file as a whole."""

    kind: RemarkKind
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader gives back: the entry and its remarks, in the order of the file."""

    entry: Entry
    remarks: tuple[Remark, ...] = ()

    def of(self, kind: RemarkKind) -> list[Remark]:
        return [remark for remark in self.remarks if remark.kind is kind]


def _outcome_set(data: Mapping[str, Any]) -> OutcomeSet:
    outcomes = tuple(
        Outcome(**{**outcome, "criteria": tuple(Criterion(**one) for one in outcome.get("criteria", ()))})
        for outcome in data.get("outcomes", ())
    )
    return OutcomeSet(**{**data, "outcomes": outcomes})


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
