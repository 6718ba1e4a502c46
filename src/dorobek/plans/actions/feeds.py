"""The calendar address of a plan: opened, seen again, closed; letters switched off and on (DP-6)."""

import base64
import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from dorobek.people.acting import ActingUser
from dorobek.people.perms import speaks_for
from dorobek.plans.models import DevelopmentPlan, PlanFeed


def token_of(feed: PlanFeed) -> str:
    """The secret of the address, derived so that its owner can see it again; "" when the installation's key changed."""
    token = _derived(feed)
    return token if constant_time_compare(_hashed(token), feed.token_hash) else ""


def find_feed(token: str) -> PlanFeed | None:
    """The open feed that a secret belongs to. One statement."""
    rows = PlanFeed.objects.filter(token_hash=_hashed(token), revoked_at=None)
    found: PlanFeed | None = rows.select_related("plan", "person").first()
    return found


@transaction.atomic
def open_feed(*, plan: DevelopmentPlan, acting_user: ActingUser) -> PlanFeed:
    """The address of the plan's calendar; the one that is open stays. Raises NotAllowed: the participant's alone."""
    acting_user.require(speaks_for(acting_user, plan))
    plan = plan.locked()
    held: PlanFeed | None = PlanFeed.objects.filter(plan=plan, revoked_at=None).first()
    if held is not None:
        return held
    made = PlanFeed(plan=plan, person=plan.person, case_uid=plan.case_uid)
    made.token_hash = _hashed(_derived(made))
    made.save()
    acting_user.record("plan-feed.opened", stream=plan.case_uid, subject=made.uid)
    return made


@transaction.atomic
def close_feed(*, plan: DevelopmentPlan, acting_user: ActingUser) -> None:
    """The address stops answering; the next one is another. Raises NotAllowed."""
    acting_user.require(speaks_for(acting_user, plan))
    for held in PlanFeed.objects.select_for_update().filter(plan=plan, revoked_at=None):
        held.write({"revoked_at": timezone.now()}, base_version=None)
        acting_user.record("plan-feed.closed", stream=plan.case_uid, subject=held.uid)


@transaction.atomic
def switch_reminders(*, plan: DevelopmentPlan, off: bool, acting_user: ActingUser) -> DevelopmentPlan:
    """Letters about steps: off or on again. Raises NotAllowed: the participant decides about letters to them."""
    acting_user.require(speaks_for(acting_user, plan))
    plan = plan.locked()
    changes = plan.write({"reminders_off": off}, base_version=None)
    if changes:
        acting_user.record("plan-reminders.switched", stream=plan.case_uid, subject=plan.uid, **changes)
    return plan


def _derived(feed: PlanFeed) -> str:
    digest = salted_hmac("dorobek.plan-feed", str(feed.uid), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
