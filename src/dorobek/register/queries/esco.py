"""From a person's own words to ESCO: likely occupations, and skills found directly and through them (MT-1, MT-3)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dorobek.matching import Bridge, Index, Led, Suggestion, merged
from dorobek.matching.through import OCCUPATIONS
from dorobek.matching.types import Language
from dorobek.register.actions.adopting import code_of
from dorobek.register.actions.frameworks import ESCO_NOTICE
from dorobek.register.enums import RelationKind
from dorobek.register.models import Concept, ConceptRelation
from dorobek.register.queries import indexes
from dorobek.register.queries.outcomes import outcome_index

BELONGS = {RelationKind.ESSENTIAL.value: 1.0, RelationKind.OPTIONAL.value: 0.4}
SHOWN = 3  # likely occupations shown by themselves


@dataclass(frozen=True)
class Skill:
    """A skill of ESCO, the road to it, and the occupations it came through."""

    concept: Concept
    led: Led
    through: tuple[Concept, ...]


@dataclass(frozen=True)
class Occupation:
    """A likely occupation and why."""

    concept: Concept
    suggestion: Suggestion


@dataclass(frozen=True)
class FromEsco:
    """What ESCO has for a text; nothing when it is not `imported`, not yet learned (not `ready`), or nothing fits.

    `notice`: what ESCO's licence asks to show.
    """

    skills: tuple[Skill, ...] = ()
    occupations: tuple[Occupation, ...] = ()
    ready: bool = False
    imported: bool = True
    notice: str = ""


def words_in_esco(text: str, language: Language, limit: int) -> FromEsco:
    """Likely occupations and at most `limit` skills for anybody's words. Six statements at most."""
    found = from_esco(text, language, limit, outcome_index(language))
    return replace(found, notice=ESCO_NOTICE if found.ready else "")


def from_esco(text: str, language: Language, limit: int, catalogue: Index, without: Iterable[str] = ()) -> FromEsco:
    """At most `limit` skills, without those with some identifiers. One statement without ESCO, at most four with it.

    `catalogue` knows how people talk: what a text means there leads to occupations too.
    """
    found = indexes.esco()
    if found is None:
        return FromEsco(imported=False)
    skilled = indexes.learned("skills", language, found[1])
    named = indexes.learned("occupations", language, found[1])
    direct = skilled.suggest(text, OCCUPATIONS) if skilled is not None else []
    occupations = _bridge(catalogue, named).likely(text, OCCUPATIONS) if named is not None else []
    aside = set(without)
    led = merged(direct, occupations, _needs(occupations), limit + len(aside))
    keys = {one.code for one in led} | {code for one in led for code in one.occupations}
    keys |= {one.code for one in occupations[:SHOWN]}
    rows = {str(row.pk): row for row in Concept.objects.filter(pk__in=keys)} if keys else {}
    skills = [
        Skill(rows[one.code], one, tuple(rows[code] for code in one.occupations if code in rows))
        for one in led
        if one.code in rows and code_of(rows[one.code].uri) not in aside
    ]
    shown = [Occupation(rows[one.code], one) for one in occupations[:SHOWN] if one.code in rows]
    return FromEsco(tuple(skills[:limit]), tuple(shown), ready=named is not None or skilled is not None)


@lru_cache(maxsize=4)
def _bridge(catalogue: Index, occupations: Index) -> Bridge:
    return Bridge(catalogue, occupations)


def _needs(occupations: list[Suggestion]) -> Mapping[str, Mapping[str, float]]:
    """The skills of some occupations and how much each belongs to it. One statement."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    keys = [int(one.code) for one in occupations]
    rows = (
        ConceptRelation.objects.filter(source_id__in=keys, kind__in=BELONGS) if keys else ConceptRelation.objects.none()
    )
    for source, target, kind in rows.values_list("source_id", "target_id", "kind"):
        found[str(source)][str(target)] = max(BELONGS[kind], found[str(source)].get(str(target), 0.0))
    return found
