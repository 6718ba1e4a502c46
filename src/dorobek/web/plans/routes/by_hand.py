"""/cel/<goal>/drogi/wlasna/: a route changed by hand, checked at once against every rule (DP-4)."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from dorobek.audits.models import SkillsAudit
from dorobek.plans.enums import RouteName
from dorobek.plans.planning.answers import broken_of, own_answer, shown
from dorobek.plans.planning.options import by_course
from dorobek.plans.planning.shapes import Basis
from dorobek.plans.routes import Option, faults
from dorobek.web.doors import CaseRequest
from dorobek.web.drawings.stitches import stitches
from dorobek.web.plans.routes.basis import find_goal, ground, sealed, sliders_of
from dorobek.web.plans.routes.links import link_of_option
from dorobek.web.plans.routes.views import about, addresses
from dorobek.web.plans.views import Side, context_of

MOST_CODES, MOST_ADDED = 60, 200


def page(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> HttpResponse:
    """What is taken (`kod`, many), each exchangeable for another date or left out, and what can be added."""
    goal = find_goal(request.user, audit, goal_uid)
    held = ground(request.user, audit, goal, sliders_of(request.GET))
    basis = held.basis
    if basis is None or faults(basis.problem):
        return redirect(addresses(audit, side, goal_uid)["here"])
    codes = [code for code in dict.fromkeys(request.GET.getlist("kod")) if code][:MOST_CODES]
    broken = broken_of(basis, codes)
    route = shown(basis, own_answer(basis, codes), broken)
    name = RouteName.OWN
    context = context_of(request, audit, side, goal=goal, limits=held.limits, moved=held.moved)
    context |= {
        **addresses(audit, side, goal_uid),
        **about(basis),
        "route": route,
        "label": name.label,
        "drawing": stitches([(gap["held"], gap["closed"]) for gap in route.gaps], str(name.label)),
        "rows": _rows(basis, codes),
        "more": _more(basis, codes),
        "seal": sealed(basis, name, codes, {}, held.moved) if codes and not broken else "",
    }
    return render(request, "plans/routes/by_hand.html", context)


def _rows(basis: Basis, codes: list[str]) -> list[dict[str, Any]]:
    """Each option taken with the other dates of the same thing."""
    courses = by_course(basis.problem.options)
    taken = [option for code in codes if (option := basis.option(code))]
    taken.sort(key=lambda option: (option.starts, option.code))
    return [
        {
            "option": option,
            "offered": basis.offered[option.code],
            "link": link_of_option(basis.offered[option.code]),
            "editions": _dated(basis, courses[option.course]),
        }
        for option in taken
    ]


def _more(basis: Basis, codes: list[str]) -> list[tuple[Option, Any]]:
    """What can be added: one edition of each thing that is not taken, those that close most first."""
    taken = {option.course for code in codes if (option := basis.option(code))}
    worth = {gap.code: gap.worth for gap in basis.problem.gaps}
    found = [editions[0] for course, editions in by_course(basis.problem.options).items() if course not in taken]
    found.sort(key=lambda one: (-sum(worth.get(gap, 0) * share for gap, share in one.closes.items()), one.title))
    return _dated(basis, found[:MOST_ADDED])


def _dated(basis: Basis, options: list[Option]) -> list[tuple[Option, Any]]:
    return [(option, basis.offered[option.code]) for option in options]
