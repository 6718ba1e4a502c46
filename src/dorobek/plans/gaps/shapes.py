"""The gap picture (DP-3): what the goal asks for, line by line, and how it stands. Frozen data, no Django.

Percents are whole, 0 to 100. Nothing here is an average of people's judgements: where sources disagree, each stands in
`evidence` with its side, its date and its origin, and the line is `CONTRADICTED`.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dorobek.plans.routes import Gap, Weight

FULL = 100
REGISTER = "zrk"  # the framework of outcomes that belong to qualifications


class GapState(StrEnum):
    """How an outcome stands. `UNPROVEN`: the person can do it and only a proof is missing: the way is validation."""

    MISSING = "missing"
    PARTLY = "partly"
    UNPROVEN = "unproven"
    CONTRADICTED = "contradicted"
    HELD = "held"


class Origin(StrEnum):
    """Where a piece of evidence comes from."""

    CONFIRMATION = "confirmation"  # the person says so of themselves
    EVIDENCE = "evidence"  # a file, a link, a thing seen
    CREDENTIAL = "credential"
    JUDGED = "judged"  # a commission of a validation
    STORY = "story"  # told in an interview
    RESULT = "result"  # a test taken elsewhere


class Side(StrEnum):
    """What a piece says of the outcome. `OPEN`: nobody has looked at it yet, or it was only told. `LOST`: it proved the
    outcome once and no longer does."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Support:
    """One thing that speaks for a line or against it. `on` is its day, `by` whose word it is ("" when nobody's).

    `hidden`: something of the person's wallet that the reader may not see; it counts, its title stays empty.
    """

    origin: Origin
    side: Side
    title: str
    on: dt.date | None = None
    by: str = ""
    note: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A competence, credential or story that meets a line: through which words (empty: by its code), how near (0 to 1)."""

    uid: uuid.UUID
    title: str
    score: float
    words: tuple[str, ...] = ()
    whole: bool = True  # False: it meets the line in part only
    kind: str = "competence"  # or "credential", "episode"


@dataclass(frozen=True, slots=True)
class GapCriterion:
    """One criterion of an outcome and how it stands by itself."""

    letter: str
    text: str
    state: GapState


@dataclass(frozen=True, slots=True)
class GapLine:
    """One outcome that the goal asks for. `code` is `framework:code` of the register, or `own:<uid>`.

    `held`: percent that is held and, where the state is UNPROVEN, already proven; so that what is left to close is
    always `100 - held`. `default`: the weight of the source, where the person chose another one.
    """

    code: str
    title: str
    weight: Weight
    state: GapState
    held: int
    evidence: tuple[Support, ...] = ()
    competences: tuple[HeldBy, ...] = ()
    criteria: tuple[GapCriterion, ...] = ()
    group: str = ""
    default: Weight | None = None
    language: str = "pl"  # of the title: a framework without Polish names here is told in English

    @property
    def missing(self) -> int:
        """Percent still to close."""
        return FULL - self.held

    @property
    def register_code(self) -> str:
        """The code of the register's outcome (90001-1-2); "" when the line is of another framework."""
        framework, _colon, code = self.code.partition(":")
        return code if framework == REGISTER else ""

    @property
    def unproven(self) -> bool:
        return self.state is GapState.UNPROVEN

    @property
    def texts(self) -> tuple[str, ...]:
        """The criteria in words, for finding out what a course teaches."""
        return tuple(one.text for one in self.criteria)

    @property
    def gap(self) -> Gap:
        """The line as the routes take it."""
        return Gap(self.code, self.title, self.weight, self.held)


@dataclass(frozen=True, slots=True)
class TargetShape:
    """What the picture is drawn for. `kind` of gaps.enums.TargetKind; `code` of its register ("" for a wish)."""

    uid: uuid.UUID
    goal_uid: uuid.UUID
    goal: str
    kind: str
    title: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class GapPicture:
    """The whole picture of one target; lines in the order of the source, the person's own ones last."""

    target: TargetShape
    lines: tuple[GapLine, ...]

    @property
    def counts(self) -> Mapping[GapState, int]:
        """How many lines stand how; every state is there, and together they are all lines."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in GapState}

    @property
    def points(self) -> int:
        """What all lines together are worth: points of the weight times a hundred."""
        return sum(line.gap.worth * FULL for line in self.lines)

    @property
    def points_closed(self) -> int:
        """What of `points` is held."""
        return sum(line.gap.worth * line.held for line in self.lines)

    @property
    def percent(self) -> int:
        """Closed points of all, rounded down, so that a hundred means all; 0 without lines."""
        return FULL * self.points_closed // self.points if self.points else 0

    @property
    def gaps(self) -> tuple[GapLine, ...]:
        """Lines with anything left to close."""
        return tuple(line for line in self.lines if line.missing)

    @property
    def reached(self) -> bool:
        """True when every essential line is closed; an empty picture reaches nothing."""
        return bool(self.lines) and not any(line.missing for line in self.lines if line.weight is Weight.ESSENTIAL)

    def line(self, code: str) -> GapLine | None:
        return next((one for one in self.lines if one.code == code), None)
