"""States of an application, of a commission and of an appeal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationState(TextChoices):
    """The phases of VA-1: documentation, verification, certification; and the ways out."""

    DRAFT = "draft", _("zbieranie dowodów")
    SUBMITTED = "submitted", _("złożony, doradca sprawdza dowody")
    DOCUMENTED = "documented", _("czeka na komisję")
    APPOINTED = "appointed", _("komisja ocenia")
    DECIDED = "decided", _("decyzja wydana")
    CERTIFIED = "certified", _("wydano certyfikat")
    REFUSED = "refused", _("odmowa dopuszczenia")
    WITHDRAWN = "withdrawn", _("wycofany")


class VerdictChoice(TextChoices):
    """`rules.Verdict` with its words."""

    MET = "met", _("spełnione")
    NOT_MET = "not-met", _("niespełnione")
    NOT_SHOWN = "not-shown", _("nie dało się ocenić")


class MethodHow(TextChoices):
    """What a record of a method rests on: the body's own forms, or paper that somebody brought in and answers for."""

    TEST = "test", _("test w systemie")
    OBSERVATION = "observation", _("obserwacja w systemie")
    NOTES = "notes", _("rozmowa z notatkami w systemie")
    CHECKS = "checks", _("dowody sprawdzone w arkuszach")
    WRITTEN = "written", _("zapis członka komisji")
    PAPER = "paper", _("przeprowadzono na papierze")
    VOID = "void", _("zapis na papierze, wycofany")


class CheckMoment(TextChoices):
    """When the machine checked a credential for an application."""

    MAPPED = "mapped", _("przy dołączeniu do kryterium")
    DOCUMENTED = "documented", _("przy zamknięciu zbierania dowodów")


class AppealState(TextChoices):
    FILED = "filed", _("złożone")
    UPHELD = "upheld", _("uwzględnione: ocenia inna komisja")
    REJECTED = "rejected", _("oddalone")


class AppealAbout(TextChoices):
    """What the candidate does not accept (VA-6); each is answered by somebody who took no part before."""

    COURSE = "course", _("przebieg sprawy")
    REFUSAL = "refusal", _("odmowa dopuszczenia do walidacji")
    ADJUSTMENT = "adjustment", _("odmowa dostosowania")
    FEE = "fee", _("odmowa zwolnienia z opłaty")
    COMMISSION = "commission", _("skład komisji")
    RESULT = "result", _("wynik")
    REVOCATION = "revocation", _("unieważnienie certyfikatu")


class ConditionHow(TextChoices):
    """What shows that a condition of the entry is met; the last one is the adviser's alone."""

    CREDENTIAL = "credential", _("poświadczenie z portfela")
    DOCUMENT = "document", _("dokument, plik z portfolio")
    OWN_WORD = "own-word", _("moje oświadczenie")
    ADVISER = "adviser", _("sprawdził doradca")


class RefusalGround(TextChoices):
    """Why a candidate is not admitted; both only by what the entry says."""

    CONDITIONS = "conditions", _("warunki przystąpienia z wpisu nie są spełnione")
    EVIDENCE = "evidence", _("brakuje dokumentów, których wymaga wpis")


class AdjustmentKind(TextChoices):
    """What a candidate may need so that everybody has the same chance; no proof is asked for here."""

    EXTRA_TIME = "extra-time", _("więcej czasu")
    SIGN_LANGUAGE = "sign-language", _("tłumacz języka migowego")
    OTHER_FORMAT = "other-format", _("inny zapis zadań: duży druk, głos, prosty tekst")
    ACCESS = "access", _("miejsce bez schodów i barier")
    OTHER = "other", _("coś innego")


class FeeState(TextChoices):
    DUE = "due", _("do zapłaty")
    PAID = "paid", _("zapłacono")
    WAIVED = "waived", _("zwolniono z opłaty")


class FeeWaits(TextChoices):
    """The body's own rule: which step waits until the fee is settled.

    Whatever it is, what was decided is never held back: certificate, partial results and papers are not a pledge. The
    second look after an upheld appeal never waits either: the mistake was not the candidate's.
    """

    NOTHING = "nothing", _("nic nie czeka na opłatę")
    COMMISSION = "commission", _("powołanie komisji czeka na opłatę")
    RESULT = "result", _("ogłoszenie wyniku czeka na opłatę")


class HandedWhat(TextChoices):
    DECISION = "decision", _("list z wynikiem")
    CERTIFICATE = "certificate", _("certyfikat")
    OTHER = "other", _("inny dokument")


class HandedHow(TextChoices):
    PERSON = "person", _("osobiście")
    POST = "post", _("pocztą")
    ELECTRONIC = "electronic", _("elektronicznie")


class PaperKind(TextChoices):
    """Documents of a case, each frozen at the moment it arises."""

    DECLARATION = "declaration", _("oświadczenie o bezstronności")
    REFUSAL = "refusal", _("pismo o odmowie")
    APPOINTMENT = "appointment", _("powołanie komisji")
    PROTOCOL = "protocol", _("protokół walidacji")
    LETTER = "result-letter", _("pismo o wyniku")
    APPEAL_ANSWER = "appeal-answer", _("odpowiedź na odwołanie")
    CERTIFICATE = "certificate", _("certyfikat")
    REVOCATION = "revocation", _("pismo o unieważnieniu certyfikatu")
