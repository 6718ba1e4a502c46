"""A micro-credential as an Open Badges 3.0 AchievementCredential with every element of the Recommendation.

Council Recommendation 2022/C 243/02, annex I: what must be told of a micro-credential, and what may be. Open Badges has
fields for some; the rest uses the terms of `terms`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@dataclass(frozen=True)
class Issuer:
    """An awarding body. `id` is its DID or address; `country` a code of ISO 3166-1 with two letters."""

    id: str
    name: str
    country: str
    region: str = ""
    locality: str = ""
    url: str = ""
    email: str = ""
    image: str = ""
    description: str = ""


@dataclass(frozen=True)
class Holder:
    """Whom the credential is about: a DID, or an e-mail that is only stored hashed with `salt`; the name if wanted."""

    did: str = ""
    email: str = ""
    salt: str = ""
    name: str = ""


@dataclass(frozen=True)
class Outcome:
    """One learning outcome; `criteria` tells how one sees that it is reached, `url` its place in a register."""

    text: str
    criteria: str = ""
    url: str = ""
    code: str = ""
    framework: str = ""


@dataclass(frozen=True)
class Level:
    """Of the Polish and the European framework, 1 to 8; they are equal by statute, so one of them is enough."""

    prk: int | None = None
    eqf: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Assessment:
    """How it was checked: codes of `vocabulary.ASSESSMENTS` and `SUPERVISION`, and in words."""

    types: tuple[str, ...]
    description: str = ""
    supervision: str = ""


@dataclass(frozen=True)
class Quality:
    """How quality is assured, by whom, and where that can be read."""

    description: str
    body: str = ""
    report: str = ""


@dataclass(frozen=True)
class Grading:
    """A scale of grades; `kind` is a resultType of Open Badges."""

    name: str
    allowed: tuple[str, ...] = ()
    required: str = ""
    kind: str = "Result"


@dataclass(frozen=True)
class Achievement:
    """What is awarded, the same for all who earn it. `hours` of work of an average learner, all told."""

    id: str
    title: str
    description: str
    outcomes: tuple[Outcome, ...]
    hours: int
    level: Level
    assessment: Assessment
    participation: str
    quality: Quality
    criteria: str
    criteria_url: str = ""
    participation_description: str = ""
    ects: Decimal | None = None
    language: str = "pl"
    version: str = ""
    image: str = ""
    field_of_study: str = ""
    tags: tuple[str, ...] = ()
    entry_requirements: str = ""
    stackability: str = ""
    stackability_description: str = ""
    stacks_into: tuple[str, ...] = ()
    further_information: str = ""
    grading: Grading | None = None


@dataclass(frozen=True)
class Evidence:
    """Something that shows it: a page, or a story."""

    name: str
    url: str = ""
    description: str = ""
    narrative: str = ""
    genre: str = ""


@dataclass(frozen=True)
class Award:
    """One credential of one person. Times carry a zone; `status` is a ready entry of a status list."""

    id: str
    achievement: Achievement
    holder: Holder
    issuer: Issuer
    awarded: datetime
    valid_from: datetime
    valid_until: datetime | None = None
    grade: str = ""
    evidence: tuple[Evidence, ...] = ()
    identity_check: str = ""
    narrative: str = ""
    began: datetime | None = None
    ended: datetime | None = None
    replaces: str = ""
    status: Mapping[str, Any] | None = field(default=None)


def build(award: Award) -> dict[str, Any]:
    """The unsigned JSON of one award. Raises VcError when a mandatory element is missing. See `building.build`."""
    from dorobek.vc.badges import building

    return building.build(award)
