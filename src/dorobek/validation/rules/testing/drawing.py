"""A form of a test drawn from the bank: comparable for everybody, deterministic by its seed (VA-4).

Each cell of a blueprint (a criterion, and a difficulty where it asks for one) is filled exactly; among all ways to
fill it, the one with the fewest questions the person had before, then the one nearest to the bank's own difficulty.
Nearness does not depend on the seed, so that two candidates get the same points and the same difficulty.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from dorobek.validation.rules.testing.marking import outcome_of

MOST_POINTS_IN_ROW = 40
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class PoolItem:
    """A question that may be drawn. `family` is the same for all versions of a question; `also`: further criteria that
    the same answer verifies, besides the one it is drawn for."""

    key: str
    family: str
    criterion: str
    points: int
    difficulty: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """So many points for a criterion (1.2.a) or a whole outcome (1.2), of one difficulty or any (None)."""

    target: str
    points: int
    difficulty: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Points of one criterion, from questions that verify the same further criteria (`also`), so that every form gives
    the same points for those as well."""

    criterion: str
    difficulty: int | None
    points: int
    also: tuple[str, ...] = ()

    @property
    def criteria(self) -> tuple[str, ...]:
        return (self.criterion, *self.also)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A criterion whose questions cannot make up the points asked for; `have`: points of all that there are."""

    criterion: str
    difficulty: int | None
    wanted: int
    have: int


class CannotDraw(ValueError):
    """Some criteria lack questions: `shortages` names each."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        super().__init__(", ".join(f"{one.criterion}: {one.have} of {one.wanted}" for one in shortages))
        self.shortages = tuple(shortages)


class BadBlueprint(ValueError):
    """Rows that cannot stand together: the same points asked for twice. `target` names the place."""

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.target = target


def cells_of(rows: Sequence[Row], pool: Iterable[PoolItem], criteria: Collection[str]) -> list[Cell]:
    """The rows as cells of single criteria; points of an outcome are spread over its criteria as evenly as the bank lets.

    The spreading looks at the bank alone, so that it is the same for everybody. Raises BadBlueprint, CannotDraw.
    """
    check_rows(rows, criteria)
    listed = list(pool)
    found: list[Cell] = []
    short: list[Shortage] = []
    for row in rows:
        if row.target in criteria:
            found += _by_further(listed, row.target, row.difficulty, row.points)
            continue
        under = [code for code in criteria if outcome_of(code) == row.target]
        reach = {code: reachable(_fitting(listed, code, row.difficulty), row.points) for code in under}
        spread = _spread(row.points, [(code, reach[code]) for code in under])
        if spread is None:
            short.append(_shortage(listed, row, under))
        else:
            found += [
                cell for code, points in spread if points for cell in _by_further(listed, code, row.difficulty, points)
            ]
    if short:
        raise CannotDraw(short)
    return found


def _by_further(pool: Sequence[PoolItem], criterion: str, difficulty: int | None, points: int) -> list[Cell]:
    """The points of a criterion spread over questions by what they verify besides it, as evenly as the bank lets."""
    fitting = _fitting(pool, criterion, difficulty)
    kinds = sorted({one.also for one in fitting}) or [()]
    reach = [
        (kind, reachable([one for one in fitting if one.also == kind], points)) for kind in kinds
    ]  # fmt: skip
    spread = _spread(points, reach)
    if spread is None:  # the drawing says what is lacking
        return [Cell(criterion, difficulty, points, kinds[0])]
    return [Cell(criterion, difficulty, part, kind) for kind, part in spread if part]


def check_rows(rows: Sequence[Row], criteria: Collection[str]) -> None:
    """Raise BadBlueprint for an unknown place, points out of range, or two rows about the same questions."""
    outcomes = {outcome_of(code) for code in criteria}
    taken: dict[str, set[int | None]] = defaultdict(set)
    for row in rows:
        whole = row.target not in criteria
        if (whole and row.target not in outcomes) or not 1 <= row.points <= MOST_POINTS_IN_ROW:
            raise BadBlueprint(row.target)
        for code in [c for c in criteria if outcome_of(c) == row.target] if whole else [row.target]:
            held = taken[code]
            if row.difficulty in held or (held and (row.difficulty is None or None in held)):
                raise BadBlueprint(row.target)
            held.add(row.difficulty)


