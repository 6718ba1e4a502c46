"""Near-duplicate qualifications and shared sets of outcomes over a whole register, explained by their words (RG-7).

Outcomes are compared as sets of stems, rarer stems counting for more (weighted Jaccard, 0 to 1). Two outcomes are
counterparts from `ALIKE` upwards. A pair of entries (or of sets) scores the share of the outcomes of both that have a
counterpart in the other, each weighed by how alike the two are: 1.0 says the same in the same words.

Time and memory are bounded: pairs are only looked for among texts that share one of their rarest stems (prefix
filtering: no pair above the threshold is missed by it), and what very many texts or entries share names no candidates.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dorobek.register.analysis.words import content

ALIKE = 0.6  # two outcomes are counterparts from here
PAIR = 0.5  # two entries or sets are worth showing from here
LEAST_OUTCOMES = 2  # of a set: one outcome alone is easily the same by chance
COMMON = 400  # a stem or an outcome that more texts or holders have names no candidates
MOST_EACH = 20  # pairs kept for one entry
MOST_PAIRS = 4_000_000  # candidate pairs of holders in one pass
PASSES = 8
Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Holder:
    """What is compared: an entry or one set of it, with its outcomes' texts. `owner`: its own likes are left out."""

    key: str
    owner: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An outcome of one and the outcome of the other that says the same: places in the holders, words in common."""

    first: int
    second: int
    score: float
    shared: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two holders, their score, and what it comes from."""

    first: str
    second: str
    score: float
    counterparts: tuple[Counterpart, ...]
    left_first: tuple[int, ...]
    left_second: tuple[int, ...]


@dataclass
class Likeness:
    """The pairs, best first. `left_out`: texts or stems too common to name candidates, and pairs beyond the limit."""

    pairs: list[Alike] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass
class Texts:
    """Different outcome texts of a register: their stems by number, the weights of stems, who holds each text."""

    stems: list[tuple[int, ...]] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    held: list[list[int]] = field(default_factory=list)

    def score(self, first: int, second: int) -> float:
        """Weighted Jaccard of two texts."""
        if first == second:
            return 1.0
        a, b = set(self.stems[first]), set(self.stems[second])
        common = math.fsum(self.weight[stem] for stem in a & b)
        union = math.fsum(self.weight[stem] for stem in a | b)
        return common / union if union else 0.0


def compare(holders: Sequence[Holder], *, least: float = PAIR) -> Likeness:
    """Pairs of holders of different owners that score at least `least`, best first."""
    found = Likeness()
    texts, places = _read(holders)
    texts.held = _holders(places, len(texts.stems))
    near = _near_texts(texts, found.left_out)
    kept: Counter[int] = Counter()
    scored = _scored(holders, places, texts, near, least, found.left_out)
    for score, first, second in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if kept[first] < MOST_EACH and kept[second] < MOST_EACH:
            kept.update((first, second))
            found.pairs.append(_explained(holders, places, texts, near, first, second, score))
        else:
            found.left_out["pairs"] += 1
    return found


def _read(holders: Sequence[Holder]) -> tuple[Texts, list[list[int]]]:
    """The different texts of all holders, and the numbers of each holder's. Texts of the same stems are one."""
    texts, places = Texts(), []
    numbers: dict[tuple[int, ...], int] = {}
    stems: dict[str, int] = {}
    for holder in holders:
        own = []
        for outcome in holder.outcomes:
            key = tuple(sorted(stems.setdefault(stem, len(stems)) for stem in content(outcome)))
            own.append(numbers.setdefault(key, len(numbers)))
        places.append(own)
    texts.stems = list(numbers)
    _weigh(texts, len(stems))
    return texts, places


def _weigh(texts: Texts, size: int) -> None:
    """A stem of one text weighs 1, one of all texts next to nothing."""
    counts = Counter(stem for stems in texts.stems for stem in stems)
    total = len(texts.stems) + 1
    texts.weight = [math.log1p(total / counts[stem]) / math.log1p(total) for stem in range(size)]


def _holders(places: Sequence[Sequence[int]], size: int) -> list[list[int]]:
    held: list[list[int]] = [[] for _ in range(size)]
    for holder, numbers in enumerate(places):
        for number in dict.fromkeys(numbers):
            held[number].append(holder)
    return held


def _near_texts(texts: Texts, left_out: Counter[str]) -> dict[int, dict[int, float]]:
    """For each text the other texts that are its counterparts, with their scores."""
    near: dict[int, dict[int, float]] = {}
    by_stem: dict[int, list[int]] = defaultdict(list)
    for number, stems in enumerate(texts.stems):
        for stem in _prefix(texts, stems):
            by_stem[stem].append(number)
    for numbers in by_stem.values():
        if len(numbers) > COMMON:
            left_out["stems"] += 1
            continue
        for first, second in combinations(numbers, 2):
            if second not in near.get(first, ()) and _sizes_allow(texts, first, second):
                score = texts.score(first, second)
                if score >= ALIKE:
                    near.setdefault(first, {})[second] = near.setdefault(second, {})[first] = score
    return near


def _prefix(texts: Texts, stems: Iterable[int]) -> Iterator[int]:
    """The rarest stems of a text: a counterpart has at least one of them.

    What two counterparts share weighs at least ALIKE of either, so it cannot lie whole within the commonest stems that
    weigh less than that together.
    """
    ordered = sorted(stems, key=lambda stem: (-texts.weight[stem], stem))
    rest = math.fsum(texts.weight[stem] for stem in ordered)
    least = ALIKE * rest - 1e-9
    for stem in ordered:
        if rest < least:
            return
        yield stem
        rest -= texts.weight[stem]


