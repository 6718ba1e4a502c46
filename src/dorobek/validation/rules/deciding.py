"""From marks to a decision per criterion, outcome, set and whole (VA-2, VA-5). What is met stays met (VA-8)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dorobek.validation.rules.shapes import SetShape


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not-met"
    NOT_SHOWN = "not-shown"


@dataclass(frozen=True)
class Decision:
    """Verdicts by code of criterion, code of outcome, number of set; and of the whole qualification."""

    criteria: Mapping[str, Verdict]
    outcomes: Mapping[str, Verdict]
    sets: Mapping[int, Verdict]
    whole: Verdict

    @property
    def partial(self) -> tuple[str, ...]:
        """Outcomes confirmed; each stays confirmed whatever the whole comes to."""
        return tuple(code for code, verdict in self.outcomes.items() if verdict is Verdict.MET)


def decide(sets: Sequence[SetShape], marks: Mapping[str, Verdict], carried: Collection[str] = frozenset()) -> Decision:
    """The decision from one agreed mark per criterion; a criterion without a mark was not shown.

    `carried`: codes of outcomes confirmed earlier, met without another look. Raises ValueError for a mark on a
    criterion that the qualification does not have.
    """
    known = {code for group in sets for code in group.criteria}
    if foreign := sorted(set(marks) - known):
        raise ValueError(f"no such criterion: {', '.join(foreign)}")
    criteria: dict[str, Verdict] = {}
    outcomes: dict[str, Verdict] = {}
    by_set: dict[int, Verdict] = {}
    for group in sets:
        for outcome in group.outcomes:
            held = outcome.code in carried
            judged = {one: Verdict.MET if held else marks.get(one, Verdict.NOT_SHOWN) for one in outcome.criteria}
            criteria |= judged
            outcomes[outcome.code] = joined(judged.values())
        by_set[group.number] = joined(outcomes[outcome.code] for outcome in group.outcomes)
    return Decision(criteria, outcomes, by_set, joined(by_set.values()))


def joined(verdicts: Iterable[Verdict]) -> Verdict:
    """Met when all are; not met when one is not; else not shown. Nothing at all was not shown."""
    kinds = set(verdicts)
    if kinds == {Verdict.MET}:
        return Verdict.MET
    return Verdict.NOT_MET if Verdict.NOT_MET in kinds else Verdict.NOT_SHOWN


def agreed_marks(
    sheets: Iterable[Mapping[str, Verdict]],
) -> tuple[dict[str, Verdict], dict[str, tuple[Verdict, ...]]]:
    """What assessors marked alike, and what they must talk about: criterion -> their marks, in the order of sheets.

    A criterion that only some of them marked is a difference too: the silent ones have to say something.
    """
    listed = list(sheets)
    alike: dict[str, Verdict] = {}
    apart: dict[str, tuple[Verdict, ...]] = {}
    for code in dict.fromkeys(code for sheet in listed for code in sheet):
        given = tuple(sheet[code] for sheet in listed if code in sheet)
        if len(given) == len(listed) and len(set(given)) == 1:
            alike[code] = given[0]
        else:
            apart[code] = given
    return alike, apart
