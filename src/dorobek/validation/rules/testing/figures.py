"""Figures of questions from the answers given: difficulty, discrimination, distractors; and which questions are bad.

Everything is computed in one pass over the answers; below the least numbers nothing is claimed.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LEAST_ANSWERS = 30
TOO_EASY, TOO_HARD = 0.95, 0.20
LEAST_DISCRIMINATION = 0.10
LEAST_CHOSEN = 0.02
MOST_LEFT_OUT = 0.20


class Bad(StrEnum):
    """Why a question should be looked at."""

    TOO_EASY = "too-easy"
    TOO_HARD = "too-hard"
    NEGATIVE = "negative"
    WEAK = "weak"
    DEAD = "dead-distractor"
    KEY = "wrong-key"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Given:
    """One question in one finished sitting. `chosen`: keys of choices; `left_out`: nothing was answered."""

    sitting: int
    question: str
    got: float
    of: float
    chosen: tuple[str, ...] = ()
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """`difficulty`: mean part of the points got, 0 to 1. `discrimination`: correlation of it with the rest of the same
    test, -1 to 1 (point-biserial where a question is all or nothing). None: too few answers, or nothing varies."""

    answers: int
    difficulty: float | None = None
    discrimination: float | None = None
    chosen: Mapping[str, int] = field(default_factory=dict)
    rest_of_choosers: Mapping[str, float] = field(default_factory=dict)
    left_out: int = 0

    @property
    def enough(self) -> bool:
        return self.answers >= LEAST_ANSWERS


def figures_of(answers: Iterable[Given]) -> dict[str, Figures]:
    """Figures of every question, by its key. The rest of a test: the part of points got in its other questions, since
    forms differ from candidate to candidate."""
    by_sitting: dict[int, list[Given]] = defaultdict(list)
    for one in answers:
        by_sitting[one.sitting].append(one)
    sums: dict[str, _Sums] = defaultdict(_Sums)
    for listed in by_sitting.values():
        got, of = math.fsum(one.got for one in listed), math.fsum(one.of for one in listed)
        for one in listed:
            rest = (got - one.got) / (of - one.of) if of > one.of else None
            sums[one.question].add(one, rest)
    return {key: one.figures() for key, one in sums.items()}


class _Sums:
    """What one pass keeps of one question."""

    def __init__(self) -> None:
        self.answers = self.left_out = 0
        self.parts: list[float] = []
        self.pairs: list[tuple[float, float]] = []
        self.chosen: Counter[str] = Counter()
        self.rest: dict[str, list[float]] = defaultdict(list)

    def add(self, one: Given, rest: float | None) -> None:
        self.answers += 1
        self.left_out += one.left_out
        part = one.got / one.of if one.of else 0.0
        self.parts.append(part)
        self.chosen.update(one.chosen)
        if rest is not None:
            self.pairs.append((part, rest))
            for key in one.chosen:
                self.rest[key].append(rest)

    def figures(self) -> Figures:
        enough = self.answers >= LEAST_ANSWERS
        return Figures(
            answers=self.answers,
            difficulty=math.fsum(self.parts) / self.answers if enough else None,
            discrimination=_correlation(self.pairs) if enough else None,
            chosen=dict(self.chosen),
            rest_of_choosers={key: math.fsum(rests) / len(rests) for key, rests in self.rest.items()},
            left_out=self.left_out,
        )


def _correlation(pairs: list[tuple[float, float]]) -> float | None:
    """Pearson's; None where one side does not vary."""
    if len(pairs) < 2:
        return None
    mean_x = math.fsum(x for x, _ in pairs) / len(pairs)
    mean_y = math.fsum(y for _, y in pairs) / len(pairs)
    xx = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    yy = math.fsum((y - mean_y) ** 2 for _, y in pairs)
    if xx < 1e-12 or yy < 1e-12:
        return None
    return math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs) / math.sqrt(xx * yy)


def reasons(one: Figures, wrong: Iterable[str] = (), right: Iterable[str] = ()) -> list[Bad]:
    """Why the question is bad, the gravest first; nothing below the least number of answers.

    `wrong` and `right`: keys of its choices, for questions of one choice.
    """
    if not one.enough or one.difficulty is None:
        return []
    found = []
    if _key_is_doubtful(one, list(wrong), list(right)):
        found.append(Bad.KEY)
    if one.discrimination is not None and one.discrimination < 0:
        found.append(Bad.NEGATIVE)
    elif one.discrimination is not None and one.discrimination < LEAST_DISCRIMINATION:
        found.append(Bad.WEAK)
    if one.difficulty > TOO_EASY:
        found.append(Bad.TOO_EASY)
    if one.difficulty < TOO_HARD:
        found.append(Bad.TOO_HARD)
    if any(one.chosen.get(key, 0) < LEAST_CHOSEN * one.answers for key in wrong):
        found.append(Bad.DEAD)
    if one.left_out > MOST_LEFT_OUT * one.answers:
        found.append(Bad.LEFT_OUT)
    return found


def _key_is_doubtful(one: Figures, wrong: list[str], right: list[str]) -> bool:
    """A wrong choice is taken more often than the right one, by people who did better in the rest."""
    if len(right) != 1:
        return False
    key = right[0]
    return any(
        one.chosen.get(other, 0) > one.chosen.get(key, 0)
        and one.rest_of_choosers.get(other, 0.0) > one.rest_of_choosers.get(key, 0.0)
        for other in wrong
    )
