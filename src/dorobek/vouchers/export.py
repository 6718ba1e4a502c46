"""The settlement and the figures as tables, each with a control sum that must be the ledger's."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from dorobek.kernel.csv_text import harmless
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.teryt import display, is_valid_code
from dorobek.offers.enums import Field
from dorobek.people.models import Account
from dorobek.vouchers import figures
from dorobek.vouchers.models import Voucher
from dorobek.vouchers.queries import paid_to_providers, settled
from dorobek.vouchers.words import zlotys

WORDS = 11  # columns of the settlement before its money
FIELDS = {str(value): label for value, label in Field.choices}


def header() -> list[str]:
    return [
        _("Bon"), _("Program"), _("Powiat"), _("Dziedzina"), _("Usługa"), _("Numer usługi"), _("Dostawca"), _("NIP"),
        _("Koniec zajęć"), _("Dzień zapłaty"), _("Dokument"), _("Cena"), _("Wsparcie"), _("Udział własny"),
    ]  # fmt: skip


def _words(voucher: Voucher) -> list[str]:
    assert voucher.edition is not None
    service = voucher.edition.service
    paid_at = voucher.paid_at  # type: ignore[attr-defined]
    return [
        voucher.number, voucher.right.programme_version.programme.name, named("powiat", voucher.right.teryt),
        named("field", service.field), service.title, service.number, service.provider.name,
        service.provider.tax_number, voucher.edition.ends_on.isoformat(),
        timezone.localdate(paid_at).isoformat(), voucher.invoice,  # type: ignore[attr-defined]
    ]  # fmt: skip


def _grosze(voucher: Voucher) -> tuple[int, int, int]:
    return voucher.value_grosze, voucher.support_grosze, voucher.own_grosze


def named(by: str, value: object) -> str:
    """What a row of figures is called: a month, a powiat, a field, the name of a programme."""
    if by == "month" and isinstance(value, dt.datetime | dt.date):
        return f"{value:%m.%Y}"
    if by == "powiat" and value:
        return display(str(value)) if is_valid_code(str(value)) else str(value)
    if by == "field" and value:
        return str(FIELDS.get(str(value), value))
    return str(value or _("nie wiadomo"))


def rows(user: Account, since: dt.date | None = None, until: dt.date | None = None) -> Iterator[Sequence[str]]:
    """Lines of the CSV with the header and the control sum at the end.

    Raises RuleBroken when all that was settled does not add up to what the ledger paid out.
    """
    found = checked(user, since, until)
    yield header()
    for voucher in found:
        yield [*_words(voucher), *(zlotys(one) for one in _grosze(voucher))]
    yield [_control(), *[""] * (WORDS - 1), *(zlotys(sum(column)) for column in _columns(found))]


def _control() -> str:
    return _("Suma kontrolna")


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


def workbook(user: Account, since: dt.date | None = None, until: dt.date | None = None) -> bytes:
    """The same as XLSX: money as numbers, the control sum counted by us, not by a formula. Raises RuleBroken."""
    found = checked(user, since, until)
    lines = [(_words(voucher), _grosze(voucher)) for voucher in found]
    total = [_control(), *[""] * (WORDS - 1)], tuple(sum(column) for column in _columns(found))
    return _sheet(_("Rozliczenie"), header(), [*lines, total])


# ---- figures by programme, month, powiat or field ----


def figure_header(by: str) -> list[str]:
    names = {"programme": _("Program"), "month": _("Miesiąc"), "powiat": _("Powiat"), "field": _("Dziedzina")}
    return [names[by], _("Przyznano"), _("Zapłacono"), _("Wróciło"), _("W toku")]


def figure_lines(user: Account, by: str) -> list[tuple[list[str], tuple[int, ...]]]:
    """Names and grosze of each row, the control sum last. Raises RuleBroken when it is not the ledger's."""
    found = list(figures.sums(user, by))
    total = figures.total(found)
    if total != figures.in_ledger(user):
        raise RuleBroken(_("Suma zestawienia różni się od księgi. Proszę zawiadomić administratora."))
    lines = [([named(by, one.name)], one.grosze) for one in found]
    return [*lines, ([_control()], total)]


def figure_rows(user: Account, by: str) -> Iterator[Sequence[str]]:
    """Lines of the CSV with header and control sum. Raises RuleBroken."""
    lines = figure_lines(user, by)
    yield figure_header(by)
    for words, grosze in lines:
        yield [*words, *(zlotys(one) for one in grosze)]


def figure_workbook(user: Account, by: str) -> bytes:
    """The same as XLSX. Raises RuleBroken."""
    return _sheet(_("Zestawienie"), figure_header(by), figure_lines(user, by))


def _sheet(title: str, head: Sequence[str], lines: Sequence[tuple[Sequence[str], Sequence[int]]]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(head))
    for words, grosze in lines:
        sheet.append([*(harmless(str(word)) for word in words), *(one / 100 for one in grosze)])
    first = len(lines[0][0]) + 1 if lines else 2
    for line in sheet.iter_rows(min_row=2, min_col=first, max_col=len(head)):
        for cell in line:
            cell.number_format = "#,##0.00"
    sheet.freeze_panes = "A2"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
