"""Contacts, help and referrals (SA-14, SA-17); reasons of lateness."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import leading
from dorobek.audits.models import Contact, Referral, SkillsAudit
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser


@transaction.atomic
def log_contact(
    *,
    audit: SkillsAudit,
    kind: str,
    channel: str,
    acting_user: ActingUser,
    minutes: int = 0,
    note: str = "",
    at: dt.datetime | None = None,
) -> Contact:
    """A call, a letter, help with e-mail, accounts and portals."""
    leading(audit, acting_user)
    at = at or timezone.now()
    if at > timezone.now():
        raise RuleBroken(_("Ten kontakt jeszcze się nie odbył. Proszę sprawdzić dzień."), "at")
    contact = Contact.objects.create(
        audit=audit,
        person=audit.person,
        case_uid=audit.uid,
        kind=kind,
        channel=channel,
        at=at,
        minutes=minutes,
        note=note,
        by=acting_user.account,
    )
    acting_user.record(
        "contact.logged", stream=audit.uid, subject=contact.uid, kind=kind, channel=channel, minutes=minutes, note=note
    )
    return contact


@transaction.atomic
def refer(*, audit: SkillsAudit, need: str, directed_to: str, acting_user: ActingUser, note: str = "") -> Referral:
    """Help of another kind is needed: where the person was directed."""
    leading(audit, acting_user)
    if not need.strip() or not directed_to.strip():
        field = "directed_to" if need.strip() else "need"
        raise RuleBroken(_("Proszę napisać, jaka pomoc jest potrzebna i dokąd ją kierujemy."), field)
    referral = Referral.objects.create(
        audit=audit,
        person=audit.person,
        case_uid=audit.uid,
        need=need.strip(),
        directed_to=directed_to.strip(),
        note=note,
        by=acting_user.account,
    )
    acting_user.record("referral.made", stream=audit.uid, subject=referral.uid, need=need, directed_to=directed_to)
    return referral


@transaction.atomic
def explain_lateness(*, audit: SkillsAudit, reason: str, acting_user: ActingUser) -> SkillsAudit:
    """Why this case is late; it stands beside the case until the next move."""
    leading(audit, acting_user)
    audit = audit.locked()
    changes = audit.write({"late_reason": reason.strip()[:500]}, base_version=None)
    if changes:
        acting_user.record("lateness.explained", stream=audit.uid, subject=audit.uid, **changes)
    return audit
