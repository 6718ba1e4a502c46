"""/bony/liczby/: where the money is, drawn and as tables; the settlement and the figures to take away (VO-3)."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dorobek.kernel.csv_text import download
from dorobek.vouchers import export, figures, queries
from dorobek.vouchers.perms import settles
from dorobek.web.doors import CaseRequest, staff_who
from dorobek.web.drawings.bars import bars

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DRAWN = 12  # rows in a drawing; the table has all


@require_safe
@staff_who(settles)
def show(request: CaseRequest) -> HttpResponse:
    """Money granted, paid and given back, by programme, month, powiat and field."""
    context = {
        "tables": [_table(request, by) for by in figures.BY], "paid": queries.paid_to_providers(request.user),
        "balanced": _balanced(request),
    }  # fmt: skip
    return render(request, "vouchers/figures.html", context)


def _balanced(request: CaseRequest) -> bool:
    return figures.total(list(figures.sums(request.user, "programme"))) == figures.in_ledger(request.user)


def _table(request: CaseRequest, by: str) -> dict[str, Any]:
    found = list(figures.sums(request.user, by))
    head = export.figure_header(by)
    rows = [(export.named(by, one.name), one.grosze) for one in found]
    shown = rows[-DRAWN:] if by == "month" else sorted(rows, key=lambda row: -row[1][0])[:DRAWN]
    picture = bars(head[0], head[1:4], [(_short(name), grosze[:3]) for name, grosze in shown]) if shown else ""
    return {"by": by, "head": head, "rows": rows, "total": figures.total(found), "picture": picture}


def _short(name: str) -> str:
    """A powiat without its voivodeship, so that it fits beside its bars."""
    return name.split(", ")[0]


@require_safe
@staff_who(settles)
def table(request: CaseRequest, by: str, kind: str) -> HttpResponse:
    """One of the tables as CSV or XLSX, with a control sum; refused while it disagrees with the ledger."""
    if by not in figures.BY:
        raise Http404
    return _file(
        kind, f"bony-{by}",
        lambda: export.figure_rows(request.user, by), lambda: export.figure_workbook(request.user, by),
    )  # fmt: skip


@require_safe
@staff_who(settles)
def settlement(request: CaseRequest, kind: str) -> HttpResponse:
    """The table of what was paid out, as CSV or XLSX; refused while it disagrees with the ledger."""
    since, until = (_day(request.GET.get(name, "")) for name in ("od", "do"))
    return _file(
        kind, "rozliczenie-bonow",
        lambda: export.rows(request.user, since, until), lambda: export.workbook(request.user, since, until),
    )  # fmt: skip


def _file(
    kind: str, name: str, rows: Callable[[], Iterable[Sequence[str]]], workbook: Callable[[], bytes]
) -> HttpResponse:
    if kind == "csv":
        return download(list(rows()), name)
    if kind != "xlsx":
        raise Http404
    answer = HttpResponse(workbook(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Http404 from error
