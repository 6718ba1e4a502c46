"""Points for an answer by machine, and points of open answers from two markers who did not see each other's (VA-4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dorobek.kernel.text import normalised
from dorobek.validation.rules.testing.questions import Form, Question, parse_number

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


def rounded(points: Decimal) -> Decimal:
    """Two decimal places, a half upwards."""
    return points.quantize(CENT, rounding=ROUND_HALF_UP)


def score(one: Question, answer: Any) -> Decimal | None:
    """Points between 0 and the question's; None for an open question that somebody answered.

    MULTIPLE: each right choice adds its part, each wrong one takes as much away, never below nothing. MATCHING: each
    right pair adds its part. The rest: all or nothing.
    """
    if answer in (None, "", [], {}):
        return NOTHING
    if one.form is Form.OPEN:
        return None
    whole = Decimal(one.points)
    if one.form is Form.MULTIPLE:
        right = len(set(answer) & set(one.right))
        wrong = len(set(answer) - set(one.right))
        return rounded(whole * max(0, right - wrong) / len(one.right))
    if one.form is Form.MATCHING:
        right = sum(answer.get(left) == target for left, target in one.pairs)
        return rounded(whole * right / len(one.pairs))
    return rounded(whole) if _is_right(one, answer) else NOTHING


def _is_right(one: Question, answer: Any) -> bool:
    if one.form is Form.SINGLE:
        return bool(answer == one.right[0])
    if one.form is Form.ORDERING:
        return list(answer) == [choice.key for choice in one.choices]
    if one.form is Form.SHORT:
        return comparable(answer) in {comparable(text) for text in one.accepted}
    given = parse_number(answer)
    return given is not None and one.value is not None and abs(given - one.value) <= one.tolerance


def comparable(text: str) -> str:
    """A short answer without what does not matter: case, Polish marks, spaces, a full stop at the end, quotes."""
    return normalised(text).strip(" .,;:!?\"'„”").strip()


@dataclass(frozen=True, slots=True)
class OpenMarks:
    """Points that the first two markers gave one open answer, a third's, and what the two agreed; None: not yet."""

    first: Decimal | None = None
    second: Decimal | None = None
    third: Decimal | None = None
    agreed: Decimal | None = None

    @property
    def differ(self) -> bool:
        return self.first is not None and self.second is not None and self.first != self.second

    @property
    def points(self) -> Decimal | None:
        """What counts: the same from both; else what they agreed, else the third's word; None while it is open."""
        if self.first is None or self.second is None:
            return None
        if not self.differ:
            return self.first
        return self.agreed if self.agreed is not None else self.third


@dataclass(frozen=True, slots=True)
class Got:
    """Points got of those there were, for a criterion or an outcome."""

    got: Decimal
    of: Decimal


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """An outcome of the test: points, the percentage needed, whether it is passed."""

    got: Decimal
    of: Decimal
    needed: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Points by criterion and, with pass marks, by outcome."""

    criteria: Mapping[str, Got]
    outcomes: Mapping[str, OutcomeResult]

    @property
    def passed(self) -> bool:
        return all(one.passed for one in self.outcomes.values())


def outcome_of(criterion: str) -> str:
    """1.2.c -> 1.2; an outcome that is judged as a whole is its own criterion."""
    return ".".join(criterion.split(".")[:2])


def result_of(
    marked: Sequence[tuple[str | tuple[str, ...], Decimal, Decimal]], pass_percent: int, by_outcome: Mapping[str, int]
) -> Result:
    """The result from (criterion or criteria, points got, points there were) of every question.

    A question of several criteria counts whole for each of them, and once for each of their outcomes. `by_outcome` overrides the pass mark of all; an outcome is passed with got/of at least its percentage, exactly.
    """
    rows = [((codes,) if isinstance(codes, str) else codes, got, of) for codes, got, of in marked]
    criteria = _sums([(code, got, of) for codes, got, of in rows for code in dict.fromkeys(codes)])
    parts = _sums(
        [(outcome, got, of) for codes, got, of in rows for outcome in dict.fromkeys(outcome_of(code) for code in codes)]
    )
    outcomes = {}
    for outcome in dict.fromkeys(outcome_of(code) for code in criteria):
        one, needed = parts[outcome], by_outcome.get(outcome, pass_percent)
        outcomes[outcome] = OutcomeResult(one.got, one.of, needed, one.got * 100 >= one.of * needed)
    return Result(criteria, outcomes)


def _sums(rows: Sequence[tuple[str, Decimal, Decimal]]) -> dict[str, Got]:
    """Points got and points there were, by code, in the order of the codes."""
    found: dict[str, Got] = {}
    for code, got, of in sorted(rows, key=lambda row: row[0]):
        held = found.get(code, Got(NOTHING, NOTHING))
        found[code] = Got(held.got + got, held.of + of)
    return found
