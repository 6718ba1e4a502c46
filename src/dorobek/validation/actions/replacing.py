"""A member of the commission replaced while it judges: a conflict that came to light, a role that ended (VA-3)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import faults, perms
from dorobek.validation.actions.agreeing import drop_agreements
from dorobek.validation.actions.applying import expect, move, record
from dorobek.validation.actions.awaited import take_awaited
from dorobek.validation.actions.commissions import commission_refusals
from dorobek.validation.actions.documents import freeze
from dorobek.validation.enums import ApplicationState, PaperKind
from dorobek.validation.models import (
    Application,
    Assessment,
    Commission,
    CommissionMember,
    Declaration,
    StaffRecord,
)


@transaction.atomic
def replace_member(
    *, application: Application, leaves: CommissionMember, comes: StaffRecord, reason: str, acting_user: ActingUser
) -> Application:
    """Another person of the pool judges this case in somebody's place; the others keep their sheets.

    The sheet of who leaves is kept, marked void with the reason, and counts for nothing; what the commission had agreed
    falls, since another one agrees anew. The new member gives their word before their first mark. Raises NotAllowed,
    RuleBroken: no reason, not a member, every rule that the new commission would break.
    """
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    acting_user.require(not perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego ta osoba przestaje oceniać. Zostanie to w historii."), "reason")
    if leaves.commission_id != application.commission_id:
        raise RuleBroken(_("Tej osoby nie ma w komisji, która ocenia tę sprawę."), "leaves")
    _fit(application, comes)
    take_awaited(application.person)
    before, made = leaves.commission, _recomposed(application, leaves, comes)
    values = {"commission": made, "appointed_by": acting_user.account}
    _void(application, leaves, reason.strip())
    Assessment.objects.create(application=application, round=application.round, assessor_id=comes.account_id)
    moved = move(application, ApplicationState.APPOINTED, "validation.member-replaced", acting_user, **values)
    broken = commission_refusals(moved, made, awaited=[comes.account_id])
    if broken:
        raise RuleBroken(" ".join(broken), "comes")
    drop_agreements(moved, acting_user)
    record(
        acting_user, "validation.sheet-voided", moved, assessor=leaves.record.account_id, reason=reason.strip(),
        commission=[str(before.uid), str(made.uid)],
    )  # fmt: skip
    freeze(
        kind=PaperKind.APPOINTMENT, application=moved, about=moved, key=f"{made.uid} {moved.round}",
        acting_user=acting_user,
    )  # fmt: skip
    return moved


def _fit(application: Application, comes: StaffRecord) -> None:
    """Whoever comes is an assessor of this pool, has had no sheet in this round and is not barred from the case."""
    opening = application.opening
    same = (comes.institution_id, comes.qualification_id) == (opening.institution_id, opening.qualification_id)
    if not same or not faults.assessors(opening.institution).filter(pk=comes.account_id).exists():
        raise RuleBroken(_("Wejść do komisji może tylko asesor tej instytucji i tej kwalifikacji."), "comes")
    if application.assessments.filter(round=application.round, assessor=comes.account_id).exists():
        raise RuleBroken(_("Ta osoba już ocenia tę sprawę albo przestała ją oceniać. Proszę wybrać inną."), "comes")


def _recomposed(application: Application, leaves: CommissionMember, comes: StaffRecord) -> Commission:
    """A commission of its own for this case; the word that those who stay gave on the candidate stays theirs."""
    made = Commission.objects.create(opening=application.opening, appointed_on=timezone.localdate())
    for old in leaves.commission.members.select_related("record").order_by("pk"):
        new = CommissionMember.objects.create(commission=made, record=comes if old.pk == leaves.pk else old.record)
        if old.pk == leaves.pk:
            continue
        for said in Declaration.objects.filter(application=application, member=old):
            Declaration.objects.create(
                application=application, member=new, trained=said.trained, relative=said.relative,
                subordinate=said.subordinate, declared_at=said.declared_at,
            )  # fmt: skip
    return made


def _void(application: Application, leaves: CommissionMember, reason: str) -> None:
    sheet = application.assessments.filter(round=application.round, assessor=leaves.record.account_id).first()
    if sheet is not None:
        sheet.locked().write({"voided_at": timezone.now(), "void_reason": reason}, base_version=None)
