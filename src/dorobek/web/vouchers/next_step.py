"""What a participant does next with the right to vouchers and with each voucher, in one sentence."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.people.models import Account
from dorobek.vouchers.enums import Participation, RightState, VoucherState
from dorobek.vouchers.models import Voucher, VoucherRight
from dorobek.vouchers.queries import free_of
from dorobek.vouchers.rules import in_time, report_due
from dorobek.web.typography import money, short_day


@dataclass(frozen=True)
class Step:
    """`own`: the participant's move; otherwise somebody else's, and waiting is enough."""

    words: str
    own: bool


def of_voucher(voucher: Voucher, until: dt.date, today: dt.date) -> Step | None:
    """The next step of a voucher; None once it has ended."""
    edition, state = voucher.edition, voucher.state
    if state in (VoucherState.GRANTED, VoucherState.OWN_PAID) and not in_time(until, today):
        return Step(_("Termin zakupu minął, więc bon wygaśnie. Wpłacony udział własny urząd odda."), False)
    if state == VoucherState.GRANTED:
        return Step(_("Wpłacić udział własny: %(money)s.") % {"money": money(voucher.own_grosze)}, True)
    if state == VoucherState.OWN_PAID:
        return Step(_("Wybrać z doradcą termin szkolenia, do %(day)s.") % {"day": short_day(until)}, True)
    if state == VoucherState.USED:
        return Step(_("Nic nie trzeba robić: urząd zapłaci dostawcy."), False)
    if state != VoucherState.BOUND or edition is None:
        return None
    if edition.withdrawn_at is not None:
        return Step(_("Dostawca wycofał termin. Proszę wybrać z doradcą inny albo zwrócić bon."), True)
    if voucher.participation in (Participation.REJECTED, Participation.NOT_FINISHED, Participation.ABSENT):
        return Step(_("Proszę porozmawiać z doradcą: dostawca zgłosił, że szkolenie nie jest ukończone."), True)
    if today < edition.starts_on:
        return Step(_("Szkolenie zaczyna się %(day)s.") % {"day": short_day(edition.starts_on)}, True)
    if today <= edition.ends_on:
        return Step(_("Szkolenie trwa do %(day)s.") % {"day": short_day(edition.ends_on)}, True)
    return Step(_("Dostawca zgłosi wynik do %(day)s.") % {"day": short_day(report_due(edition.ends_on))}, False)


def of_right(right: VoucherRight, today: dt.date | None = None) -> Step | None:
    """The most pressing step of a right with its vouchers at hand: the person's own first. No statement."""
    on = today or timezone.localdate()
    steps = [step for voucher in right.vouchers.all() if (step := of_voucher(voucher, right.expires_on, on))]
    own = next((step for step in steps if step.own), None)
    free = free_of(right)
    if own is None and right.state == RightState.OPEN and right.expires_on >= on and free > 0:
        return Step(
            _("Wybrać szkolenie, egzamin albo walidację, do %(day)s.") % {"day": short_day(right.expires_on)},
            True,
        )
    return own or next(iter(steps), None)


def of_case(user: Account, audit: SkillsAudit) -> dict[str, Any] | None:
    """The right of a finished case and its next step, for the participant's home; two statements at most."""
    if audit.is_open:
        return None
    rows: Any = VoucherRight.objects.visible_to(user).filter(case_uid=audit.uid)
    right = rows.prefetch_related("vouchers__edition").first()
    return {"right": right, "step": of_right(right)} if right is not None else None
