"""Credentials of other issuers in wallets are looked up again by themselves: was one taken back since? (MC-5, MC-6)"""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.kept import checked_of
from dorobek.credentials.verification import verify_given
from dorobek.portfolio.actions.wallet import note_day_check
from dorobek.portfolio.models import HeldCredential
from dorobek.vc.fetching import Source

MOST = 500  # a day; where there are more, each has its turn on some day
FRESH = dt.timedelta(hours=20)  # what was checked so lately is left alone
TOKEN = "ey"  # how a credential begins that does not show its status as text


def recheck_day(now: dt.datetime | None = None, source: Source | None = None) -> int:
    """Check those again whose issuer publishes what it took back; returns how many answers are other than before.

    An issuer that cannot be reached changes nothing. Safe to run twice, and to kill: each is a transaction of its own.
    """
    at = now or timezone.now()
    rows = HeldCredential.objects.filter(checked_at__lt=at - FRESH).filter(
        Q(document__contains="credentialStatus") | Q(document__startswith=TOKEN)
    )
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gt=at), person__erased_at=None)
    return sum(_recheck(pk, source) for pk in _turn(list(rows.order_by("pk").values_list("pk", flat=True)), at.date()))


def _turn(keys: list[int], day: dt.date) -> list[int]:
    """At most so many of the keys, others on the next day, until all had their turn."""
    if len(keys) <= MOST:
        return keys
    start = day.toordinal() * MOST % len(keys)
    return (keys[start:] + keys[:start])[:MOST]


def _recheck(key: int, source: Source | None) -> bool:
    held = HeldCredential.objects.filter(pk=key).select_related("person").first()
    if held is None:
        return False
    found = checked_of(verify_given(held.document, source=source), untitled=_("Poświadczenie bez nazwy"))
    return found.decided != "could not check" and note_day_check(held=held, checked=found)
