"""REST: routes to a goal, their limits, the versions of a plan, its calendar and what came true (DP-4, DP-6)."""

import datetime as dt
import uuid
from typing import Any, Literal

from django.http import Http404
from django.urls import reverse
from ninja import Path, Query, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.models import SkillsAudit
from dorobek.kernel.errors import RuleBroken
from dorobek.people.perms import is_own
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.actions.feeds import close_feed, open_feed, switch_reminders, token_of
from dorobek.plans.actions.limits import write_limits
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.actions.revising import revise_plan
from dorobek.plans.models import DevelopmentPlan, PlanFeed, PlanLimits, PlanRevision
from dorobek.plans.planning.answers import Shown, broken_of, own_answer, shown
from dorobek.plans.planning.words import fault_text, left_out_text
from dorobek.plans.queries_routes import limits_of, moved_since, outcome_of
from dorobek.plans.routes import Route, faults
from dorobek.web.plans.routes.basis import find_goal, ground
from dorobek.web.plans.routes.views import solved

router = Router()
CaseUid = Path[uuid.UUID]


class PlanLimitsShape(Schema):
    """Limits of routes: `own_money` in grosze, `work` as [weekday (Monday 0), start, end] in minutes of the day.

    `work_kind`: `fixed` has its hours in `work`; with `shifts` nothing is ruled out and risks are told; "" was not asked.
    """

    home: str
    own_money: int
    hours_week: int
    months: int
    at_once: int
    farthest: Literal[0, 1, 2]
    most_minutes: int | None = None
    work: list[list[int]] = []
    work_kind: Literal["", "none", "fixed", "shifts"] = ""


class PlanLimitsIn(PlanLimitsShape):
    base_version: int | None = None


class PlanLimitsOut(PlanLimitsShape):
    """`written` is false while these are only where the page begins."""

    version: int
    written: bool


class RouteStepOut(Schema):
    """One thing of a route. `code` is the uid of an edition of the offer, `validation:<uid>` of an opening of validation,
    or `micro:<uid>@<day>` of a micro-credential without a date. own + voucher = price, in grosze.

    `flexible`: it may begin in any week, the days are one of those possible. `unpriced`: nobody says the price, it counts
    as 0. `times`: days and hours of the classes, "" not told. `notes`: what is said beside it.
    """

    code: str
    title: str
    kind: str
    provider: str
    place: str
    starts: dt.date
    ends: dt.date
    hours: int
    price: int
    own: int
    voucher: int
    flexible: bool
    unpriced: bool
    times: str
    notes: list[str]


class RouteGapOut(Schema):
    code: str
    title: str
    weight: str
    held: int
    closed: int
    unproven: bool


class RouteToldOut(Schema):
    text: str
    repair: str


class RouteOut(Schema):
    """A route. `proof` in words; `proven`: nothing is better in what the route is called after."""

    name: str
    steps: list[RouteStepOut]
    price: int
    own: int
    voucher: int
    hours: int
    starts: dt.date | None
    ends: dt.date | None
    reaches_goal: bool
    percent: int
    gaps: list[RouteGapOut]
    risks: list[RouteToldOut]
    proof: str
    proven: bool
    broken: list[RouteToldOut]


class RoutesOut(Schema):
    """`failed`: the solver could not be asked, the routes are sketches. `left_out`: what of the offer is at fault."""

    routes: list[RouteOut]
    faults: list[str]
    left_out: list[str]
    failed: bool


class SlidersIn(Schema):
    """Sliders moved for this one question; grosze, months, hours."""

    own_money: int | None = None
    months: int | None = None
    hours_week: int | None = None
    proven: bool = False


class RouteCodesIn(Schema):
    codes: list[str]


class RouteChoiceIn(Schema):
    codes: list[str]
    name: Literal["cheapest", "soonest", "widest", "own"] = "own"
    main: bool = True


class RouteChosenOut(Schema):
    scenario: uuid.UUID
    name: str


class PlanMovedOut(Schema):
    step: str
    text: str
    gone: bool


class PlanRevisionOut(Schema):
    number: int
    reason: str
    made_at: dt.datetime
    changes: list[str]


class PlanRevisionWholeOut(PlanRevisionOut):
    content: dict[str, Any]


class PlanRevisionIn(Schema):
    reason: str


