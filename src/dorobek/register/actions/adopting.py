"""A skill of ESCO taken over as a learning outcome, so that a person's competence can rest on it (MT-2, SA-9)."""

from dorobek.register.enums import ConceptKind, OutcomeKind
from dorobek.register.models import Concept, LearningOutcome

ESCO = "esco"
KEPT = ("id", "uid", "framework", "code", "outcome_set")
KINDS = {ConceptKind.SKILL.value: OutcomeKind.SKILL, ConceptKind.KNOWLEDGE.value: OutcomeKind.KNOWLEDGE}


def code_of(uri: str) -> str:
    """The last part of an address: ESCO's own identifier."""
    return uri.rstrip("/").rsplit("/", 1)[-1][:80]


def skill_of(code: str) -> Concept | None:
    """The skill of the newest ESCO here whose identifier this is."""
    kinds = list(KINDS)
    rows = Concept.objects.filter(framework__code=ESCO, kind__in=kinds, retired=False, uri__endswith=f"/{code}")
    return rows.order_by("-framework__imported_at", "-pk").first() if code else None


def outcome_of(concept: Concept) -> LearningOutcome:
    """A skill as the learning outcome it would be, not stored; without Polish labels its words are English."""
    return LearningOutcome(
        framework=ESCO,
        code=code_of(concept.uri),
        kind=KINDS[concept.kind],
        title_pl=concept.label_pl or concept.label_en,
        title_en=concept.label_en,
        hint_pl=concept.description_pl[:500],
        hint_en=concept.description_en[:500],
        words_pl=concept.other_pl,
        words_en=concept.other_en,
    )


def adopted(code: str) -> LearningOutcome | None:
    """The stored learning outcome of the skill with this identifier, made when it is first needed; None: no such skill."""
    held = LearningOutcome.objects.filter(framework=ESCO, code=code).first()
    concept = None if held else skill_of(code)
    if concept is None:
        return held
    fresh = outcome_of(concept)
    values = {field.name: getattr(fresh, field.name) for field in fresh._meta.concrete_fields if field.name not in KEPT}
    return LearningOutcome.objects.get_or_create(framework=ESCO, code=code, defaults=values)[0]
