"""The day a credential ends the gap picture is other than it was, though nobody did anything (MC-5, DP-6)."""

import datetime as dt

from django.utils import timezone

from dorobek.credentials.enums import CredentialState
from dorobek.credentials.models import Credential
from dorobek.plans.gaps.enums import Cause
from dorobek.plans.gaps.snapshots import take_snapshot
from dorobek.plans.models import Target
from dorobek.portfolio.models import HeldCredential

LOOK_BACK = dt.timedelta(days=10)  # so that a day on which no worker ran is made up for


def run_day(now: dt.datetime | None = None) -> int:
    """Keep the counts of open goals of everybody whose credential has ended lately; returns how many changed.

    Safe to run twice: counts that did not change are not kept.
    """
    until = now or timezone.now()
    ended = {"valid_until__lte": until, "valid_until__gt": until - LOOK_BACK}
    own = Credential.objects.filter(state=CredentialState.VALID, **ended)
    held = HeldCredential.objects.filter(decided="valid", **ended)
    people = set(own.values_list("person", flat=True)) | set(held.values_list("person", flat=True))
    rows = Target.objects.filter(person__in=people, goal__reached_at=None, goal__dropped_at=None)
    return sum(take_snapshot(target, Cause.EXPIRED) is not None for target in rows.order_by("pk"))
