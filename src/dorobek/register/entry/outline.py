"""Sets, outcomes and criteria as a text that a person can edit, and back.

`#` begins a set, a line without a mark an outcome, `-` a criterion. `as_outline(read_outline(text))` gives the text back.
"""

from collections.abc import Sequence

from dorobek.register.entry.shape import Criterion, Outcome, OutcomeSet

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class BadOutline(ValueError):
    """The text does not hold together; `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line, self.problem = line, problem


def as_outline(sets: Sequence[OutcomeSet]) -> str:
    """The text of these sets."""
    lines: list[str] = []
    for group in sets:
        lines.append(f"# {group.pl}")
        for outcome in group.outcomes:
            lines.append(outcome.pl)
            lines += [f"- {criterion.pl}" for criterion in outcome.criteria]
    return "\n".join(lines)


def read_outline(text: str, held: Sequence[OutcomeSet] = ()) -> tuple[OutcomeSet, ...]:
    """The sets of a text. What the text does not show (English words, levels, hours, kinds) is taken from `held`,
    where the Polish words are the same. Raises BadOutline: "no-set", "no-outcome" or "too-many"."""
    sets: list[tuple[str, list[tuple[str, list[str]]]]] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = " ".join(raw.split())
        if not line:
            continue
        if line.startswith("#"):
            sets.append((line.lstrip("# ").strip(), []))
        elif not sets:
            raise BadOutline(number, "no-set")
        elif line.startswith(("- ", "– ", "• ")):
            if not sets[-1][1]:
                raise BadOutline(number, "no-outcome")
            if len(sets[-1][1][-1][1]) == len(LETTERS):
                raise BadOutline(number, "too-many")
            sets[-1][1][-1][1].append(line[2:].strip())
        else:
            sets[-1][1].append((line, []))
    groups = {group.pl: group for group in held}
    known = {outcome.pl: outcome for group in held for outcome in group.outcomes}
    english = {one.pl: one.en for group in held for outcome in group.outcomes for one in outcome.criteria}
    made = []
    for place, (title, outcomes) in enumerate(sets, start=1):
        was = groups.get(title, OutcomeSet(place, title))
        listed = tuple(
            _outcome(at, words, lines, known, english) for at, (words, lines) in enumerate(outcomes, start=1)
        )
        made.append(OutcomeSet(place, title, was.en, was.level, was.hours, listed))
    return tuple(made)


def _outcome(
    number: int, words: str, lines: Sequence[str], known: dict[str, Outcome], english: dict[str, str]
) -> Outcome:
    was = known.get(words, Outcome(number, words))
    criteria = tuple(Criterion(LETTERS[at], line, english.get(line, "")) for at, line in enumerate(lines))
    return Outcome(number, words, was.en, was.kind, criteria)
