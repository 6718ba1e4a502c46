"""/wzornik/: every component on one page, with invented data; demonstration mode only."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dorobek.kernel.errors import Conflict
from dorobek.web.drawings import Bar, Point, life_line, progress_chart, squares
from dorobek.web.forms import (
    ClockField,
    DayField,
    DorobekForm,
    Hinted,
    LongText,
    ManyChoices,
    PartialDateField,
    ShortText,
    YesNo,
)
from dorobek.web.states import LOOKS

COLOURS = (
    "desk", "desk-2", "paper", "paper-2", "paper-3", "field", "rule", "edge", "ink", "ink-2", "thread",
    "thread-deep", "thread-wash", "ok", "wait", "bad", "calm", "learn", "work", "life",
)  # fmt: skip
ICONS = (
    "ok", "half", "todo", "no", "info", "late", "missing", "dispute", "lock", "wait", "next", "back",
    "doc", "photo", "film", "link", "thing", "says", "story", "bar", "plus", "edit", "trash", "calendar",
    "clock", "place", "phone", "mail", "offline", "search", "print", "download", "upload", "user", "users",
    "eye", "share", "key", "flag", "target", "home", "history", "move",
)  # fmt: skip


class SpecimenForm(DorobekForm):
    """One field of every kind."""

    name = ShortText(label=_("Krótka nazwa"), help_text=_("Jedna linijka, własnymi słowami."))
    born = DayField(label=_("Data urodzenia"), help_text=_("Na przykład 7.03.1974."), not_after=dt.date.today)
    hour = ClockField(label=_("Godzina"), required=False)
    since = PartialDateField(label=_("Od"), help_text=_("Tak dokładnie, jak się da."), required=False)
    story = LongText(label=_("Co się wtedy wydarzyło?"), required=False)
    detail = forms.ChoiceField(
        label=_("Jak rozmawiamy o życiu osobistym?"),
        choices=[
            ("general", Hinted(_("Ogólnie"), _("bez szczegółów, w każdej chwili można przerwać"))),
            ("full", _("Dokładnie")),
            ("none", _("Wcale")),
        ],
        widget=forms.RadioSelect,
    )
    proofs = ManyChoices(
        label=_("Co to pokazuje?"),
        choices=[("photo", _("zdjęcie")), ("document", _("dokument")), ("film", _("film"))],
        required=False,
    )
    works = YesNo(label=_("Czy pracuje Pani/Pan teraz?"), required=False)
    agreed = forms.BooleanField(label=_("Zgadzam się na kontakt telefoniczny"), required=False)
    form_of_work = forms.ChoiceField(
        label=_("Forma zatrudnienia"), choices=[("", _("wybierz")), ("contract", _("umowa o pracę"))], required=False
    )


def show(request: HttpRequest) -> HttpResponse:
    """The pattern book."""
    if not settings.DEMO:
        raise Http404
    bad = SpecimenForm({"name": "", "born": "31.02.2026", "hour": "25:70", "detail": "odd"}, auto_id="b_%s")
    clash = SpecimenForm(initial={"story": "Zeszyt wpływów i wydatków koła"}, auto_id="c_%s")
    conflict = Conflict(
        {"story": "Zeszyt wpływów i sprawozdanie roczne"}, {"story": "Zeszyt wpływów i wydatków koła"}, 4
    )
    return render(request, "public/specimen.html", {**_data(), "bad": bad, "clash": clash, "conflict": conflict})


def life() -> list[Bar]:
    """An invented life with every kind of bar."""
    return [
        Bar("a", "learn", "Liceum Ekonomiczne, matura", dt.date(1988, 9, 1), dt.date(1992, 5, 31)),
        Bar("b", "learn", "szkoła policealna, przerwana", dt.date(2010, 7, 1), dt.date(2012, 1, 31), vague=True),
        Bar("c", "learn", "kurs kas fiskalnych", dt.date(2004, 4, 1), point=True),
        Bar("d", "work", "Spółdz. „Zgoda”", dt.date(1992, 9, 1), dt.date(1999, 7, 31)),
        Bar("e", "work", "bez wpisu", dt.date(1999, 8, 1), dt.date(2003, 3, 1), gap=True),
        Bar("f", "work", "kasjerka, „Jarzębina”", dt.date(2003, 3, 1), dt.date(2015, 8, 31)),
        Bar("g", "work", "starsza kasjerka, market", dt.date(2015, 9, 1), ongoing=True),
        Bar("h", "work", "remanenty", dt.date(2012, 1, 1), dt.date(2016, 3, 31), vague=True),
        Bar("i", "life", "syn", dt.date(1996, 6, 1), point=True),
        Bar("j", "life", "opieka nad mamą po udarze", dt.date(2009, 1, 1), dt.date(2014, 4, 30)),
        Bar("k", "life", "skarbniczka koła gospodyń", dt.date(2013, 4, 1), ongoing=True),
    ]


def _data() -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "icons": ICONS,
        "states": list(LOOKS),
        "form": SpecimenForm(auto_id="a_%s"),
        "path": [(_("Rozmowa"), "done"), (_("Wstępny"), "done"), (_("Badawczy"), "now"), (_("Podsumowanie"), "")],
        "life": life_line(life(), today=dt.date(2026, 11, 20), language=get_language() or "pl", picked="k"),
        "events": life(),
        "progress": progress_chart(
            [Point(dt.date(2026, 9, 4), 3), Point(dt.date(2026, 10, 6), 5), Point(dt.date(2026, 11, 13), 6)]
        ),
        "squares": squares(4, 6),
        "tabs": [(_("Wzornik"), "/wzornik/", True), (_("Drugi arkusz"), "#rysunki", False, 3)],
        "crumbs": [(_("Biurko"), "/"), (_("Wzornik"), "")],
    }
