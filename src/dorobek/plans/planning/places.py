"""Powiats, their neighbours and the travel times that an operator imported (DP-4)."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from dorobek.kernel.teryt import PlaceError, PlaceLevel, check_code, name_of, places
from dorobek.plans.models import PowiatLink
from dorobek.plans.routes import REMOTE, Travel

FIRST_CITY = 61


def known_powiat(code: str) -> bool:
    """Is it a powiat that exists? Where not all powiats of a voivodeship are listed, its form has to do."""
    try:
        bare = check_code(code)
    except PlaceError:
        return False
    if len(bare) != 4:
        return False
    listed = any(int(place.code[2:]) < FIRST_CITY for place in places(bare[:2], PlaceLevel.POWIAT))
    return name_of(bare) is not None or not listed


def imported_tables() -> frozenset[str]:
    """Which tables there are: "neighbours", "minutes". Two statements."""
    found = {"neighbours": Q(neighbours=True), "minutes": Q(minutes__isnull=False)}
    return frozenset(name for name, rows in found.items() if PowiatLink.objects.filter(rows).exists())


def travel_for(home: str, wanted: Iterable[str], tables: frozenset[str]) -> Travel:
    """How far the places are from home. Without a table of neighbours a powiat of the same voivodeship is one.

    Only places that exist are in it, so that the planner refuses the rest. One statement.
    """
    real = {place for place in (home, *wanted) if place != REMOTE and known_powiat(place)}
    near: dict[str, set[str]] = defaultdict(set)
    minutes: dict[tuple[str, str], int] = {}
    for link in PowiatLink.objects.filter(Q(start=home) | Q(end=home)) if tables else ():
        if link.neighbours:
            near[link.start].add(link.end)
        if link.minutes is not None:
            minutes[link.start, link.end] = link.minutes
    if "neighbours" not in tables:
        near[home] = {place for place in real if place[:2] == home[:2] and place != home}
    return Travel({place: frozenset(near[place]) for place in real}, minutes)
