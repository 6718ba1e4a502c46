"""Numbers of programmes, units and advisers, never content (SA-16, SA-18): one statement each."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from dorobek.audits.enums import OPEN_STAGES, Stage, Variant
from dorobek.audits.models import SkillsAudit
from dorobek.people.models import Account


def _counted() -> dict[str, Count]:
    late = Q(stage__in=OPEN_STAGES, due_on__lt=timezone.localdate())
    return {
        "registered": Count("id"),
        "basic": Count("id", filter=Q(variant=Variant.BASIC)),
        "in_depth": Count("id", filter=Q(variant=Variant.IN_DEPTH)),
        "open": Count("id", filter=Q(stage__in=OPEN_STAGES)),
        "finished": Count("id", filter=Q(stage=Stage.FINISHED)),
        "interrupted": Count("id", filter=Q(stage=Stage.INTERRUPTED)),
        "late": Count("id", filter=late),
    }


def figures_of_programmes(institutions: Collection[int]) -> list[dict[str, Any]]:
    """One row a programme: `name` and the counts. For those who may see figures of these institutions."""
    cases = SkillsAudit.objects.filter(institution__in=institutions)
    rows = cases.values("programme_version__programme__name").annotate(**_counted())
    return [{"name": row.pop("programme_version__programme__name"), **row} for row in _ordered(rows)]


def figures_of_units(institutions: Collection[int]) -> list[dict[str, Any]]:
    """One row a unit: `name` and the counts."""
    cases = SkillsAudit.objects.filter(institution__in=institutions)
    return [
        {"name": row.pop("unit__name"), **row} for row in _ordered(cases.values("unit__name").annotate(**_counted()))
    ]


def _ordered(rows: Any) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in rows), key=lambda row: str(next(iter(row.values()))))


def load_of_advisers(coordinator: Account) -> list[dict[str, Any]]:
    """Open and late cases of each adviser in the coordinator's units: `adviser`, `unit`, `open`, `late`."""
    today = timezone.localdate()
    cases = SkillsAudit.objects.visible_to(coordinator).filter(unit__in=coordinator.supervised_units)
    load = (
        cases.filter(stage__in=OPEN_STAGES)
        .values("adviser__name", "unit__name")
        .annotate(open=Count("id"), late=Count("id", filter=Q(due_on__lt=today)))
        .order_by("-late", "-open", "adviser__name")
    )
    return [
        {"adviser": row["adviser__name"], "unit": row["unit__name"], "open": row["open"], "late": row["late"]}
        for row in load
    ]
