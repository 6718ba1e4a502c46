"""Measuring a person's pieces against outcomes and criteria.

Each text is compared by itself, so that a further competence can only raise what stood before: nobody loses a covered
outcome by confirming more.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dorobek.matching import Concept, Index, Suggestion
from dorobek.matching.types import Language
from dorobek.portfolio.readiness.shapes import (
    Coverage,
    CriterionReadiness,
    Meeting,
    OutcomeReadiness,
    Piece,
    PieceKind,
    Readiness,
    Standing,
    WantedCriterion,
    WantedOutcome,
)

# Scores of the matcher, 0 to 1. An outcome as a whole needs more than one of its criteria: "Rozlicza kasę" must not
# stand for "Rozlicza kasę i rachunek bankowy".
WHOLE, DETAIL, NEAR = 0.56, 0.50, 0.42
MOST_SENTENCES = 120  # sentences of stories that are compared; competences all are
MOST_MET = 12  # outcomes and criteria that one text may meet
MOST_REASONS = 3
MOST_REMEMBERED = 5000  # texts whose answers a yardstick keeps
_SENTENCE = re.compile(r"[.!?…]+\s|\n+")
_WORD = re.compile(r"\w{2,}")
_Met = Mapping[str, Sequence[Meeting]]


@dataclass(frozen=True)
class Yardstick:
    """The outcomes of a qualification with an index over them and their criteria. Build with `Yardstick.of`."""

    outcomes: tuple[WantedOutcome, ...]
    index: Index
    _remembered: dict[str, list[Suggestion]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, outcomes: Iterable[WantedOutcome], language: Language = "pl") -> "Yardstick":
        """A yardstick in the language of the titles. Concepts are named by their places, because a badly written entry may number two things alike."""
        kept = tuple(outcomes)
        return cls(kept, Index.build(_concepts(kept), language))

    def meets(self, text: str) -> list[Suggestion]:
        """What a text meets. Remembered: a person's two hundred sentences are the same at the next look."""
        found = self._remembered.get(text)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[text] = self.index.suggest(text, limit=MOST_MET)
        return found


def measure(yardstick: Yardstick, pieces: Iterable[Piece]) -> Readiness:
    """Every outcome and criterion with its standing and reasons; of stories, the first `MOST_SENTENCES` sentences count."""
    met = _meetings(yardstick, pieces)
    outcomes = tuple(_outcome(wanted, str(at), met) for at, wanted in enumerate(yardstick.outcomes))
    counts = Counter(one.standing for one in outcomes)
    coverage = Coverage(
        proved=counts[Standing.PROVED],
        held=counts[Standing.HELD],
        told=counts[Standing.TOLD],
        missing=counts[Standing.MISSING],
    )
    return Readiness(outcomes, coverage)


def nearness(coverage: Coverage) -> tuple[float, float, float, int]:
    """What "closest" sorts by, larger first: the share covered, proved, at least told, and how much that is."""
    total = coverage.total or 1
    return (coverage.share, coverage.proved / total, (coverage.covered + coverage.told) / total, coverage.covered)


def _concepts(outcomes: Iterable[WantedOutcome]) -> Iterable[Concept]:
    for at, outcome in enumerate(outcomes):
        yield Concept(str(at), outcome.title, outcome.words)
        for place, criterion in enumerate(outcome.criteria):
            yield Concept(f"{at}/{place}", criterion.text)


def _meetings(yardstick: Yardstick, pieces: Iterable[Piece]) -> _Met:
    """For each place, the pieces that meet it, firmest first; one meeting of each piece, its best."""
    places = {outcome.code: str(at) for at, outcome in enumerate(yardstick.outcomes)}
    best: dict[str, dict[int, Meeting]] = defaultdict(dict)
    left = MOST_SENTENCES
    for number, piece in enumerate(pieces):
        if piece.outcome in places:
            best[places[piece.outcome]][number] = Meeting(piece, piece.standing, 1.0)
        texts = _texts(piece)
        if piece.kind is PieceKind.EPISODE:
            texts, left = texts[:left], max(0, left - len(texts))
        for text in texts:
            for found in yardstick.meets(text):
                meeting = _meeting(piece, found, is_whole="/" not in found.code)
                if meeting and _order(meeting) < _order(best[found.code].get(number)):
                    best[found.code][number] = meeting
    return {code: sorted(by_piece.values(), key=_order) for code, by_piece in best.items()}


def _texts(piece: Piece) -> list[str]:
    """What is compared: a competence's sentence whole; a story by sentences, as words far apart mean nothing."""
    if piece.kind is not PieceKind.EPISODE:
        return list(dict.fromkeys(piece.texts))
    parts = [part.strip() for text in piece.texts for part in _SENTENCE.split(text)]
    return [part for part in dict.fromkeys(parts) if len(_WORD.findall(part)) > 1]


def _meeting(piece: Piece, found: Suggestion, *, is_whole: bool) -> Meeting | None:
    """How firmly a piece meets what was found; None when too few words met to say anything."""
    words = tuple(dict.fromkeys(match.words_in_text for match in found.matches))
    # One word in common ("prowadzi") tells nothing, unless nothing but that word was wanted.
    several = sum(len(_WORD.findall(one)) for one in words) > 1
    if found.score < NEAR or not several:
        return None
    firm = found.score >= (WHOLE if is_whole else DETAIL)
    return Meeting(piece, piece.standing if firm else min(piece.standing, Standing.TOLD), found.score, words)


def _order(meeting: Meeting | None) -> tuple[int, float]:
    return (-meeting.standing, -meeting.score) if meeting else (1, 0.0)


def _outcome(wanted: WantedOutcome, place: str, met: _Met) -> OutcomeReadiness:
    """An outcome is held when it is met as a whole, or when more than half of its criteria are."""
    direct = tuple(met.get(place, ()))[:MOST_REASONS]
    whole = direct[0].standing if direct else Standing.MISSING
    criteria = tuple(_criterion(one, f"{place}/{at}", direct, met) for at, one in enumerate(wanted.criteria))
    own = sorted((one.because[0].standing for one in criteria if one.because and not one.whole), reverse=True)
    needed = len(criteria) // 2 + 1
    through = own[needed - 1] if len(own) >= needed else Standing.MISSING
    # A few criteria met are at least something that was told.
    some = min(own[0], Standing.TOLD) if own else Standing.MISSING
    return OutcomeReadiness(wanted, max(whole, through, some), direct, criteria)


def _criterion(wanted: WantedCriterion, place: str, direct: tuple[Meeting, ...], met: _Met) -> CriterionReadiness:
    """What meets the criterion itself; else the outcome that is held as a whole holds it too."""
    own = tuple(met.get(place, ()))[:MOST_REASONS]
    standing = own[0].standing if own else Standing.MISSING
    whole = direct[0].standing if direct else Standing.MISSING
    if whole >= Standing.HELD and whole > standing:
        return CriterionReadiness(wanted, whole, direct, whole=True)
    return CriterionReadiness(wanted, standing, own)
