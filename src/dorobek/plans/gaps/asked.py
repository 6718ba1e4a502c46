"""What a target asks for: the outcomes of its source with their weights, and what the person changed (DP-3)."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from dorobek.matching.types import Language
from dorobek.plans.gaps.enums import LineState, TargetKind
from dorobek.plans.gaps.rules import Asked
from dorobek.plans.gaps.shapes import REGISTER
from dorobek.plans.models_targets import Target, TargetLine
from dorobek.plans.routes import Weight
from dorobek.portfolio.readiness import WantedCriterion, WantedOutcome, Yardstick
from dorobek.portfolio.readiness.entries import wanted_of
from dorobek.register.actions.adopting import ESCO, code_of
from dorobek.register.enums import RelationKind
from dorobek.register.models import Concept, ConceptRelation, QualificationVersion

WEIGHTS = {RelationKind.ESSENTIAL.value: Weight.ESSENTIAL, RelationKind.OPTIONAL.value: Weight.USEFUL}
OWN = "own"


def line_code(framework: str, code: str) -> str:
    """The code of a line: `zrk:90001-1-2`, `esco:<identifier>`."""
    return f"{framework}:{code}"


def of_template(template_uid: uuid.UUID, number: int) -> str:
    """The code of an outcome of a micro-credential that has none in the register."""
    return f"micro:{template_uid}-{number}"


def lines_of(target: Target) -> list[Asked]:
    """Every line that the target asks for today. One statement for an occupation; the target's own rows come with it."""
    changes = {line.code: line for line in target.lines.all()}
    found = [_changed(one, changes.pop(one.wanted.code, None)) for one in source_lines(target)]
    kept = [one for one in found if one is not None]
    return kept + [_own(line) for line in changes.values() if line.state == LineState.TAKEN]


def source_lines(target: Target) -> list[Asked]:
    """The lines of the source, as nobody changed them. One statement; none for a wish."""
    match target.kind:
        case TargetKind.QUALIFICATION:
            return [Asked(one, Weight.ESSENTIAL) for one in _of_entry(target)]
        case TargetKind.CREDENTIAL:
            return [Asked(one, Weight.ESSENTIAL) for one in _of_template(target)]
        case TargetKind.OCCUPATION:
            return list(_of_occupation(target))
        case _:
            return []


def _of_entry(target: Target) -> tuple[WantedOutcome, ...]:
    version = target.qualification.current if target.qualification else None
    return _entry_lines(version.pk, version.digest) if version else ()


@lru_cache(maxsize=200)
def _entry_lines(version: int, _digest: str) -> tuple[WantedOutcome, ...]:
    """The outcomes of one version; it never changes, so it is read once."""
    entry = QualificationVersion.objects.only("data").get(pk=version).entry
    seen: Counter[str] = Counter()
    found = []
    for one in wanted_of(entry):
        seen[one.code] += 1
        again = f"~{seen[one.code]}" if seen[one.code] > 1 else ""  # a badly written entry numbers two things alike
        found.append(replace(one, code=line_code(REGISTER, one.code) + again))
    return tuple(found)


def _of_template(target: Target) -> Iterator[WantedOutcome]:
    template = target.template
    design = template.current.design if template and template.current else None
    for number, line in enumerate(design.outcomes if template and design else ()):
        code = of_template(template.uid, number) if template else ""
        criteria = tuple(WantedCriterion(_letter(at), text) for at, text in enumerate(line.criteria))
        yield WantedOutcome(code, str(number + 1), line.pl, criteria, line.en)


def _letter(number: int) -> str:
    return chr(ord("a") + number) if number < 26 else str(number + 1)


def _of_occupation(target: Target) -> Iterator[Asked]:
    """Skills of the occupation: essential ones first. An occupation of KZiS asks for those of ESCO chosen for it."""
    occupation = target.skills_of or target.concept
    rows = ConceptRelation.objects.filter(source=occupation, kind__in=WEIGHTS, target__retired=False)
    seen = set()
    ordered = sorted(rows.select_related("target"), key=lambda row: (row.kind != RelationKind.ESSENTIAL, row.pk))
    for number, row in enumerate(ordered, 1):
        code = line_code(ESCO, code_of(row.target.uri))
        if code not in seen:
            seen.add(code)
            language: Language = "pl" if row.target.label_pl else "en"
            yield Asked(_skill(code, number, row.target), WEIGHTS[row.kind], language=language)


def _skill(code: str, number: int, concept: Concept) -> WantedOutcome:
    words = concept.other_pl if concept.label_pl else concept.other_en
    return WantedOutcome(code, str(number), concept.label("pl"), title_en=concept.label_en, words=tuple(words))


def _changed(one: Asked, line: TargetLine | None) -> Asked | None:
    """The line with the weight that the person gave it; None when they took it out."""
    if line is None:
        return one
    if line.state == LineState.OUT:
        return None
    weight = Weight(line.weight)
    return Asked(one.wanted, weight, one.weight if weight is not one.weight else None, one.language)


def _own(line: TargetLine) -> Asked:
    return Asked(WantedOutcome(line.code, "", line.title), Weight(line.weight))


def yardstick_of(asked: Iterable[Asked], language: Language = "pl") -> Yardstick:
    """The yardstick of these lines, kept in memory with what texts met on it."""
    return _yardstick(tuple(one.wanted for one in asked), language)


@lru_cache(maxsize=200)
def _yardstick(wanted: tuple[WantedOutcome, ...], language: Language) -> Yardstick:
    return Yardstick.of(wanted, language)
