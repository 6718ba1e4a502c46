"""The desk: the day, what is late and why, who has the next move; and the list of cases."""

import datetime as dt
import uuid
from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dorobek.audits.enums import Mover, Stage, Variant
from dorobek.audits.models import Meeting, SkillsAudit
from dorobek.audits.queries import desk as queries
from dorobek.audits.queries.figures import figures_of_programmes, figures_of_units, load_of_advisers
from dorobek.audits.queries.meetings import held_in_month, month_named, next_month
from dorobek.audits.queries.meetings import timesheet as timesheet_rows
from dorobek.audits.rules.next_move import move_text
from dorobek.kernel.csv_text import download
from dorobek.people.enums import ADVISING_ROLES, Role
from dorobek.people.models import Unit
from dorobek.web.context import address
from dorobek.web.doors import CaseRequest, staff
from dorobek.web.typography import ago_days, short_day

PAGE_OF_MOVE = {
    "note-meeting": "case-meetings",
    "arrange-talk": "case-meetings",
    "hold-talk": "case-meetings",
    "arrange-meeting": "case-meetings",
    "fill-card": "case-card",
    "write-direction": "case-direction",
    "write-agreement": "case-agreement",
    "accept-agreement": "case-agreement",
    "confirm-competences": "case-competences",
    "settle-dispute": "case-competences",
    "draw-competences": "case-competences",
    "send-competences": "case-competences",
    "rate-evidence": "case-evidence",
    "biographical": "case-life",
    "behavioural": "case-episodes",
    "write-synthesis": "case-synthesis",
    "set-goals": "case-plan",
    "write-plan": "case-plan",
    "write-feedback": "case-documents",
    "hand-documents": "case-documents",
    "accept-documents": "case-documents",
}


ANY_CASE = uuid.UUID(int=0)


@lru_cache
def pattern(name: str) -> str:
    """The address of a page of any case; resolving fifty of them one by one would cost more than the query."""
    return address(name, ANY_CASE)


@lru_cache(maxsize=4096)
def shown_since(day: dt.date, _today: dt.date, _language: str) -> str:
    """How long ago, in words; kept per day and language, since fifty rows share few days."""
    return str(ago_days(day))


@lru_cache(maxsize=4096)
def shown_due(day: dt.date | None, _language: str) -> str:
    return str(short_day(day)) if day else "-"


def row_of(audit: SkillsAudit) -> dict[str, object]:
    """A case as a list shows it."""
    today = timezone.localdate()
    late = (today - audit.due_on).days if audit.due_on and audit.due_on < today else 0
    page = PAGE_OF_MOVE.get(audit.move, "")
    uid = str(audit.uid)
    return {
        "audit": audit,
        "name": audit.person.name,
        "stage": audit.get_stage_display(),
        "mover": audit.get_mover_display(),
        "what": move_text(audit.move, audit.move_count),
        "late": late,
        "since": shown_since(audit.move_since, today, get_language() or ""),
        "due": shown_due(audit.due_on, get_language() or ""),
        "case": pattern("case").replace(str(ANY_CASE), uid),
        "url": pattern(page).replace(str(ANY_CASE), uid) if page else "",
    }


@staff(*ADVISING_ROLES)
def desk(request: CaseRequest) -> HttpResponse:
    """Today, lateness, next moves."""
    mover = request.GET.get("ruch", "")
    found = queries.desk(request.user, mover if mover in Mover.values else "")
    context = {
        "today": timezone.localdate(),
        "now": timezone.now(),
        "desk": found,
        "mover": mover,
        "late": [row_of(audit) for audit in found.late],
        "rows": [row_of(audit) for audit in found.cases],
    }
    return render(request, "desk/desk.html", context)


@staff(*ADVISING_ROLES)
def cases(request: CaseRequest) -> HttpResponse:
    """All cases the user may see, fifty at a time."""
    given = request.GET
    number = int(given["page"]) if given.get("page", "").isdigit() and 0 < int(given["page"]) < 100_000 else 1
    filters = {
        "stage": given.get("etap", "") if given.get("etap") in Stage.values else "",
        "variant": given.get("rodzaj", "") if given.get("rodzaj") in Variant.values else "",
    }
    page = queries.case_list(request.user, search=given.get("q", "")[:100], number=number, **filters)
    context = {
        "page_of": page,
        "rows": [row_of(audit) for audit in page.rows],
        "q": given.get("q", ""),
        "stages": Stage.choices,
        "variants": Variant.choices,
        **filters,
    }
    return render(request, "desk/cases.html", context)


@staff(*ADVISING_ROLES)
def calendar(request: CaseRequest) -> HttpResponse:
    """The adviser's week, day by day; earlier and later weeks by link."""
    today = timezone.localdate()
    shift = request.GET.get("tydzien", "0")
    weeks = int(shift) if shift.lstrip("-").isdigit() and abs(int(shift)) < 500 else 0
    monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=weeks)
    begin = timezone.make_aware(dt.datetime.combine(monday, dt.time()))
    meetings = Meeting.objects.visible_to(request.user).filter(
        adviser=request.user, starts_at__gte=begin, starts_at__lt=begin + dt.timedelta(days=7)
    )
    days: list[tuple[dt.date, list[Meeting]]] = [(monday + dt.timedelta(days=n), []) for n in range(7)]
    for meeting in meetings.select_related("audit__person").order_by("starts_at"):
        days[(timezone.localdate(meeting.starts_at) - monday).days][1].append(meeting)
    return render(request, "desk/calendar.html", {"days": days, "weeks": weeks, "today": today})


@staff(*ADVISING_ROLES)
def timesheet(request: CaseRequest) -> HttpResponse:
    """Meetings held in a month, for signature: the same entries as everywhere else."""
    first = month_named(request.GET.get("miesiac", ""))
    meetings, following = held_in_month(request.user, first), next_month(first)
    context = {"meetings": meetings, "total": sum(m.minutes for m in meetings), "first": first}
    previous = (first - dt.timedelta(days=1)).replace(day=1)
    return render(request, "desk/timesheet.html", {**context, "previous": previous, "following": following})


@require_safe
@staff(*ADVISING_ROLES)
def timesheet_table(request: CaseRequest) -> HttpResponse:
    """The same month as a spreadsheet."""
    first = month_named(request.GET.get("miesiac", ""))
    return download(timesheet_rows(held_in_month(request.user, first)), f"karta-czasu-{first:%Y-%m}")


@staff(Role.COORDINATOR)
def team(request: CaseRequest) -> HttpResponse:
    """Who is overloaded: open and late cases of each adviser in the coordinator's units (SA-18)."""
    return render(request, "desk/team.html", {"load": load_of_advisers(request.user)})


@staff(Role.UNIT_HEAD, Role.COORDINATOR, Role.ADMINISTRATOR)
def figures(request: CaseRequest) -> HttpResponse:
    """Numbers of each programme, never content (SA-16, QA-4): one aggregate per table."""
    institutions = {m.institution_id for m in request.user.active_memberships}
    context = {
        "programmes": figures_of_programmes(institutions),
        "units": figures_of_units(institutions),
        "unit_count": Unit.objects.filter(institution__in=institutions).count(),
    }
    return render(request, "desk/figures.html", context)
