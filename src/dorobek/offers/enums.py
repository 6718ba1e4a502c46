"""Kinds and states of the training offer, with labels. The codes of `Field` are those of a programme's voucher terms."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ServiceKind(TextChoices):
    TRAINING = "training", _("szkolenie")
    EXAM = "exam", _("sam egzamin")
    VALIDATION = "validation", _("walidacja")


class Field(TextChoices):
    LANGUAGES = "languages", _("języki obce")
    DRIVING = "driving-licence", _("prawo jazdy")
    COMPUTING = "computing", _("komputery")
    PROJECTS = "project-management", _("zarządzanie projektami")
    GENERAL = "general-education", _("uzupełnianie wykształcenia")
    TRADE = "trade", _("zawodowe")
    OTHER = "other", _("inne")


class Ending(TextChoices):
    """What the buyer holds in hand afterwards."""

    CERTIFICATE = "certificate", _("uznany certyfikat")
    STATEMENT = "statement", _("zaświadczenie o ukończeniu")
    NOTHING = "nothing", _("bez dokumentu")


class HourForm(TextChoices):
    """How many learn at once; a programme may pay a different price for an hour of each."""

    GROUP = "group", _("w grupie")
    PAIR = "pair", _("w parze")
    SINGLE = "single", _("pojedynczo")


class PartOfWeek(TextChoices):
    """When an edition meets, seen by somebody who works Monday to Friday by day."""

    EVENING = "evening", _("po pracy")
    WEEKEND = "weekend", _("w weekendy")
    FREE = "free", _("po pracy i w weekendy")
    DAY = "day", _("także w ciągu dnia")


class Source(TextChoices):
    TABLE = "table", _("tabela CSV")
    NATIONAL = "national", _("baza usług rozwojowych (JSON)")
    HAND = "hand", _("wpisane ręcznie")


class QualityKind(TextChoices):
    """Steps of the regional quality standard (VO-5)."""

    SELF = "self", _("samoocena")
    AUDIT = "audit", _("audyt zewnętrzny")
    MARK = "mark", _("znak jakości")
