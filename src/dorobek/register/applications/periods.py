"""Dated periods of training in an application for the right to award, counted as the entry counts them (RG-4, RG-5).

Pure: no database. In the content a period is {"since", "until", "document", "shows"}, days as ISO text, `until` empty
while it lasts, `shows` codes of the requirements that it counts for, empty for all of them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dorobek.register.entry.experience import YEAR, counted_days
from dorobek.register.entry.validation import Requirement

LONGEST = 200  # letters of a document's name


@dataclass(frozen=True)
class TrainingPeriod:
    """Training from `since` to `until`, both days counted; `until` None: still lasting."""

    since: dt.date
    until: dt.date | None
    document: str
    shows: frozenset[str] = frozenset()

    def counts_for(self, code: str) -> bool:
        return not self.shows or code in self.shows

    def as_data(self) -> dict[str, Any]:
        until = self.until.isoformat() if self.until else ""
        return {
            "since": self.since.isoformat(), "until": until, "document": self.document, "shows": sorted(self.shows)
        }  # fmt: skip


@dataclass(frozen=True)
class BodyStanding:
    """One requirement about experience: `days` documented, `wanted` by the entry."""

    code: str
    text: str
    days: int
    wanted: int

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.days)


def periods_of(content: Mapping[str, Any]) -> list[TrainingPeriod]:
    """The periods of a content, the earliest first; one of an older form, which had a single period, too."""
    rows = content.get("periods")
    if rows is None and content.get("training_from") and content.get("training_to"):
        rows = [
            {
                "since": content["training_from"],
                "until": content["training_to"],
                "document": " ".join(str(content.get("training") or "").split())[:LONGEST],
            }
        ]
    found = [
        TrainingPeriod(
            dt.date.fromisoformat(one["since"]), dt.date.fromisoformat(one["until"]) if one.get("until") else None,
            str(one.get("document") or ""), frozenset(one.get("shows") or ()),
        )
        for one in rows or ()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.since, one.until or dt.date.max))


def lasting(demanded: Sequence[Requirement]) -> list[tuple[str, Requirement]]:
    """(code, requirement) of those about years of experience; the code is the place in the entry's list: p1, p2."""
    return [(f"p{place}", one) for place, one in enumerate(demanded, start=1) if one.years is not None]


def standings(demanded: Sequence[Requirement], periods: Sequence[TrainingPeriod], day: dt.date) -> list[BodyStanding]:
    """How each requirement about experience stands on the day. Gaps do not count, and no day counts twice."""
    return [
        BodyStanding(
            code, one.text, counted_days([held for held in periods if held.counts_for(code)], day, one.within_years),
            (one.years or 0) * YEAR,
        )
        for code, one in lasting(demanded)
    ]  # fmt: skip
