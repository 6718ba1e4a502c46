"""A date that somebody bought was withdrawn or changed: the participant and the adviser are told (VO-2).

Handlers of `OfferMoved`; the mark of delivery is in their transaction, so nobody is told twice.
"""

import datetime as dt
from collections.abc import Sequence

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dorobek.kernel.events import on
from dorobek.offers.events import OfferMoved
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.models import Voucher

BATCH = 500


@on(OfferMoved)
def tell_buyers(happened: OfferMoved) -> None:
    """Write to everybody whose voucher is bound to one of the dates, and into the history of the case."""
    for voucher in _bound(happened.withdrawn):
        _tell(voucher, "voucher.edition-withdrawn", happened.reason)
    for voucher in _bound(happened.changed):
        _tell(voucher, "voucher.edition-changed", "")


def _bound(uids: Sequence[str]) -> list[Voucher]:
    found: list[Voucher] = []
    for start in range(0, len(uids), BATCH):
        rows = Voucher.objects.filter(state=VoucherState.BOUND, edition__uid__in=uids[start : start + BATCH])
        found += rows.select_related(
            "person", "right__person", "right__adviser", "edition__service__provider"
        ).order_by("pk")
    return found


def _tell(voucher: Voucher, kind: str, reason: str) -> None:
    from dorobek.vouchers.actions.daily import advisers_of
    from dorobek.vouchers.actions.steps import note

    edition, person = voucher.edition, voucher.person
    assert edition is not None
    note(voucher, kind, None, edition=edition, reason=reason)
    people = [(person.email, person.language, "")] if person.email else []
    people += [(one.email, one.language, person.name) for one in advisers_of(voucher.right)]
    for to, language, about in people:
        with translation.override(language):
            subject, body = _letter(voucher, kind, reason, about)
        transaction.on_commit(lambda s=subject, b=body, t=to: send_mail(s, b, None, [t]))  # type: ignore[misc]


def _letter(voucher: Voucher, kind: str, reason: str, about: str) -> tuple[str, str]:
    edition = voucher.edition
    assert edition is not None
    known = {
        "title": edition.service.title, "provider": edition.service.provider.name, "number": voucher.number,
        "starts": _day(edition.starts_on), "ends": _day(edition.ends_on), "reason": reason,
        "place": ", ".join(filter(None, (_("przez internet") if edition.remote else edition.place, edition.times.told))),
    }  # fmt: skip
    head = f"{about}, {voucher.number}.\n\n" if about else _("Dzień dobry,\n\n")
    if kind == "voucher.edition-withdrawn":
        why = _(" Powód: %(reason)s") % known if reason else ""
        body = _("dostawca „%(provider)s” wycofał termin szkolenia „%(title)s” (%(starts)s).") % known + why + _(
            "\n\nBon %(number)s jest nadal ważny. Razem z doradcą można wybrać inny termin albo bon zwrócić.\n"
        ) % known  # fmt: skip
        return _("Termin szkolenia został wycofany"), head + body
    body = (
        _(
            "dostawca „%(provider)s” zmienił termin szkolenia „%(title)s”. Teraz: %(starts)s - %(ends)s, %(place)s."
            "\n\nBon %(number)s zachowuje cenę, za którą kupiono miejsce. Jeśli nowy termin nie odpowiada, razem z doradcą "
            "można wybrać inny.\n"
        )
        % known
    )
    return _("Zmiana terminu szkolenia"), head + body


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
