"""States and kinds of micro-credentials, with labels. Codes are stable: they stand in issued documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KeyState(TextChoices):
    ACTIVE = "active", _("podpisuje")
    RETIRED = "retired", _("wycofany, dawne podpisy są ważne")
    COMPROMISED = "compromised", _("ujawniony, jego podpisy nic nie znaczą")


class TemplateState(TextChoices):
    DRAFT = "draft", _("szkic")
    PUBLISHED = "published", _("opublikowany")
    WITHDRAWN = "withdrawn", _("wycofany")


class CredentialState(TextChoices):
    """What the issuer decided. That a day has passed is not decided by anybody and is read from the dates."""

    VALID = "valid", _("ważne")
    SUSPENDED = "suspended", _("zawieszone")
    REVOKED = "revoked", _("cofnięte")
    REPLACED = "replaced", _("zastąpione nowym")


class BatchState(TextChoices):
    WAITING = "waiting", _("czeka na podpisanie")
    SIGNING = "signing", _("podpisywanie trwa")
    DONE = "done", _("podpisana")
    STOPPED = "stopped", _("zatrzymana")


class Purpose(TextChoices):
    """Of a status list: what a set bit means (Bitstring Status List 1.0, section 2.1)."""

    REVOCATION = "revocation", _("cofnięcie")
    SUSPENSION = "suspension", _("zawieszenie albo cofnięcie")


class Assessment(TextChoices):
    """Codes of `vc.badges.vocabulary.ASSESSMENTS`, as signed."""

    TASK = "practical-task", _("zadanie praktyczne")
    OBSERVATION = "observation", _("obserwacja przy pracy albo w symulacji")
    TEST = "theory-test", _("test wiedzy")
    INTERVIEW = "interview", _("rozmowa")
    EVIDENCE = "evidence-analysis", _("analiza dowodów i deklaracji")
    PROJECT = "project", _("projekt")
    PRESENTATION = "presentation", _("prezentacja")
    WRITTEN = "written-work", _("praca pisemna")


class Participation(TextChoices):
    """Codes of `vc.badges.vocabulary.PARTICIPATION`, as signed."""

    ON_SITE = "onsite", _("na miejscu")
    ONLINE = "online", _("przez internet")
    BLENDED = "blended", _("częściowo przez internet")
    WORK = "workplace", _("w miejscu pracy")
    NONE = "none", _("bez zajęć, samo sprawdzenie")


class Supervision(TextChoices):
    """Supervision and identity check during the assessment (2022/C 243/02, Annex I, optional elements); codes of
    `vc.badges.vocabulary.SUPERVISION`, as signed."""

    ON_SITE_IDENTIFIED = "supervised-onsite-identified", _("pod nadzorem na miejscu, po sprawdzeniu tożsamości")
    ONLINE_IDENTIFIED = "supervised-online-identified", _("pod nadzorem przez internet, po sprawdzeniu tożsamości")
    SUPERVISED = "supervised", _("pod nadzorem, bez sprawdzania tożsamości")
    UNSUPERVISED = "unsupervised", _("bez nadzoru i bez sprawdzania tożsamości")


class Field(TextChoices):
    """Fields in which short credentials are asked for most."""

    DIGITAL = "digital", _("umiejętności cyfrowe")
    GREEN = "green", _("zielone umiejętności")
    SOFT = "soft", _("umiejętności społeczne")
    RETURN = "return-to-work", _("powrót do pracy")
    TRADE = "trade", _("zawodowe")


class Standing(TextChoices):
    """How a credential in a wallet stands, in one word for the list."""

    VALID = "valid", _("ważne")
    EXPIRED = "expired", _("po terminie")
    SUSPENDED = "suspended", _("zawieszone")
    REVOKED = "revoked", _("cofnięte")
    REPLACED = "replaced", _("zastąpione nowym")
    INVALID = "invalid", _("nieważne")
    UNSURE = "unsure", _("nie wszystko sprawdzone")
