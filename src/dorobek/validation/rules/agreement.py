"""How far assessors agree beyond chance.

Two of them: Cohen's kappa (Cohen, 1960, Educational and Psychological Measurement). All who judged a qualification:
Fleiss' kappa (Fleiss, 1971, Psychological Bulletin), with each criterion weighed alike however many marked it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
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


def fleiss(subjects: Iterable[Sequence[str]]) -> Kappa:
    """Kappa of all marks, one sequence per criterion of a case. A criterion that fewer than two marked says nothing.

    `alike`: criteria on which all gave the same mark.
    """
    counted = [Counter(marks) for marks in subjects if len(marks) > 1]
    cases = len(counted)
    alike = sum(len(one) == 1 for one in counted)
    used: Counter[str] = Counter()
    for one in counted:
        used.update(one)
    if not cases or len(used) == 1:
        return Kappa(None, cases, alike)
    agreed = sum(_pairs_alike(one) for one in counted) / cases
    by_chance = sum(number * number for number in used.values()) / used.total() ** 2
    return Kappa((agreed - by_chance) / (1 - by_chance), cases, alike)


def _pairs_alike(marks: Counter[str]) -> float:
    """Which part of the pairs of marks on one criterion is alike."""
    many = marks.total()
    return sum(number * (number - 1) for number in marks.values()) / (many * (many - 1))
