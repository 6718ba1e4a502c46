"""One entry of a meeting read four ways: schedule, attendance list, participation record, timesheet (SA-6)."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.enums import MeetingState
from dorobek.audits.models import Meeting, SkillsAudit
from dorobek.people.models import Account

Rows = list[list[str]]
CAME = (MeetingState.HELD, MeetingState.MISSED)


def meetings_of(user: Account, audit: SkillsAudit) -> list[Meeting]:
    """The case's meetings that the user may see, earliest first. One statement."""
    return list(Meeting.objects.visible_to(user).filter(audit=audit).select_related("adviser", "audit"))


def month_named(text: str) -> dt.date:
    """First day of a month written as 2026-11; of this month for anything else."""
    try:
        found = dt.datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return timezone.localdate().replace(day=1)
    return found if 2000 <= found.year <= 2100 else timezone.localdate().replace(day=1)


def next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=32)).replace(day=1)


def held_in_month(user: Account, first: dt.date) -> list[Meeting]:
    """Meetings the user held in the month that begins on `first`, earliest first. One statement."""
    begin, end = (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (first, next_month(first)))
    held = Meeting.objects.visible_to(user).filter(
        adviser=user, state=MeetingState.HELD, starts_at__gte=begin, starts_at__lt=end
    )
    return list(held.select_related("audit", "adviser").order_by("starts_at", "pk"))


def schedule(audit: SkillsAudit, meetings: Iterable[Meeting]) -> Rows:
    """When and where every meeting is arranged; those called off are left out."""
    head = [_("Sprawa"), *_when_heads(), _("Spotkanie"), _("Miejsce"), _("Przez internet"), _("Doradca"), _("Stan")]
    rows = [
        [audit.number, *_when(m), m.get_kind_display(), m.place, _yes(m.online), m.adviser.name, m.get_state_display()]
        for m in meetings
        if m.state != MeetingState.CANCELLED
    ]
    return [head, *rows]


def attendance(audit: SkillsAudit, meetings: Iterable[Meeting]) -> Rows:
    """Who was there: meetings held and meetings missed, and whether a signed sheet is kept."""
    head = [_("Sprawa"), _("Uczestnik"), *_when_heads(), _("Spotkanie"), _("Doradca"), _("Obecność")]
    rows = []
    for m in meetings:
        if m.state in CAME:
            came, signed = _yes(m.state == MeetingState.HELD), _yes(m.scan_id is not None)
            rows.append(
                [audit.number, audit.person.name, *_when(m), m.get_kind_display(), m.adviser.name, came, signed]
            )
    return [[*head, _("Podpisany arkusz")], *rows]


def participation(audit: SkillsAudit, meetings: Iterable[Meeting]) -> Rows:
    """What was done at each meeting, the homework, and why one did not take place."""
    head = [_("Sprawa"), _("Uczestnik"), *_when_heads(), _("Spotkanie"), _("Stan"), _("Co zrobiliśmy")]
    rows = []
    for m in meetings:
        what = [m.get_kind_display(), m.get_state_display(), m.done]
        task = [m.homework, m.get_homework_state_display() if m.homework else ""]
        rows.append([audit.number, audit.person.name, *_when(m), *what, *task, m.cancelled_reason])
    return [[*head, _("Zadanie"), _("Stan zadania"), _("Dlaczego się nie odbyło")], *rows]


def timesheet(meetings: Iterable[Meeting]) -> Rows:
    """Meetings held in a month with their minutes, and the sum in the last row."""
    held = list(meetings)
    head = [_("Doradca"), *_when_heads(), _("Sprawa"), _("Spotkanie"), _("Miejsce")]
    rows = [[m.adviser.name, *_when(m), m.audit.number, m.get_kind_display(), m.place] for m in held]
    total = ["", _("Razem"), "", "", str(sum(m.minutes for m in held)), "", "", ""]
    return [head, *rows, total] if held else [head]


CASE_TABLES = {"schedule": schedule, "attendance": attendance, "participation": participation}


def _when_heads() -> list[str]:
    return [_("Dzień"), _("Od"), _("Do"), _("Minuty")]


def _when(meeting: Meeting) -> list[str]:
    """Day, hours in the office's time zone, minutes."""
    begins = timezone.localtime(meeting.starts_at)
    ends = timezone.localtime(meeting.starts_at + dt.timedelta(minutes=meeting.minutes))
    return [f"{begins:%Y-%m-%d}", f"{begins:%H:%M}", f"{ends:%H:%M}", str(meeting.minutes)]


def _yes(value: bool) -> str:
    return _("tak") if value else _("nie")
