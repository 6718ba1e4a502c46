"""The life of a competence, kinds of evidence and the marks an adviser gives it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CompetenceState(TextChoices):
    """One life: each state keeps what the one before it established."""

    SUGGESTED = "suggested", _("propozycja")
    CLAIMED = "claimed", _("czeka na potwierdzenie")
    DISPUTED = "disputed", _("sporna")
    CONFIRMED = "confirmed", _("potwierdzona")
    SUPPORTED = "supported", _("potwierdzona, z dowodem")
    VALIDATED = "validated", _("zwalidowana")
    CERTIFIED = "certified", _("poświadczona")


CONFIRMED_STATES = (
    CompetenceState.CONFIRMED,
    CompetenceState.SUPPORTED,
    CompetenceState.VALIDATED,
    CompetenceState.CERTIFIED,
)


class EvidenceKind(TextChoices):
    FILE = "file", _("plik: zdjęcie, dokument, film")
    LINK = "link", _("adres strony w internecie")
    STATEMENT = "statement", _("oświadczenie")
    OBJECT = "object", _("rzecz, praca, wyrób")
    CREDENTIAL = "credential", _("poświadczenie cyfrowe")


class Mark(TextChoices):
    """An answer to one of the four questions about evidence (PF-2)."""

    YES = "yes", _("tak")
    PARTLY = "partly", _("częściowo")
    NO = "no", _("nie")


class HeldSource(TextChoices):
    """How a credential of another issuer came into the wallet."""

    FILE = "file", _("z pliku")
    PICTURE = "picture", _("z obrazka odznaki")
    LINK = "link", _("z adresu")
    TEXT = "text", _("z wklejonego tekstu")
