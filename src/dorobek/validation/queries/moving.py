"""Whose move it is in each of several applications: the counts that `rules.moves` takes, read for all at once."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone

from dorobek.validation.enums import AppealState, ApplicationState, FeeState
from dorobek.validation.models import (
    AgreedMark,
    Application,
    Assessment,
    CommissionMember,
    Decision,
    Declaration,
    Fee,
    Refusal,
    Sitting,
    SittingCandidate,
)
from dorobek.validation.rules import Verdict, agreed_marks
from dorobek.validation.rules.moves import CaseNow, Move, next_move

FEE_WAITS = (ApplicationState.DOCUMENTED, ApplicationState.APPOINTED, ApplicationState.DECIDED)
OPEN_REQUEST = Q(state=FeeState.DUE, grosze__gt=0, granted=None, due_on__isnull=False) & ~Q(asked="")


def decision_of(application: Application, number: int | None = None) -> Decision | None:
    """The decision of a round, of this one by default; among those fetched already."""
    wanted = number or application.round
    return next((one for one in application.decisions.all() if one.round == wanted), None)


def appeal_until(application: Application) -> dt.date | None:
    """The last day for an appeal from this round's decision; None before it, when any day of the step will do."""
    decision = decision_of(application)
    if decision is None:
        return None
    return timezone.localdate(decision.decided_at) + dt.timedelta(application.opening.appeal_days)


def moves_of(applications: Iterable[Application]) -> dict[int, Move]:
    """Key of application -> its next move. Eight statements at most, however many there are.

    `applications` come with opening, decisions and appeals fetched (`queries.candidate.applications`).
    """
    listed, today = list(applications), timezone.localdate()
    waiting = [one for one in listed if one.state == ApplicationState.DOCUMENTED]
    judged = [one for one in listed if one.state == ApplicationState.APPOINTED]
    sittings = _sittings(waiting)
    members, declared = _commissions(waiting, sittings)
    sheets, closed, apart = _sheets(judged)
    refused = _refused([one for one in listed if one.state == ApplicationState.REFUSED])
    fees = fee_requests(one for one in listed if one.state in FEE_WAITS)
    found: dict[int, Move] = {}
    for one in listed:
        sitting = sittings.get(one.pk)
        opening, decision = one.opening, decision_of(one)
        begins, ends = _days(one)
        filed = [each.due_on for each in one.appeals.all() if each.state == AppealState.FILED]
        case = CaseNow(
            state=one.state, applications_until=opening.applications_until, begins_on=begins, ends_on=ends,
            sitting_on=timezone.localdate(sitting.begins) if sitting else None, members=members.get(one.pk, 0),
            declared=declared.get(one.pk, 0), sheets=sheets[one.pk], closed=closed[one.pk], apart=apart.get(one.pk, 0),
            whole=decision.whole if decision else "", appeal_due=min(filed, default=None),
            appeal_until=refused.get(one.pk) or appeal_until(one), fee_due=fees.get(one.pk),
        )  # fmt: skip
        found[one.pk] = next_move(case, today)
    return found


def fee_requests(applications: Iterable[Application]) -> dict[int, dt.date]:
    """Key of application -> the last day to pay, where a request about the fee has no answer yet. One statement."""
    keys = [one.pk for one in applications]
    rows = Fee.objects.filter(OPEN_REQUEST, application__in=keys) if keys else Fee.objects.none()
    return {key: last for key, last in rows.values_list("application_id", "due_on") if last is not None}


def _refused(applications: Sequence[Application]) -> dict[int, dt.date]:
    """The last day for an appeal against not being admitted. One statement, none where nobody was refused."""
    days = {one.pk: dt.timedelta(one.opening.appeal_days) for one in applications}
    rows = Refusal.objects.filter(application__in=days).order_by("pk") if days else []
    return {one.application_id: timezone.localdate(one.refused_at) + days[one.application_id] for one in rows}


def _days(application: Application) -> tuple[dt.date, dt.date]:
    """Days by which the documentation and the judging must end; after an upheld appeal the days for an answer anew."""
    opening = application.opening
    upheld = [one.answered_at for one in application.appeals.all() if one.state == AppealState.UPHELD]
    days = [timezone.localdate(one) + dt.timedelta(opening.answer_days) for one in upheld if one is not None]
    if application.round == 1 or not days:
        return opening.begins_on, opening.ends_on
    return max(opening.begins_on, max(days)), max(opening.ends_on, max(days))


def _sittings(applications: Sequence[Application]) -> dict[int, Sitting]:
    if not applications:
        return {}
    rounds = {one.pk: one.round for one in applications}
    rows = SittingCandidate.objects.filter(application__in=rounds).select_related("sitting")
    return {one.application_id: one.sitting for one in rows if one.round == rounds[one.application_id]}


def _commissions(
    applications: Sequence[Application], sittings: dict[int, Sitting]
) -> tuple[dict[int, int], dict[int, int]]:
    """Members of the commission chosen for each, and how many of them have declared. Two statements."""
    chosen = {pk: sitting.commission_id for pk, sitting in sittings.items() if sitting.commission_id}
    if not chosen:
        return {}, {}
    seats: dict[int, set[int]] = defaultdict(set)
    for member, commission in CommissionMember.objects.filter(commission__in=set(chosen.values())).values_list(
        "pk", "commission_id"
    ):
        seats[commission].add(member)
    said: dict[int, set[int]] = defaultdict(set)
    keys = [one.pk for one in applications]
    for application, member in Declaration.objects.filter(application__in=keys).values_list(
        "application_id", "member_id"
    ):
        said[application].add(member)
    members = {pk: len(seats[commission]) for pk, commission in chosen.items()}
    return members, {pk: len(seats[commission] & said[pk]) for pk, commission in chosen.items()}


def _sheets(applications: Sequence[Application]) -> tuple[Counter[int], Counter[int], dict[int, int]]:
    """Sheets of the present round, those closed, and criteria on which closed ones differ. Three statements."""
    sheets: Counter[int] = Counter()
    closed: Counter[int] = Counter()
    if not applications:
        return sheets, closed, {}
    rounds = {one.pk: one.round for one in applications}
    marked: dict[int, list[dict[str, Verdict]]] = defaultdict(list)
    for sheet in Assessment.objects.counting().filter(application__in=rounds).prefetch_related("marks").order_by("pk"):
        if sheet.round != rounds[sheet.application_id]:
            continue
        sheets[sheet.application_id] += 1
        if sheet.closed_at is not None:
            closed[sheet.application_id] += 1
            marked[sheet.application_id].append({one.criterion: Verdict(one.verdict) for one in sheet.marks.all()})
    agreed: dict[int, set[str]] = defaultdict(set)
    for one in AgreedMark.objects.settled().filter(application__in=rounds):
        if one.round == rounds[one.application_id]:
            agreed[one.application_id].add(one.criterion)
    apart = {pk: len(set(agreed_marks(told)[1]) - agreed[pk]) for pk, told in marked.items()}
    return sheets, closed, apart
