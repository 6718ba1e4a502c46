"""/oferta/: trainings, exams and validations for everybody to find (VO-2), and who offers them (VO-5)."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dorobek.kernel import teryt
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.offers import queries, rules
from dorobek.offers.enums import Field, PartOfWeek, ServiceKind
from dorobek.offers.models import Edition, Provider
from dorobek.offers.queries import ORDERS, SUITS, Wanted
from dorobek.web.offers.pages import quality

LONGEST_WORDS = 200
PARTS = (
    (PartOfWeek.FREE, gettext_lazy("po pracy albo w weekend")), (PartOfWeek.WEEKEND, gettext_lazy("tylko w weekend")),
    (PartOfWeek.DAY, gettext_lazy("w ciągu dnia")),
)  # fmt: skip


class Asked:
    """What was typed, as it was typed, and what could be understood of it; `problems` say what could not."""

    def __init__(self, given: QueryDict) -> None:
        self.problems: list[tuple[str, str]] = []
        self.typed = {
            name: given.get(name, "").strip()[:LONGEST_WORDS]
            for name in (
                "q",
                "miejsce",
                "od",
                "do",
                "cena",
                "dziedzina",
                "rodzaj",
                "forma",
                "pora",
                "certyfikat",
                "kolejnosc",
                "kwalifikacja",
            )
        }
        typed = self.typed
        self.wanted = Wanted(
            words=typed["q"], teryt=self._place(), remote={"zdalnie": True, "na-miejscu": False}.get(typed["forma"]),
            starts_from=self._day("od"), ends_by=self._day("do"), most_grosze=self._price(),
            kind=typed["rodzaj"] if typed["rodzaj"] in ServiceKind.values else "",
            field=typed["dziedzina"] if typed["dziedzina"] in Field.values else "",
            part_of_week=typed["pora"] if typed["pora"] in SUITS else "", certified=bool(typed["certyfikat"]), register_code=typed["kwalifikacja"][:20],
            order=typed["kolejnosc"] if typed["kolejnosc"] in ORDERS else "termin",
        )  # fmt: skip
        page = given.get("page", "")
        self.page = int(page[:6]) if page.isascii() and page.isdigit() else 1

    def _place(self) -> str:
        name = self.typed["miejsce"]
        if not name:
            return ""
        if name.isdigit() and teryt.is_valid_code(name):
            return name
        found = rules.codes_by_name().get(normalised(name)) or [one.code for one in teryt.find(name, limit=1)]
        if not found:
            self.problems.append(
                (
                    "miejsce",
                    _("Nie znamy miejsca „%(name)s”. Można wpisać powiat albo większe miasto.") % {"name": name},
                )
            )
            return "-"
        return found[0]

    def _day(self, name: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(self.typed[name]) if self.typed[name] else None
        except ValueError:
            self.problems.append((name, _("Proszę wpisać dzień tak: 2026-11-27.")))
            return None

    def _price(self) -> int | None:
        try:
            return rules.price_from_text(self.typed["cena"]) if self.typed["cena"] else None
        except RuleBroken as broken:
            self.problems.append(("cena", str(broken.message)))
            return None


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by words, place, dates, price, field and form."""
    asked = Asked(request.GET)
    found = queries.search(asked.wanted, asked.page)
    context: dict[str, Any] = {
        "typed": asked.typed, "problems": dict(asked.problems), "found": found, "fields": Field.choices,
        "kinds": ServiceKind.choices, "parts": PARTS, "order": asked.wanted.order, "next": found.page + 1, "previous": found.page - 1,
    }  # fmt: skip
    return render(request, "offers/search.html", context)


@require_safe
def edition(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One edition. A withdrawn one keeps its page and says so: a plan or a voucher may lead here."""
    held = Edition.objects.select_related("service__provider").filter(uid=uid).first()
    if held is None:
        raise Http404
    others = Edition.objects.offered().filter(service=held.service).exclude(pk=held.pk).order_by("starts_on")[:10]
    closed = held.withdrawn_at is not None or held.enrol_until < timezone.localdate()
    marked = bool(queries.marked_providers({held.service.provider_id}))
    context = {"edition": held, "service": held.service, "others": others, "closed": closed, "marked": marked}
    return render(request, "offers/edition.html", context)


@require_safe
def provider(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Who they are, how they stand against the regional standard, what they offer now."""
    held = Provider.objects.filter(uid=uid).first()
    if held is None:
        raise Http404
    editions = Edition.objects.offered().filter(service__provider=held).select_related("service").order_by("starts_on")
    context = {"provider": held, "editions": editions[:20], **quality(held)}
    return render(request, "offers/provider.html", context)
