"""A problem from stored data: the goal's gaps, the offer, the person's limits, the voucher (DP-3, DP-4)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from dorobek.credentials.enums import CredentialState
from dorobek.credentials.models import Credential
from dorobek.plans.enums import ActionState, WorkKind
from dorobek.plans.gaps.enums import TargetKind
from dorobek.plans.gaps.shapes import GapPicture
from dorobek.plans.models import PlanLimits, ScenarioAction
from dorobek.plans.planning.bought import bought_for, still_open
from dorobek.plans.planning.ending import finals_of
from dorobek.plans.planning.money import money_of, voucher_for
from dorobek.plans.planning.options import Found, add_undated, course_of, full, options_for
from dorobek.plans.planning.places import imported_tables, travel_for
from dorobek.plans.planning.shapes import Basis, Goal, LeftOut, Wanted
from dorobek.plans.planning.sources import Asked, from_rooms
from dorobek.plans.planning.undated import course_of_template
from dorobek.plans.routes import Fault, Gap, Option, Person, Problem, Slot, Step, faults
from dorobek.plans.routes.problem import add_months
from dorobek.programmes.schema import VoucherTerms
from dorobek.vouchers.enums import Participation
from dorobek.vouchers.models import Voucher, VoucherRight

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

    Faults of the person's own limits stay in the problem: `faults(basis.problem)` names them. At most fifteen statements.
    """
    day = today or timezone.localdate()
    limits = given.limits
    money = money_of(given.right, given.terms, day)
    terms = given.right.terms if given.right else given.terms
    until = add_months(day, limits.months)
    bought = bought_for(given.goal, limits.case_uid)
    goal = still_open(given.goal, bought)
    found = options_for(goal, day, until, money, terms)
    add_undated(found, goal, day, until, limits.hours_week)
    told = _add_rooms(found, Asked(goal, day, until, money))
    tables = imported_tables()
    gaps = tuple(Gap(one.code, one.title, one.weight, one.held) for one in goal.wanted if one.held < 100)
    engaged = tuple(one.engagement for one in bought)
    person = Person(
        home=limits.home,
        own_money=limits.own_money,
        hours_week=limits.hours_week,
        months=limits.months,
        at_once=limits.at_once,
        voucher=voucher_for(money),
        work=tuple(Slot(*slot) for slot in limits.work),
        shifts=limits.work_kind == WorkKind.SHIFTS,
        farthest=Step(limits.farthest),
        most_minutes=limits.most_minutes,
        done=_done(limits),
        engaged=engaged,
    )
    _without_bought(found, person, {gap.code for gap in gaps})
    travel = travel_for(limits.home, {option.place for option in found.options}, tables)
    options, left_out = _without_full(found)
    problem, at_fault = _sound(Problem(day, gaps, tuple(options), person, travel))
    offered = {code: one for code, one in found.offered.items() if code not in at_fault}
    left_out += told
    left_out += [LeftOut(found.offered[code].title, fault) for code, fault in at_fault.items()]
    left = tuple(_once(left_out))
    return Basis(goal, problem, offered, money, left, found.more, tables, found.unpriced, bought, finals_of(goal, day))


def _done(limits: PlanLimits) -> frozenset[str]:
    """Courses that the person has finished: steps of the plan that are done, courses finished with a voucher, micro-credentials
    held. Three statements."""
    rows = ScenarioAction.objects.filter(case_uid=limits.case_uid, state=ActionState.DONE, edition__isnull=False)
    done = {course_of(key) for key in rows.values_list("edition__service", flat=True)}
    paid = Voucher.objects.filter(case_uid=limits.case_uid, participation=Participation.FINISHED, edition__isnull=False)
    done |= {course_of(key) for key in paid.values_list("edition__service", flat=True)}
    held = Credential.objects.filter(person=limits.person_id, state=CredentialState.VALID)
    held = held.filter(Q(valid_until=None) | Q(valid_until__gt=timezone.now()))
    keys = held.values_list("template_version__template", flat=True)
    return frozenset(done | {course_of_template(key) for key in keys})


def _add_rooms(found: Found, asked: Asked) -> list[LeftOut]:
    """What rooms below offer beside the training offer; what of it cannot be planned with, with its reason."""
    if all(one.held >= 100 for one in asked.goal.wanted):
        return []
    more = from_rooms(asked)
    found.options += more.options
    found.offered |= more.offered
    return list(more.left_out)


def _without_bought(found: Found, person: Person, open_: set[str]) -> None:
    """Other dates of what is bought are not planned with, nor what was finished and closes nothing any more."""
    bought = {one.course for one in person.engaged}
    found.options = [
        option
        for option in found.options
        if option.course not in bought and (option.course not in person.done or not open_.isdisjoint(option.closes))
    ]


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
