"""States and kinds of the skills audit, with labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dorobek.programmes.enums import CardSectionKind, InterviewArea


class Variant(TextChoices):
    UNDECIDED = "undecided", _("jeszcze nie wybrano")
    BASIC = "basic", _("bilans podstawowy")
    IN_DEPTH = "in-depth", _("bilans pogłębiony")


class Stage(TextChoices):
    """The stages of SA; the last two say how a case ended."""

    TALK = "talk", _("rozmowa")
    INITIAL = "initial", _("wstępny")
    RESEARCH = "research", _("badawczy")
    SUMMARY = "summary", _("podsumowujący")
    FINISHED = "finished", _("zakończony")
    INTERRUPTED = "interrupted", _("przerwany")


OPEN_STAGES = (Stage.TALK, Stage.INITIAL, Stage.RESEARCH, Stage.SUMMARY)


class Mover(TextChoices):
    """Who has the next move."""

    ADVISER = "adviser", _("doradca")
    PARTICIPANT = "participant", _("uczestnik")
    SPECIALIST = "specialist", _("specjalista")
    NOBODY = "nobody", _("nikt")


class EventKind(TextChoices):
    """Kinds of life events; the participant card and the time line are two views of them."""

    SCHOOL = "school", _("szkoła lub studia")
    COURSE = "course", _("kurs lub szkolenie")
    JOB = "job", _("praca")
    ACTIVITY = "activity", _("działalność poza pracą")
    CARE = "care", _("opieka nad bliskimi")
    FAMILY = "family", _("wydarzenie w rodzinie")
    INTEREST = "interest", _("zainteresowanie")
    LANGUAGE = "language", _("język obcy")
    DIGITAL = "digital", _("umiejętność cyfrowa")
    OTHER = "other", _("inne")


AREA_OF = {
    EventKind.SCHOOL: InterviewArea.EDUCATION,
    EventKind.COURSE: InterviewArea.EDUCATION,
    EventKind.LANGUAGE: InterviewArea.EDUCATION,
    EventKind.DIGITAL: InterviewArea.EDUCATION,
    EventKind.JOB: InterviewArea.WORK,
    EventKind.ACTIVITY: InterviewArea.PERSONAL,
    EventKind.CARE: InterviewArea.PERSONAL,
    EventKind.FAMILY: InterviewArea.PERSONAL,
    EventKind.INTEREST: InterviewArea.PERSONAL,
    EventKind.OTHER: InterviewArea.PERSONAL,
}
KIND_OF_SECTION = {
    CardSectionKind.SCHOOLS: EventKind.SCHOOL,
    CardSectionKind.COURSES: EventKind.COURSE,
    CardSectionKind.WORK: EventKind.JOB,
    CardSectionKind.OUTSIDE_WORK: EventKind.ACTIVITY,
    CardSectionKind.INTERESTS: EventKind.INTEREST,
    CardSectionKind.LANGUAGES: EventKind.LANGUAGE,
    CardSectionKind.DIGITAL: EventKind.DIGITAL,
}
# Kinds without a place on the time line.
TIMELESS = (EventKind.LANGUAGE, EventKind.DIGITAL)


class EmploymentForm(TextChoices):
    CONTRACT = "contract", _("umowa o pracę")
    CIVIL = "civil", _("umowa zlecenie lub o dzieło")
    SELF = "self", _("własna działalność")
    FARM = "farm", _("gospodarstwo rolne")
    PRACTICE = "practice", _("staż lub praktyka")
    ABROAD = "abroad", _("praca za granicą")
    INFORMAL = "informal", _("praca bez umowy")
    FAMILY_HELP = "family-help", _("pomoc w rodzinnej firmie")


class PersonalDetail(TextChoices):
    """What the participant decided about the personal area, after the notice (SA-7)."""

    NOT_ASKED = "not-asked", _("jeszcze nie zapytano")
    FULL = "full", _("dokładnie")
    GENERAL = "general", _("ogólnie, bez szczegółów")
    CHOSEN = "chosen", _("tylko o wybranych sprawach")
    NONE = "none", _("wcale")
    STOPPED = "stopped", _("przerwane na życzenie")


class MeetingKind(TextChoices):
    TALK = "talk", _("rozmowa doradczo-rekrutacyjna")
    BIOGRAPHICAL = "biographical", _("wywiad biograficzny")
    BEHAVIOURAL = "behavioural", _("wywiad behawioralny")
    ANALYSIS = "analysis", _("analiza kompetencji i dowodów")
    TESTS = "tests", _("testy i ich omówienie")
    PLAN = "plan", _("plan rozwoju")
    SUMMARY = "summary", _("rozmowa podsumowująca")
    OTHER = "other", _("inne spotkanie")


class MeetingState(TextChoices):
    PLANNED = "planned", _("umówione")
    HELD = "held", _("odbyte")
    CANCELLED = "cancelled", _("odwołane")
    MISSED = "missed", _("nieobecność")


class HomeworkState(TextChoices):
    NONE = "none", _("nie zadano")
    SET = "set", _("zadane")
    HANDED_IN = "handed-in", _("oddane")
    NOT_DONE = "not-done", _("nieoddane")


class ContactKind(TextChoices):
    """Contact and help (SA-17)."""

    CONTACT = "contact", _("kontakt")
    EMAIL_HELP = "email-help", _("pomoc z pocztą elektroniczną")
    ACCOUNT_HELP = "account-help", _("pomoc z kontem")
    PORTAL_HELP = "portal-help", _("pomoc z portalem lub formularzem")
    OTHER_HELP = "other-help", _("inna pomoc")


class Channel(TextChoices):
    PHONE = "phone", _("telefon")
    EMAIL = "email", _("e-mail")
    IN_PERSON = "in-person", _("osobiście")
    OTHER = "other", _("inaczej")


class ConsultationState(TextChoices):
    PROPOSED = "proposed", _("zaproponowana")
    ASKED = "asked", _("czeka na opinię")
    ANSWERED = "answered", _("opinia wpłynęła")
    DECLINED = "declined", _("uczestnik nie chce")
    WITHDRAWN = "withdrawn", _("wycofana przez doradcę")
