"""/rejestr/: search in one's own words, with filters; suggestions as one types."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorobek.register.enums import Category, QualificationKind, Status, ValidationMethod
from dorobek.register.queries.search import FILTERS, LONGEST, Found, Value, Wanted, search, suggested
from dorobek.register.queries.snapshot import HOURS

SHOWN = 8  # values of a filter before "more"
MOST_CHOSEN = 30
ORDERS = ("", "title", "effort")
LABELS: dict[str, dict[str, Any]] = {
    "kind": dict(QualificationKind.choices),
    "category": dict(Category.choices),
    "status": dict(Status.choices),
    "method": dict(ValidationMethod.choices),
}
COMPARED = 4


def search_page(request: HttpRequest) -> HttpResponse:
    """The form, the filters with counts, a page of hits. Two statements."""
    wanted = read(request.GET)
    found = search(wanted)
    picked = [code for code in request.GET.getlist("porownaj") if code][:COMPARED]
    return render(
        request,
        "register/search.html",
        {
            "wanted": wanted,
            "found": found,
            "groups": groups(wanted, found),
            "chips": chips(request.GET, wanted, found),
            "picked": picked,
            "orders": [("", _("najbliższe słowom")), ("title", _("alfabetycznie")), ("effort", _("od najkrótszych"))],
            "too_long": LONGEST if len(request.GET.get("q", "")) > LONGEST else None,
            "cleared": without(request.GET, *FILTERS, "strona"),
        },
    )


def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles for what is being typed, as JSON; may be cached for a while."""
    answer = JsonResponse({"titles": suggested(request.GET.get("q", ""))})
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def read(query: QueryDict) -> Wanted:
    """What an address asks for; what it does not understand is left out, never an error."""
    page = query.get("strona", "1")
    order = query.get("kolejnosc", "")
    return Wanted(
        words=query.get("q", "")[:LONGEST],
        exact=query.get("doslownie") == "1",
        filters={name: tuple(query.getlist(name)[:MOST_CHOSEN]) for name in FILTERS if query.getlist(name)},
        order=order if order in ORDERS else "",
        page=int(page) if page.isdigit() and len(page) < 6 else 1,
    )


def groups(wanted: Wanted, found: Found) -> list[dict[str, Any]]:
    """The filters in the order of the page, each with its values; long ones folded after SHOWN."""
    titles = {
        "level": _("Poziom PRK"),
        "category": _("Skąd pochodzi"),
        "kind": _("Pełna czy cząstkowa"),
        "method": _("Jak się sprawdza"),
        "effort": _("Nakład pracy"),
        "status": _("Stan"),
        "field": _("Dziedzina"),
        "body": _("Kto nadaje"),
    }
    made = []
    for name, title in titles.items():
        values = [(value, named(name, value)) for value in found.facets[name]]
        if name in ("level", "effort"):
            values.sort(key=lambda pair: pair[0].value.rjust(6))
        if values:
            made.append(
                {
                    "name": name,
                    "title": title,
                    "values": values[:SHOWN],
                    "more": values[SHOWN:60],
                    "open": name in wanted.filters or name in ("level", "category", "method", "effort"),
                }
            )
    return made


def named(name: str, value: Value) -> str:
    """A filter value in words."""
    if name == "effort":
        low, high = next((band for band in HOURS if str(band[0]) == value.value), (0, 0))
        if not low:
            return value.value
        if low == 1:
            return _("do %(hours)d godz.") % {"hours": high}
        if high > 10_000:
            return _("ponad %(hours)d godz.") % {"hours": low - 1}
        return _("%(low)d-%(high)d godz.") % {"low": low, "high": high}
    if name in LABELS:
        return str(LABELS[name].get(value.value, value.value))
    if name == "field":
        return f"{value.value} {value.label}".strip()
    return value.label or value.value


def chips(query: QueryDict, wanted: Wanted, found: Found) -> list[tuple[str, str]]:
    """(words, address without it) of every chosen filter value."""
    made = []
    for name, values in wanted.filters.items():
        known = {value.value: value for value in found.facets[name]}
        for chosen in values:
            label = named(name, known.get(chosen, Value(chosen, "", 0, True)))
            label = pgettext("filter", "PRK %(level)s") % {"level": label} if name == "level" else label
            rest = query.copy()
            rest.setlist(name, [value for value in values if value != chosen])
            rest.pop("strona", None)
            made.append((label, "?" + rest.urlencode()))
    return made


def without(query: QueryDict, *names: str) -> str:
    """The address of the same search without some of its parts."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return "?" + rest.urlencode()
