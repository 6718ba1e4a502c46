"""What of a case can be appealed against, until when, and who may answer (VA-6)."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState, FeeState
from dorobek.validation.models import (
    AdjustmentAnswer,
    Appeal,
    Application,
    Assessment,
    Certificate,
    Decision,
    Fee,
    Refusal,
)
from dorobek.validation.rules.appealing import CaseSoFar, Decided, last_days, open_appeals

APPOINTING = ("validation.appointed", "validation.member-replaced")
BEFORE_RESULT = (ApplicationState.SUBMITTED, ApplicationState.DOCUMENTED, ApplicationState.APPOINTED)


def case_so_far(application: Application) -> CaseSoFar:
    """What stands against the candidate now. Six statements at most; appeals and decisions among those fetched."""
    found: list[tuple[AppealAbout, dt.datetime]] = []
    if application.state == ApplicationState.REFUSED and (refusal := application.refusals.order_by("-pk").first()):
        found.append((AppealAbout.REFUSAL, refusal.refused_at))
    if application.state == ApplicationState.DECIDED:
        found += [
            (AppealAbout.RESULT, one.decided_at)
            for one in application.decisions.all()
            if one.round == application.round
        ]
    if application.state == ApplicationState.CERTIFIED:
        revoked = Certificate.objects.filter(application=application).values_list("revoked_at", flat=True).first()
        found += [(AppealAbout.REVOCATION, revoked)] if revoked else []
    if application.state in BEFORE_RESULT:
        answer = AdjustmentAnswer.objects.filter(application=application, granted=False).first()
        found += [(AppealAbout.ADJUSTMENT, answer.answered_at)] if answer else []
    if application.state not in (ApplicationState.DRAFT, ApplicationState.WITHDRAWN):
        less = Q(granted=True, grosze__gt=0) & ~Q(state=FeeState.WAIVED)  # less than the candidate asked for
        fee = Fee.objects.filter(Q(granted=False) | less, application=application, answered_at__isnull=False).first()
        found += [(AppealAbout.FEE, fee.answered_at)] if fee and fee.answered_at else []
    appeals = list(application.appeals.all())
    decided = tuple(
        Decided(
            about, timezone.localdate(at),
            any(one.about == about and one.state != AppealState.FILED and one.filed_at >= at for one in appeals),
        )
        for about, at in found
    )  # fmt: skip
    waiting = frozenset(one.about for one in appeals if one.state == AppealState.FILED)
    return CaseSoFar(application.state, decided, waiting)


def open_to(application: Application) -> dict[AppealAbout, dt.date | None]:
    """What the candidate can appeal against today -> the last day, None: any day of this step."""
    found = open_appeals(case_so_far(application), application.opening.appeal_days, timezone.localdate())
    return {AppealAbout(about): last for about, last in found.items()}


def last_day_for(application: Application, about: str) -> dt.date | None:
    """The last day for an appeal against a decision that stands, over or not; None where there is none."""
    return last_days(case_so_far(application), application.opening.appeal_days).get(about)


def answerable(user: Account, appeals: Sequence[Appeal]) -> set[int]:
    """Keys of those appeals that the user may answer: an appeals officer of the body who took no part in the case.

    No part: neither judged nor decided, advised, ran, refused, answered a wish, issued or revoked. Whoever appointed
    counts even where another appointed after them. Eight statements, however many appeals.
    """
    bodies = {m.institution_id for m in user.active_memberships if m.role == Role.APPEALS_OFFICER}
    cases = {one.application_id: one.application for one in appeals}
    took = {
        pk
        for pk, one in cases.items()
        if user.pk in (one.documented_by_id, one.appointed_by_id, one.person.account_id)
        or one.opening.institution_id not in bodies
    }
    kept = [pk for pk in cases if pk not in took]
    for rows in (
        Assessment.objects.filter(assessor=user),
        Decision.objects.filter(decided_by=user),
        Refusal.objects.filter(refused_by=user),
        AdjustmentAnswer.objects.filter(answered_by=user),
        Fee.objects.filter(answered_by=user),
        Certificate.objects.filter(revoked_by=user),
        Certificate.objects.filter(issued_by=user),
    ):
        took |= set(rows.filter(application__in=kept).values_list("application_id", flat=True)) if kept else set()
    uids = {cases[pk].uid: pk for pk in kept}
    appointed = HistoryEntry.objects.filter(
        stream__in={cases[pk].person.uid for pk in kept}, subject__in=uids, kind__in=APPOINTING, actor=user
    )
    took |= {uids[uid] for uid in appointed.values_list("subject", flat=True) if uid in uids} if kept else set()
    return {one.pk for one in appeals if one.application_id not in took}
