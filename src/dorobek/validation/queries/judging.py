"""The assessor's desk: cases to declare on, to judge, to agree on, and what comes next in each."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import (
    Application,
    Assessment,
    CommissionMember,
    Declaration,
    Sitting,
    SittingCandidate,
    ValidationOpening,
)
from dorobek.validation.rules import QualificationRules, Verdict, agreed_marks

FINISHED_SHOWN = 20
HEAVY = tuple(f"opening__entry_version__{name}" for name in ("data", "changes", "remarks"))


class Move(StrEnum):
    """What the assessor does next in a case."""

    DECLARE = "declare"
    JUDGE = "judge"
    WAIT = "wait"  # own sheet closed, others' not yet
    AGREE = "agree"
    READY = "ready"  # all agreed: the officer publishes
    DONE = "done"


@dataclass(frozen=True)
class DeskRow:
    """A case on the desk. `done` of `total` criteria have a mark; `left`: differences not agreed; `silent`: open sheets."""

    application: Application
    move: Move
    due_on: dt.date
    done: int = 0
    total: int = 0
    left: int = 0
    silent: tuple[str, ...] = ()


def seats_to_declare(user: Account, application: Application) -> QuerySet[CommissionMember]:
    """Seats of the user from which they have not yet said what ties them to the candidate.

    The commission of the sitting at which the case is judged; without a sitting, those of this date that have none.
    None in their own case, none where they judged an earlier round or no longer work as assessors.
    """
    if not to_declare(user).filter(pk=application.pk).exists():
        return CommissionMember.objects.none()
    return _seats(user).filter(_meant(application), commission__opening=application.opening_id).filter(
        ~Exists(Declaration.objects.filter(application=application, member=OuterRef("pk")))
    ).order_by("pk")  # fmt: skip


def _works_in(user: Account) -> list[int]:
    return [m.institution_id for m in user.active_memberships if m.role == Role.ASSESSOR]


def _seats(user: Account) -> QuerySet[CommissionMember]:
    return CommissionMember.objects.filter(record__account=user, record__institution__in=_works_in(user))


def _meant(application: Application) -> Q:
    """The commission meant for this round, as a condition on its members."""
    if application.state == ApplicationState.APPOINTED:
        return Q(commission=application.commission_id)
    sitting = application.sittings.filter(round=application.round).first()
    return Q(commission__sittings=sitting.sitting_id) if sitting else Q(commission__sittings=None)


def to_declare(user: Account) -> QuerySet[Application]:
    """Applications on which the user, composed into a commission, has still to declare. One statement.

    Before the appointment; and while it judges, for whoever came in for another member.
    """
    this_round = SittingCandidate.objects.filter(application=OuterRef("pk"), round=OuterRef("round"))
    said = Declaration.objects.filter(application=OuterRef(OuterRef("pk")), member=OuterRef("pk"))
    mine = _seats(user).filter(~Exists(said))
    sits = mine.filter(
        commission__sittings__candidates__application=OuterRef("pk"),
        commission__sittings__candidates__round=OuterRef("round"),
    )
    free = mine.filter(commission__opening=OuterRef("opening"), commission__sittings=None)
    judged = Assessment.objects.filter(application=OuterRef("pk"), assessor=user)
    waits = Q(state=ApplicationState.DOCUMENTED) & (Exists(sits) | (Exists(free) & ~Exists(this_round)))
    came_in = Q(state=ApplicationState.APPOINTED) & Exists(mine.filter(commission=OuterRef("commission")))
    return (
        Application.objects.filter((waits & ~Exists(judged)) | came_in)
        .exclude(person__account_id=user.pk)
        .select_related("person", "opening__institution", "opening__qualification", "opening__entry_version")
        .order_by("opening__begins_on", "pk")
    )


def judged_by(user: Account) -> QuerySet[Application]:
    """Applications that a commission of the user judges or has judged, in this round."""
    return (
        Application.objects.visible_to(user)
        .filter(commission__members__record__account=user, opening__institution__in=_works_in(user))
        .select_related("person", "opening__institution", "opening__qualification", "opening__entry_version")
        .order_by("opening__ends_on", "pk")
    )


def desk(user: Account) -> list[DeskRow]:
    """Every case of the user, what is due first on top; the newest finished ones last. A known number of statements.

    Entries are read once for each opening, and marks only where every sheet is closed.
    """
    waiting = to_declare(user).defer(*HEAVY).prefetch_related("sittings__sitting")
    rows = [DeskRow(one, Move.DECLARE, _before(one)) for one in waiting]
    first = {one.application.pk for one in rows}
    held = Assessment.objects.counting().select_related("assessor").annotate(given=Count("marks"))
    sheets = Prefetch("assessments", held.order_by("pk"))
    cases = judged_by(user).defer(*HEAVY).prefetch_related(sheets, "agreed", "sittings__sitting")
    listed = list(cases.filter(state=ApplicationState.APPOINTED).exclude(pk__in=first))
    of_round = {one.pk: [sheet for sheet in one.assessments.all() if sheet.round == one.round] for one in listed}
    closed = [sheets for sheets in of_round.values() if all(one.closed_at for one in sheets)]
    prefetch_related_objects([sheet for sheets in closed for sheet in sheets], "marks")
    held_by = {one.opening_id for one in listed}
    openings = ValidationOpening.objects.filter(pk__in=held_by).select_related("entry_version")
    rules = {one.pk: one.rules for one in openings}
    rows += [_row(one, user, rules[one.opening_id]) for one in listed]
    over = cases.filter(state__in=(ApplicationState.DECIDED, ApplicationState.CERTIFIED)).order_by("-pk")
    rows.sort(key=lambda row: (row.due_on, row.application.pk))
    return rows + [DeskRow(one, Move.DONE, one.opening.ends_on) for one in over[:FINISHED_SHOWN]]


def sitting_of(application: Application) -> Sitting | None:
    """When and where the commission sits over this case in this round."""
    return next((one.sitting for one in application.sittings.all() if one.round == application.round), None)


def _before(application: Application) -> dt.date:
    """The day by which a member declares: that of the sitting, else the first of the date."""
    sitting = sitting_of(application)
    return timezone.localdate(sitting.begins) if sitting else application.opening.begins_on


def _row(application: Application, user: Account, rules: QualificationRules) -> DeskRow:
    sheets = [one for one in application.assessments.all() if one.round == application.round]
    own = next((one for one in sheets if one.assessor_id == user.pk), None)
    total = len(open_codes(rules, application))
    done = own.given if own else 0  # type: ignore[attr-defined]
    silent = tuple(str(one.assessor) for one in sheets if one.closed_at is None)
    due = application.opening.ends_on
    if own is not None and own.closed_at is None:
        return DeskRow(application, Move.JUDGE, due, done, total, silent=silent)
    if silent:
        return DeskRow(application, Move.WAIT, due, done, total, silent=silent)
    said = [{mark.criterion: Verdict(mark.verdict) for mark in one.marks.all()} for one in sheets]
    held = [one for one in application.agreed.all() if one.round == application.round]
    agreed = {one.criterion for one in held if one.settled_at and not one.fallen_at}
    left = len([code for code in agreed_marks(said)[1] if code not in agreed])
    return DeskRow(application, Move.AGREE if left else Move.READY, due, done, total, left)


def open_codes(rules: QualificationRules, application: Application) -> list[str]:
    """Criteria that wait for a mark; outcomes confirmed earlier are left out."""
    return [
        code
        for group in rules.sets
        for outcome in group.outcomes
        if outcome.code not in application.carried
        for code in outcome.criteria
    ]
