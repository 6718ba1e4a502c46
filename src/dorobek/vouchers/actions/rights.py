"""The right to vouchers: opened when an audit ends, annulled, and why it was not used (VO-1, VO-4)."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution, Person
from dorobek.programmes.enums import AuditEvent
from dorobek.programmes.models import ProgrammeVersion
from dorobek.vouchers import papers, perms, rules
from dorobek.vouchers.actions.steps import checked_words, end, locked_right, locked_voucher, note
from dorobek.vouchers.enums import PaperKind, Reason, RightState, VoucherState
from dorobek.vouchers.models import VoucherRight


@transaction.atomic
def open_right(
    *,
    person: Person,
    case_uid: uuid.UUID,
    institution: Institution,
    programme_version: ProgrammeVersion,
    adviser: Account,
    happened: AuditEvent,
    acting_user: ActingUser,
    on: dt.date | None = None,
) -> VoucherRight | None:
    """Called when something happens in a case: opens the right if that is what opens it in this programme.

    None where the programme has no vouchers or something else opens them. A right opened before stays as it is, so
    that an audit opened again and finished again changes nothing. The caller has checked who may finish the audit.
    """
    terms = programme_version.parsed.vouchers
    if terms is None or terms.opens_on is not happened:
        return None
    held: VoucherRight | None = VoucherRight.objects.filter(case_uid=case_uid).first()
    if held is not None:
        return held
    opened_on = on or timezone.localdate()
    right = VoucherRight.objects.create(
        person=person, case_uid=case_uid, institution=institution, programme_version=programme_version,
        adviser=adviser, total_grosze=terms.total_grosze, opened_on=opened_on,
        expires_on=rules.last_day(opened_on, terms.months_to_buy), teryt=person.teryt[:4],
    )  # fmt: skip
    papers.write(
        right, None, PaperKind.RIGHT_OPENED, reason=_("Bilans kompetencji się zakończył."),
        document=_("odbiór dokumentów bilansu"), by=acting_user.account,
    )  # fmt: skip
    acting_user.record(
        "voucher.right-opened", stream=case_uid, subject=right.uid, total_grosze=right.total_grosze,
        expires_on=right.expires_on,
    )  # fmt: skip
    return right


@transaction.atomic
def annul_right(*, right: VoucherRight, reason: str, document: str, acting_user: ActingUser) -> VoucherRight:
    """End a right that should not have been opened; its vouchers not yet used are annulled with it.

    Raises NotAllowed, RuleBroken (it ended already, a voucher was used, no reason).
    """
    right = locked_right(right)
    acting_user.require(perms.may_decide(acting_user.account, right))
    reason, document = checked_words(reason, document)
    if right.state != RightState.OPEN:
        raise RuleBroken(_("To prawo już nie jest otwarte."))
    vouchers = list(right.vouchers.all())
    if any(one.state in (VoucherState.USED, VoucherState.SETTLED) for one in vouchers):
        raise RuleBroken(_("Jeden z bonów jest już wykorzystany, więc prawa nie można unieważnić."))
    for voucher in vouchers:
        if voucher.state in rules.LIVE:
            end(
                locked_voucher(voucher), VoucherState.ANNULLED, reason=reason, document=document,
                acting_user=acting_user,
            )  # fmt: skip
    changes = right.write({"state": RightState.ANNULLED, "reason": reason}, base_version=None)
    papers.write(right, None, PaperKind.RIGHT_ANNULLED, reason=reason, document=document, by=acting_user.account)
    note(right, "voucher.right-annulled", acting_user, document=document, **changes)
    return right


@transaction.atomic
def say_why_not_bought(
    *, right: VoucherRight, why: str, acting_user: ActingUser, more: str = "", base_version: int | None = None
) -> VoucherRight:
    """Why nothing, or not everything, was bought. Asked, never demanded; may be changed. Raises NotAllowed, Conflict."""
    right = locked_right(right)
    acting_user.require(perms.may_answer(acting_user.account, right))
    if why not in Reason.values:
        raise RuleBroken(_("Proszę wybrać jedną z odpowiedzi."), "why")
    values = {"not_bought": why, "not_bought_note": more.strip()[:1000]}
    changes = right.write(values, base_version=base_version)
    if changes:
        note(right, "voucher.not-bought", acting_user, **changes)
    return right
