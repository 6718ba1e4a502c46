"""A case laid out for a page: sets, outcomes and criteria with evidence, the adviser's notes, verdicts and reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language

from dorobek.portfolio.models import Evidence
from dorobek.register.entry import Entry
from dorobek.validation.models import AdviserNote, Decision
from dorobek.validation.queries.candidate import Reason
from dorobek.web.validation.candidate.words import verdict

Look = tuple[str, str, str]


@dataclass(frozen=True)
class CriterionLine:
    code: str
    text: str
    pieces: Sequence[Evidence] = ()
    note: AdviserNote | None = None
    look: Look | None = None
    reasons: Sequence[Reason] = ()


@dataclass(frozen=True)
class OutcomeLine:
    """`carried`: confirmed earlier, so that nothing is asked for it."""

    code: str
    title: str
    carried: bool
    criteria: Sequence[CriterionLine]
    look: Look | None = None

    @property
    def covered(self) -> int:
        return sum(bool(one.pieces) for one in self.criteria)

    @property
    def noted(self) -> int:
        return sum(one.note is not None for one in self.criteria)


@dataclass(frozen=True)
class SetLine:
    number: int
    title: str
    outcomes: Sequence[OutcomeLine]
    look: Look | None = None


@dataclass(frozen=True)
class Laid:
    """What is put beside the criteria: pieces, notes, and of one round its decision with reasons."""

    pieces: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)
    notes: Mapping[str, AdviserNote] = field(default_factory=dict)
    decision: Decision | None = None
    reasons: Mapping[str, Sequence[Reason]] = field(default_factory=dict)
    carried: Sequence[str] = ()


def lay(entry: Entry, laid: Laid) -> list[SetLine]:
    """The entry in its own order, in the reader's language where the entry has it."""
    english = (get_language() or "").startswith("en")
    decision = laid.decision
    found = []
    for group in entry.sets:
        outcomes = []
        for one in group.outcomes:
            code = f"{group.number}.{one.number}"
            texts = [(f"{code}.{each.letter}", (each.en if english else "") or each.pl) for each in one.criteria]
            title = (one.en if english else "") or one.pl
            outcomes.append(
                OutcomeLine(
                    code, title, code in laid.carried,
                    [_criterion(key, text, laid) for key, text in texts or [(code, title)]],
                    verdict(decision.outcomes.get(code, "")) if decision else None,
                )
            )  # fmt: skip
        look = verdict(decision.sets.get(str(group.number), "")) if decision else None
        found.append(SetLine(group.number, (group.en if english else "") or group.pl, outcomes, look))
    return found


def _criterion(code: str, text: str, laid: Laid) -> CriterionLine:
    look = verdict(laid.decision.criteria.get(code, "")) if laid.decision else None
    return CriterionLine(code, text, laid.pieces.get(code, ()), laid.notes.get(code), look, laid.reasons.get(code, ()))


def text_of(entry: Entry, code: str) -> str | None:
    """The wording of a criterion by its code; None when the entry has no such one."""
    lines = (line for group in lay(entry, Laid()) for outcome in group.outcomes for line in outcome.criteria)
    return next((line.text for line in lines if line.code == code), None)
