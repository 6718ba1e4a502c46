"""Openings for everybody to find: which bodies validate what, when, where, for how much, with how many places left."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from dorobek.validation.models import ValidationOpening
from dorobek.validation.queries.seats import holds_place

HEAVY = ("qualification__search_text", "entry_version__data", "entry_version__changes", "entry_version__remarks")


def openings() -> QuerySet[ValidationOpening]:
    """Every opening with `left`, the places not taken, and what names it; without the long text of the entry."""
    taken = Count("applications", filter=holds_place("applications__"))
    return (
        ValidationOpening.objects.select_related("institution", "qualification", "entry_version")
        .defer(*HEAVY)
        .annotate(taken=taken)
        .annotate(left=F("places") - F("taken"))
    )


def open_now(code: str = "") -> QuerySet[ValidationOpening]:
    """Those one can apply to today, soonest first; of one qualification when its code is given. One statement."""
    found = openings().filter(closed_at=None, applications_until__gte=timezone.localdate())
    return (found.filter(qualification__code=code) if code else found).order_by("begins_on", "pk")


def opening_of(uid: uuid.UUID) -> ValidationOpening | None:
    """One opening, closed ones too: an application or a plan may lead to it. One statement."""
    return openings().filter(uid=uid).first()


@dataclass(frozen=True)
class Validated:
    """A qualification that somebody can apply for now, and in how many openings."""

    code: str
    title: str
    openings: int


def validated_now() -> list[Validated]:
    """Qualifications with an opening, in the order of the alphabet; what the list can be narrowed to. One statement."""
    counted = (
        ValidationOpening.objects.filter(closed_at=None, applications_until__gte=timezone.localdate())
        .values("qualification__code", "qualification__title_pl", "qualification__sort_key")
        .annotate(count=Count("pk"))
        .order_by("qualification__sort_key", "qualification__code")
    )
    return [Validated(one["qualification__code"], one["qualification__title_pl"], one["count"]) for one in counted]
