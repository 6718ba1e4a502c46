"""The commission agrees where its sheets differ: one proposes, every other member answers for themselves (VA-5)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import facts, grounds, perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.assessing import all_closed
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import AgreedMark, AgreementAnswer, Application
from dorobek.validation.rules import OwnRule, Verdict
from dorobek.validation.rules.agreeing import Outcome, outcome_of


@transaction.atomic
def propose_mark(
    *, application: Application, criterion: str, verdict: Verdict, reason: str, acting_user: ActingUser
) -> AgreedMark:
    """A member writes what the commission might agree on; it counts only when all the others have answered.

    Raises NotAllowed, RuleBroken (a sheet still open, no difference, a proposal that waits, no reason, "met" where no
    sheet shows it).
    """
    application = _open(application, acting_user)
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego komisja tak uzgodniła."), "reason")
    if criterion not in facts.marks(application)[1]:
        raise RuleBroken(_("Przy tym kryterium nie ma różnicy do uzgodnienia."), "criterion")
    if application.agreed.open().filter(round=application.round, criterion=criterion).exists():
        raise RuleBroken(_("Propozycja już jest. Najpierw odpowiadają na nią wszyscy członkowie komisji."), "criterion")
    if verdict is Verdict.MET and criterion not in grounds.shown_met(application):
        raise RuleBroken(
            _(
                "Nikt z komisji nie pokazał w swoim arkuszu, że to kryterium jest spełnione. Proszę uzgodnić inną ocenę."
            ),
            "verdict",
        )
    made = AgreedMark.objects.create(
        application=application, round=application.round, criterion=criterion, verdict=verdict,
        reason=reason.strip(), written_by=acting_user.account,
    )  # fmt: skip
    AgreementAnswer.objects.create(agreed=made, assessor=acting_user.account, confirms=True)
    record(acting_user, "validation.agreement-proposed", application, criterion=criterion)
    _settle(made, application, acting_user)
    return made


@transaction.atomic
def answer_proposal(
    *, application: Application, criterion: str, confirms: bool, acting_user: ActingUser, reason: str = ""
) -> AgreedMark:
    """A member's own answer to the proposal, once; with the last answer it is agreed, or falls.

    Raises NotAllowed, RuleBroken (nothing proposed, answered already, a dissent without a reason).
    """
    application = _open(application, acting_user)
    held = application.agreed.open().filter(round=application.round, criterion=criterion).select_for_update().first()
    if held is None:
        raise RuleBroken(_("Przy tym kryterium nic jeszcze nie zaproponowano."), "criterion")
    if held.answers.filter(assessor=acting_user.account).exists():
        raise RuleBroken(_("Odpowiedź jest już zapisana. Czekamy na pozostałych członków komisji."), "confirms")
    if not confirms and not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego zostaje Pani/Pan przy innej ocenie."), "reason")
    AgreementAnswer.objects.create(
        agreed=held, assessor=acting_user.account, confirms=confirms, reason=reason.strip()
    )  # fmt: skip
    record(acting_user, "validation.agreement-answered", application, criterion=criterion)
    _settle(held, application, acting_user)
    return held


def _open(application: Application, acting_user: ActingUser) -> Application:
    application = application.locked()
    acting_user.require(perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    all_closed(application)
    return application


def _settle(held: AgreedMark, application: Application, acting_user: ActingUser) -> None:
    """With everybody's answer: agreed, or fallen; what each said stays on file either way."""
    sheets = application.assessments.counting().filter(round=application.round)
    members = set(sheets.values_list("assessor_id", flat=True))
    answers = {one.assessor_id: one for one in held.answers.select_related("assessor").order_by("pk")}
    said = [answers[one].confirms if one in answers else None for one in members]
    found = outcome_of(said, majority=OwnRule.MAJORITY in application.opening.rules.own)
    if found is Outcome.OPEN:
        return
    against = [f"{one.assessor}: {one.reason}" for one in answers.values() if not one.confirms]
    held.dissent = "\n".join(against)
    name = "settled_at" if found is Outcome.AGREED else "fallen_at"
    setattr(held, name, timezone.now())
    held.save()
    kind = "validation.agreed" if found is Outcome.AGREED else "validation.agreement-fell"
    record(acting_user, kind, application, criterion=held.criterion)


def drop_agreements(application: Application, acting_user: ActingUser) -> int:
    """What was proposed or agreed by a commission that has changed counts no more; it stays on file. Returns how many."""
    held = application.agreed.filter(round=application.round, fallen_at=None)
    codes = sorted(held.values_list("criterion", flat=True))
    held.update(fallen_at=timezone.now())
    if codes:
        record(acting_user, "validation.agreement-fell", application, criteria=codes)
    return len(codes)
