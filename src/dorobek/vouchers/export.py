"""The settlement as a table: one line a voucher paid out, and a control sum that must be the ledger's."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from dorobek.kernel.csv_text import harmless
from dorobek.kernel.errors import RuleBroken
from dorobek.people.models import Account
from dorobek.vouchers.models import Voucher
from dorobek.vouchers.queries import paid_to_providers, settled


def header() -> list[str]:
    return [
        _("Bon"), _("Program"), _("Usługa"), _("Numer usługi"), _("Dostawca"), _("NIP"), _("Koniec zajęć"),
        _("Dzień zapłaty"), _("Dokument"), _("Cena"), _("Wsparcie"), _("Udział własny"),
    ]  # fmt: skip


def _words(voucher: Voucher) -> list[str]:
    assert voucher.edition is not None
    service = voucher.edition.service
    paid_at = voucher.paid_at  # type: ignore[attr-defined]
    return [
        voucher.number, voucher.right.programme_version.programme.name, service.title, service.number,
        service.provider.name, service.provider.tax_number, voucher.edition.ends_on.isoformat(),
        timezone.localdate(paid_at).isoformat(), voucher.invoice,  # type: ignore[attr-defined]
    ]  # fmt: skip


def _grosze(voucher: Voucher) -> tuple[int, int, int]:
    return voucher.value_grosze, voucher.support_grosze, voucher.own_grosze


def rows(user: Account, since: dt.date | None = None, until: dt.date | None = None) -> Iterator[Sequence[str]]:
    """Lines of the CSV with the header and the control sum at the end.

    Raises RuleBroken when all that was settled does not add up to what the ledger paid out.
    """
    found = checked(user, since, until)
    yield header()
    for voucher in found:
        yield [*_words(voucher), *(_zlotys(one) for one in _grosze(voucher))]
    yield [_("Suma kontrolna"), *[""] * 8, *(_zlotys(sum(column)) for column in _columns(found))]


def checked(user: Account, since: dt.date | None = None, until: dt.date | None = None) -> list[Voucher]:
    """The vouchers of the days, once the whole settlement agrees with the ledger. Raises RuleBroken."""
    whole = list(settled(user))
    if sum(voucher.value_grosze for voucher in whole) != paid_to_providers(user):
        raise RuleBroken(
            _("Suma bonów różni się od księgi. Proszę nie wysyłać rozliczenia i zawiadomić administratora.")
        )
    return whole if since is None and until is None else list(settled(user, since, until))


def _columns(found: Sequence[Voucher]) -> list[tuple[int, ...]]:
    return list(zip(*(_grosze(voucher) for voucher in found), strict=True)) or [(), (), ()]


def _zlotys(grosze: int) -> str:
    return f"{grosze // 100},{grosze % 100:02d}"


def workbook(user: Account, since: dt.date | None = None, until: dt.date | None = None) -> bytes:
    """The same as XLSX: money as numbers, the control sum counted by us, not by a formula. Raises RuleBroken."""
    found = checked(user, since, until)
    book = Workbook()
    sheet = book.active
    sheet.title = _("Rozliczenie")
    sheet.append(header())
    for voucher in found:
        sheet.append([*(harmless(str(word)) for word in _words(voucher)), *(one / 100 for one in _grosze(voucher))])
    sheet.append([_("Suma kontrolna"), *[""] * 8, *(sum(column) / 100 for column in _columns(found))])
    for line in sheet.iter_rows(min_row=2, min_col=10, max_col=12):
        for cell in line:
            cell.number_format = "#,##0.00"
    sheet.freeze_panes = "A2"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
