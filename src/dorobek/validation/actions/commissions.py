"""Commissions: composed, appointed when no rule is broken, with each member's word on each candidate (VA-3)."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import facts, perms
from dorobek.validation.actions.applying import expect, move, record
from dorobek.validation.actions.awaited import take_awaited
from dorobek.validation.actions.documents import freeze
from dorobek.validation.actions.fees import fee_refusals
from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState, FeeWaits, PaperKind
from dorobek.validation.models import (
    Application,
    Assessment,
    Commission,
    CommissionMember,
    Declaration,
    StaffRecord,
    ValidationOpening,
)


@transaction.atomic
def compose_commission(
    *, opening: ValidationOpening, records: Sequence[StaffRecord], acting_user: ActingUser
) -> Commission:
    """Put people together; whether they may judge whom, `appoint` asks. Raises NotAllowed, RuleBroken (elsewhere's)."""
    acting_user.require(perms.may_open(acting_user.account, opening.institution))
    if any(
        (r.institution_id, r.qualification_id) != (opening.institution_id, opening.qualification_id) for r in records
    ):
        raise RuleBroken(_("Do komisji można wpisać tylko osoby z listy tej instytucji i tej kwalifikacji."), "members")
    if len({one.pk for one in records}) < len(records):
        raise RuleBroken(_("Ta sama osoba jest wpisana dwa razy."), "members")
    made = Commission.objects.create(opening=opening, appointed_on=timezone.localdate())
    for one in records:
        CommissionMember.objects.create(commission=made, record=one)
    acting_user.record(
        "validation.commission-composed", stream=opening.uid, subject=made.uid, members=[str(r.uid) for r in records]
    )
    return made


@transaction.atomic
def declare(
    *, application: Application, member: CommissionMember, acting_user: ActingUser, trained: bool = False,
    relative: bool = False, subordinate: bool = False,
) -> Declaration:  # fmt: skip
    """A member's own word before they judge, given once. Raises NotAllowed, RuleBroken (said already, too late)."""
    application = application.locked()
    same = member.commission.opening_id == application.opening_id
    acting_user.require(same and member.record.account_id == acting_user.account.pk)
    came_in = application.commission_id == member.commission_id and application.state == ApplicationState.APPOINTED
    if not came_in:
        expect(application, ApplicationState.DOCUMENTED)
    if Declaration.objects.filter(application=application, member=member).exists():
        raise RuleBroken(_("Oświadczenie jest już złożone. Zmienić je może tylko nowa komisja."))
    said = {"trained": trained, "relative": relative, "subordinate": subordinate}
    made = Declaration.objects.create(application=application, member=member, **said)
    record(acting_user, "validation.declared", application, **said)
    freeze(
        kind=PaperKind.DECLARATION, application=application, about=made, key=str(made.pk), acting_user=acting_user,
        member=acting_user.account,
    )  # fmt: skip
    return made


@transaction.atomic
def appoint(*, application: Application, commission: Commission, acting_user: ActingUser) -> Application:
    """The commission takes the case; each member gets a sheet. Two officers at once: the second is told.

    Raises NotAllowed, RuleBroken: every broken rule in words, a declaration missing, somebody who judged before.
    """
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    expect(application, ApplicationState.DOCUMENTED)
    take_awaited(application.person)
    if commission.opening_id != application.opening_id:
        raise RuleBroken(_("Ta komisja jest z innego terminu walidacji."), "commission")
    broken = [*commission_refusals(application, commission), *waits_before_judging(application)]
    if broken:
        raise RuleBroken(" ".join(broken), "commission")
    moved = move(
        application, ApplicationState.APPOINTED, "validation.appointed", acting_user,
        commission=commission, appointed_by=acting_user.account,
    )  # fmt: skip
    for one in commission.members.select_related("record").order_by("pk"):
        Assessment.objects.create(application=moved, round=moved.round, assessor_id=one.record.account_id)
    freeze(
        kind=PaperKind.APPOINTMENT, application=moved, about=moved, key=f"{commission.uid} {moved.round}",
        acting_user=acting_user,
    )  # fmt: skip
    return moved


def waits_before_judging(application: Application) -> list[str]:
    """What else an appointment waits for: the fee by the body's own rule, and an appeal about adjustments."""
    found = fee_refusals(application, FeeWaits.COMMISSION)
    if application.appeals.filter(about=AppealAbout.ADJUSTMENT, state=AppealState.FILED).exists():
        found.append(_("Trwa odwołanie w sprawie dostosowania. Najpierw trzeba na nie odpowiedzieć."))
    return found


def commission_refusals(
    application: Application, commission: Commission, number: int | None = None, awaited: Collection[int] = ()
) -> list[str]:
    """Why this commission may not judge this application in a round, the present one by default; empty when it may.

    `awaited`: accounts whose declaration is not asked for yet.
    """
    number = number or application.round
    names = facts.names_of(application)
    found = [
        facts.in_words(one, names)
        for one in facts.commission_faults(application.opening.rules, commission, application)
    ]
    members = list(commission.members.select_related("record__account").order_by("pk"))
    declared = set(application.declarations.filter(member__in=members).values_list("member_id", flat=True))
    silent = [
        str(one.record.account) for one in members if one.pk not in declared and one.record.account_id not in awaited
    ]
    if silent:
        found.append(_("Brakuje oświadczeń o bezstronności: %s.") % ", ".join(silent))
    judged = set(application.assessments.filter(round__lt=number).values_list("assessor_id", flat=True))
    again = [str(one.record.account) for one in members if one.record.account_id in judged]
    if again:
        found.append(_("Po odwołaniu ocenia ktoś inny niż za pierwszym razem: %s.") % ", ".join(again))
    if application.documented_by_id in {one.record.account_id for one in members}:
        found.append(_("Doradca, który pomagał zebrać dowody, nie ocenia tej samej osoby."))
    return found
