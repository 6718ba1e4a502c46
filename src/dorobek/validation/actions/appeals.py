"""Appeals against every decision, and objections while something goes on: within days, answered by others (VA-6)."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import facts, perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.commissions import commission_refusals
from dorobek.validation.actions.deciding import round_faults
from dorobek.validation.actions.documents import freeze
from dorobek.validation.actions.restoring import restore_certificate
from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState, FeeState, PaperKind
from dorobek.validation.models import AdjustmentAnswer, Appeal, Application, Certificate, Fee
from dorobek.validation.queries.appealing import last_day_for, open_to
from dorobek.validation.rules.appealing import carried_on

OPEN_TO_APPEAL = (
    ApplicationState.SUBMITTED,
    ApplicationState.DOCUMENTED,
    ApplicationState.APPOINTED,
    ApplicationState.DECIDED,
    ApplicationState.CERTIFIED,
    ApplicationState.REFUSED,
)
MAIN = {
    ApplicationState.REFUSED: AppealAbout.REFUSAL,
    ApplicationState.DECIDED: AppealAbout.RESULT,
    ApplicationState.CERTIFIED: AppealAbout.REVOCATION,
}


@transaction.atomic
def file_appeal(
    *, application: Application, reason: str, acting_user: ActingUser, about: AppealAbout | None = None
) -> Appeal:
    """The candidate does not accept `about`, by default what the step is mainly about.

    Raises NotAllowed, RuleBroken (no reason, one open about the same, nothing decided, the days are over).
    """
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, *OPEN_TO_APPEAL)
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, z czym Pani/Pan się nie zgadza."), "reason")
    about = about or MAIN.get(ApplicationState(application.state), AppealAbout.COURSE)
    _check_open(application, about)
    made = Appeal.objects.create(
        application=application, round=application.round, step=application.state, about=about, reason=reason.strip(),
        due_on=timezone.localdate() + application.opening.answer_time,
    )  # fmt: skip
    record(
        acting_user, "validation.appealed", application, appeal=str(made.uid), about=str(about), reason=made.reason
    )  # fmt: skip
    return made


def _check_open(application: Application, about: AppealAbout) -> None:
    """Raise RuleBroken unless this can be appealed against today."""
    if application.appeals.filter(state=AppealState.FILED, about=about).exists():
        raise RuleBroken(_("Odwołanie jest już złożone i czeka na odpowiedź."))
    if about in open_to(application):
        return
    last = last_day_for(application, about)
    if last is not None and timezone.localdate() > last:
        raise RuleBroken(_("Czas na odwołanie minął %(day)s.") % {"day": last.isoformat()})
    if last is not None:
        raise RuleBroken(_("Na odwołanie w tej sprawie jest już odpowiedź."))
    raise RuleBroken(_("Nie ma rozstrzygnięcia, od którego można się teraz odwołać: %s.") % about.label, "about")


@transaction.atomic
def answer_appeal(*, appeal: Appeal, uphold: bool, answer: str, acting_user: ActingUser) -> Appeal:
    """Rejected with reasons, or upheld with what follows from it: see `EFFECTS`.

    What a lawful round confirmed stands. Raises NotAllowed, RuleBroken (answered already, no reasons).
    """
    application = appeal.application.locked()
    appeal = appeal.locked()
    appeal.application = application  # one and the same row: its letter tells what really follows
    acting_user.require(perms.may_answer_appeal(acting_user.account, appeal))
    if appeal.state != AppealState.FILED:
        raise RuleBroken(_("Na to odwołanie jest już odpowiedź."))
    if not answer.strip():
        raise RuleBroken(_("Proszę napisać uzasadnienie."), "answer")
    values = {
        "state": AppealState.UPHELD if uphold else AppealState.REJECTED, "answer": answer.strip(),
        "answered_at": timezone.now(), "answered_by": acting_user.account,
    }  # fmt: skip
    changes = appeal.write(values, base_version=None)
    record(acting_user, "validation.appeal-answered", application, about=appeal.about, **changes)
    if uphold:
        EFFECTS[AppealAbout(appeal.about)](application, appeal, acting_user)
    freeze(
        kind=PaperKind.APPEAL_ANSWER, application=application, about=appeal, key=str(appeal.uid),
        acting_user=acting_user, number=appeal.round,
    )  # fmt: skip
    return appeal


def _judge_anew(application: Application, _appeal: Appeal, acting_user: ActingUser) -> None:
    """After an appointment another commission judges, in the next round, what is not confirmed yet."""
    if application.state not in (ApplicationState.APPOINTED, ApplicationState.DECIDED):
        return
    carried = _carried(application)
    outcomes = {one.code for group in application.opening.rules.sets for one in group.outcomes}
    if outcomes <= set(carried):
        return  # all of it is confirmed lawfully: the office has to act, no commission
    again = {
        "state": ApplicationState.DOCUMENTED, "round": application.round + 1, "commission": None, "carried": carried,
    }  # fmt: skip
    record(acting_user, "validation.reopened", application, **application.write(again, base_version=None))


def _carried(application: Application) -> list[str]:
    """Outcomes that the next round leaves alone: confirmed in another validation, or in a lawful round of this one."""
    told = []
    for one in application.decisions.order_by("round"):
        if one.round == application.round:
            fine = not round_faults(application)
        else:
            fine = one.commission is not None and not commission_refusals(application, one.commission, one.round)
        told.append((facts.met_in(one), one.carried, fine))
    return carried_on(application.carried, told)


def _admit(application: Application, _appeal: Appeal, acting_user: ActingUser) -> None:
    if application.state == ApplicationState.REFUSED:
        changes = application.write({"state": ApplicationState.SUBMITTED}, base_version=None)
        record(acting_user, "validation.admitted", application, **changes)


def _adjust(application: Application, appeal: Appeal, acting_user: ActingUser) -> None:
    """The adjustment is made; what was judged without it is judged anew."""
    held = AdjustmentAnswer.objects.select_for_update().filter(application=application).first()
    if held is not None:
        values = {"granted": True, "reason": appeal.answer, "answered_at": timezone.now()}
        held.write({**values, "answered_by": acting_user.account}, base_version=None)
        record(
            acting_user, "validation.adjustment-answered", application, granted=True, reason=appeal.answer,
            extra_percent=held.extra_percent,
        )  # fmt: skip
    if application.state == ApplicationState.APPOINTED:
        _judge_anew(application, appeal, acting_user)


def _free(application: Application, appeal: Appeal, acting_user: ActingUser) -> None:
    """What is not paid yet is waived."""
    fee = Fee.objects.select_for_update().filter(application=application).first()
    if fee is not None and fee.state == FeeState.DUE:
        values = {"state": FeeState.WAIVED, "settled_on": timezone.localdate(), "reason": appeal.answer}
        record(
            acting_user, "validation.fee-noted", application,
            **fee.write({**values, "granted": True}, base_version=None),
        )  # fmt: skip


def _restore(application: Application, appeal: Appeal, acting_user: ActingUser) -> None:
    certificate = Certificate.objects.get(application=application)
    restore_certificate(certificate=certificate, acting_user=acting_user)


EFFECTS: dict[AppealAbout, Callable[[Application, Appeal, ActingUser], None]] = {
    AppealAbout.COURSE: _judge_anew,
    AppealAbout.COMMISSION: _judge_anew,
    AppealAbout.RESULT: _judge_anew,
    AppealAbout.REFUSAL: _admit,
    AppealAbout.ADJUSTMENT: _adjust,
    AppealAbout.FEE: _free,
    AppealAbout.REVOCATION: _restore,
}
