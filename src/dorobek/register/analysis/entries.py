"""Findings of one entry, and what of it is compared with others; on `Entry`, without a database (RG-7)."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from dorobek.register.analysis.level import Proposal, Reason
from dorobek.register.analysis.likeness import LEAST_OUTCOMES, Alike, Holder
from dorobek.register.analysis.wording import Fault, faults
from dorobek.register.entry import Criterion, Entry, Outcome

SHAPE = 1  # raise it when rules change, so that a stored analysis is made again
MOST_REASONS = 60  # reasons of a level that are stored


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that can be verified or not. `place` is "2.1" for an outcome, "2.1 b" for a criterion of it."""

    place: str
    text: str
    has_criteria: bool


def wordings(entry: Entry) -> Iterator[Wording]:
    """Outcomes and criteria of an entry, in order."""
    for group in entry.sets:
        for outcome in group.outcomes:
            place = f"{group.number}.{outcome.number}"
            yield Wording(place, outcome.pl, bool(outcome.criteria))
            for criterion in outcome.criteria:
                yield Wording(f"{place} {criterion.letter}", criterion.pl, False)


def checked(entry: Entry) -> list[tuple[Wording, list[Fault]]]:
    """Wordings with faults, in order; those without any are left out."""
    pairs = [(one, faults(one.text, level=entry.level, has_criteria=one.has_criteria)) for one in wordings(entry)]
    return [(one, found) for one, found in pairs if found]


def whole(entry: Entry) -> Holder | None:
    """The entry as it is compared with others; None without outcomes, for a title alone says too little."""
    outcomes = tuple(outcome.pl for group in entry.sets for outcome in group.outcomes)
    return Holder(entry.code, entry.code, outcomes) if outcomes else None


def parts(entry: Entry) -> Iterator[Holder]:
    """The sets of an entry with at least LEAST_OUTCOMES outcomes; keys are `<code>/<set>`."""
    for group in entry.sets:
        if len(group.outcomes) >= LEAST_OUTCOMES:
            yield Holder(f"{entry.code}/{group.number}", entry.code, tuple(one.pl for one in group.outcomes))


def pair_data(alike: Alike, first: Holder, second: Holder, *, turned: bool = False) -> dict[str, Any]:
    """A pair as it is stored, seen from its first holder, or `turned` from the second. Texts stand for places."""
    own, other = (second, first) if turned else (first, second)
    left_own, left_other = (alike.left_second, alike.left_first) if turned else (alike.left_first, alike.left_second)
    return {
        "own": own.key,
        "other": other.key,
        "score": alike.score,
        "counterparts": [
            {
                "own": own.outcomes[one.second if turned else one.first],
                "other": other.outcomes[one.first if turned else one.second],
                "score": one.score,
                "shared": list(one.shared),
                "only_own": list(one.only_second if turned else one.only_first),
                "only_other": list(one.only_first if turned else one.only_second),
            }
            for one in alike.counterparts
        ],
        "left_own": [own.outcomes[at] for at in left_own],
        "left_other": [other.outcomes[at] for at in left_other],
    }


def suggested(entry: Entry, place: str, texts: Sequence[str]) -> Entry:
    """The entry with one wording replaced by one or more. Further ones follow as criteria or as outcomes of their own.

    A place that the entry does not have changes nothing.
    """
    where, _space, letter = place.partition(" ")
    sets = []
    for group in entry.sets:
        outcomes: list[Outcome] = []
        for outcome in group.outcomes:
            if f"{group.number}.{outcome.number}" != where or not texts:
                outcomes.append(outcome)
            elif letter:
                outcomes.append(replace(outcome, criteria=_split(outcome.criteria, letter, texts)))
            else:
                outcomes += [replace(outcome, pl=texts[0], en=""), *(Outcome(0, text) for text in texts[1:])]
        sets.append(replace(group, outcomes=tuple(outcomes)))
    return replace(entry, sets=tuple(sets))


def _split(criteria: Sequence[Criterion], letter: str, texts: Sequence[str]) -> tuple[Criterion, ...]:
    made: list[Criterion] = []
    for one in criteria:
        made += [Criterion(letter, text) for text in texts] if one.letter == letter else [one]
    return tuple(made)


def level_data(entry: Entry, proposal: Proposal) -> dict[str, Any]:
    """A proposed level as it is stored."""
    return {
        "stated": entry.level,
        "proposed": proposal.level,
        "support": list(proposal.support),
        "reasons": [reason_data(one) for one in proposal.for_it[:MOST_REASONS]],
        "against": [reason_data(one) for one in proposal.against[:MOST_REASONS]],
    }


def reason_data(reason: Reason) -> dict[str, Any]:
    return {**asdict(reason), "axis": str(reason.axis), "meaning": str(reason.meaning)}


def fault_data(wording: Wording, found: list[Fault]) -> dict[str, Any]:
    """A wording with its faults as it is stored."""
    return {
        "place": wording.place,
        "text": wording.text,
        "faults": [{**asdict(one), "kind": str(one.kind), "suggestions": list(one.suggestions)} for one in found],
    }
