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
    WITHDRAWN = "withdrawn", _("wycofany")


class VerdictChoice(TextChoices):
    """`rules.Verdict` with its words."""

    MET = "met", _("spełnione")
    NOT_MET = "not-met", _("niespełnione")
    NOT_SHOWN = "not-shown", _("nie dało się ocenić")


class AppealState(TextChoices):
    FILED = "filed", _("złożone")
    UPHELD = "upheld", _("uwzględnione: ocenia inna komisja")
    REJECTED = "rejected", _("oddalone")


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
    APPOINTMENT = "appointment", _("powołanie komisji")
    PROTOCOL = "protocol", _("protokół walidacji")
    LETTER = "result-letter", _("pismo o wyniku")
    APPEAL_ANSWER = "appeal-answer", _("odpowiedź na odwołanie")
    CERTIFICATE = "certificate", _("certyfikat")
    REVOCATION = "revocation", _("pismo o unieważnieniu certyfikatu")
