"""From a sentence to skills by two roads: directly, and through the occupations it sounds like; merged, with reasons.

People name what they did, seldom a skill; what they did sounds like an occupation, and the occupation tells the skills.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dorobek.matching.ranking import strength_of
from dorobek.matching.types import Match, Strength, Suggestion

OCCUPATIONS = 10  # likeliest ones that are asked for their skills
SHOWN = 3  # of them named as reasons
ALONE = 0.7  # most that occupations by themselves can say about a skill
LEAST = 0.05

Needs = Mapping[str, Mapping[str, float]]
"""For each occupation its skills and how much each belongs to it: 1 essential, less when it is only useful."""


@dataclass(frozen=True, slots=True)
class Led:
    """A skill that a text led to. `matches`: words that met it directly; `occupations`: those it came through, best first."""

    code: str
    score: float
    strength: Strength
    matches: tuple[Match, ...] = ()
    occupations: tuple[str, ...] = ()


def merged(direct: Sequence[Suggestion], occupations: Sequence[Suggestion], needs: Needs, limit: int) -> list[Led]:
    """At most `limit` skills, best first, equal ones by code. `needs` may hold more occupations than were found.

    The score is that of two independent witnesses: 1 - (1 - direct) x (1 - through).
    """
    by_road = {one.code: one for one in direct}
    through = _through(occupations[:OCCUPATIONS], needs)
    found = []
    for code in {*by_road, *through}:
        own = by_road.get(code)
        vote, names = through.get(code, (0.0, ()))
        score = round(1 - (1 - (own.score if own else 0.0)) * (1 - vote), 6)
        if score >= LEAST:
            found.append(Led(code, score, strength_of(score), own.matches if own else (), names))
    return sorted(found, key=lambda one: (-one.score, one.code))[:limit]


def _through(occupations: Sequence[Suggestion], needs: Needs) -> dict[str, tuple[float, tuple[str, ...]]]:
    """For each skill the share of the likely occupations that need it, times how likely the likeliest of those is."""
    total = sum(one.score for one in occupations)
    votes: dict[str, float] = defaultdict(float)
    voters: dict[str, list[Suggestion]] = defaultdict(list)
    for one in occupations:
        for skill, belongs in needs.get(one.code, {}).items():
            votes[skill] += one.score * belongs / total
            voters[skill].append(one)
    found = {}
    for skill, vote in votes.items():
        best = sorted(voters[skill], key=lambda one: (-one.score, one.code))
        found[skill] = (ALONE * min(1.0, vote) * best[0].score, tuple(one.code for one in best[:SHOWN]))
    return found
