"""Kinds of targets, weights and states of lines, measures of the labour market, with labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TargetKind(TextChoices):
    """What a goal leads to (DP-3)."""

    OCCUPATION = "occupation", _("zawód")
    QUALIFICATION = "qualification", _("kwalifikacja z rejestru")
    CREDENTIAL = "credential", _("mikropoświadczenie")
    WISH = "wish", _("własnymi słowami")


class LineWeight(TextChoices):
    """The values of `routes.Weight` as people read them."""

    ESSENTIAL = "essential", _("niezbędne")
    USEFUL = "useful", _("przydatne")
    OWN = "own", _("własny wybór")


class LineState(TextChoices):
    """The life of a line that is written down: proposed by the matcher, taken, or taken out."""

    PROPOSED = "proposed", _("propozycja")
    TAKEN = "taken", _("wybrane")
    OUT = "out", _("odrzucone")


class Cause(TextChoices):
    """What made the picture be looked at again."""

    TARGET = "target", _("wybór celu")
    COMPETENCE = "competence", _("kompetencje")
    EVIDENCE = "evidence", _("dowody")
    CREDENTIAL = "credential", _("poświadczenie")
    EXPIRED = "expired", _("minęła ważność poświadczenia")
    REVOKED = "revoked", _("poświadczenie cofnięte lub zawieszone")
    VOUCHER = "voucher", _("rozliczony bon")
    VALIDATION = "validation", _("walidacja")


class Measure(TextChoices):
    """What a figure of the labour market tells (DP-7)."""

    WAGE = "wage", _("wynagrodzenie")
    DEMAND = "demand", _("oferty pracy")
    FORECAST = "forecast", _("prognoza zapotrzebowania")


class Classification(TextChoices):
    """How the occupation of a figure is numbered."""

    KZIS = "kzis", _("klasyfikacja zawodów i specjalności")
    ESCO = "esco", _("ESCO")


class Forecast(TextChoices):
    """The five answers of a forecast in words."""

    MUCH_LACKING = "much-lacking", _("duży niedobór pracowników")
    LACKING = "lacking", _("niedobór pracowników")
    BALANCE = "balance", _("równowaga")
    SURPLUS = "surplus", _("nadwyżka pracowników")
    MUCH_SURPLUS = "much-surplus", _("duża nadwyżka pracowników")
