"""What a micro-credential must have before it may be published, and what its author should think about (MC-1, MC-2)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dorobek.credentials.design import Design, ects_of
from dorobek.credentials.enums import Assessment, Field, Participation, Supervision
from dorobek.register.analysis.wording import Fault, faults

LEVELS = range(1, 9)
MOST_HOURS = 1500
SMALL_HOURS = 250  # above it a micro-credential is no longer small
MOST_OUTCOMES = 12
FEW_OUTCOMES = 6  # above it one doubts that it is one competence
MOST_MONTHS = 240


class Part(StrEnum):
    """The five steps of the guided template."""

    NEED = "need"
    OUTCOMES = "outcomes"
    ASSESSMENT = "assessment"
    QUALITY = "quality"
    PUBLICATION = "publication"


class Problem(StrEnum):
    """What was found; screens put it into words."""

    NO_TITLE = "no-title"
    NO_NEED = "no-need"
    NO_DESCRIPTION = "no-description"
    NO_FIELD = "no-field"
    NO_OUTCOMES = "no-outcomes"
    MANY_OUTCOMES = "many-outcomes"
    TOO_MANY_OUTCOMES = "too-many-outcomes"
    EMPTY_OUTCOME = "empty-outcome"
    TWICE = "twice"
    WORDING = "wording"
    NO_CRITERIA = "no-criteria"
    NO_HOURS = "no-hours"
    BAD_HOURS = "bad-hours"
    LARGE = "large"
    BAD_ECTS = "bad-ects"
    NO_LEVEL = "no-level"
    BAD_LEVEL = "bad-level"
    NO_LEVEL_REASON = "no-level-reason"
    NO_ASSESSMENT = "no-assessment"
    NO_ASSESSMENT_WORDS = "no-assessment-words"
    NO_PARTICIPATION = "no-participation"
    NO_QUALITY = "no-quality"
    NO_SUPERVISION = "no-supervision"
    BAD_MONTHS = "bad-months"
    NO_ENGLISH = "no-english"


@dataclass(frozen=True)
class Finding:
    """`must`: cannot be published with it. `outcome` is the number (from 1) of the outcome it is about, 0 for none."""

    part: Part
    problem: Problem
    field: str
    must: bool = True
    outcome: int = 0
    wording: Fault | None = None


def findings(design: Design) -> list[Finding]:
    """Everything found, in the order of the steps; first what stops publication."""
    found = [*_need(design), *_outcomes(design), *_size(design), *_assessment(design), *_quality(design)]
    order = list(Part)
    return sorted(found, key=lambda one: (order.index(one.part), not one.must, one.outcome))


def publishable(design: Design) -> bool:
    return not any(one.must for one in findings(design))


def _need(design: Design) -> Iterator[Finding]:
    if not design.title_pl.strip():
        yield Finding(Part.NEED, Problem.NO_TITLE, "title_pl")
    if not design.need_pl.strip():
        yield Finding(Part.NEED, Problem.NO_NEED, "need_pl", must=False)
    if not design.description_pl.strip():
        yield Finding(Part.NEED, Problem.NO_DESCRIPTION, "description_pl")
    if design.field not in Field.values:
        yield Finding(Part.NEED, Problem.NO_FIELD, "field", must=False)
    if design.title_pl.strip() and not design.title_en.strip():
        yield Finding(Part.PUBLICATION, Problem.NO_ENGLISH, "title_en", must=False)


def _outcomes(design: Design) -> Iterator[Finding]:
    count = len(design.outcomes)
    if not count:
        yield Finding(Part.OUTCOMES, Problem.NO_OUTCOMES, "outcomes")
    elif count > MOST_OUTCOMES:
        yield Finding(Part.OUTCOMES, Problem.TOO_MANY_OUTCOMES, "outcomes")
    elif count > FEW_OUTCOMES:
        yield Finding(Part.OUTCOMES, Problem.MANY_OUTCOMES, "outcomes", must=False)
    seen: set[str] = set()
    for number, one in enumerate(design.outcomes, start=1):
        words = " ".join(one.pl.split()).casefold()
        if not words:
            yield Finding(Part.OUTCOMES, Problem.EMPTY_OUTCOME, "outcomes", outcome=number)
            continue
        if words in seen:
            yield Finding(Part.OUTCOMES, Problem.TWICE, "outcomes", outcome=number)
        seen.add(words)
        if not one.criteria:
            yield Finding(Part.OUTCOMES, Problem.NO_CRITERIA, "outcomes", must=False, outcome=number)
        for fault in faults(one.pl, level=design.prk_level, has_criteria=bool(one.criteria)):
            # A credential promises that somebody saw it: what cannot be seen as worded is not published.
            yield Finding(Part.OUTCOMES, Problem.WORDING, "outcomes", fault.serious, number, fault)


def _size(design: Design) -> Iterator[Finding]:
    if design.hours is None:
        yield Finding(Part.OUTCOMES, Problem.NO_HOURS, "hours")
    elif not 1 <= design.hours <= MOST_HOURS:
        yield Finding(Part.OUTCOMES, Problem.BAD_HOURS, "hours")
    elif design.hours > SMALL_HOURS:
        yield Finding(Part.OUTCOMES, Problem.LARGE, "hours", must=False)
    try:
        ects_of(design.ects)
    except ValueError:
        yield Finding(Part.OUTCOMES, Problem.BAD_ECTS, "ects")
    if design.prk_level is None:
        yield Finding(Part.OUTCOMES, Problem.NO_LEVEL, "prk_level")
    elif design.prk_level not in LEVELS:
        yield Finding(Part.OUTCOMES, Problem.BAD_LEVEL, "prk_level")
    elif not design.level_reason_pl.strip():
        yield Finding(Part.OUTCOMES, Problem.NO_LEVEL_REASON, "level_reason_pl", must=False)


def _assessment(design: Design) -> Iterator[Finding]:
    if not design.assessment or set(design.assessment) - set(Assessment.values):
        yield Finding(Part.ASSESSMENT, Problem.NO_ASSESSMENT, "assessment")
    if not design.assessment_pl.strip():
        yield Finding(Part.ASSESSMENT, Problem.NO_ASSESSMENT_WORDS, "assessment_pl")
    if design.participation not in Participation.values:
        yield Finding(Part.ASSESSMENT, Problem.NO_PARTICIPATION, "participation")
    if design.supervision not in Supervision.values:
        yield Finding(Part.ASSESSMENT, Problem.NO_SUPERVISION, "supervision", must=False)


def _quality(design: Design) -> Iterator[Finding]:
    if not design.quality_pl.strip():
        yield Finding(Part.QUALITY, Problem.NO_QUALITY, "quality_pl")
    if design.valid_months is not None and not 1 <= design.valid_months <= MOST_MONTHS:
        yield Finding(Part.PUBLICATION, Problem.BAD_MONTHS, "valid_months")


def last_day(awarded_on: dt.date, months: int | None) -> dt.date | None:
    """The last day a credential is valid: the same day of the month `months` later, or that month's last; None: for ever."""
    if months is None:
        return None
    total = awarded_on.year * 12 + awarded_on.month - 1 + months
    year, month = divmod(total, 12)
    after = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    longest = (after - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(awarded_on.day, longest))
