"""Kinds and states a programme's rules speak of, with labels for translation."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label = _StrPromise | str
else:
    Label = Promise


class Labelled(StrEnum):
    """A string value with a label shown to people, in the language of the reader."""

    label: "Label"

    def __new__(cls, value: str, label: "Label" = "") -> "Labelled":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, "Label"]]:
        """For a form or a model field."""
        return [(member.value, member.label) for member in cls]


class EducationLevel(Labelled):
    """The Polish ladder of finished education, lowest first."""

    NONE = "none", _("brak ukończonej szkoły")
    PRIMARY = "primary", _("podstawowe")
    LOWER_SECONDARY = "lower-secondary", _("gimnazjalne")
    BASIC_VOCATIONAL = "basic-vocational", _("zasadnicze zawodowe lub branżowe")
    UPPER_SECONDARY = "upper-secondary", _("średnie bez matury")
    UPPER_SECONDARY_MATURA = "upper-secondary-matura", _("średnie z maturą")
    POST_SECONDARY = "post-secondary", _("policealne")
    BACHELOR = "bachelor", _("wyższe, licencjat lub inżynier")
    MASTER = "master", _("wyższe, magister")
    DOCTORATE = "doctorate", _("doktorat")

    @property
    def rank(self) -> int:
        """0 for no school finished, 9 for a doctorate."""
        return list(EducationLevel).index(self)


class LabourStatus(Labelled):
    """What someone does on the labour market; one person may have several at once."""

    EMPLOYEE = "employee", _("pracuje na umowę o pracę (w dowolnym wymiarze)")
    CIVIL_LAW = "civil-law", _("pracuje na umowę zlecenia, o dzieło lub inną cywilnoprawną")
    SELF_EMPLOYED = "self-employed", _("prowadzi działalność, nikogo nie zatrudnia")
    EMPLOYER = "employer", _("prowadzi działalność i zatrudnia ludzi")
    FARMER = "farmer", _("prowadzi gospodarstwo rolne")
    FAMILY_HELPER = "family-helper", _("pomaga bez zapłaty w firmie lub gospodarstwie rodziny")
    UNEMPLOYED_REGISTERED = (
        "unemployed-registered",
        _("bez pracy, zarejestrowana lub zarejestrowany w urzędzie"),
    )
    UNEMPLOYED = "unemployed", _("bez pracy, szuka, poza rejestrem urzędu")
    INACTIVE = "inactive", _("nie pracuje i nie szuka pracy")
    STUDENT = "student", _("uczy się lub studiuje")
    CARER = "carer", _("opiekuje się dzieckiem lub bliską osobą")
    PENSIONER = "pensioner", _("na emeryturze lub rencie")


class PlaceTie(Labelled):
    """How a person is tied to a place."""

    LIVES = "lives", _("mieszka")
    WORKS = "works", _("pracuje")
    LEARNS = "learns", _("uczy się")
    SERVES = "serves", _("pełni służbę")


class ServiceMembership(Labelled):
    TERRITORIAL_DEFENCE = "territorial-defence", _("Wojska Obrony Terytorialnej")
    VOLUNTEER_FIRE_BRIGADE = "volunteer-fire-brigade", _("ochotnicza straż pożarna")


class Residence(Labelled):
    """On what ground someone may stay and work in Poland."""

    POLISH_CITIZEN = "polish-citizen", _("obywatelstwo polskie")
    EU_CITIZEN = "eu-citizen", _("obywatelstwo kraju Unii Europejskiej")
    PERMIT = "permit", _("zezwolenie na pobyt i pracę")
    TEMPORARY_PROTECTION = "temporary-protection", _("ochrona czasowa")
    NO_RIGHT_TO_WORK = "no-right-to-work", _("brak prawa do pracy w Polsce")


class VariantKind(Labelled):
    BASIC = "basic", _("podstawowy")
    IN_DEPTH = "in-depth", _("pogłębiony")


class StageKind(Labelled):
    INITIAL = "initial", _("etap wstępny")
    RESEARCH = "research", _("etap badawczy")
    SUMMARY = "summary", _("etap podsumowujący")


class StepKind(Labelled):
    """Steps of an audit that a variant may hold."""

    REGISTRATION = "registration", _("rejestracja")
    PAPERS = "papers", _("dokumenty zgłoszeniowe")
    TALK = "talk", _("rozmowa na początek")
    CARD = "card", _("karta uczestnika")
    VARIANT = "variant", _("wybór wariantu")
    AGREEMENT = "agreement", _("kontrakt")
    BIOGRAPHICAL = "biographical", _("wywiad biograficzny")
    BEHAVIOURAL = "behavioural", _("wywiad behawioralny")
    INSTRUMENTS = "instruments", _("testy i kwestionariusze")
    COMPETENCES = "competences", _("kompetencje")
    EVIDENCE = "evidence", _("dowody")
    SYNTHESIS = "synthesis", _("synteza")
    DIRECTION = "direction", _("kierunek rozwoju")
    PLAN = "plan", _("plan rozwoju")
    SUMMARY_TALK = "summary-talk", _("rozmowa podsumowująca")
    HAND_OVER = "hand-over", _("przekazanie dokumentów")


class DocumentKind(Labelled):
    PARTICIPANT_CARD = "participant-card", _("Karta uczestnika")
    AGREEMENT = "agreement", _("Kontrakt")
    INTERVIEW_BIOGRAPHICAL = "interview-biographical", _("Zapis wywiadu biograficznego")
    INTERVIEW_BEHAVIOURAL = "interview-behavioural", _("Zapis wywiadu behawioralnego")
    PRELIMINARY_REPORT = "preliminary-report", _("Raport wstępny")
    AUDIT_CARD = "audit-card", _("Karta Bilansu Kompetencji")
    DEVELOPMENT_PLAN = "development-plan", _("Indywidualny Plan Rozwoju")
    FEEDBACK_REPORT = "feedback-report", _("Informacja Zwrotna")
    FINAL_REPORT = "final-report", _("Raport końcowy")
    DIRECTION = "direction", _("Kierunek rozwoju")


class InterviewArea(Labelled):
    EDUCATION = "education", _("nauka")
    WORK = "work", _("praca")
    PERSONAL = "personal", _("życie osobiste")


class EpisodePart(Labelled):
    WORK = "work", _("praca")
    PERSONAL = "personal", _("życie osobiste")
    KEY = "key", _("ważne doświadczenia")


class CardSectionKind(Labelled):
    SCHOOLS = "schools", _("szkoły")
    COURSES = "courses", _("kursy i szkolenia")
    WORK = "work", _("praca")
    OUTSIDE_WORK = "outside-work", _("działalność poza pracą")
    INTERESTS = "interests", _("zainteresowania")
    LANGUAGES = "languages", _("języki")
    DIGITAL = "digital", _("komputer i telefon")
    LEARNING_NEEDS = "learning-needs", _("czego i jak chce się uczyć")
    SUPPORT_NEEDS = "support-needs", _("co ułatwi udział")
    OTHER = "other", _("inne ważne informacje")


class HourForm(Labelled):
    """How many learn at once; the codes are those of the training offer."""

    GROUP = "group", _("w grupie")
    PAIR = "pair", _("w parze")
    SINGLE = "single", _("pojedynczo")


class AuditEvent(Labelled):
    """What starts a deadline, a retention period or a right."""

    REGISTERED = "registered", _("rejestracja")
    FORM_SENT = "form-sent", _("wysłanie formularza")
    FORM_SIGNED = "form-signed", _("podpisanie formularza")
    PAPERS_COMPLETE = "papers-complete", _("komplet dokumentów")
    ADMITTED = "admitted", _("przyjęcie do programu")
    AUDIT_STARTED = "audit-started", _("początek bilansu")
    FIRST_PART_DONE = "first-part-done", _("pierwsza część bilansu")
    AGREEMENT_ACCEPTED = "agreement-accepted", _("przyjęcie kontraktu")
    LAST_MEETING = "last-meeting", _("ostatnie spotkanie")
    HANDED_OVER = "handed-over", _("przekazanie dokumentów")
    AUDIT_CLOSED = "audit-closed", _("zakończenie bilansu")
    ACCOUNTS_SUBMITTED = "accounts-submitted", _("zestawienie z końcowymi wydatkami")
    LAST_PAYMENT = "last-payment", _("ostatnia płatność w projekcie")


class Actor(Labelled):
    """Who has the next move."""

    PARTICIPANT = "participant", _("uczestnik")
    ADVISER = "adviser", _("doradca")
    OFFICE = "office", _("urząd")


class ExceptionRole(Labelled):
    """Who may let someone in against a rule, giving the reason."""

    ADVISER = "adviser", _("doradca")
    COORDINATOR = "coordinator", _("koordynator metodyczny")
    UNIT_HEAD = "unit-head", _("kierownik referatu")
    ADMINISTRATOR = "administrator", _("administrator")


class RuleStatus(Labelled):
    PASSED = "passed", _("spełniona")
    FAILED = "failed", _("niespełniona")
    UNKNOWN = "unknown", _("brak danych")


class Verdict(Labelled):
    ELIGIBLE = "eligible", _("może wziąć udział")
    NOT_ELIGIBLE = "not-eligible", _("nie może teraz wziąć udziału")
    NEEDS_MORE = "needs-more", _("trzeba uzupełnić dane")


class DeadlineStatus(Labelled):
    NOT_STARTED = "not-started", _("jeszcze nie biegnie")
    RUNNING = "running", _("biegnie")
    NEAR = "near", _("termin blisko")
    LATE = "late", _("po terminie")
    DONE = "done", _("zrobione")
    DONE_LATE = "done-late", _("zrobione po terminie")
