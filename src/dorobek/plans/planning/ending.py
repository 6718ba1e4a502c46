"""How a way to a qualification ends: an exam or a validation alone gives it, whatever was learnt before (DP-4, VA-1)."""

import datetime as dt

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from dorobek.offers.enums import ServiceKind
from dorobek.offers.models import Edition
from dorobek.plans.planning import sources
from dorobek.plans.planning.shapes import Basis, Final, Goal, Told
from dorobek.plans.planning.words import day, zlotys
from dorobek.plans.routes import Answer
from dorobek.vouchers.rules import TAKEN

MOST_FINALS = 60


def finals_of(goal: Goal, today: dt.date) -> tuple[Final, ...]:
    """Dates at which the qualification can be gained, the soonest first; none for another goal. One statement, and the rooms'."""
    if not goal.register_code:
        return ()
    rows = Edition.objects.offered(today).filter(
        service__register_code=goal.register_code, service__kind__in=(ServiceKind.EXAM, ServiceKind.VALIDATION),
        starts_on__gt=today,
    )  # fmt: skip
    rows = rows.annotate(taken=Count("vouchers", filter=Q(vouchers__state__in=TAKEN)))
    rows = rows.filter(Q(places=0) | Q(places=None) | Q(taken__lt=F("places")))
    found = [
        Final(str(row.uid), row.service.provider.name, row.place, row.starts_on, row.price_grosze)
        for row in rows.select_related("service__provider").order_by("starts_on", "pk")[:MOST_FINALS]
    ]
    return tuple(sorted([*found, *sources.finals(goal.register_code, today)], key=lambda one: (one.starts, one.code)))


def ending_of(basis: Basis, found: Answer) -> Told | None:
    """What still comes after a route that teaches and does not end in the qualification; None where it does, or is for none."""
    codes = {one.code for one in basis.finals}
    ends = [option.ends for option in found.options] + [one.engagement.ends for one in basis.bought]
    if not basis.goal.register_code or not ends or any(option.code in codes for option in found.options):
        return None
    if any(str(one.edition) in codes for one in basis.bought):
        return None
    last = max(ends)
    text = _("Kwalifikację daje dopiero egzamin albo walidacja, a tej drodze jej jeszcze brakuje.")
    after = next((one for one in basis.finals if one.starts > last), None)
    if after is None:
        return Told(text, _("Po tej drodze nie ma jeszcze żadnego terminu. Proszę zapytać instytucje z rejestru."))
    values = {"day": day(after.starts), "where": ", ".join(filter(None, (after.place, after.provider)))}
    if after.price is None:
        return Told(text, _("Najbliższy termin po niej: %(day)s, %(where)s.") % values)
    values["price"] = zlotys(after.price)
    return Told(text, _("Najbliższy termin po niej: %(day)s, %(where)s, %(price)s (nie ma tego w kosztach).") % values)
