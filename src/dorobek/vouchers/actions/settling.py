"""What the provider reports, and how a voucher is paid out (VO-3)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.vouchers import ledger, perms, rules
from dorobek.vouchers.actions.steps import checked_words, locked_voucher, note, step, tell
from dorobek.vouchers.enums import AccountKind, MovementKind, Participation, VoucherState
from dorobek.vouchers.models import Voucher
from dorobek.vouchers.queries import granted_by, settlers


@transaction.atomic
def report_participation(
    *, voucher: Voucher, participation: str, document: str, acting_user: ActingUser, reason: str = ""
) -> Voucher:
    """What the provider reports, or what the adviser writes down for it. Finished: the voucher is used.

    Raises NotAllowed, RuleBroken (not bound, an order of statuses that cannot be, before the end, no document).
    """
    voucher = locked_voucher(voucher)
    acting_user.require(perms.may_report(acting_user.account, voucher))
    if voucher.state != VoucherState.BOUND or voucher.edition is None:
        raise RuleBroken(_("Ten bon nie jest przypisany do szkolenia."))
    rules.checked_report(voucher.participation, participation, voucher.edition.ends_on, timezone.localdate())
    label = str(Participation(participation).label)
    reason, document = checked_words(reason or label, document)
    reported: dict[str, Any] = {"participation": participation, "reported_at": timezone.now()}
    if participation == Participation.FINISHED:
        return step(voucher, VoucherState.USED, reason=reason, document=document, acting_user=acting_user, **reported)
    changes = voucher.write(reported, base_version=None)
    note(voucher, "voucher.participation", acting_user, reason=reason, document=document, **changes)
    tell(voucher)
    return voucher


@transaction.atomic
def settle(*, voucher: Voucher, document: str, acting_user: ActingUser, reason: str = "") -> Voucher:
    """Pay the provider: support and own share, together the price.

    Raises NotAllowed, RuleBroken (not used, paid already, the user granted this voucher).
    """
    voucher = locked_voucher(voucher)
    me, office = acting_user.account, voucher.right.institution
    acting_user.require(perms.may_decide(me, voucher))
    rules.checked_settler(granted_by(voucher), me.pk, settlers(office, but=me.pk))
    if voucher.state != VoucherState.USED:
        rules.checked_step(voucher.state, VoucherState.SETTLED)
    reason, document = checked_words(reason or _("Rozliczenie szkolenia"), document)
    words = ledger.Paper(document=document, by=acting_user.account)
    ledger.move(MovementKind.PAY_SUPPORT, voucher, voucher.support_grosze, **words)
    ledger.move(MovementKind.PAY_OWN, voucher, voucher.own_grosze, **words)
    return step(voucher, VoucherState.SETTLED, reason=reason, document=document, acting_user=acting_user)


@transaction.atomic
def pay_back_own(*, voucher: Voucher, document: str, acting_user: ActingUser) -> Voucher:
    """The transfer to the participant went out: whatever of the own share was owed. Raises NotAllowed, RuleBroken."""
    voucher = locked_voucher(voucher)
    acting_user.require(perms.may_decide(acting_user.account, voucher))
    grosze = ledger.balance_of(AccountKind.OWED, voucher)
    if grosze == 0:
        raise RuleBroken(_("Z tego bonu nie ma już nic do oddania uczestnikowi."))
    document = checked_words(_("Zwrot udziału własnego"), document)[1]
    ledger.move(MovementKind.OWN_OUT, voucher, grosze, document=document, by=acting_user.account)
    note(voucher, "voucher.own-paid-back", acting_user, document=document, own_grosze=grosze)
    return voucher
