"""REST: meetings as tables: schedule, attendance list, participation record, the adviser's own timesheet (SA-6)."""

import uuid
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Path, Query, Router, Schema

from dorobek.api.doors import find_case
from dorobek.api.schemas import Problem
from dorobek.audits.queries import meetings as tables
from dorobek.kernel.csv_text import download
from dorobek.kernel.errors import NotAllowed
from dorobek.people.enums import ADVISING_ROLES

router = Router()
timesheets = Router()
CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


class Month(Schema):
    """`month` like 2026-11; this month without it."""

    month: str = ""


class WorkedRow(Schema):
    """A meeting held: `minutes` of `starts_at`."""

    case: uuid.UUID
    number: str
    kind: str
    starts_at: datetime
    minutes: int
    place: str


class TimesheetOut(Schema):
    """`first`: the month's first day; `minutes`: the sum."""

    first: date
    minutes: int
    meetings: list[WorkedRow]


def _table(request: Any, case_uid: uuid.UUID, kind: str) -> HttpResponse:
    audit = find_case(request, case_uid)
    return download(tables.CASE_TABLES[kind](audit, tables.meetings_of(request.user, audit)), kind)


@router.get("/meetings/schedule.csv", response={404: Problem}, openapi_extra=CSV, summary="Schedule as CSV")
def schedule(request: Any, case_uid: Path[uuid.UUID]) -> HttpResponse:
    return _table(request, case_uid, "schedule")


@router.get("/meetings/attendance.csv", response={404: Problem}, openapi_extra=CSV, summary="Attendance list as CSV")
def attendance(request: Any, case_uid: Path[uuid.UUID]) -> HttpResponse:
    return _table(request, case_uid, "attendance")


@router.get("/meetings/participation.csv", response={404: Problem}, openapi_extra=CSV, summary="Participation as CSV")
def participation(request: Any, case_uid: Path[uuid.UUID]) -> HttpResponse:
    return _table(request, case_uid, "participation")


def _held(request: Any, month: str) -> tuple[date, list[Any]]:
    if not request.user.has_role(*ADVISING_ROLES):
        raise NotAllowed
    first = tables.month_named(month)
    return first, tables.held_in_month(request.user, first)


@timesheets.get("/timesheet", response={200: TimesheetOut, 404: Problem}, summary="The caller's timesheet of a month")
def timesheet(request: Any, query: Query[Month]) -> dict[str, Any]:
    first, held = _held(request, query.month)
    plain = ("kind", "starts_at", "minutes", "place")
    rows = [{"case": m.audit.uid, "number": m.audit.number, **{name: getattr(m, name) for name in plain}} for m in held]
    return {"first": first, "minutes": sum(m.minutes for m in held), "meetings": rows}


@timesheets.get("/timesheet.csv", response={404: Problem}, openapi_extra=CSV, summary="The same as CSV")
def timesheet_table(request: Any, query: Query[Month]) -> HttpResponse:
    first, held = _held(request, query.month)
    return download(tables.timesheet(held), f"timesheet-{first:%Y-%m}")
