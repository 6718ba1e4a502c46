"""/rejestr/porownanie/: up to four qualifications side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dorobek.register.enums import BodyRole, Category, QualificationKind, Status, ValidationMethod
from dorobek.register.models import Qualification
from dorobek.web.register.entries import bodies

MOST = 4


def compare(request: HttpRequest) -> HttpResponse:
    """Rows of a table: what each entry says about the same thing. One statement."""
    codes = list(dict.fromkeys(code for code in request.GET.getlist("porownaj") if code))[:MOST]
    known = {q.code: q for q in Qualification.objects.select_related("current").filter(code__in=codes)}
    chosen = [known[code] for code in codes if code in known]
    return render(request, "register/compare.html", {"chosen": chosen, "rows": rows(chosen), "most": MOST})


def rows(chosen: list[Qualification]) -> list[tuple[str, list[Any]]]:
    """(what, one cell for each qualification)."""
    entries = [one.entry for one in chosen]
    made: list[tuple[str, list[Any]]] = [
        (_("Poziom PRK"), [entry.level or "" for entry in entries]),
        (_("Pełna czy cząstkowa"), [named(QualificationKind, entry.kind) for entry in entries]),
        (_("Skąd pochodzi"), [named(Category, entry.category) for entry in entries]),
        (_("Stan"), [named(Status, entry.status) for entry in entries]),
        (
            _("Nakład pracy"),
            [_("%(hours)d godz.") % {"hours": entry.hours} if entry.hours else "" for entry in entries],
        ),
        (_("Kto może przystąpić"), [entry.text("entry_conditions") for entry in entries]),
        (_("Jak się sprawdza"), [", ".join(methods(entry)) for entry in entries]),
        (_("Kto nadaje"), [", ".join(bodies(entry, BodyRole.AWARDING)) for entry in entries]),
        (_("Na jak długo"), [entry.text("validity") for entry in entries]),
        (
            _("Co trzeba umieć"),
            [{"listed": [group.pl for group in entry.sets]} if entry.sets else "" for entry in entries],
        ),
        (_("Efekty i kryteria"), [f"{entry.outcome_count} / {entry.criterion_count}" for entry in entries]),
    ]
    return [(what, cells) for what, cells in made if any(cells)]


def named(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def methods(entry: Any) -> list[str]:
    return [str(ValidationMethod(one.code).label) for one in entry.rules.methods] if entry.rules else []