def _sizes_allow(texts: Texts, first: int, second: int) -> bool:
    """No pair of texts can be counterparts when one has many more stems than the other."""
    a, b = len(texts.stems[first]), len(texts.stems[second])
    return 4 * min(a, b) >= max(a, b)


def _scored(
    holders: Sequence[Holder],
    places: Sequence[Sequence[int]],
    texts: Texts,
    near: Mapping[int, Mapping[int, float]],
    least: float,
    left_out: Counter[str],
) -> Iterator[tuple[float, int, int]]:
    """Candidate pairs of holders with their scores, those below `least` dropped."""
    sizes = np.array([len(own) for own in places], dtype=np.int64)
    again = sizes - np.array([len(set(own)) for own in places], dtype=np.int64)
    for first, second in _candidates(texts, near, sizes, again, least, left_out):
        if holders[first].owner == holders[second].owner:
            continue
        pairs = _matched(places[first], places[second], near)
        score = _share(pairs, len(places[first]), len(places[second]))
        if score >= least:
            yield score, first, second


def _share(pairs: Sequence[tuple[float, int, int]], first: int, second: int) -> float:
    return 2 * math.fsum(score for score, _a, _b in pairs) / ((first + second) or 1)


def _candidates(
    texts: Texts,
    near: Mapping[int, Mapping[int, float]],
    sizes: Pairs,
    common: Pairs,
    least: float,
    left_out: Counter[str],
) -> Iterator[tuple[int, int]]:
    """Pairs of holders that may score `least`, each once, smaller number first; found in PASSES to save memory.

    A score cannot reach `least` without so many outcomes in common: those that named the pair, and at most those of
    either that name none. `common` counts by holder the outcomes said twice; the ones too common to name are added.
    """
    naming: list[tuple[Pairs, Pairs]] = []
    for number, own in enumerate(texts.held):
        others = [holder for other in near.get(number, ()) if other > number for holder in texts.held[other]]
        if len(own) > COMMON or len(own) * (len(own) + len(others)) > COMMON * COMMON:
            left_out["outcomes"] += 1
            common[own] += 1
        elif len(own) + len(others) > 1:
            naming.append((np.asarray(own, dtype=np.int64), np.asarray(others, dtype=np.int64)))
    for part in range(PASSES):
        keys = _named(naming, len(sizes), part, left_out)
        if not len(keys):
            continue
        pairs, times = np.unique(keys, return_counts=True)
        low, high = pairs // len(sizes), pairs % len(sizes)
        needed = least * (sizes[low] + sizes[high]) / 2 - 1e-9
        for key in pairs[times + common[low] + common[high] >= needed]:
            yield int(key // len(sizes)), int(key % len(sizes))


def _named(naming: Sequence[tuple[Pairs, Pairs]], size: int, part: int, left_out: Counter[str]) -> Pairs:
    """Pairs of one pass as numbers (low * size + high), one for every counterpart that names them."""
    made: list[Pairs] = []
    count = 0
    for own, others in naming:
        if count > MOST_PAIRS:
            left_out["candidates"] += 1
            continue
        first, second = np.triu_indices(len(own), 1)
        a = np.concatenate((own[first], np.repeat(own, len(others))))
        b = np.concatenate((own[second], np.tile(others, len(own))))
        low, high = np.minimum(a, b), np.maximum(a, b)
        keys = (low * size + high)[(low < high) & (low % PASSES == part)]
        made.append(keys)
        count += len(keys)
    return np.concatenate(made) if made else np.empty(0, dtype=np.int64)


def _matched(
    first: Sequence[int], second: Sequence[int], near: Mapping[int, Mapping[int, float]]
) -> list[tuple[float, int, int]]:
    """Counterparts, best first, each outcome used once: (score, place in the first, place in the second)."""
    possible = []
    for at, number in enumerate(first):
        known = near.get(number, {})
        for to, other in enumerate(second):
            score = 1.0 if number == other else known.get(other, 0.0)
            if score:
                possible.append((score, at, to))
    taken_first, taken_second, chosen = set(), set(), []
    for score, at, to in sorted(possible, key=lambda one: (-one[0], one[1], one[2])):
        if at not in taken_first and to not in taken_second:
            taken_first.add(at)
            taken_second.add(to)
            chosen.append((score, at, to))
    return chosen


def _explained(
    holders: Sequence[Holder],
    places: Sequence[Sequence[int]],
    texts: Texts,
    near: Mapping[int, Mapping[int, float]],
    first: int,
    second: int,
    score: float,
) -> Alike:
    """The pair with the words that make it alike and those that differ."""
    matched = sorted(_matched(places[first], places[second], near), key=lambda one: one[1])
    counterparts = []
    for value, at, to in matched:
        a, b = content(holders[first].outcomes[at]), content(holders[second].outcomes[to])
        shared = tuple(form for stem, form in a.items() if stem in b)
        only_a = tuple(form for stem, form in a.items() if stem not in b)
        only_b = tuple(form for stem, form in b.items() if stem not in a)
        counterparts.append(Counterpart(at, to, round(value, 3), shared, only_a, only_b))
    left_a = tuple(sorted(set(range(len(places[first]))) - {at for _score, at, _to in matched}))
    left_b = tuple(sorted(set(range(len(places[second]))) - {to for _score, _at, to in matched}))
    return Alike(holders[first].key, holders[second].key, round(score, 3), tuple(counterparts), left_a, left_b)
