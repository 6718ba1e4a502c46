"""Eligibility rules as data: small nodes that combine. Each has a stable `code`; `title` names it on screen.

In JSON a node is an object whose `rule` names its kind, e.g. `{"rule": "age-between", "code": "age", "min": 25,
"max": 50}`. A new kind is a dataclass here, an entry in `NODE_KINDS` and a function in `eligibility`.
"""

from dataclasses import dataclass

from dorobek.programmes.enums import EducationLevel, LabourStatus, PlaceTie, Residence, ServiceMembership
from dorobek.programmes.rules.words import Bilingual

ADULT_AGE = 18
OLDEST_AGE = 120


@dataclass(frozen=True)
class AllOf:
    """Every rule in `of` must hold."""

    code: str
    of: "tuple[Node, ...]"
    title: Bilingual | None = None


@dataclass(frozen=True)
class AnyOf:
    """One rule in `of` is enough; they are the ways into the programme."""

    code: str
    of: "tuple[Node, ...]"
    title: Bilingual | None = None


@dataclass(frozen=True)
class NotOf:
    """`of` must not hold. `reason` says in words what is asked, since a negation reads badly."""

    code: str
    of: "Node"
    reason: Bilingual
    would_change: Bilingual
    title: Bilingual | None = None


@dataclass(frozen=True)
class AgeBetween:
    """Age in completed years, both ends included."""

    code: str
    min: int
    max: int
    title: Bilingual | None = None


@dataclass(frozen=True)
class AgeOver:
    """More than `over` completed years: "over 50" begins on the 51st birthday."""

    code: str
    over: int
    title: Bilingual | None = None


@dataclass(frozen=True)
class EducationAtMost:
    """Highest finished education not above `level`."""

    code: str
    level: EducationLevel
    title: Bilingual | None = None


@dataclass(frozen=True)
class StatusIn:
    """At least one of the labour-market statuses. `meaning` is what they have in common, e.g. "praca"."""

    code: str
    statuses: tuple[LabourStatus, ...]
    meaning: Bilingual
    title: Bilingual | None = None


@dataclass(frozen=True)
class TiedToRegion:
    """Tied to a place within one of `prefixes` (TERYT codes) by at least one of `ties`."""

    code: str
    prefixes: tuple[str, ...]
    ties: tuple[PlaceTie, ...]
    region: Bilingual
    title: Bilingual | None = None


@dataclass(frozen=True)
class ServesIn:
    """Belongs to at least one of the services."""

    code: str
    services: tuple[ServiceMembership, ...]
    title: Bilingual | None = None


@dataclass(frozen=True)
class HasDisability:
    """Has a certificate of disability."""

    code: str
    title: Bilingual | None = None


@dataclass(frozen=True)
class ResidenceIn:
    """May stay and work on one of these grounds."""

    code: str
    grounds: tuple[Residence, ...]
    title: Bilingual | None = None


@dataclass(frozen=True)
class Quota:
    """A limited intake with `places` of its own, counted under `name` over all versions of the programme."""

    code: str
    name: str
    intake: Bilingual
    title: Bilingual | None = None
    places: int = 0


@dataclass(frozen=True)
class ParticipationsAtMost:
    """No more than `earlier` earlier participations in this programme; 0 for one participation per person."""

    code: str
    earlier: int
    title: Bilingual | None = None


Node = (
    AllOf
    | AnyOf
    | NotOf
    | AgeBetween
    | AgeOver
    | EducationAtMost
    | StatusIn
    | TiedToRegion
    | ServesIn
    | HasDisability
    | ResidenceIn
    | Quota
    | ParticipationsAtMost
)

NODE_KINDS: dict[str, type] = {
    "all": AllOf,
    "any": AnyOf,
    "not": NotOf,
    "age-between": AgeBetween,
    "age-over": AgeOver,
    "education-at-most": EducationAtMost,
    "status-in": StatusIn,
    "tied-to-region": TiedToRegion,
    "serves-in": ServesIn,
    "disability": HasDisability,
    "residence-in": ResidenceIn,
    "quota": Quota,
    "participations-at-most": ParticipationsAtMost,
}
KIND_OF_NODE = {cls: kind for kind, cls in NODE_KINDS.items()}


def walk(node: Node) -> "list[Node]":
    """The node and all below it, parents first."""
    below = node.of if isinstance(node, AllOf | AnyOf) else (node.of,) if isinstance(node, NotOf) else ()
    return [node, *(one for child in below for one in walk(child))]
