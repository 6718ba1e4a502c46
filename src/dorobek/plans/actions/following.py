"""The gap picture follows what a person has: when something arrives, its counts are kept with the day (DP-6, MC-8).

Called by events, each delivered once after commit; safe to call twice, since counts that did not change are not kept.
"""

import uuid

from django.db.models import Q, QuerySet

from dorobek.credentials.events import CredentialsIssued
from dorobek.credentials.models import Credential
from dorobek.kernel.events import on
from dorobek.plans.gaps.enums import Cause
from dorobek.plans.gaps.snapshots import take_snapshot
from dorobek.plans.models import Target
from dorobek.portfolio.events import HoldingsChanged
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.events import VoucherMoved


@on(HoldingsChanged)
def follow_holdings(changed: HoldingsChanged) -> None:
    """A competence answered, evidence rated, a credential revoked, an outcome validated."""
    rows = Target.objects.filter(person__uid=uuid.UUID(changed.person_uid))
    if changed.case_uid:
        rows = rows.filter(case_uid=uuid.UUID(changed.case_uid))
    _follow(rows, Cause(changed.cause))


@on(CredentialsIssued)
def follow_credentials(issued: CredentialsIssued) -> None:
    """Somebody got a micro-credential: every open goal of theirs is looked at."""
    uids = [uuid.UUID(uid) for uid in issued.credential_uids]
    holders = Credential.objects.filter(uid__in=uids).values("person")
    _follow(Target.objects.filter(person__in=holders), Cause.CREDENTIAL)


@on(VoucherMoved)
def follow_voucher(moved: VoucherMoved) -> None:
    """What a voucher paid for is settled."""
    if moved.state == VoucherState.SETTLED:
        _follow(Target.objects.filter(case_uid=uuid.UUID(moved.case_uid)), Cause.VOUCHER)


def _follow(rows: QuerySet[Target], cause: Cause) -> None:
    """Targets of goals that are neither reached nor dropped."""
    for target in rows.filter(Q(goal__reached_at=None) & Q(goal__dropped_at=None)).order_by("pk"):
        take_snapshot(target, cause)
