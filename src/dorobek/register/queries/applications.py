"""Applications to read: the public record, an institution's own, the desk, and the time line of one (RG-5)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.register.applications.enums import ApplicationStage, CommentState
from dorobek.register.applications.rules import ENDED, is_late
from dorobek.register.applications.stepping import KIND
from dorobek.register.models.applications import ConsultationComment, RegisterApplication, applicant_institutions
from dorobek.register.perms import may_edit_register


def overdue(today: dt.date) -> Q:
    """What `RegisterApplication.is_late` says, in the database."""
    return Q(due_on__lt=today) & ~Q(stage__in=ENDED)


def public_record(stage: str = "", kind: str = "", late: bool = False) -> QuerySet[RegisterApplication]:
    """Applications ever sent, the newest first; `late`: those alone whose deadline has passed."""
    rows = RegisterApplication.objects.filter(sent_on__isnull=False).select_related("institution", "qualification")
    if stage:
        rows = rows.filter(stage=stage)
    if kind:
        rows = rows.filter(kind=kind)
    if late:
        rows = rows.filter(overdue(timezone.localdate()))
    return rows.order_by("-sent_on", "-pk")


def own_applications(user: Any) -> QuerySet[RegisterApplication]:
    """Those of the institutions the account applies for, drafts too."""
    rows = RegisterApplication.objects.filter(institution__in=applicant_institutions(user))
    return rows.select_related("institution", "qualification").order_by("-pk")


def waiting_for(user: Any) -> QuerySet[RegisterApplication]:
    """What waits for an editor or an officer, the nearest deadline first, with comments nobody has read."""
    stages: set[str] = set()
    if may_edit_register(user):
        stages |= set(ApplicationStage.values) - set(ENDED) - {ApplicationStage.DRAFT, ApplicationStage.DECISION}
    if user.has_role(Role.MINISTER_OFFICER):
        stages.add(ApplicationStage.DECISION)
    rows = RegisterApplication.objects.filter(stage__in=stages).exclude(institution__in=applicant_institutions(user))
    unread = Count("comments", filter=Q(comments__state=CommentState.WAITING))
    return rows.select_related("institution", "qualification").annotate(unread=unread).order_by("due_on", "pk")


def comments_for(user: Any, application: RegisterApplication) -> list[ConsultationComment]:
    """Comments that the user may read, in the order they came."""
    rows = ConsultationComment.objects.visible_to(user).filter(application=application)
    return list(rows.select_related("application"))


@dataclass(frozen=True)
class Happened:
    """One step of the time line; `due` was the last day of the stage that it ended."""

    kind: str
    at: dt.datetime
    due: dt.date | None
    late: bool


def time_line(application: RegisterApplication, day_of: Any) -> list[Happened]:
    """The steps since it was first sent, from its chain of history; without names. `day_of` gives the local day."""
    rows = HistoryEntry.objects.filter(stream=application.uid, kind__startswith=f"{KIND}.")
    found = []
    for row in rows.select_related("payload").order_by("seq"):
        kind = row.kind.removeprefix(f"{KIND}.")
        if kind.startswith("comment") or kind in ("begun", "written", "reminded"):
            continue
        payload = getattr(row, "payload", None)
        due = parse_date(str(payload.data.get("due") or "")) if payload else None
        found.append(Happened(kind, row.at, due, is_late(due, day_of(row.at))))
    return found
