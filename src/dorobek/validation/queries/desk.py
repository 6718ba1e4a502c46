"""The officer's desk: openings by date, applications by state, who has the next move, what runs late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, TruncDate
from django.db.models.lookups import LessThan
from django.utils import timezone

from dorobek.kernel.text import normalised
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation.enums import AppealState, ApplicationState
from dorobek.validation.models import Appeal, Application, Fee, SittingCandidate, ValidationOpening
from dorobek.validation.queries.moving import FEE_WAITS, OPEN_REQUEST, moves_of
from dorobek.validation.rules.moves import Move

ALIVE = (
    ApplicationState.SUBMITTED,
    ApplicationState.DOCUMENTED,
    ApplicationState.APPOINTED,
    ApplicationState.DECIDED,
)


@dataclass(frozen=True)
class Row:
    """A case of the list with its next move; `late` where its last day has passed."""

    application: Application
    move: Move
    late: bool


def bodies(user: Account, *roles: str) -> list[int]:
    """Keys of institutions in which the user holds one of the roles today (awarding officer, unless told otherwise)."""
    wanted = roles or (Role.AWARDING_OFFICER,)
    return list(dict.fromkeys(m.institution_id for m in user.active_memberships if m.role in wanted))


def openings_of(user: Account) -> QuerySet[ValidationOpening]:
    """Openings of the user's bodies, those to come first, each with `sent` (applications) and `waiting` (alive)."""
    sent = Count("applications", filter=~Q(applications__state__in=("draft", "withdrawn")))
    waiting = Count("applications", filter=Q(applications__state__in=ALIVE))
    rows = ValidationOpening.objects.filter(institution__in=bodies(user)).select_related("qualification", "institution")
    return rows.annotate(sent=sent, waiting=waiting).order_by("-begins_on", "-pk")


def coming(user: Account) -> QuerySet[ValidationOpening]:
    """Those of `openings_of` that are not over yet, the nearest first."""
    return openings_of(user).filter(ends_on__gte=timezone.localdate()).order_by("begins_on", "pk")


def past(user: Account) -> QuerySet[ValidationOpening]:
    """Those of `openings_of` that are over, the latest first."""
    return openings_of(user).filter(ends_on__lt=timezone.localdate())


def states(user: Account) -> dict[str, int]:
    """How many cases stand in each state, the sent ones. One statement."""
    rows = Application.objects.filter(opening__institution__in=bodies(user)).exclude(state=ApplicationState.DRAFT)
    counted = dict(rows.values_list("state").annotate(n=Count("pk")).order_by("state"))
    return {str(one): counted.get(str(one), 0) for one in ApplicationState if one != ApplicationState.DRAFT}


def cases(
    user: Account, *, state: str = "", words: str = "", opening: int | None = None, late: bool = False
) -> QuerySet[Application]:
    """Cases of the user's bodies, sent ones; one's own never. Those that go on first, by the first day of the opening."""
    rows = Application.objects.filter(opening__institution__in=bodies(user)).exclude(state=ApplicationState.DRAFT)
    rows = rows.exclude(person__account=user)
    if state:
        rows = rows.filter(state=state)
    if opening is not None:
        rows = rows.filter(opening=opening)
    for word in normalised(words).split()[:5]:
        number = word.rpartition("/")[2].lstrip("0")  # 90002/000012, as documents and letters name a case
        of_number = Q(pk=int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else Q(pk=None)
        rows = rows.filter(Q(person__search_text__contains=word) | of_number)
    if late:
        rows = rows.filter(_late(timezone.localdate()))
        # An appeal gave some more days; who works on while a fee is asked about is late by other days.
        unsure = rows.filter(Q(round__gt=1) | Exists(_requests()))
        again = with_moves(list(unsure.select_related("opening")))
        rows = rows.exclude(pk__in=[one.application.pk for one in again if not one.late])
    related = ("person", "opening__institution", "opening__qualification", "commission")
    over = Case(When(state__in=ALIVE, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.select_related(*related).order_by(over, "opening__begins_on", "person__sort_key", "pk")


def late_count(user: Account) -> int:
    """Cases whose next move is late. Two statements, and those of `with_moves`."""
    return cases(user, late=True).count()


def _requests() -> QuerySet[Fee]:
    return Fee.objects.filter(OPEN_REQUEST, application=OuterRef("pk"))


def _late(today: dt.date) -> Q:
    """In the database what `Move.late` says of one case in its first round; of later rounds, and of cases with an open
    request about the fee, somewhat more."""
    filed = Appeal.objects.filter(application=OuterRef("pk"), state=AppealState.FILED)
    sitting = SittingCandidate.objects.filter(application=OuterRef("pk"), round=OuterRef("round"))
    at = Subquery(sitting.values(day=TruncDate("sitting__begins", tzinfo=timezone.get_default_timezone()))[:1])
    return Exists(filed.filter(due_on__lt=today)) | (
        ~Exists(filed)
        & (
            Q(state=ApplicationState.SUBMITTED, opening__begins_on__lt=today)
            | Q(state=ApplicationState.APPOINTED, opening__ends_on__lt=today)
            | (Q(state__in=FEE_WAITS) & Exists(_requests().filter(due_on__lt=today)))
            | (Q(state=ApplicationState.DOCUMENTED) & LessThan(Coalesce(at, F("opening__begins_on")), today))
        )
    )


def with_moves(listed: Sequence[Application]) -> list[Row]:
    """Each case of one page with its next move. Nine statements at most, however many cases."""
    prefetch_related_objects(list(listed), "decisions", "appeals")
    today, moves = timezone.localdate(), moves_of(listed)
    return [Row(one, moves[one.pk], moves[one.pk].late(today)) for one in listed]


def appeals_of(user: Account, *roles: str, state: str = "", words: str = "") -> QuerySet[Appeal]:
    """Appeals to the bodies in which the user answers them (or runs cases), open ones first by their last day.

    Narrowed to one state, and to people whose name holds the words.
    """
    wanted = roles or (Role.AWARDING_OFFICER, Role.APPEALS_OFFICER)
    rows = Appeal.objects.filter(application__opening__institution__in=bodies(user, *wanted))
    related = ("application__person", "application__opening__qualification", "application__opening__institution")
    rows = rows.exclude(application__person__account=user).select_related(*related, "answered_by")
    rows = rows.filter(state=state) if state else rows
    for word in normalised(words).split()[:5]:
        rows = rows.filter(application__person__search_text__contains=word)
    first = Case(When(state=AppealState.FILED, then=Value("a")), default=Value("b"), output_field=CharField())
    return rows.order_by(first, "due_on", "pk")
