"""A candidate is not admitted, and letters of refusals: why, and how to appeal (VA-6, VA-7)."""

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import perms
from dorobek.validation.actions.applying import expect, record, require_adviser
from dorobek.validation.actions.documents import freeze
from dorobek.validation.documents.refusals import Refused
from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState, PaperKind, RefusalGround
from dorobek.validation.models import Application, CaseDocument, Refusal

LEAST_WORDS = 3


@transaction.atomic
def refuse_application(
    *, application: Application, ground: RefusalGround, reason: str, acting_user: ActingUser
) -> Refusal:
    """The adviser does not admit the candidate, by the entry alone; the place stays theirs while they may appeal.

    Raises NotAllowed, RuleBroken (no reason that could be answered, the adviser's own documents, the same person again
    after an upheld appeal).
    """
    application = application.locked()
    acting_user.require(perms.may_advise(acting_user.account, application))
    expect(application, ApplicationState.SUBMITTED)
    require_adviser(application.opening, acting_user.account)
    if len(reason.split()) < LEAST_WORDS:
        raise RuleBroken(
            _("Proszę napisać, którego wymagania z wpisu brakuje i skąd to wiadomo. Kandydat może się odwołać."),
            "reason",
        )
    upheld = application.appeals.filter(about=AppealAbout.REFUSAL, state=AppealState.UPHELD)
    if upheld.exists() and application.refusals.filter(refused_by=acting_user.account).exists():
        raise RuleBroken(
            _("Odwołanie od tej odmowy uwzględniono. Ponownie odmówić może tylko inna osoba, z innego powodu.")
        )
    made = Refusal.objects.create(
        application=application, ground=ground, reason=reason.strip(), refused_by=acting_user.account
    )
    changes = application.write({"state": ApplicationState.REFUSED}, base_version=None)
    record(acting_user, "validation.refused", application, ground=str(ground), reason=made.reason, **changes)
    told = f"{RefusalGround(ground).label}: {made.reason}"
    tell_refused(application, AppealAbout.REFUSAL, told, acting_user, key=f"refusal {made.pk}")
    return made


def tell_refused(
    application: Application, about: AppealAbout, reason: str, acting_user: ActingUser, *, key: str
) -> CaseDocument:
    """The letter of a refusal, frozen in the transaction of the action that refused."""
    told = Refused(application, about, reason, acting_user.account)
    return freeze(
        kind=PaperKind.REFUSAL, application=application, about=told, key=f"{about} {key}"[:80], acting_user=acting_user
    )
