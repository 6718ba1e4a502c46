"""/rejestr/liczby/: what the register holds and what waits in it, drawn and as tables (RG-8)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dorobek.register.enums import Category
from dorobek.register.queries.figures import figures

WIDTH = 200  # of the longest bar, in the drawing's own units


def show(request: HttpRequest) -> HttpResponse:
    """Figures of the whole register; no account is needed."""
    found = figures()
    level = [(_("PRK %(level)s") % {"level": name} if name else _("nie podano"), n) for name, n in found.by_level]
    named = dict(Category.choices)
    category = [(str(named.get(name, name)) or _("nie podano"), n) for name, n in found.by_category]
    charts = [
        (_("Poziomy PRK"), drawn(level)),
        (_("Skąd pochodzą"), drawn(category)),
        (_("Dodane tutaj w roku"), drawn(found.added)),
    ]
    waiting = [
        (_("Przegląd w ciągu roku"), found.counts["due"], found.due),
        (_("Przegląd po terminie"), found.counts["overdue"], found.overdue),
        (_("Bez instytucji, która nadaje"), found.counts["unawarded"], found.unawarded),
    ]
    return render(request, "register/figures.html", {"found": found, "charts": charts, "waiting": waiting})


def drawn(rows: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Rows with the length of their bars."""
    most = max((n for _name, n in rows), default=1)
    return [{"name": name, "n": n, "width": max(1, round(WIDTH * n / most))} for name, n in rows]
