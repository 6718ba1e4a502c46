"""Figures of the register for everybody: what there is, what was added, what is due for review (RG-8)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from dorobek.register.enums import BodyRole
from dorobek.register.models import Entitlement, Qualification, QualificationVersion

SOON = dt.timedelta(days=365)
MOST = 50


@dataclass(frozen=True)
class Figures:
    """Numbers, and the entries behind those that ask for something to be done (at most MOST of each)."""

    total: int
    by_level: list[tuple[str, int]]
    by_category: list[tuple[str, int]]
    added: list[tuple[str, int]]  # by year of the first version here
    described: int  # with learning outcomes
    due: list[Qualification]
    overdue: list[Qualification]
    unawarded: list[Qualification]
    counts: dict[str, int]


def figures() -> Figures:
    """Seven statements, whatever the size of the register."""
    today = timezone.localdate()
    rows = Qualification.objects.all()
    awarded = Entitlement.objects.filter(qualification=OuterRef("pk"), role=BodyRole.AWARDING).filter(
        Q(until=None) | Q(until__gte=today)
    )
    bare = rows.filter(~Exists(awarded))
    due = rows.filter(next_review__gte=today, next_review__lt=today + SOON)
    overdue = rows.filter(next_review__lt=today)
    counts = rows.aggregate(
        total=Count("pk"),
        described=Count("pk", filter=Q(outcome_count__gt=0)),
        due=Count("pk", filter=Q(next_review__gte=today, next_review__lt=today + SOON)),
        overdue=Count("pk", filter=Q(next_review__lt=today)),
    )
    years = Counter(
        str(at.year)
        for at in QualificationVersion.objects.filter(number=1).values_list("created_at", flat=True).iterator()
    )
    return Figures(
        total=counts["total"],
        by_level=[(str(level or ""), n) for level, n in _counted("level")],
        by_category=[(str(category), n) for category, n in _counted("category")],
        added=sorted(years.items()),
        described=counts["described"],
        due=list(due.order_by("next_review", "pk")[:MOST]),
        overdue=list(overdue.order_by("next_review", "pk")[:MOST]),
        unawarded=list(bare.order_by("sort_key", "pk")[:MOST]),
        counts={**counts, "unawarded": bare.count()},
    )


def _counted(column: str) -> list[tuple[object, int]]:
    counted = Qualification.objects.values_list(column).annotate(n=Count("pk")).order_by(column)
    return [(value, n) for value, n in counted]
