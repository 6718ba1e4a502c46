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
