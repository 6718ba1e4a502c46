"""Reads of the offer, each with a known number of statements."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from dorobek.kernel.text import normalised
from dorobek.offers.enums import PartOfWeek, QualityKind
from dorobek.offers.models import Edition, Provider, QualityCheck, TrainingService
from dorobek.offers.perms import provider_institutions
from dorobek.people.models import Account

PER_PAGE = 20
MOST_SERVICES, KEPT_DAYS = 200, 120
MOST_WORDS = 8
# part of the week that somebody has -> editions that meet in it
SUITS: dict[str, tuple[str, ...]] = {
    PartOfWeek.FREE: (PartOfWeek.EVENING, PartOfWeek.WEEKEND, PartOfWeek.FREE),
    PartOfWeek.EVENING: (PartOfWeek.EVENING,),
    PartOfWeek.WEEKEND: (PartOfWeek.WEEKEND,),
    PartOfWeek.DAY: (PartOfWeek.DAY,),
}
ORDERS = {"termin": ("starts_on", "id"), "cena": ("price_grosze", "id")}


@dataclass(frozen=True)
class Wanted:
    """What somebody is looking for. Prices in grosze; `part_of_week` a key of `SUITS`; `teryt` a voivodeship, a powiat or a gmina."""

    words: str = ""
    teryt: str = ""
    remote: bool | None = None
    starts_from: dt.date | None = None
    ends_by: dt.date | None = None
    most_grosze: int | None = None
    kind: str = ""
    field: str = ""
    part_of_week: str = ""
    certified: bool = False
    register_code: str = ""
    order: str = "termin"


@dataclass(frozen=True)
class Found:
    """One page of editions; `more` when another follows. `marked`: providers whose quality mark holds today."""

    editions: list[Edition]
    page: int
    more: bool
    marked: set[int] = field(default_factory=set)


def offered(wanted: Wanted) -> QuerySet[Edition]:
    """Editions that can be joined and suit, in order."""
    rows = Edition.objects.offered()
    for word in normalised(wanted.words).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    if wanted.remote:
        rows = rows.filter(remote=True)
    elif wanted.teryt:
        place = Q(teryt__startswith=wanted.teryt)
        rows = rows.filter(place if wanted.remote is False else place | Q(remote=True))
    elif wanted.remote is False:
        rows = rows.filter(remote=False)
    if wanted.starts_from:
        rows = rows.filter(starts_on__gte=wanted.starts_from)
    if wanted.ends_by:
        rows = rows.filter(ends_on__lte=wanted.ends_by)
    if wanted.most_grosze is not None:
        rows = rows.filter(price_grosze__lte=wanted.most_grosze)
    of_service = {"kind": wanted.kind, "field": wanted.field, "register_code": wanted.register_code}
    for name, value in of_service.items():
        if value:
            rows = rows.filter(**{f"service__{name}": value})
    if wanted.part_of_week in SUITS:
        rows = rows.filter(part_of_week__in=SUITS[wanted.part_of_week])
    if wanted.certified:
        rows = rows.filter(service__ending="certificate")
    return rows.order_by(*ORDERS.get(wanted.order, ORDERS["termin"]))


def search(wanted: Wanted, page: int = 1) -> Found:
    """A page of what suits. Two statements, however long the offer is."""
    page = min(max(page, 1), 500)
    start = (page - 1) * PER_PAGE
    rows = list(offered(wanted).select_related("service__provider")[start : start + PER_PAGE + 1])
    shown = rows[:PER_PAGE]
    marked = marked_providers({edition.service.provider_id for edition in shown})
    return Found(shown, page, len(rows) > PER_PAGE, marked)


def marked_providers(keys: set[int], day: dt.date | None = None) -> set[int]:
    """Those of the providers whose quality mark holds on the day. One statement."""
    if not keys:
        return set()
    on = day or timezone.localdate()
    held = QualityCheck.objects.filter(provider__in=keys, kind=QualityKind.MARK, passed=True, done_on__lte=on)
    held = held.filter(Q(valid_until=None) | Q(valid_until__gte=on)).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return set(held.values_list("provider_id", flat=True))


def quality_of(provider: Provider) -> dict[str, QualityCheck | None]:
    """The newest step of each kind. One statement."""
    newest: dict[str, QualityCheck | None] = dict.fromkeys(QualityKind.values)
    for check in provider.quality.all()[:50]:
        newest[check.kind] = newest[check.kind] or check
    return newest


def own_providers(user: Account) -> QuerySet[Provider]:
    """The providers that the user speaks for, in order of their names."""
    return Provider.objects.filter(institution__in=provider_institutions(user)).order_by("name", "pk")


def provider_list(words: str = "", page: int = 1) -> tuple[list[Any], bool]:
    """A page of providers for the office, each with `marked_until`, `audited_on`, `assessed_on`. One statement."""
    rows = Provider.objects.order_by("name", "pk")
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(name__icontains=word) | Q(tax_number__startswith=word))
    newest = {
        "assessed_on": (QualityKind.SELF, "done_on"),
        "audited_on": (QualityKind.AUDIT, "done_on"),
        "marked_until": (QualityKind.MARK, "valid_until"),
    }
    for name, (kind, column) in newest.items():
        steps = QualityCheck.objects.filter(provider=OuterRef("pk"), kind=kind).order_by("-done_on", "-pk")
        if kind is QualityKind.MARK:
            steps = steps.filter(ended_on=None)
        rows = rows.annotate(**{name: Subquery(steps.values(column)[:1])})
    start = (min(max(page, 1), 500) - 1) * PER_PAGE
    found: list[Any] = list(rows.select_related("institution")[start : start + PER_PAGE + 1])
    return found[:PER_PAGE], len(found) > PER_PAGE


def services_of(provider: Provider) -> list[TrainingService]:
    """What a provider offers, with its dates newest first, those that ended long ago left out. Two statements."""
    since = timezone.localdate() - dt.timedelta(days=KEPT_DAYS)
    editions = Edition.objects.filter(ends_on__gte=since).order_by("starts_on", "pk")
    rows = TrainingService.objects.filter(provider=provider).order_by("title", "pk")
    return list(rows.prefetch_related(Prefetch("editions", queryset=editions, to_attr="dates"))[:MOST_SERVICES])
