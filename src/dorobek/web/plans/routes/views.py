"""/cel/<goal>/drogi/: three routes side by side; greedy at once, proven after, chosen into the plan."""

import threading
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import structlog
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.kernel.errors import RuleBroken
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.enums import RouteName
from dorobek.plans.planning.answers import Shown, shown
from dorobek.plans.planning.attending import at_work_told, work_text
from dorobek.plans.planning.shapes import Basis
from dorobek.plans.planning.words import fault_text, left_out_text
from dorobek.plans.routes import Answer, Problem, Route, SolverFailed, faults, plan_all, quick
from dorobek.web.doors import CaseRequest
from dorobek.web.drawings.stitches import stitches
from dorobek.web.plans.routes.basis import Ground, find_goal, ground, ground_mark, opened, sealed, sliders_of
from dorobek.web.plans.routes.links import link_of_option
from dorobek.web.plans.views import Side, context_of

log = structlog.get_logger("dorobek.plans")
# Proofs that one process works on at once; each takes two cores for up to five seconds. Others wait, then get sketches.
PROVING = threading.BoundedSemaphore(2)
PATIENCE = 10.0
MOST_REFUSED = 12


def page(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> HttpResponse:
    """The three routes as greedy finds them; the proof follows by itself or by a button."""
    held = ground(request.user, audit, find_goal(request.user, audit, goal_uid), sliders_of(request.GET))
    return _page(request, audit, side, held, proven=False)


def proven(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> HttpResponse:
    """The same with its proof; only the routes themselves where the page asks for them."""
    held = ground(request.user, audit, find_goal(request.user, audit, goal_uid), sliders_of(request.GET))
    return _page(request, audit, side, held, proven=True)


def _page(
    request: CaseRequest, audit: SkillsAudit, side: Side, held: Ground, *, proven: bool, refusal: str = ""
) -> HttpResponse:
    context = context_of(request, audit, side, goal=held.goal, target=held.target, limits=held.limits, moved=held.moved)
    query = urlencode(held.moved)
    context |= {"refusal": refusal, "query": query, "sliders": {"zlote": held.limits.own_money // 100}}
    context |= addresses(audit, side, held.goal.uid)
    if held.basis is not None:
        context |= about(held.basis)
        context |= _routes(held, proven)
    part = proven and request.headers.get("HX-Request") and held.basis is not None
    template = "plans/routes/three.html" if part else "plans/routes/page.html"
    return render(request, template, context, status=422 if refusal else 200)


def addresses(audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> dict[str, str]:
    """Where the page's links lead."""
    names = {"here": "routes", "proof_url": "routes-proof", "choose_url": "routes-choose", "own_url": "routes-by-hand"}
    found = {key: reverse(f"{side.name}-{name}", args=[audit.uid, goal_uid]) for key, name in names.items()}
    limits = reverse(f"{side.name}-plan-limits", args=[audit.uid])
    return {**found, "limits_url": f"{limits}?cel={goal_uid}", "target_url": target_url(audit, side, goal_uid)}


def target_url(audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> str:
    """Where the goal's target is chosen."""
    return reverse(f"{side.name}-target", args=[audit.uid, goal_uid])


def about(basis: Basis) -> dict[str, Any]:
    """What stands beside any routes of a problem: its limits' faults, what was left out, what is not known."""
    refused = at_work_told(basis)
    return {
        "basis": basis,
        "faults": [fault_text(one) for one in faults(basis.problem)],
        "left_out": [left_out_text(one) for one in basis.left_out],
        "gap_count": len(basis.problem.gaps),
        "at_work": refused[:MOST_REFUSED],
        "at_work_count": len(refused),
        "work_hours": work_text([(slot.weekday, slot.start, slot.end) for slot in basis.problem.person.work]),
        "no_neighbours": "neighbours" not in basis.tables and "minutes" not in basis.tables,
    }


def _routes(held: Ground, proven: bool) -> dict[str, Any]:
    """The cards of the three routes; a failure of the solver is said, and the sketch stays."""
    basis = held.basis
    if basis is None or faults(basis.problem) or not basis.problem.gaps:
        return {"cards": [], "tried": True, "failed": False}
    found, failed = solved(basis.problem, proven)
    cards = [card(basis, found[route], held.moved) for route in Route]
    for place, one in enumerate(cards):
        like = (other["label"] for other in cards[:place] if one["codes"] and other["codes"] == one["codes"])
        one["same"] = next(like, "")
    return {"cards": cards, "tried": proven, "failed": failed, "nothing": not any(one["route"].taken for one in cards)}


def solved(problem: Problem, proven: bool) -> tuple[dict[Route, Answer], bool]:
    """The routes, and True when a proof was asked for and could not be had: the solver failed, or too many asked."""
    if not proven:
        return quick(problem), False
    if not PROVING.acquire(timeout=PATIENCE):
        log.warning("solver_busy")
        return quick(problem), True
    try:
        return plan_all(problem), False
    except SolverFailed as error:
        log.error("solver_failed", error=str(error)[:200])
        return quick(problem), True
    finally:
        PROVING.release()


def card(basis: Basis, answer: Answer, moved: Mapping[str, int]) -> dict[str, Any]:
    """One route with its drawing, its seal, and the address under which it can be changed by hand."""
    route: Shown = shown(basis, answer)
    codes = list(answer.codes)
    proof = {"tried": route.tried, "proven": route.proven, "text": route.proof}
    return {
        "route": route,
        "steps": [(one, link_of_option(basis.offered[one.code])) for one in route.taken],
        "label": RouteName(route.name).label,
        "drawing": stitches([(gap["held"], gap["closed"]) for gap in route.gaps], str(RouteName(route.name).label)),
        "seal": sealed(basis, route.name, codes, proof, moved),
        "codes": codes,
    }


def choose(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> HttpResponse:
    """POST: the route becomes a scenario of the plan. A rule broken meanwhile is said on the page again."""
    goal = find_goal(request.user, audit, goal_uid)
    if request.method != "POST":
        raise Http404
    sent = opened(request.POST.get("droga", ""))
    if sent is None:
        messages.warning(
            request, _("Ta strona była otwarta ponad dobę. Drogi są policzone od nowa, proszę wybrać jeszcze raz.")
        )
        return redirect(addresses(audit, side, goal_uid)["here"])
    held = ground(request.user, audit, goal, sent["moved"])
    if held.basis is None:
        raise Http404
    beside, stale = "obok" in request.POST, sent["ground"] != ground_mark(held.basis)
    try:
        scenario = choose_route(
            goal=goal, basis=held.basis, codes=sent["codes"], name=sent["name"], proof={} if stale else sent["proof"],
            main=not beside,
            acting_user=request.acting,
        )  # fmt: skip
    except RuleBroken as broken:
        return _page(request, audit, side, held, proven=False, refusal=str(broken.message))
    words = _("„%(name)s” jest w planie, obok innych.") if beside else _("„%(name)s” jest teraz planem.")
    messages.success(request, words % {"name": scenario.name})
    if stale and sent["proof"].get("proven"):
        messages.warning(
            request, _("Warunki albo oferta zmieniły się, odkąd ta strona powstała. Droga spełnia reguły, ale nie sprawdziliśmy, "
                       "czy nadal nie ma lepszej."),
        )  # fmt: skip
    return redirect(context_of(request, audit, side)["home"], audit.uid)
