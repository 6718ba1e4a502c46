"""Kinds of goals, directions and states of steps in a development plan."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """The three directions that count equally (DP-5)."""

    UPSKILLING = "upskilling", _("podnoszenie kwalifikacji")
    RESKILLING = "reskilling", _("zmiana kwalifikacji")
    RETURN = "return", _("powrót na rynek pracy")


class GoalKind(TextChoices):
    MAIN = "main", _("cel główny")
    INTERMEDIATE = "intermediate", _("cel pośredni")
    ALTERNATIVE = "alternative", _("cel alternatywny")


class GoalSubject(TextChoices):
    EMPLOYMENT = "employment", _("zatrudnienie")
    POST = "post", _("zmiana stanowiska")
    JOB = "job", _("zmiana pracy")
    LEARNING = "learning", _("nauka lub kształcenie")
    OTHER = "other", _("inny cel")


class LearningForm(TextChoices):
    FORMAL = "formal", _("szkoła lub studia")
    COURSE = "course", _("kurs lub szkolenie")
    EXAM = "exam", _("sam egzamin")
    AT_WORK = "at-work", _("nauka w pracy")
    SELF = "self", _("nauka własna")
    VALIDATION = "validation", _("walidacja tego, co już umiem")


class ActionState(TextChoices):
    PLANNED = "planned", _("zaplanowane")
    STARTED = "started", _("w toku")
    DONE = "done", _("zrobione")
    DROPPED = "dropped", _("zrezygnowano")


class Reliability(TextChoices):
    OFFICIAL = "official", _("źródło urzędowe")
    RESEARCH = "research", _("badanie lub raport")
    PRACTICE = "practice", _("pracodawca lub praktyk")
    OPINION = "opinion", _("opinia, do sprawdzenia")


class WorkKind(TextChoices):
    """When somebody works, as far as classes can be planned around it."""

    NONE = "none", _("nie pracuję")
    FIXED = "fixed", _("w stałych godzinach")
    SHIFTS = "shifts", _("na zmiany albo o różnych porach")


class RouteName(TextChoices):
    """The three routes of DP-4, and one put together by hand."""

    CHEAPEST = "cheapest", _("najtańsza")
    SOONEST = "soonest", _("najszybsza")
    WIDEST = "widest", _("najszersza")
    OWN = "own", _("ułożona samodzielnie")


class ClosedBy(TextChoices):
    """What closed a step without anybody's hand; `UNDONE` keeps it from being closed so again."""

    CREDENTIAL = "credential", _("poświadczenie")
    VOUCHER = "voucher", _("rozliczony bon")
    VALIDATION = "validation", _("walidacja")
    UNDONE = "undone", _("cofnięte ręcznie")
