"""The same problem as one would first write it down in PuLP, for plain CBC: nothing left out, nothing aggregated."""

import time
from collections import defaultdict
from itertools import combinations

import pulp

from dorobek.plans.routes.narrowing import at_work
from dorobek.plans.routes.problem import Problem, mondays


def solve(problem: Problem, seconds: float) -> tuple[int, float, bool]:
    """Points closed, seconds by the clock with building, and whether CBC called it optimal."""
    begun = time.perf_counter()
    model = pulp.LpProblem("naive", pulp.LpMaximize)
    take = {o.code: pulp.LpVariable(f"x_{o.code}", cat="Binary") for o in problem.options}
    closed = {gap.code: pulp.LpVariable(f"y_{gap.code}", 0, gap.missing) for gap in problem.gaps}
    support = pulp.LpVariable("s", 0, problem.person.voucher.support)
    model += pulp.lpSum(gap.worth * closed[gap.code] for gap in problem.gaps)
    for gap in problem.gaps:
        model += closed[gap.code] <= pulp.lpSum(o.closes.get(gap.code, 0) * take[o.code] for o in problem.options)
    model += support <= pulp.lpSum(problem.support(o) * take[o.code] for o in problem.options)
    model += pulp.lpSum(o.price * take[o.code] for o in problem.options) - support <= problem.person.own_money
    model += pulp.lpSum(o.hours * take[o.code] for o in problem.options) <= problem.person.hours_total
    for option in problem.options:
        if option.ends > problem.until or problem.too_far(option) or at_work(problem, option):
            model += take[option.code] == 0
    _calendar(problem, model, take)
    _pairs(problem, model, take)
    _needs(problem, model, take)
    left = max(0.5, seconds - (time.perf_counter() - begun))
    model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=left))
    proven = model.sol_status == pulp.LpSolutionOptimal
    points = sum(gap.worth * (closed[gap.code].value() or 0) for gap in problem.gaps)
    return round(points), time.perf_counter() - begun, proven


def _calendar(problem, model, take):
    weeks, days = defaultdict(list), sorted({option.starts for option in problem.options})
    for option in problem.options:
        for week in mondays(option.starts, option.ends):
            weeks[week].append(option)
    for week, busy in weeks.items():
        model += pulp.lpSum(o.hours_week * take[o.code] for o in busy) <= problem.week_limit(week)
    for day in days:
        running = [take[o.code] for o in problem.options if o.starts <= day <= o.ends]
        model += pulp.lpSum(running) <= problem.person.at_once


def _pairs(problem, model, take):
    days = defaultdict(list)
    for option in problem.options:
        for meeting in option.meetings:
            days[meeting.day].append((meeting, option))
    pairs = set()
    for held in days.values():
        for (one, first), (other, second) in combinations(held, 2):
            if one.start < other.end and other.start < one.end:
                pairs.add((first.code, second.code))
    for one, other in combinations(problem.options, 2):
        if one.course == other.course:
            pairs.add((one.code, other.code))
    for one, other in pairs:
        model += take[one] + take[other] <= 1


def _needs(problem, model, take):
    held = {gap.code: gap.held for gap in problem.gaps}
    for option in problem.options:
        before = [other for other in problem.options if other.ends < option.starts]
        for need in option.needs:
            if need.course:
                helping = [take[other.code] for other in before if other.course == need.course]
                model += take[option.code] <= pulp.lpSum(helping)
            else:
                short = max(0, need.share - held[need.gap])
                closing = pulp.lpSum(other.closes.get(need.gap, 0) * take[other.code] for other in before)
                model += short * take[option.code] <= closing
