"""How far two assessors agree beyond chance: Cohen's kappa (Cohen, 1960, Educational and Psychological Measurement)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kappa:
    """`value` from -1 to 1; None when it cannot be told: nothing marked, or both used one mark throughout."""

    value: float | None
    cases: int
    alike: int


def cohen(pairs: Iterable[tuple[str, str]]) -> Kappa:
    """Kappa of pairs (mark of one, mark of the other), one per criterion that both marked. In any order of pairs."""
    counted = Counter(pairs)
    cases = sum(counted.values())
    alike = sum(number for (one, other), number in counted.items() if one == other)
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), number in counted.items():
        first[one] += number
        second[other] += number
    by_chance = sum(number * second[mark] for mark, number in first.items())  # times cases squared
    if not cases or by_chance == cases * cases:
        return Kappa(None, cases, alike)
    return Kappa((alike * cases - by_chance) / (cases * cases - by_chance), cases, alike)
