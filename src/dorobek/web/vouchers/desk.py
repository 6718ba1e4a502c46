"""/bony/: rights about to lapse, vouchers to settle, figures and the settlement, for those who settle."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.kernel.csv_text import download
from dorobek.kernel.teryt import display, is_valid_code
from dorobek.offers.enums import Field
from dorobek.vouchers import actions, export, queries
from dorobek.vouchers.models import Voucher, VoucherRight
from dorobek.vouchers.perms import SETTLING_ROLES, settled_by
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.vouchers.forms import SettleForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIELDS = {str(value): label for value, label in Field.choices}


@staff(*SETTLING_ROLES)
def show(request: CaseRequest) -> HttpResponse:
    """Everything on one page: what ends soon, what waits for payment, where the money is."""
    tables = []
    for by, title in (
        ("programme", _("Program")),
        ("month", _("Miesiąc")),
        ("powiat", _("Powiat")),
        ("field", _("Dziedzina")),
    ):
        rows = [(_named(by, one.name), one) for one in queries.sums(request.user, by)]
        tables.append((title, rows))
    context = {
        "lapsing": queries.lapsing(request.user), "waiting": list(queries.to_settle(request.user)),
        "tables": tables, "paid": queries.paid_to_providers(request.user),
    }  # fmt: skip
    return render(request, "vouchers/desk.html", context)


def _named(by: str, value: object) -> str:
    if by == "month" and isinstance(value, dt.datetime | dt.date):
        return f"{value:%m.%Y}"
    if by == "powiat" and value:
        return display(str(value)) if is_valid_code(str(value)) else str(value)
    if by == "field" and value:
        return str(FIELDS.get(str(value), value))
    return str(value or _("nie wiadomo"))


@staff(*SETTLING_ROLES)
def settle(request: CaseRequest, voucher_uid: uuid.UUID) -> HttpResponse:
    """Pay out one voucher."""
    rights = VoucherRight.objects.filter(settled_by(request.user))
    voucher = (
        Voucher.objects.filter(right__in=rights, uid=voucher_uid)
        .select_related("right", "edition__service__provider")
        .first()
    )
    if voucher is None:
        raise Http404
    form = form_for(request, SettleForm)
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["document"]
        if attempt(form, lambda: actions.settle(voucher=voucher, document=document, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Bon %(number)s jest rozliczony.") % {"number": voucher.number})
            return redirect("vouchers")
    return render(request, "vouchers/settle.html", {"form": form, "voucher": voucher})


@staff(*SETTLING_ROLES)
def settlement(request: CaseRequest, kind: str) -> HttpResponse:
    """The table of what was paid out, as CSV or XLSX; refused while it disagrees with the ledger."""
    since, until = (_day(request.GET.get(name, "")) for name in ("od", "do"))
    if kind == "csv":
        return download(list(export.rows(request.user, since, until)), "rozliczenie-bonow")
    if kind != "xlsx":
        raise Http404
    answer = HttpResponse(export.workbook(request.user, since, until), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="rozliczenie-bonow.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Http404 from error
