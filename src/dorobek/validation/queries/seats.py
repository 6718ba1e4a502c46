"""Which applications hold a place of an opening: those sent and not taken back, until a refusal is final (VA-1, VA-6)."""

import datetime as dt

from django.db.models import Case, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState
from dorobek.validation.models import Appeal, Application, Refusal
from dorobek.validation.rules.appealing import APPEAL_DAYS, MOST_APPEAL_DAYS

NOT_SENT = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)


def refused_for_good(today: dt.date | None = None) -> QuerySet[Application]:
    """Refused, with no appeal waiting, and either one rejected since or the days for one over. Part of a statement."""
    about = Appeal.objects.filter(application=OuterRef("pk"), about=AppealAbout.REFUSAL)
    newest = Refusal.objects.filter(application=OuterRef("pk")).order_by("-pk").values("refused_at")[:1]
    rows = Application.objects.filter(state=ApplicationState.REFUSED).annotate(refused_at=Subquery(newest))
    rejected = Exists(about.filter(state=AppealState.REJECTED, filed_at__gte=OuterRef("refused_at")))
    over = Q(refused_at__lt=_too_long_ago(today or timezone.localdate()))
    return rows.filter(~Exists(about.filter(state=AppealState.FILED))).filter(rejected | over)


def _too_long_ago(today: dt.date) -> Case:
    """By the opening's days: refused before that moment, the last day for an appeal has passed.

    Days of the calendar here, midnight to midnight: each number of days that a body may set has its own moment.
    """
    midnight, zone = dt.time.min, timezone.get_default_timezone()
    whens = [
        When(opening__appeal_days=days, then=Value(dt.datetime.combine(today - dt.timedelta(days), midnight, zone)))
        for days in range(APPEAL_DAYS, MOST_APPEAL_DAYS + 1)
    ]
    return Case(*whens, default=Value(None), output_field=DateTimeField())


def holds_place(path: str = "") -> Q:
    """Condition on applications that take up a place. `path`: from the table asked to them, as "applications__"."""
    final = refused_for_good().values("pk")
    return ~Q(**{f"{path}state__in": NOT_SENT}) & ~Q(**{f"{path}pk__in": final})
