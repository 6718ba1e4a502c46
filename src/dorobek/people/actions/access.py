"""Opening and closing a person's case to somebody, and the log of who looked."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dorobek.people.acting import ActingUser
from dorobek.people.enums import Scope
from dorobek.people.models import AccessGrant, AccessLog, Account, Person, Unit
from dorobek.people.perms import is_own

SAME_READING = dt.timedelta(minutes=10)


@transaction.atomic
def grant_access(
    *,
    person: Person,
    case_uid: uuid.UUID,
    scope: Scope,
    reason: str,
    acting_user: ActingUser,
    grantee: Account | None = None,
    unit: Unit | None = None,
    valid_from: dt.datetime | None = None,
    valid_until: dt.datetime | None = None,
) -> AccessGrant:
    """Open a case to an account or a unit. Called by actions that have checked who may decide that."""
    grant = AccessGrant.objects.create(
        person=person,
        case_uid=case_uid,
        grantee=grantee,
        unit=unit,
        scope=scope,
        reason=reason,
        valid_from=valid_from or timezone.now(),
        valid_until=valid_until,
        given_by=acting_user.account,
    )
    acting_user.record(
        "access.granted",
        stream=case_uid,
        grantee=grantee,
        unit=unit,
        scope=scope,
        reason=reason,
        valid_from=grant.valid_from,
        valid_until=valid_until,
    )
    return grant


@transaction.atomic
def end_grants(
    *, person: Person, case_uid: uuid.UUID, grantee: Account, acting_user: ActingUser, scope: Scope | None = None
) -> int:
    """Close a case to an account from now on, wholly or in one scope; returns how many grants ended."""
    now = timezone.now()
    grants = AccessGrant.objects.filter(person=person, case_uid=case_uid, grantee=grantee)
    if scope is not None:
        grants = grants.filter(scope=scope)
    ended = grants.filter(Q(valid_until=None) | Q(valid_until__gt=now)).update(valid_until=now)
    if ended:
        acting_user.record("access.ended", stream=case_uid, grantee=grantee)
    return ended


def log_reading(*, account: Account, person: Person, case_uid: uuid.UUID, part: str) -> None:
    """Note that somebody else read a part of the case; the same part again within ten minutes is one reading."""
    if is_own(account, person):
        return
    since = timezone.now() - SAME_READING
    seen = AccessLog.objects.filter(case_uid=case_uid, account=account, part=part, at__gte=since)
    if not seen.exists():
        AccessLog.objects.create(person=person, case_uid=case_uid, account=account, part=part)
