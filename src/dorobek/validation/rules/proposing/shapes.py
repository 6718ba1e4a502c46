"""What is asked of a proposal, and the three answers that it may have."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dorobek.validation.rules.shapes import Candidate, Member, QualificationRules


@dataclass(frozen=True)
class Session:
    """A sitting of a commission. Begins and ends on one clock; `appointed`: the day from which experience is counted.

    `barred`: pairs (key of a person, what keeps them from this sitting: a name of Rule or of Loosening), for what is
    known only outside: who judged an earlier round, who helped with the evidence, who sits elsewhere at that time.
    """

    code: str
    begins: dt.datetime
    ends: dt.datetime
    place: str
    rules: QualificationRules
    candidates: tuple[Candidate, ...] = ()
    appointed: dt.date | None = None
    barred: frozenset[tuple[str, str]] = frozenset()

    @property
    def day(self) -> dt.date:
        return self.begins.date()

    def clashes(self, other: "Session") -> bool:
        """Nobody sits in both: they run at one time, or on one day in two places."""
        if self.begins < other.ends and other.begins < self.ends:
            return True
        return self.day == other.day and self.place != other.place


@dataclass(frozen=True)
class Assessor:
    """A person of the pool. `limit`: sessions that may be added; `load`: those they have already; `places` None: all.

    `away`: days on which they cannot come.
    """

    member: Member
    limit: int = 10
    load: int = 0
    away: frozenset[dt.date] = frozenset()
    places: frozenset[str] | None = None

    @property
    def key(self) -> str:
        return self.member.key


class Loosening(StrEnum):
    """What kept sessions from being filled: dropping it alone would make them possible."""

    LIMITS = "limits"
    CLASHES = "clashes"
    ABSENCES = "absences"
    PLACES = "places"
    IMPARTIALITY = "impartiality"
    CRITERIA = "criteria"


@dataclass(frozen=True)
class Reason:
    """Why none exists: these sessions cannot all be filled.

    One session: `rule` is the rule that fails (`members-min`, `criterion-met`), `about` its figure or criterion, `kept_out`
    how many of the pool each cause keeps away. Several: `loosening` names what would help; where counting proves it,
    `rule` and `about` tell the kind of seat, of which these sessions want `wanted` and people can give `given`.
    `smallest` is False when time ended before the list was as short as it can be; a counted list need not be.
    """

    sessions: tuple[str, ...]
    rule: str = ""
    about: str = ""
    kept_out: Mapping[str, int] = field(default_factory=dict)
    loosening: tuple[Loosening, ...] = ()
    smallest: bool = True
    wanted: int = 0
    given: int = 0


@dataclass(frozen=True)
class Proposal:
    """Members by session. `cost`: each seat counts the load its holder then has, so that even loads cost least.

    `bound`: no proposal costs less; `fairest` when this one does not cost more.
    """

    seats: Mapping[str, tuple[str, ...]]
    cost: int
    bound: int
    seconds: float = 0.0

    @property
    def fairest(self) -> bool:
        return self.cost <= self.bound


@dataclass(frozen=True)
class Impossible:
    reasons: tuple[Reason, ...]
    seconds: float = 0.0


@dataclass(frozen=True)
class Undecided:
    """Time ended with neither commissions nor a proof."""

    seconds: float = 0.0


Answer = Proposal | Impossible | Undecided
