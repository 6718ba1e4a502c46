"""What goes into the measuring of readiness and what comes out of it: plain, frozen data."""

import uuid
from dataclasses import dataclass
from enum import Enum, IntEnum


class Standing(IntEnum):
    """How firmly a person has something, from nothing to proved; the larger, the firmer."""

    MISSING = 0  # nobody said a word about it
    TOLD = 1  # told in a story, or a sentence not confirmed yet, or words that meet it in part
    HELD = 2  # the person confirmed it; no evidence supports it yet
    PROVED = 3  # confirmed, and evidence that an adviser found good supports it

    @property
    def word(self) -> str:
        """The name for programs: missing, told, held, proved."""
        return self.name.lower()


class PieceKind(Enum):
    COMPETENCE = "competence"
    EPISODE = "episode"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing a person has to show: a competence, a story, or an outcome that a credential certifies.

    `texts` are what is compared, each by itself. `outcome` is the code of the register's outcome from which a
    competence was drawn, or empty. `proofs` are titles of evidence that supports it, `unrated` of what awaits a mark.
    """

    uid: uuid.UUID
    kind: PieceKind
    title: str
    texts: tuple[str, ...]
    standing: Standing
    outcome: str = ""
    proofs: tuple[str, ...] = ()
    unrated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedCriterion:
    """A criterion of an outcome; `letter` is its place in the outcome."""

    letter: str
    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class WantedOutcome:
    """An outcome of a qualification. `code` is the register's (90001-1-2), `number` the reader's (1.2); `words` are other
    names of the same, as a skill of ESCO has."""

    code: str
    number: str
    title: str
    criteria: tuple[WantedCriterion, ...] = ()
    title_en: str = ""
    group: str = ""  # title of its set
    group_en: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A piece that meets an outcome or a criterion: how firmly, how near (0 to 1), through which words of it."""

    piece: Piece
    standing: Standing
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionReadiness:
    """One criterion. `whole`: nothing meets it by itself, it is held together with the whole outcome."""

    wanted: WantedCriterion
    standing: Standing
    because: tuple[Meeting, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeReadiness:
    """One outcome; `because` are the pieces that meet it as a whole, firmest first."""

    wanted: WantedOutcome
    standing: Standing
    because: tuple[Meeting, ...]
    criteria: tuple[CriterionReadiness, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many outcomes stand how; the four add up to `total`."""

    proved: int = 0
    held: int = 0
    told: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        return self.proved + self.held + self.told + self.missing

    @property
    def covered(self) -> int:
        """Outcomes that the person confirmed they have, with evidence or without."""
        return self.proved + self.held

    @property
    def share(self) -> float:
        """The part of outcomes that is covered, 0 to 1; 0 for an entry without outcomes."""
        return self.covered / self.total if self.total else 0.0

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down, so that a hundred means all."""
        return 100 * self.covered // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Readiness:
    """The whole answer for one person and one qualification, outcomes in the order of the entry."""

    outcomes: tuple[OutcomeReadiness, ...]
    coverage: Coverage
