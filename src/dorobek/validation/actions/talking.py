"""The commission talks about its differences, after every sheet is closed (VA-5)."""

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import facts, perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.assessing import all_closed
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application, TalkNote


@transaction.atomic
def note_talk(*, application: Application, criterion: str, text: str, acting_user: ActingUser) -> TalkNote:
    """A member writes down what was said about a difference that is not yet agreed; added to, never changed.

    Raises NotAllowed, RuleBroken (a sheet still open, no difference there, nothing written).
    """
    application = application.locked()
    acting_user.require(perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    all_closed(application)
    if not text.strip():
        raise RuleBroken(_("Proszę napisać, co powiedziano."), "text")
    if criterion not in facts.marks(application)[1]:
        raise RuleBroken(_("Przy tym kryterium nie ma różnicy do omówienia."), "criterion")
    made = TalkNote.objects.create(
        application=application, round=application.round, criterion=criterion, text=text.strip(),
        written_by=acting_user.account,
    )  # fmt: skip
    record(acting_user, "validation.talked", application, criterion=criterion)
    return made