class PlanOutcomeOut(Schema):
    """Planned beside what came true; money in grosze."""

    since: dt.date | None
    steps: int
    done: int
    dropped: int
    planned_own: int
    planned_voucher: int
    spent_own: int
    spent_voucher: int
    late: list[uuid.UUID]


class PlanFeedOut(Schema):
    address: str | None
    reminders_off: bool


class PlanRemindersIn(Schema):
    off: bool


def _limits(held: PlanLimits) -> dict[str, Any]:
    names = (*PlanLimitsShape.model_fields, "version")
    return {**{name: getattr(held, name) for name in names}, "written": held.pk is not None}


def _basis(request: Any, audit: SkillsAudit, uid: uuid.UUID, sliders: SlidersIn | None = None) -> Any:
    """The goal and its problem. Raises RuleBroken while the target or the limits are missing."""
    goal = find_goal(request.user, audit, uid)
    given = sliders.dict(exclude={"proven"}, exclude_none=True) if sliders else {}
    held = ground(request.user, audit, goal, {}, given)
    if held.basis is None:
        missing = "target" if held.target is None else "limits"
        raise RuleBroken(f"Najpierw trzeba podać: {missing}.", missing)
    return goal, held.basis


def _route(found: Shown) -> dict[str, Any]:
    names = ("price", "own", "voucher", "hours", "starts", "ends", "reaches_goal", "percent")
    return {
        "name": found.name, "steps": found.taken, "gaps": found.gaps, "risks": found.risks, "proof": found.proof,
        "proven": found.proven, "broken": found.broken, **{name: found.sums[name] for name in names},
    }  # fmt: skip


def _own(request: Any, case_uid: uuid.UUID) -> SkillsAudit:
    """The participant's own case; 404 for everybody else."""
    audit = find_case(request, case_uid)
    if not is_own(request.user, audit.person):
        raise Http404
    return audit


def _held(request: Any, audit: SkillsAudit) -> DevelopmentPlan | None:
    visible = DevelopmentPlan.objects.visible_to(request.user).filter(case_uid=audit.uid)
    found: DevelopmentPlan | None = visible.select_related("chosen_scenario").first()
    return found


@router.get("/plan/limits", response={200: PlanLimitsOut, 404: Problem}, summary="What routes are planned with")
def read_limits(request: Any, case_uid: CaseUid) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    return _limits(limits_of(request.user, audit.person, audit.uid))


