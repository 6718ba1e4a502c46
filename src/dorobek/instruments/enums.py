"""Levels and validity of results."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Five levels, as in the situational test of the source programme (IN-3)."""

    VERY_LOW = "1", _("bardzo niski")
    LOW = "2", _("niski")
    MODERATE = "3", _("umiarkowany")
    HIGH = "4", _("wysoki")
    VERY_HIGH = "5", _("bardzo wysoki")


class Validity(TextChoices):
    VALID = "valid", _("wynik diagnostyczny")
    DOUBTFUL = "doubtful", _("wynik wątpliwy")
    NOT_DIAGNOSTIC = "not-diagnostic", _("wynik niediagnostyczny")
