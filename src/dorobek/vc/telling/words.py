"""The plain answer: who says of whom that they can do what, checked how, until when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Told:
    """One thing one is able to do; `more` is how one sees it."""

    text: str
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class Link:
    """Something to look at. `url` is "" or an http address."""

    name: str
    url: str = ""
    text: str = ""


@dataclass(frozen=True)
class Words:
    """What a credential says, nothing of it checked. Texts are plain and may be ""; times carry a zone or are None.

    `form` is `badge3`, `badge2`, `elm` or `credential`. `able` is what the holder can do. `checked` are the ways it was
    assessed, `supervision` and `identity_check` how far the holder's identity was. `workload` is in hours.
    """

    form: str = "credential"
    title: str = ""
    description: str = ""
    issuer: str = ""
    issuer_id: str = ""
    issuer_url: str = ""
    country: str = ""
    region: str = ""
    holder: str = ""
    holder_id: str = ""
    holder_hashed: bool = False
    able: tuple[Told, ...] = ()
    checked: tuple[str, ...] = ()
    checked_description: str = ""
    supervision: str = ""
    identity_check: str = ""
    criteria: str = ""
    criteria_url: str = ""
    prk: int | None = None
    eqf: int | None = None
    level: str = ""
    workload: int | None = None
    ects: str = ""
    participation: str = ""
    quality: str = ""
    quality_body: str = ""
    quality_url: str = ""
    awarded: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    grade: str = ""
    evidence: tuple[Link, ...] = ()
    requirements: str = ""
    stacking: str = ""
    stacks_into: tuple[str, ...] = ()
    further_url: str = ""
    image: str = ""
    replaces: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
