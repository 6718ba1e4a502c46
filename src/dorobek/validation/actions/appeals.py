"""Appeals at every step after the application is sent: within days, answered by others than the first (VA-6)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.documents import freeze
from dorobek.validation.enums import AppealState, ApplicationState, PaperKind
from dorobek.validation.models import Appeal, Application

OPEN_TO_APPEAL = (
    ApplicationState.SUBMITTED,
    ApplicationState.DOCUMENTED,
    ApplicationState.APPOINTED,
    ApplicationState.DECIDED,
)


@transaction.atomic
def file_appeal(*, application: Application, reason: str, acting_user: ActingUser) -> Appeal:
    """The candidate appeals; after a decision, within the days the body gives. Raises NotAllowed, RuleBroken."""
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, *OPEN_TO_APPEAL)
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, z czym Pani/Pan się nie zgadza."), "reason")
    if application.appeals.filter(state=AppealState.FILED).exists():
        raise RuleBroken(_("Odwołanie jest już złożone i czeka na odpowiedź."))
    opening, today = application.opening, timezone.localdate()
    decision = application.decisions.filter(round=application.round).first()
    if decision is not None:
        last = timezone.localdate(decision.decided_at) + dt.timedelta(opening.appeal_days)
        if today > last:
            raise RuleBroken(_("Czas na odwołanie minął %(day)s.") % {"day": last.isoformat()})
    made = Appeal.objects.create(
        application=application, round=application.round, step=application.state, reason=reason.strip(),
        due_on=today + dt.timedelta(opening.answer_days),
    )  # fmt: skip
    record(acting_user, "validation.appealed", application, appeal=str(made.uid), reason=made.reason)
    return made


@transaction.atomic
def answer_appeal(*, appeal: Appeal, uphold: bool, answer: str, acting_user: ActingUser) -> Appeal:
    """Rejected with reasons, or upheld: after an appointment another commission judges anew, in the next round.

    What was confirmed stays confirmed. Raises NotAllowed, RuleBroken (answered already, no reasons).
    """
    application = appeal.application.locked()
    appeal = appeal.locked()
    acting_user.require(perms.may_answer_appeal(acting_user.account, appeal))
    if appeal.state != AppealState.FILED:
        raise RuleBroken(_("Na to odwołanie jest już odpowiedź."))
    if not answer.strip():
        raise RuleBroken(_("Proszę napisać uzasadnienie."), "answer")
    values = {
        "state": AppealState.UPHELD if uphold else AppealState.REJECTED, "answer": answer.strip(),
        "answered_at": timezone.now(), "answered_by": acting_user.account,
    }  # fmt: skip
    record(acting_user, "validation.appeal-answered", application, **appeal.write(values, base_version=None))
    freeze(
        kind=PaperKind.APPEAL_ANSWER, application=application, about=appeal, key=str(appeal.uid),
        acting_user=acting_user,
    )  # fmt: skip
    judged = application.state in (ApplicationState.APPOINTED, ApplicationState.DECIDED)
    if uphold and judged:
        again = {"state": ApplicationState.DOCUMENTED, "round": application.round + 1, "commission": None}
        record(acting_user, "validation.reopened", application, **application.write(again, base_version=None))
    return appeal
