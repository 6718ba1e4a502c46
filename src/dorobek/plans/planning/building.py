"""A problem from stored data: the goal's gaps, the offer, the person's limits, the voucher (DP-3, DP-4)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from dorobek.plans.enums import ActionState
from dorobek.plans.gaps.enums import TargetKind
from dorobek.plans.gaps.shapes import GapPicture
from dorobek.plans.models import PlanLimits, ScenarioAction
from dorobek.plans.planning.money import money_of, voucher_for
from dorobek.plans.planning.options import Found, course_of, full, options_for
from dorobek.plans.planning.places import imported_tables, travel_for
from dorobek.plans.planning.shapes import Basis, Goal, LeftOut, Wanted
from dorobek.plans.routes import Fault, Gap, Option, Person, Problem, Slot, Step, faults
from dorobek.plans.routes.problem import add_months
from dorobek.programmes.schema import VoucherTerms
from dorobek.vouchers.models import VoucherRight

MOST_ROUNDS = 20


@dataclass(frozen=True)
class Given:
    """What a problem is built from. `terms`: those of the programme; `right`: of the case, if it is open."""

    goal: Goal
    limits: PlanLimits
    terms: VoucherTerms | None = None
    right: VoucherRight | None = None


def goal_of(picture: GapPicture) -> Goal:
    """What the picture asks for, as routes are planned for it. A gap that only lacks its proof is for validation."""
    target = picture.target
    lines = (Wanted(line.code, line.title, line.weight, line.held, line.unproven, line.texts) for line in picture.lines)
    code = target.code if target.kind == TargetKind.QUALIFICATION else ""
    return Goal(target.title, code, tuple(lines))


def basis_for(given: Given, today: dt.date | None = None) -> Basis:
    """The problem and what is said about it. What of the offer is at fault is left out, with its fault.

    Faults of the person's own limits stay in the problem: `faults(basis.problem)` names them. About ten statements.
    """
    day = today or timezone.localdate()
    limits = given.limits
    money = money_of(given.right, given.terms, day)
    terms = given.right.terms if given.right else given.terms
    found = options_for(given.goal, day, add_months(day, limits.months), money, terms)
    tables = imported_tables()
    gaps = tuple(Gap(one.code, one.title, one.weight, one.held) for one in given.goal.wanted if one.held < 100)
    person = Person(
        home=limits.home,
        own_money=limits.own_money,
        hours_week=limits.hours_week,
        months=limits.months,
        at_once=limits.at_once,
        voucher=voucher_for(money),
        work=tuple(Slot(*slot) for slot in limits.work),
        farthest=Step(limits.farthest),
        most_minutes=limits.most_minutes,
        done=_done(limits),
    )
    travel = travel_for(limits.home, {option.place for option in found.options}, tables)
    options, left_out = _without_full(found)
    problem, at_fault = _sound(Problem(day, gaps, tuple(options), person, travel))
    offered = {code: one for code, one in found.offered.items() if code not in at_fault}
    left_out += [LeftOut(found.offered[code].title, fault) for code, fault in at_fault.items()]
    return Basis(given.goal, problem, offered, money, tuple(_once(left_out)), found.more, tables, found.unpriced)


def _done(limits: PlanLimits) -> frozenset[str]:
    """Courses that the person has finished: steps of the plan that are done. One statement."""
    rows = ScenarioAction.objects.filter(case_uid=limits.case_uid, state=ActionState.DONE, edition__isnull=False)
    return frozenset(course_of(key) for key in rows.values_list("edition__service", flat=True))


def _without_full(found: Found) -> tuple[list[Option], list[LeftOut]]:
    gone = {option.code for option in full(found.options)}
    kept = [option for option in found.options if option.code not in gone]
    told = [LeftOut(found.offered[code].title, Fault("no-places", code)) for code in sorted(gone)]
    return kept, told


def _sound(problem: Problem) -> tuple[Problem, dict[str, Fault]]:
    """The problem without options at fault, and each of these with its first fault.

    Leaving one out may leave what needs it without its course, so it is asked until nothing is at fault.
    """
    gone: dict[str, Fault] = {}
    for _round in range(MOST_ROUNDS):
        new: dict[str, Fault] = {}
        for fault in faults(problem):
            for option in _about(problem.options, fault):
                new.setdefault(option.code, fault)
        if not new:
            break
        gone |= new
        kept = tuple(option for option in problem.options if option.code not in new)
        problem = replace(problem, options=kept)
    return problem, gone


def _about(options: Sequence[Option], fault: Fault) -> list[Option]:
    """Options that a fault is about: by code, or in a circle by course."""
    if fault.code == "need-circle":
        circle = set(fault.value.split(" > "))
        return [option for option in options if option.course in circle]
    return [option for option in options if fault.about == option.code]


def _once(left_out: Sequence[LeftOut]) -> list[LeftOut]:
    """One of each title and reason: ten editions of a course with one fault are one thing to say."""
    found = {(one.title, one.fault.code): one for one in reversed(left_out)}
    return sorted(found.values(), key=lambda one: (one.title, one.fault.code))