@router.put("/plan/limits", response={200: PlanLimitsOut, **REFUSALS}, summary="Money, time and distance of a person")
def put_limits(request: Any, case_uid: CaseUid, body: PlanLimitsIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    whose: dict[str, Any] = {
        "person": audit.person, "case_uid": audit.uid, "acting_user": acting_user(request, audit)
    }  # fmt: skip
    return _limits(write_limits(**whose, **body.dict()))


@router.get("/plan/goals/{uid}/routes", response={200: RoutesOut, **REFUSALS}, summary="Three routes to a goal")
def routes(request: Any, case_uid: CaseUid, uid: uuid.UUID, sliders: Query[SlidersIn]) -> dict[str, Any]:
    """Sketches at once; with `proven` the best routes with their proof, within about five seconds."""
    audit = find_case(request, case_uid)
    _goal, basis = _basis(request, audit, uid, sliders)
    told = {
        "faults": [fault_text(one) for one in faults(basis.problem)],
        "left_out": [left_out_text(one) for one in basis.left_out],
    }
    if told["faults"]:
        return {"routes": [], "failed": False, **told}
    found, failed = solved(basis.problem, sliders.proven)
    return {"routes": [_route(shown(basis, found[route])) for route in Route], "failed": failed, **told}


@router.post(
    "/plan/goals/{uid}/routes/check", response={200: RouteOut, **REFUSALS}, summary="A route put together by hand"
)
def check_route(request: Any, case_uid: CaseUid, uid: uuid.UUID, body: RouteCodesIn) -> dict[str, Any]:
    """What a choice of editions comes to, and every rule that it breaks, in words. Saves nothing."""
    audit = find_case(request, case_uid)
    _goal, basis = _basis(request, audit, uid)
    return _route(shown(basis, own_answer(basis, body.codes), broken_of(basis, body.codes)))


@router.post("/plan/goals/{uid}/routes", response={201: RouteChosenOut, **REFUSALS}, summary="Choose a route")
def choose(request: Any, case_uid: CaseUid, uid: uuid.UUID, body: RouteChoiceIn) -> Status[dict[str, Any]]:
    """A scenario of the plan is made of it; with `main` it is the one chosen."""
    audit = find_case(request, case_uid)
    goal, basis = _basis(request, audit, uid)
    made = choose_route(goal=goal, basis=basis, acting_user=acting_user(request, audit), **body.dict())
    return Status(201, {"scenario": made.uid, "name": made.name})


@router.get("/plan/moved", response={200: list[PlanMovedOut], 404: Problem}, summary="What the offer did since")
def moved(request: Any, case_uid: CaseUid) -> list[Any]:
    plan = _held(request, find_case(request, case_uid))
    return list(moved_since(plan)) if plan else []


@router.get("/plan/revisions", response={200: list[PlanRevisionOut], 404: Problem}, summary="Versions of the plan")
def revisions(request: Any, case_uid: CaseUid) -> list[PlanRevision]:
    plan = _held(request, find_case(request, case_uid))
    return list(plan.revisions.defer("content")) if plan else []


@router.post("/plan/revisions", response={201: PlanRevisionOut, **REFUSALS}, summary="Close a version of the plan")
def revise(request: Any, case_uid: CaseUid, body: PlanRevisionIn) -> Status[PlanRevision]:
    audit = find_case(request, case_uid)
    plan = _held(request, audit)
    if plan is None:
        raise Http404
    return Status(201, revise_plan(plan=plan, reason=body.reason, acting_user=acting_user(request, audit)))


@router.get(
    "/plan/revisions/{number}", response={200: PlanRevisionWholeOut, 404: Problem}, summary="A version as it stood"
)
def revision(request: Any, case_uid: CaseUid, number: int) -> PlanRevision:
    plan = _held(request, find_case(request, case_uid))
    found: PlanRevision | None = plan.revisions.filter(number=number).first() if plan else None
    if found is None:
        raise Http404
    return found


@router.get("/plan/outcome", response={200: PlanOutcomeOut, 404: Problem}, summary="Planned beside what came true")
def outcome(request: Any, case_uid: CaseUid) -> dict[str, Any]:
    plan = _held(request, find_case(request, case_uid))
    if plan is None:
        raise Http404
    found = outcome_of(request.user, plan)
    names = ("since", "done", "dropped", "planned_own", "planned_voucher", "spent_own", "spent_voucher")
    late = [step.uid for step in found.late]
    return {**{name: getattr(found, name) for name in names}, "steps": found.counted, "late": late}


def _feed(request: Any, audit: SkillsAudit) -> dict[str, Any]:
    plan = _held(request, audit)
    held = PlanFeed.objects.filter(plan=plan, revoked_at=None).first() if plan else None
    token = token_of(held) if held else ""
    address = request.build_absolute_uri(reverse("plan-calendar", args=[audit.uid, token])) if token else None
    return {"address": address, "reminders_off": plan.reminders_off if plan else False}


@router.get("/plan/calendar", response={200: PlanFeedOut, 404: Problem}, summary="Address of the calendar")
def read_calendar(request: Any, case_uid: CaseUid) -> dict[str, Any]:
    return _feed(request, _own(request, case_uid))


@router.post("/plan/calendar", response={200: PlanFeedOut, **REFUSALS}, summary="Open the calendar")
def open_calendar(request: Any, case_uid: CaseUid) -> dict[str, Any]:
    audit = _own(request, case_uid)
    acting = acting_user(request, audit)
    open_feed(plan=plan_of(audit.person, audit.uid, acting), acting_user=acting)
    return _feed(request, audit)


@router.delete("/plan/calendar", response={200: PlanFeedOut, **REFUSALS}, summary="Close the calendar's address")
def close_calendar(request: Any, case_uid: CaseUid) -> dict[str, Any]:
    audit = _own(request, case_uid)
    acting = acting_user(request, audit)
    close_feed(plan=plan_of(audit.person, audit.uid, acting), acting_user=acting)
    return _feed(request, audit)


@router.put("/plan/reminders", response={200: PlanFeedOut, **REFUSALS}, summary="Letters about steps: off or on")
def reminders(request: Any, case_uid: CaseUid, body: PlanRemindersIn) -> dict[str, Any]:
    audit = _own(request, case_uid)
    acting = acting_user(request, audit)
    switch_reminders(plan=plan_of(audit.person, audit.uid, acting), off=body.off, acting_user=acting)
    return _feed(request, audit)
