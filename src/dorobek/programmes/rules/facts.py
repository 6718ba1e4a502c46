"""What is known of an applicant, and what a decision says about each rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dorobek.programmes.enums import (
    EducationLevel,
    LabourStatus,
    PlaceTie,
    Residence,
    RuleStatus,
    ServiceMembership,
    Verdict,
)
from dorobek.programmes.rules.words import Bilingual


@dataclass(frozen=True)
class ApplicantFacts:
    """None means "not known yet" and never counts for or against; an empty set means "known to be none".

    `places` holds TERYT codes by tie (LIVES: "1201012"). A tie that is absent is unknown, a tie with None is known
    not to exist. `quota_left` holds free places by quota name; an absent name is unknown.
    """

    birth_date: date | None = None
    education: EducationLevel | None = None
    statuses: frozenset[LabourStatus] | None = None
    places: Mapping[PlaceTie, str | None] = field(default_factory=dict)
    disability: bool | None = None
    residence: Residence | None = None
    services: frozenset[ServiceMembership] | None = None
    earlier_participations: int | None = None
    quota_left: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RuleOutcome:
    """What one rule says, in words. `from_date`: the day it turns to passed by itself.

    `fixable` is False when nothing the person does or waits for will change it (an age limit already passed).
    `children` are the outcomes of a compound rule; `nearest` marks the branch of an "any" that is closest,
    `choice` the "any" itself.
    """

    code: str
    status: RuleStatus
    reason: Bilingual
    would_change: Bilingual | None = None
    title: Bilingual | None = None
    from_date: date | None = None
    fixable: bool = True
    nearest: bool = False
    quota: str | None = None
    choice: bool = False
    children: "tuple[RuleOutcome, ...]" = ()

    @property
    def passed(self) -> bool:
        return self.status is RuleStatus.PASSED

    def leaves(self) -> "list[RuleOutcome]":
        """The simple rules below, in order; itself when simple."""
        return [leaf for child in self.children for leaf in child.leaves()] if self.children else [self]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, to be kept with the registration as the decision of that day."""
        return {
            "code": self.code,
            "status": self.status.value,
            "title": self.title.to_dict() if self.title else None,
            "reason": self.reason.to_dict(),
            "would_change": self.would_change.to_dict() if self.would_change else None,
            "from_date": self.from_date.isoformat() if self.from_date else None,
            "fixable": self.fixable,
            "nearest": self.nearest,
            "choice": self.choice,
            "children": [child.to_dict() for child in self.children],
        }


@dataclass(frozen=True)
class Decision:
    """The answer for a person on a day. `path` is the code of the way in that was met, `quota` the intake it uses."""

    verdict: Verdict
    on: date
    outcomes: tuple[RuleOutcome, ...]
    summary: Bilingual
    path: str | None = None
    quota: str | None = None

    @property
    def eligible(self) -> bool:
        return self.verdict is Verdict.ELIGIBLE

    @property
    def needs_more(self) -> bool:
        return self.verdict is Verdict.NEEDS_MORE

    def leaves(self) -> list[RuleOutcome]:
        """Every simple rule, in order."""
        return [leaf for outcome in self.outcomes for leaf in outcome.leaves()]

    def failed(self) -> list[RuleOutcome]:
        """Top rules that stand in the way."""
        return [outcome for outcome in self.outcomes if outcome.status is RuleStatus.FAILED]

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict.value,
            "on": self.on.isoformat(),
            "summary": self.summary.to_dict(),
            "path": self.path,
            "quota": self.quota,
            "outcomes": [outcome.to_dict() for outcome in self.outcomes],
        }