def draw(
    cells: Sequence[Cell], pool: Sequence[PoolItem], seed: str, seen: Collection[str] = frozenset()
) -> list[PoolItem]:
    """Questions of one form in the order they are asked. `seen`: families the person had before, used only as a last
    resort. The same arguments give the same form. Raises CannotDraw with every criterion that lacks questions."""
    dice = random.Random(seed)
    ordered = sorted(pool, key=lambda one: one.key)
    dice.shuffle(ordered)
    chosen: list[PoolItem] = []
    short: list[Shortage] = []
    for cell in cells:
        fitting = [one for one in _fitting(ordered, cell.criterion, cell.difficulty) if one.also == cell.also]
        picked = _fill(cell, fitting, seen)
        if picked is None:
            have = sum(one.points for one in _fitting(ordered, cell.criterion, cell.difficulty))
            short.append(Shortage(cell.criterion, cell.difficulty, cell.points, have))
        else:
            chosen += picked
    if short:
        raise CannotDraw(short)
    dice.shuffle(chosen)
    return chosen


def _fill(cell: Cell, fitting: Sequence[PoolItem], seen: Collection[str]) -> list[PoolItem] | None:
    """Exactly the cell's points: fewest seen, then nearest to the bank's difficulty; None where that cannot be."""
    # (points, difficulty weighted by points) -> (how many seen, places in `fitting`): the fewest seen of each
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {(0, 0): (0, ())}
    for place, one in enumerate(fitting):
        again = one.family in seen
        for (points, weight), (count, places) in list(best.items()):
            if points + one.points > cell.points:
                continue
            key = (points + one.points, weight + one.points * one.difficulty)
            if key not in best or count + again < best[key][0]:
                best[key] = (count + again, (*places, place))
    whole = {weight: value for (points, weight), value in best.items() if points == cell.points}
    if not whole:
        return None
    aim = reference(cell, fitting)
    weight = min(whole, key=lambda weight: (whole[weight][0], abs(weight - aim), weight))
    return [fitting[place] for place in whole[weight][1]]


def reference(cell: Cell, fitting: Iterable[PoolItem]) -> Fraction:
    """The difficulty (weighted by points) that a cell would have at the average of all its questions."""
    listed = list(fitting)
    points = sum(one.points for one in listed)
    return Fraction(sum(one.points * one.difficulty for one in listed) * cell.points, points or 1)


def weight_of(items: Iterable[PoolItem]) -> int:
    """Difficulty weighted by points."""
    return sum(one.points * one.difficulty for one in items)


def points_by_criterion(items: Iterable[PoolItem]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for one in items:
        for code in (one.criterion, *one.also):
            found[code] += one.points
    return dict(found)


def reachable(items: Iterable[PoolItem], most: int) -> set[int]:
    """Sums of points, up to `most`, that some of the questions make up."""
    sums = {0}
    for one in items:
        sums |= {total + one.points for total in sums if total + one.points <= most}
    return sums


def _fitting(items: Iterable[PoolItem], criterion: str, difficulty: int | None) -> list[PoolItem]:
    return [one for one in items if one.criterion == criterion and difficulty in (None, one.difficulty)]


def _spread(points: int, reach: Sequence[tuple[K, set[int]]]) -> list[tuple[K, int]] | None:
    """The most even way to make up the points; None when there is none. Evenness: the least sum of squares."""
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for _code, sums in reach:
        longer: dict[int, tuple[int, tuple[int, ...]]] = {}
        for total, (cost, parts) in best.items():
            for part in sorted(sums, reverse=True):
                if total + part <= points:
                    candidate = (cost + part * part, (*parts, part))
                    if total + part not in longer or candidate[0] < longer[total + part][0]:
                        longer[total + part] = candidate
        best = longer
    return [(code, part) for (code, _), part in zip(reach, best[points][1], strict=True)] if points in best else None


def _shortage(items: Sequence[PoolItem], row: Row, under: Sequence[str]) -> Shortage:
    have = sum(one.points for code in under for one in _fitting(items, code, row.difficulty))
    return Shortage(row.target, row.difficulty, row.points, have)


def alike(forms: Sequence[Sequence[PoolItem]]) -> Mapping[str, tuple[int, int]]:
    """How much forms differ: {"points"|"difficulty": (least, most)} of the whole forms."""
    points = [sum(one.points for one in form) for form in forms] or [0]
    weights = [weight_of(form) for form in forms] or [0]
    return {"points": (min(points), max(points)), "difficulty": (min(weights), max(weights))}
