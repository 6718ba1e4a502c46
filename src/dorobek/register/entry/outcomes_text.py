"""Reads sets, outcomes and criteria of a print-out by following their numbering: 1), then 1., then a."""

import re
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dorobek.register.entry.headings import folded
from dorobek.register.entry.shape import Criterion, Outcome, OutcomeSet, Remark, RemarkKind

if TYPE_CHECKING:
    from dorobek.register.entry.printout import Line

SET = re.compile(r"^(\d+)\)\s+(\S.*)$")
OUTCOME = re.compile(r"^(\d+)\.\s+(\S.*)$")
CRITERION = re.compile(r"^([a-z])\.\s+(\S.*)$")
FRAMES = {"poszczególne efekty uczenia się oraz kryteria weryfikacji ich osiągnięcia"}
CRITERIA = "kryteria weryfikacji"


@dataclass
class _Draft:
    """A numbered item while its lines are gathered."""

    mark: str
    words: list[str]
    below: list["_Draft"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass
class _Reader:
    """Follows the numbering; `open` is the item that a line without a number continues."""

    sets: list[_Draft] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    open: _Draft | None = None
    in_criteria: bool = False

    def take(self, line: "Line") -> None:
        if folded(line.text) in FRAMES:
            self.open = None
        elif folded(line.text) == CRITERIA:
            self.in_criteria, self.open = True, None
        elif not (self._set(line.text) or self._outcome(line.text) or self._criterion(line.text)):
            self._continue(line)

    def _set(self, text: str) -> bool:
        found = SET.match(text)
        if not found or int(found[1]) != len(self.sets) + 1:
            return False
        self.open, self.in_criteria = _Draft(found[1], [found[2]]), False
        self.sets.append(self.open)
        return True

    def _outcome(self, text: str) -> bool:
        found = OUTCOME.match(text)
        if not found or not self.sets or int(found[1]) != len(self.sets[-1].below) + 1:
            return False
        self.open, self.in_criteria = _Draft(found[1], [found[2]]), False
        self.sets[-1].below.append(self.open)
        return True

    def _criterion(self, text: str) -> bool:
        found = CRITERION.match(text)
        if not found or not self.in_criteria:
            return False
        outcome = self.sets[-1].below[-1]
        if found[1] != string.ascii_lowercase[len(outcome.below)]:
            return False
        self.open = _Draft(found[1], [found[2]])
        outcome.below.append(self.open)
        return True

    def _continue(self, line: "Line") -> None:
        if self.open is None:
            self.remarks.append(Remark(RemarkKind.UNPLACED, line.number, line.text))
            return
        if line.after_gap:
            self.remarks.append(Remark(RemarkKind.HEALED, line.number, "an item broken by a page, joined"))
        self.open.words.append(line.text)


def read_sets(lines: "list[Line]") -> tuple[tuple[OutcomeSet, ...], list[Remark]]:
    """The sets of a print-out, and remarks on lines that fit nowhere or items without what belongs under them."""
    reader = _Reader()
    for line in lines:
        reader.take(line)
    for group in reader.sets:
        if not group.below:
            reader.remarks.append(Remark(RemarkKind.SUSPECT, None, f"set {group.mark} has no outcome"))
        for outcome in group.below:
            if not outcome.below:
                text = f"outcome {group.mark}.{outcome.mark} has no criterion"
                reader.remarks.append(Remark(RemarkKind.SUSPECT, None, text))
    return tuple(_set(group) for group in reader.sets), reader.remarks


def _set(draft: _Draft) -> OutcomeSet:
    return OutcomeSet(int(draft.mark), draft.text, outcomes=tuple(_outcome(below) for below in draft.below))


def _outcome(draft: _Draft) -> Outcome:
    criteria = tuple(Criterion(one.mark, one.text) for one in draft.below)
    return Outcome(int(draft.mark), draft.text, criteria=criteria)
