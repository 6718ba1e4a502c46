"""What the calendar does: reminders, the provider's seven days, the end of rights (VO-3, VO-4)."""

import datetime as dt

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.people.enums import Scope
from dorobek.people.models import AccessGrant, Account
from dorobek.vouchers import papers, rules
from dorobek.vouchers.actions.steps import end, free_grosze, locked_right, locked_voucher, note, tell
from dorobek.vouchers.enums import PaperKind, Participation, RightState, VoucherState
from dorobek.vouchers.models import Voucher, VoucherRight

WAITING = (VoucherState.GRANTED, VoucherState.OWN_PAID)
UNREPORTED = (Participation.WAITING, Participation.ACCEPTED)


@transaction.atomic
def expire_right(*, right: VoucherRight, today: dt.date) -> bool:
    """End a right whose last day has passed; vouchers not bound to a training expire with it. False: nothing to do."""
    right = locked_right(right)
    if right.state != RightState.OPEN or rules.in_time(right.expires_on, today):
        return False
    reason = _("Minął termin zakupu: %(day)s.") % {"day": f"{right.expires_on:%d.%m.%Y}"}
    for voucher in right.vouchers.filter(state__in=WAITING):
        end(locked_voucher(voucher), VoucherState.EXPIRED, reason=reason, document=voucher.number, acting_user=None)
    changes = right.write({"state": RightState.EXPIRED, "reason": reason}, base_version=None)
    papers.write(right, None, PaperKind.RIGHT_EXPIRED, reason=reason, document=_("zasady programu"), by=None)
    note(right, "voucher.right-expired", None, **changes)
    return True


@transaction.atomic
def expire_left(*, voucher: Voucher, today: dt.date) -> bool:
    """End a voucher whose right ended while it was bound, and whose place was given up since. False: nothing to do."""
    voucher = locked_voucher(voucher)
    right = voucher.right
    if voucher.state not in WAITING or (right.state == RightState.OPEN and rules.in_time(right.expires_on, today)):
        return False
    reason = _("Minął termin zakupu: %(day)s.") % {"day": f"{right.expires_on:%d.%m.%Y}"}
    end(voucher, VoucherState.EXPIRED, reason=reason, document=voucher.number, acting_user=None)
    return True


@transaction.atomic
def mark_absent(*, voucher: Voucher, today: dt.date) -> bool:
    """The provider did not report within its days: nobody took part, until it reports otherwise. False: nothing to do."""
    voucher = locked_voucher(voucher)
    if voucher.state != VoucherState.BOUND or voucher.participation not in UNREPORTED or voucher.edition is None:
        return False
    if voucher.edition.withdrawn_at is not None:  # nothing to report: the office decides
        return False
    if rules.report_due(voucher.edition.ends_on) >= today:
        return False
    changes = voucher.write({"participation": Participation.ABSENT, "reported_at": None}, base_version=None)
    note(voucher, "voucher.provider-silent", None, **changes)
    tell(voucher)
    return True


@transaction.atomic
def remind(*, right: VoucherRight, today: dt.date) -> bool:
    """Write to the participant and the adviser when a reminder's day has come, once each. False: nothing to do."""
    right = locked_right(right)
    if right.state != RightState.OPEN:
        return False
    days = right.terms.remind_days or rules.REMIND_DAYS
    due = rules.reminder_due(right.expires_on, today, days, right.reminded)
    if due is None or not (free_grosze(right) or right.vouchers.filter(state__in=WAITING).exists()):
        return False
    right.write({"reminded": [*right.reminded, due]}, base_version=None)
    note(right, "voucher.reminded", None, days=due)
    _write_letters(right, (right.expires_on - today).days)
    return True


def advisers_of(right: VoucherRight) -> list[Account]:
    """Who leads the case now, a substitute too; who led it when the right opened, when nobody does. One statement."""
    grants = AccessGrant.objects.current().filter(case_uid=right.case_uid, scope=Scope.CASE, grantee__is_active=True)
    now = Account.objects.filter(pk__in=grants.values("grantee")).order_by("pk")
    found = list(now)
    held = right.adviser
    return found or ([held] if held is not None and held.is_active else [])


def _write_letters(right: VoucherRight, days: int) -> None:
    letters = []
    person = right.person
    day, money = f"{right.expires_on:%d.%m.%Y}", free_grosze(right)
    if person.email:
        with translation.override(person.language):
            letters.append((_("Bony szkoleniowe: zostało %(days)d dni") % {"days": days}, _(
                "Dzień dobry,\n\nprawo do bonów szkoleniowych kończy się %(day)s. Wolna kwota: %(money)s zł.\n"
                "Szkolenie można wybrać razem z doradcą. Jeśli nic z tego nie będzie, prosimy napisać dlaczego: "
                "wystarczy jedna odpowiedź na stronie „Bon”.\n"
            ) % {"day": day, "money": f"{money // 100},{money % 100:02d}"}, person.email))  # fmt: skip
    for adviser in advisers_of(right):
        with translation.override(adviser.language):
            letters.append((_("Bony: prawo kończy się za %(days)d dni") % {"days": days}, _(
                "%(name)s: prawo do bonów kończy się %(day)s, wolna kwota %(money)s zł.\n"
            ) % {"name": person.name, "day": day, "money": f"{money // 100},{money % 100:02d}"}, adviser.email))  # fmt: skip
    for subject, body, to in letters:
        transaction.on_commit(lambda s=subject, b=body, t=to: send_mail(s, b, None, [t]))  # type: ignore[misc]


def run_day(today: dt.date | None = None) -> dict[str, int]:
    """Everything of a day; safe to run twice. One transaction a row or a date: a killed run goes on where it was."""
    from dorobek.vouchers.actions.late import by_edition, mark_silent

    on = today or timezone.localdate()
    soon = on + dt.timedelta(days=400)
    late = on - dt.timedelta(days=rules.PROVIDER_DAYS)
    open_rights = VoucherRight.objects.filter(state=RightState.OPEN)
    lapsed = list(open_rights.filter(expires_on__lt=on).order_by("pk"))
    near = list(open_rights.filter(expires_on__gte=on, expires_on__lte=soon).order_by("pk"))
    unreported = Voucher.objects.filter(state=VoucherState.BOUND, participation__in=UNREPORTED)
    silent = unreported.filter(edition__ends_on__lt=late, edition__withdrawn_at=None)
    dates = by_edition(silent.select_related("right", "edition__service__provider").order_by("pk"))
    of_ended = Voucher.objects.filter(state__in=WAITING).exclude(right__state=RightState.OPEN)
    left = list(of_ended.select_related("right").order_by("pk"))
    return {
        "left": sum(expire_left(voucher=voucher, today=on) for voucher in left),
        "expired": sum(expire_right(right=right, today=on) for right in lapsed),
        "absent": sum(mark_silent(edition=edition, vouchers=held, today=on) for edition, held in dates),
        "reminded": sum(remind(right=right, today=on) for right in near),
    }
