"""The events of a case on one time line (SA-7). One statement, whatever their number."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dorobek.audits.enums import TIMELESS
from dorobek.audits.models import LifeEvent, SkillsAudit
from dorobek.audits.rules.time_line import Moment, Piece, Silence, in_order, placed, silences
from dorobek.people.models import Account


@dataclass(frozen=True)
class TimeLine:
    """Events in order of time (undated last), their places on the drawing, and stretches with no entry."""

    events: tuple[LifeEvent, ...]
    pieces: tuple[Piece, ...]
    silences: tuple[Silence, ...]
    today: dt.date

    @property
    def by_uid(self) -> dict[str, LifeEvent]:
        return {str(event.uid): event for event in self.events}

    @property
    def undated(self) -> list[LifeEvent]:
        """Events without a beginning: listed, not drawn."""
        return [event for event in self.events if not event.starts]


def events_of_case(user: Account, audit: SkillsAudit) -> "QuerySet[LifeEvent, Any]":
    """Life events with a place on the line that the user may see, in stored order. One statement."""
    visible: QuerySet[LifeEvent, Any] = LifeEvent.objects.visible_to(user).filter(audit=audit)
    return visible.exclude(kind__in=TIMELESS)


def time_line(user: Account, audit: SkillsAudit, *, today: dt.date | None = None) -> TimeLine:
    """The whole line of a case. One statement."""
    today = today or timezone.localdate()
    found = {str(event.uid): event for event in events_of_case(user, audit)}
    moments = [moment_of(event) for event in found.values()]
    ordered = tuple(found[moment.key] for moment in in_order(moments))
    return TimeLine(ordered, tuple(placed(moments, today=today)), tuple(silences(moments, today=today)), today)


def moment_of(event: LifeEvent) -> Moment:
    """What the rules of the line need of an event."""
    return Moment(
        key=str(event.uid),
        area=event.area,
        kind=event.kind,
        title=event.title,
        starts=event.starts,
        ends=event.ends,
        ongoing=event.ongoing,
    )
