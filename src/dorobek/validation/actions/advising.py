"""The validation adviser says, criterion by criterion, what is missing (VA-7)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import perms
from dorobek.validation.actions.applying import expect, record, require_adviser
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import AdviserNote, Application


@transaction.atomic
def write_note(*, application: Application, criterion: str, text: str, acting_user: ActingUser) -> AdviserNote | None:
    """The adviser's words on one criterion, in place of those before; empty takes them away.

    Raises NotAllowed, RuleBroken (documentation closed, no such criterion, an adviser without the requirements).
    """
    application = application.locked()
    acting_user.require(perms.may_advise(acting_user.account, application))
    expect(application, ApplicationState.SUBMITTED)
    require_adviser(application.opening, acting_user.account)
    if criterion not in application.opening.rules.criterion_codes:
        raise RuleBroken(_("Nie ma takiego kryterium: %s.") % criterion, "criterion")
    words, held = text.strip(), application.adviser_notes.filter(criterion=criterion)
    before = held.values_list("text", flat=True).first() or ""
    if words == before:
        return held.first()
    kept = None
    if words:
        values = {"text": words, "written_by": acting_user.account, "written_at": timezone.now()}
        kept, _new = AdviserNote.objects.update_or_create(application=application, criterion=criterion, defaults=values)
    else:
        held.delete()
    record(acting_user, "validation.note-written", application, criterion=criterion, note=[before, words])
    return kept
