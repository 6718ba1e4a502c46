"""Which gaps a service of the offer closes, and by how much, from the words it describes itself with (DP-4).

Pure but for a small memory. What teaches closes what is missing; an exam or a validation closes what only lacks its
proof, and nothing that the person cannot do yet.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dorobek.matching import Concept, Index
from dorobek.plans.gaps.shapes import REGISTER
from dorobek.plans.planning.shapes import Goal, Wanted
from dorobek.plans.routes import Kind

WHOLE, PART = 0.56, 0.42  # scores of the matcher: met as a whole, met in part
PART_SHARE = 50
MOST_MET = 12
FULL = 100


@dataclass(frozen=True)
class Described:
    """What a service says of itself: the register entry it leads to, its outcomes, the title where it lists none."""

    kind: Kind
    title: str
    outcomes: tuple[str, ...] = ()
    register_code: str = ""
    codes: frozenset[str] = frozenset()  # outcomes of the register that it names by code


def closes(goal: Goal, service: Described) -> dict[str, int]:
    """Gap code to percent closed, never more than is missing; empty when the service has nothing to do with the goal."""
    proves = service.kind in (Kind.EXAM, Kind.VALIDATION)
    open_ = [one for one in goal.wanted if one.held < FULL and one.unproven == proves]
    whole: set[str] = set()
    if service.register_code and service.register_code == goal.register_code and not service.outcomes:
        # It leads to the entry and says no more: all the entry's outcomes, none of what the person added to them.
        whole = {one.code for one in open_ if one.code.startswith(f"{REGISTER}:{goal.register_code}-")}
    met = _met(_concepts(open_), tuple(service.outcomes) or (service.title,)) if open_ else {}
    found: dict[str, int] = {}
    for one in open_:
        named = one.code in whole or one.code in service.codes or one.code.partition(":")[2] in service.codes
        share = FULL if named else met.get(one.code, 0)
        if not service.outcomes and not named:
            share = min(share, PART_SHARE)  # a title alone promises nothing whole
        if share:
            found[one.code] = min(share, FULL - one.held)
    return found


def _concepts(wanted: Iterable[Wanted]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple((one.code, one.title, one.texts) for one in wanted)


@dataclass(frozen=True, eq=False)
class _Held:
    """An index over outcomes and their criteria, and which of them a stem is in. Concepts are named by their places."""

    index: Index
    having: Mapping[str, frozenset[int]]
    sizes: tuple[int, ...]

    def near(self, text: str) -> bool:
        """May the text meet anything? Two stems in common, or all of a text of one; asking the index costs far more."""
        stems = self.index.stems_in(text)
        shared = Counter(place for stem in stems for place in self.having.get(stem, ()))
        return any(count > 1 or count in (self.sizes[place], len(stems)) for place, count in shared.items())


@lru_cache(maxsize=64)
def _held(concepts: tuple[tuple[str, str, tuple[str, ...]], ...]) -> _Held:
    rows = []
    for at, (_code, title, texts) in enumerate(concepts):
        rows.append(Concept(str(at), title))
        rows += [Concept(f"{at}/{place}", text) for place, text in enumerate(texts)]
    index = Index.build(rows, "pl")
    stems = [index.stems_in(row.title) for row in rows]
    having: dict[str, set[int]] = defaultdict(set)
    for place, found in enumerate(stems):
        for stem in found:
            having[stem].add(place)
    return _Held(index, {stem: frozenset(places) for stem, places in having.items()}, tuple(map(len, stems)))


@lru_cache(maxsize=20_000)
def _met(concepts: tuple[tuple[str, str, tuple[str, ...]], ...], texts: Sequence[str]) -> dict[str, int]:
    """Percent of each outcome met by texts: whole, in part, or by the share of its criteria."""
    held = _held(concepts)
    best: dict[int, int] = {}
    criteria: dict[int, set[str]] = {}
    for text in filter(held.near, texts):
        for found in held.index.suggest(text, limit=MOST_MET):
            place, _slash, criterion = found.code.partition("/")
            at = int(place)
            if criterion and found.score >= WHOLE:
                criteria.setdefault(at, set()).add(criterion)
            elif not criterion and found.score >= PART:
                best[at] = max(best.get(at, 0), FULL if found.score >= WHOLE else PART_SHARE)
    for at, met in criteria.items():
        best[at] = max(best.get(at, 0), FULL * len(met) // len(concepts[at][2]))
    return {concepts[at][0]: share for at, share in best.items() if share}
