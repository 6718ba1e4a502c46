"""How far the evidence of an application covers the criteria of the entry (VA-1, VA-7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dorobek.validation.rules.shapes import SetShape


@dataclass(frozen=True, slots=True)
class Covering:
    """Counts of criteria: with evidence, without, and confirmed earlier. `bare` are codes of those without."""

    covered: int
    carried: int
    bare: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.covered + self.carried + len(self.bare)


def covering(sets: Sequence[SetShape], pieces: Mapping[str, int], carried: Collection[str] = ()) -> Covering:
    """Criteria with at least one piece. `pieces`: code of criterion -> how many; `carried`: codes of outcomes."""
    covered, held, bare = 0, 0, []
    for group in sets:
        for outcome in group.outcomes:
            for code in outcome.criteria:
                if outcome.code in carried:
                    held += 1
                elif pieces.get(code, 0) > 0:
                    covered += 1
                else:
                    bare.append(code)
    return Covering(covered, held, tuple(bare))
