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
