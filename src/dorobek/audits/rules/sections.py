"""What a case must contain under its programme: card sections, documents, sections of reports."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from dorobek.audits.enums import KIND_OF_SECTION, Variant
from dorobek.programmes.enums import DocumentKind, VariantKind
from dorobek.programmes.schema import Rules

# The six sections of the feedback report (SA-12), in order.
FEEDBACK_SECTIONS = {
    "scope-and-goal": _("Uzgodniony i zrealizowany zakres bilansu oraz cel"),
    "situation": _("Sytuacja edukacyjna i zawodowa"),
    "interests": _("Zainteresowania i predyspozycje"),
    "competences-held": _("Kompetencje, które już są"),
    "competences-to-develop": _("Kompetencje, które warto rozwijać"),
    "values-and-goals": _("Wartości, aspiracje i cele"),
}
# Sections that the adviser writes by hand; the other two are drawn from the competences, with a remark at will.
WRITTEN_FEEDBACK_SECTIONS = ("scope-and-goal", "situation", "interests", "values-and-goals")


def required_sections() -> tuple[str, ...]:
    """Feedback sections that must be written before the report can be handed over."""
    return WRITTEN_FEEDBACK_SECTIONS


def required_documents(rules: Rules, variant: str) -> tuple[DocumentKind, ...]:
    """Documents this variant hands over; none before a variant is chosen."""
    if variant == Variant.UNDECIDED:
        return ()
    found = rules.variant(VariantKind(variant))
    return found.documents if found else ()


def card_sections_missing(rules: Rules, kinds: Collection[str], noted: Collection[str]) -> list[str]:
    """Required card sections with neither an entry nor a note (or a plain "nothing to add")."""
    return [
        str(section.kind)
        for section in rules.card.sections
        if section.required and str(section.kind) not in noted and KIND_OF_SECTION.get(section.kind, "") not in kinds
    ]
