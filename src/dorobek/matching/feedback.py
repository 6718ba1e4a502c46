"""Learning from what advisers accept and reject: a bounded shift of scores, from counts, with its reason.

Counts are kept for pairs of a concept and a stem that met it. One click moves a score by less than the width of a
step between words like "medium" and "strong"; many agreeing ones move it further, and never beyond MOST.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

DOUBT = 5.0  # clicks of each kind that are supposed before any was made
MOST = 1.0  # largest shift, in log-odds
WORTH_SAYING = 2  # choices from which a reason is shown


@dataclass(frozen=True, slots=True)
class Choices:
    """How often advisers took a concept, or put it aside, when this stem met it."""

    accepted: int = 0
    rejected: int = 0


Known = Mapping[str, Mapping[str, Choices]]
"""For each concept its stems."""
One = TypeVar("One")


@dataclass(frozen=True)
class Weighed(Generic[One]):
    """A suggestion with the score that advisers' choices gave it; `chosen`: how often it was taken for similar words."""

    one: One
    score: float
    chosen: int


def shift(choices: Collection[Choices]) -> float:
    """The mean over stems of the smoothed log-odds of being taken, within MOST either way; 0 when nothing is known."""
    if not choices:
        return 0.0
    odds = [math.log((one.accepted + DOUBT) / (one.rejected + DOUBT)) for one in choices]
    return max(-MOST, min(MOST, sum(odds) / len(odds)))


def weighed(
    found: Sequence[One],
    known: Known,
    *,
    concept: Callable[[One], str],
    stems: Callable[[One], Collection[str]],
    score: Callable[[One], float],
) -> list[Weighed[One]]:
    """The same suggestions, best first by the shifted score; those that nothing is known of keep theirs."""
    made = []
    for one in found:
        of_concept = known.get(concept(one), {})
        choices = [of_concept.get(stem, Choices()) for stem in sorted(set(stems(one)))]
        moved = _moved(score(one), shift(choices) if of_concept else 0.0)
        chosen = max((c.accepted for c in choices if c.accepted > c.rejected), default=0)
        made.append(Weighed(one, moved, chosen if chosen >= WORTH_SAYING else 0))
    return sorted(made, key=lambda w: (-w.score, concept(w.one)))


def _moved(score: float, by: float) -> float:
    if not by or not 0 < score < 1:
        return score
    return 1 / (1 + math.exp(-(math.log(score / (1 - score)) + by)))
