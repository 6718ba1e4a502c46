"""Roles, scopes and kinds of the people room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("administrator")
    ADVISER = "adviser", _("doradca zawodowy")
    TRAINEE_ADVISER = "trainee", _("stażysta (doradca)")
    COORDINATOR = "coordinator", _("koordynator metodyczny")
    UNIT_HEAD = "unit-head", _("kierownik referatu")
    SPECIALIST = "specialist", _("specjalista")
    EMPLOYER = "employer", _("pracodawca")
    REGISTER_EDITOR = "register-editor", _("redaktor rejestru")
    ISSUER = "issuer", _("wystawiający mikropoświadczenia")
    VALIDATION_ADVISER = "validation-adviser", _("doradca walidacyjny")
    AWARDING_OFFICER = "awarding-officer", _("pracownik instytucji certyfikującej")
    ASSESSOR = "assessor", _("asesor")
    APPEALS_OFFICER = "appeals-officer", _("rozpatrujący odwołania")
    MINISTER_OFFICER = "minister-officer", _("urzędnik ministra")
    PROVIDER = "provider", _("dostawca szkoleń")
    SERVICE = "service", _("konto systemowe (API)")


STAFF_ROLES = tuple(Role)
ADVISING_ROLES = (Role.ADVISER, Role.TRAINEE_ADVISER, Role.COORDINATOR)


class InstitutionKind(TextChoices):
    GUIDANCE = "guidance", _("instytucja poradnictwa")
    ADULT_EDUCATION = "adult-education", _("placówka kształcenia dorosłych")
    EMPLOYER = "employer", _("pracodawca")
    AWARDING = "awarding-body", _("instytucja certyfikująca")
    TRAINING = "training-provider", _("dostawca szkoleń")


class Scope(TextChoices):
    """What a grant opens."""

    CASE = "case", _("prowadzenie sprawy")
    SUPERVISION = "supervision", _("nadzór merytoryczny")
    CONSULTATION = "consultation", _("konsultacja")


class AddressForm(TextChoices):
    """How a person wishes to be addressed; decides Polish endings on the screens."""

    MADAM = "madam", _("Pani")
    SIR = "sir", _("Pan")
    NEUTRAL = "neutral", _("bez formy grzecznościowej")


class IdentifierKind(TextChoices):
    PESEL = "pesel", _("PESEL")
    PASSPORT = "passport", _("numer paszportu")
    OTHER = "other", _("inny dokument")
    NONE = "none", _("brak")
