"""REST: cases the caller may see, the desk, figures."""

import uuid
from datetime import date, datetime
from typing import Any, Literal

from ninja import Path, Query, Router, Schema

from dorobek.api.cases import one_case, router
from dorobek.api.doors import find_case
from dorobek.api.schemas import Problem
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries import desk as queries
from dorobek.audits.queries.figures import figures_of_programmes, figures_of_units, load_of_advisers
from dorobek.audits.rules.next_move import move_text
from dorobek.kernel.errors import NotAllowed
from dorobek.people.enums import ADVISING_ROLES, Role

desk_router = Router()


class ListedCase(Schema):
    """A case as a list shows it. `what`: the next move in words; `due_on`: its day."""

    uid: uuid.UUID
    number: str
    person: str
    stage: str
    variant: str
    mover: str
    move: str
    what: str
    due_on: date | None
    late_reason: str


class CasePage(Schema):
    """Fifty cases in Polish order of names; `next` is the number of the page after, if there is one."""

    cases: list[ListedCase]
    next: int | None


class Filters(Schema):
    q: str = ""
    stage: Literal["", "talk", "initial", "research", "summary", "finished", "interrupted"] = ""
    variant: Literal["", "undecided", "basic", "in-depth"] = ""
    mover: Literal["", "adviser", "participant", "specialist", "nobody"] = ""
    page: int = 1


class WholeCase(ListedCase):
    """One case, and what the caller may do with it."""

    version: int
    support_number: str
    registered_on: date
    deadline_on: date | None
    finished_on: date | None
    adviser: str
    institution: str
    programme: str
    programme_version: int


class ListedMeeting(Schema):
    case: uuid.UUID
    uid: uuid.UUID
    person: str
    kind: str
    state: str
    starts_at: datetime
    minutes: int
    place: str


class DeskOut(Schema):
    """The desk: today's meetings, what is late, cases by day of the next move, counts."""

    meetings: list[ListedMeeting]
    late: list[ListedCase]
    cases: list[ListedCase]
    counts: dict[str, int]


class FigureRow(Schema):
    """Counts of cases of a programme or a unit."""

    name: str
    registered: int
    basic: int
    in_depth: int
    open: int
    finished: int
    interrupted: int
    late: int


class FiguresOut(Schema):
    programmes: list[FigureRow]
    units: list[FigureRow]


class LoadRow(Schema):
    """Open and late cases of one adviser in one unit."""

    adviser: str
    unit: str
    open: int
    late: int


def listed(audit: SkillsAudit) -> dict[str, Any]:
    plain = ("uid", "number", "stage", "variant", "mover", "move", "due_on", "late_reason")
    return {
        **{name: getattr(audit, name) for name in plain},
        "person": audit.person.name,
        "what": move_text(audit.move, audit.move_count),
    }


def _role(request: Any, *roles: str) -> None:
    if not request.user.has_role(*roles):
        raise NotAllowed


@router.get("", response={200: CasePage, 404: Problem}, summary="Cases the caller may see")
def list_cases(request: Any, filters: Query[Filters]) -> dict[str, Any]:
    _role(request, *ADVISING_ROLES)
    number = min(max(filters.page, 1), 100_000)
    chosen = {"stage": filters.stage, "variant": filters.variant, "mover": filters.mover}
    page = queries.case_list(request.user, search=filters.q[:100], number=number, **chosen)
    return {"cases": [listed(audit) for audit in page.rows], "next": number + 1 if page.has_next else None}


@one_case.get("", response={200: WholeCase, 404: Problem}, summary="One case")
def read_case(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    plain = ("version", "support_number", "registered_on", "deadline_on", "finished_on")
    return {
        **listed(audit),
        **{name: getattr(audit, name) for name in plain},
        "adviser": audit.adviser.name,
        "institution": audit.institution.name,
        "programme": audit.programme_version.programme.name,
        "programme_version": audit.programme_version.number,
    }


@desk_router.get("/desk", response={200: DeskOut, 404: Problem}, summary="The adviser's desk")
def read_desk(request: Any) -> dict[str, Any]:
    _role(request, *ADVISING_ROLES)
    found = queries.desk(request.user)
    plain = ("uid", "kind", "state", "starts_at", "minutes", "place")
    return {
        "meetings": [
            {"case": one.audit.uid, "person": one.audit.person.name, **{name: getattr(one, name) for name in plain}}
            for one in found.meetings
        ],
        "late": [listed(audit) for audit in found.late],
        "cases": [listed(audit) for audit in found.cases],
        "counts": found.counts,
    }


@desk_router.get("/figures", response={200: FiguresOut, 404: Problem}, summary="Numbers of programmes and units")
def read_figures(request: Any) -> dict[str, Any]:
    _role(request, Role.UNIT_HEAD, Role.COORDINATOR, Role.ADMINISTRATOR)
    held = {m.institution_id for m in request.user.active_memberships}
    return {"programmes": figures_of_programmes(held), "units": figures_of_units(held)}


@desk_router.get("/team", response={200: list[LoadRow], 404: Problem}, summary="Who is overloaded")
def read_team(request: Any) -> list[dict[str, Any]]:
    _role(request, Role.COORDINATOR)
    return load_of_advisers(request.user)
