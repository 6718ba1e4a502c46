"""Kinds of learning outcomes, qualifications, bodies, methods of validation, and the concepts of frameworks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OutcomeKind(TextChoices):
    KNOWLEDGE = "knowledge", _("wiedza")
    SKILL = "skill", _("umiejętność")
    SOCIAL = "social", _("kompetencja społeczna")


class QualificationKind(TextChoices):
    FULL = "full", _("pełna")
    PARTIAL = "partial", _("cząstkowa")


class Category(TextChoices):
    """Where a qualification comes from. Since 2024 what was called market is free-market or sectoral (facts, Law)."""

    GENERAL_EDUCATION = "general_education", _("z oświaty")
    HIGHER_EDUCATION = "higher_education", _("ze szkolnictwa wyższego")
    VOCATIONAL = "vocational", _("z kształcenia zawodowego")
    CRAFT = "craft", _("rzemieślnicza")
    REGULATED = "regulated", _("uregulowana")
    FREE_MARKET = "free_market", _("wolnorynkowa")
    SECTORAL = "sectoral", _("sektorowa")
    MARKET = "market", _("rynkowa (dawne określenie)")


class Status(TextChoices):
    """What an entry's life has come to. Empty is a status that the source does not tell."""

    UNKNOWN = "", _("stan nieznany")
    INCLUDED = "included", _("włączona, jeszcze bez instytucji")
    FUNCTIONING = "functioning", _("można uzyskać")
    SUSPENDED = "suspended", _("zawieszona")
    ARCHIVED = "archived", _("archiwalna")


class BodyRole(TextChoices):
    AWARDING = "awarding", _("instytucja certyfikująca")
    VALIDATING = "validating", _("instytucja walidująca")
    QUALITY_ASSURANCE = "quality_assurance", _("podmiot zewnętrznego zapewniania jakości")
    APPLICANT = "applicant", _("wnioskodawca")
    MINISTER = "minister", _("minister właściwy")


class ValidationMethod(TextChoices):
    KNOWLEDGE_TEST = "knowledge_test", _("test wiedzy")
    EVIDENCE_ANALYSIS = "evidence_analysis", _("analiza dowodów i deklaracji")
    SIMULATED_OBSERVATION = "simulated_observation", _("obserwacja w warunkach symulowanych")
    WORKPLACE_OBSERVATION = "workplace_observation", _("obserwacja w miejscu pracy")
    CONVERSATION = "conversation", _("rozmowa z komisją")
    PRESENTATION = "presentation", _("prezentacja")
    WORK_SAMPLE = "work_sample", _("próba pracy")
    OTHER = "other", _("inna metoda")


class Source(TextChoices):
    """What a version of an entry was read from."""

    PRINTOUT = "printout", _("wydruk z rejestru")
    OPEN_JSON = "json", _("otwarty interfejs rejestru")
    TABLE = "csv", _("tabela CSV")
    EDITED = "edited", _("zmiana redaktora")


class ConceptKind(TextChoices):
    """What a concept of a framework is."""

    OCCUPATION = "occupation", _("zawód")
    SKILL = "skill", _("umiejętność")
    KNOWLEDGE = "knowledge", _("wiedza")
    GROUP = "group", _("grupa")
    FIELD = "field", _("dziedzina kształcenia")
    ACTIVITY = "activity", _("działalność")
    DESCRIPTOR = "descriptor", _("charakterystyka poziomu")


class RelationKind(TextChoices):
    ESSENTIAL = "essential", _("niezbędna")
    OPTIONAL = "optional", _("przydatna")
    BROADER = "broader", _("szersze pojęcie")
    RELATED = "related", _("pokrewne")
    EXACT = "exact", _("to samo")


class ChangeState(TextChoices):
    """The life of a change that two editors must agree on."""

    PROPOSED = "proposed", _("czeka na drugą osobę")
    ACCEPTED = "accepted", _("przyjęta")
    REJECTED = "rejected", _("odrzucona")


class InfoSection(TextChoices):
    """Parts of the info centre; the value stands in the address of a page."""

    GLOSSARY = "slownik", _("Słownik")
    GUIDE = "przewodnik", _("Przewodnik po walidacji")
    PRACTICE = "praktyki", _("Dobre praktyki")
