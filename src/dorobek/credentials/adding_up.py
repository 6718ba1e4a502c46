"""What credentials add up to: sets and outcomes of a qualification that they cover (MC-7, PF-5). Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """What one credential counts towards. `name` is the credential's; `set_number` 0: the whole, no set named;
    `outcome` "": the whole set. Codes are the register's."""

    name: str
    code: str
    set_number: int = 0
    outcome: str = ""


@dataclass(frozen=True)
class WantedSet:
    """A set of an entry: its number, title, and outcomes as (code, text)."""

    number: int
    title: str
    outcomes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OutcomeCovered:
    """`by` names the credentials that cover it; empty: it is missing."""

    code: str
    text: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class SetCovered:
    """`whole` names credentials that cover the set as such."""

    number: int
    title: str
    whole: tuple[str, ...]
    outcomes: tuple[OutcomeCovered, ...]

    @property
    def covered(self) -> int:
        return sum(bool(one.by) for one in self.outcomes)

    @property
    def is_whole(self) -> bool:
        """Everything in it is covered; a set that lists no outcomes only by a credential that names it."""
        return self.covered == len(self.outcomes) if self.outcomes else bool(self.whole)


@dataclass(frozen=True)
class Sum:
    """`unplaced` are credentials that count towards the qualification without saying to which part."""

    sets: tuple[SetCovered, ...]
    unplaced: tuple[str, ...]

    @property
    def sets_covered(self) -> int:
        return sum(one.is_whole for one in self.sets)

    @property
    def outcomes(self) -> int:
        return sum(len(one.outcomes) for one in self.sets)

    @property
    def outcomes_covered(self) -> int:
        return sum(one.covered for one in self.sets)


def add_up(sets: Sequence[WantedSet], claims: Iterable[Claim]) -> Sum:
    """The claims of one qualification against its sets. What names a set or an outcome that the entry does not have
    (an older version had it) is unplaced: it is not lost and covers nothing."""
    numbers = {one.number for one in sets}
    codes = {code for one in sets for code, _text in one.outcomes}
    by_set: dict[int, list[str]] = defaultdict(list)
    by_code: dict[str, list[str]] = defaultdict(list)
    unplaced: list[str] = []
    for claim in claims:
        if claim.outcome:
            (by_code[claim.outcome] if claim.outcome in codes else unplaced).append(claim.name)
        else:
            (by_set[claim.set_number] if claim.set_number in numbers else unplaced).append(claim.name)
    placed = {name for names in (*by_set.values(), *by_code.values()) for name in names}
    return Sum(
        tuple(_covered(one, by_set[one.number], by_code) for one in sets),
        tuple(name for name in dict.fromkeys(unplaced) if name not in placed),
    )


def _covered(wanted: WantedSet, whole: list[str], by_code: dict[str, list[str]]) -> SetCovered:
    outcomes = tuple(
        OutcomeCovered(code, text, tuple(dict.fromkeys((*whole, *by_code[code])))) for code, text in wanted.outcomes
    )
    return SetCovered(wanted.number, wanted.title, tuple(dict.fromkeys(whole)), outcomes)
