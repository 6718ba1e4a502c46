"""Which skills of ESCO an outcome may mean: the matcher over all imported skills (RG-7, MT-2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from dorobek.matching import Index, Suggestion
from dorobek.matching.types import Language
from dorobek.register.models import Concept, LearningOutcome, Qualification
from dorobek.register.queries import indexes

EACH = 3  # skills proposed for one outcome
LEAST = 0.3  # score from which a skill is proposed
FEW = 2000  # so many skills are indexed at once; more wait for the index that a job builds


class NotYet(Exception):
    """The index of skills is still being built; ask again in some minutes."""


@dataclass(frozen=True)
class SkillProposal:
    """A skill for an outcome. `reason`: [words of the outcome, words of the skill's labels] that met."""

    outcome: LearningOutcome
    concept_id: int
    score: float
    reason: list[list[str]]


def skills_for(qualification: Qualification) -> list[SkillProposal] | None:
    """The best skills for each outcome; None when no ESCO in the outcomes' language is imported. Raises NotYet.

    Polish outcomes are matched with Polish labels; where those are not imported, English ones with English labels.
    """
    outcomes = LearningOutcome.objects.filter(outcome_set__qualification=qualification, withdrawn=False).order_by("pk")
    held = list(outcomes)
    for language in languages():
        texts = [(one, one.title_pl if language == "pl" else one.title_en) for one in held]
        said = [(one, text) for one, text in texts if text]
        if said:
            index = skill_index(language)
            return [proposal for one, text in said for proposal in _of_outcome(one, index.suggest(text, limit=EACH))]
    return None


def languages() -> Sequence[Language]:
    """Languages in which skills of the newest ESCO have labels here, Polish first. Three statements."""
    found = indexes.esco()
    skills = Concept.objects.filter(framework_id=found[0] if found else 0, kind__in=indexes.SKILLS, retired=False)
    known: list[Language] = []
    if skills.exclude(label_pl="").exists():
        known.append("pl")
    if skills.exclude(label_en="").exists():
        known.append("en")
    return known


def skill_index(language: Language) -> Index:
    """The index of skills that the installation has learned; of a few skills, one made now. Raises NotYet."""
    found = indexes.esco()
    learned = indexes.learned("skills", language, found[1] if found else "")
    if learned is not None:
        return learned
    concepts = indexes.SOURCES["skills"].concepts(language)
    few = [one for one, _number in zip(concepts, range(FEW + 1), strict=False)]
    if len(few) > FEW:
        raise NotYet
    return Index.build(few, language)


def _of_outcome(outcome: LearningOutcome, found: Sequence[Suggestion]) -> list[SkillProposal]:
    return [
        SkillProposal(
            outcome,
            int(one.code),
            round(one.score, 3),
            [[match.words_in_text, match.words_in_concept] for match in one.matches],
        )
        for one in found
        if one.score >= LEAST
    ]
