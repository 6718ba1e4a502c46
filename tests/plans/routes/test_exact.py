"""The planner against every choice tried, its own rules against it, and what more money may never do (DP-4)."""

import math
from dataclasses import replace

import pytest
from benchmarks.plans.generator import generate

from dorobek.plans.routes import (
    NotPlannable,
    Problem,
    Route,
    SolverFailed,
    Weight,
    cbc,
    check,
    faults,
    plan,
    plan_all,
    quick,
    slid,
)
from dorobek.plans.routes.levels import MAIN, Level, figures
from dorobek.plans.routes.packing import packed
from dorobek.plans.routes.reaching import essential_only
from tests.plans.routes.small import best, problem

SEEDS, PART, TIGHT = 500, 50, 150


def tight(seed: int) -> Problem:
    """One thing at a time and most gaps essential, so that the calendar binds and the goal is often out of reach."""
    asked = problem(seed)
    gaps = tuple(replace(gap, weight=Weight.ESSENTIAL) for gap in asked.gaps[1:])
    return replace(asked, gaps=(*asked.gaps[:1], *gaps), person=replace(asked.person, at_once=1, own_money=2_000_00))


@pytest.mark.parametrize("first", range(0, SEEDS + TIGHT, PART))
def test_three_routes_are_as_good_as_the_best_of_all_choices(first: int) -> None:
    for seed in range(first, first + PART):
        asked = problem(seed) if seed < SEEDS else tight(seed)
        assert not faults(asked)
        wanted = best(asked)
        for route, answer in plan_all(asked, 30).items():
            assert figures(asked, answer.sum, route) == wanted[route], (seed, route)
            assert answer.tie_proven, (seed, route)
            assert check(asked, answer.codes) == [], (seed, route)


def test_greedy_keeps_every_rule_and_is_never_better_than_the_best() -> None:
    for seed in range(SEEDS):
        asked = problem(seed)
        for route, answer in quick(asked).items():
            assert check(asked, answer.codes) == [], (seed, route)
            assert not answer.proven
    for seed in range(60):
        asked = problem(seed)
        wanted = best(asked)
        for route, answer in quick(asked).items():
            assert figures(asked, answer.sum, route) >= wanted[route], (seed, route)


def test_more_money_more_months_and_more_hours_never_make_a_route_worse() -> None:
    for seed in range(20):
        asked = problem(seed)
        person = asked.person
        before = figures(asked, plan(asked, Route.WIDEST, 30).sum, Route.WIDEST)[0]
        for more in (
            slid(asked, own_money=person.own_money + 400_00),
            slid(asked, months=person.months + 2),
            slid(asked, hours_week=person.hours_week + 4),
        ):
            after = figures(more, plan(more, Route.WIDEST, 30).sum, Route.WIDEST)[0]
            assert after <= before, (seed, more.person)


def test_every_grosz_is_paid_by_somebody() -> None:
    for seed in range(40):
        asked = problem(seed)
        answer = quick(asked)[Route.WIDEST]
        assert all(payment.own + payment.voucher == payment.price for payment in answer.payments)
        assert all(payment.own >= 0 and payment.voucher >= 0 for payment in answer.payments)
        assert sum(payment.own for payment in answer.payments) == answer.sum.own
        assert sum(payment.voucher for payment in answer.payments) == answer.sum.voucher


def test_a_problem_with_faults_is_not_planned() -> None:
    asked = slid(problem(1), own_money=-1)
    with pytest.raises(NotPlannable) as caught:
        plan(asked, Route.WIDEST)
    assert [fault.code for fault in caught.value.faults] == ["price-negative"]


def test_when_time_runs_out_the_best_so_far_stands_beside_its_bound() -> None:
    asked = generate(8)
    proven = 6025
    answer = plan(asked, Route.WIDEST, 0.6)
    assert check(asked, answer.codes) == []
    closed_at_most = answer.sum.points_all - answer.wishes[0].bound
    assert answer.sum.points <= proven <= closed_at_most
    if not answer.proven:
        assert answer.far_from_best == (answer.wishes[0], closed_at_most - answer.sum.points)


def test_when_time_runs_out_the_earliest_end_has_a_bound_too() -> None:
    asked, proven = generate(9), 111
    for seconds in (0.3, 0.6):
        wish = plan(asked, Route.SOONEST, seconds).wishes[1]
        assert wish.level is Level.ENDS
        assert wish.bound <= proven <= wish.figure


def test_without_an_answer_of_the_solver_the_sketch_stands_and_nothing_is_called_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cbc, "run", lambda *_: cbc.Outcome(None, -math.inf))
    asked = generate(9)
    first = quick(asked)
    for route, answer in plan_all(asked, 3).items():
        assert check(asked, answer.codes) == []
        assert figures(asked, answer.sum, route)[: MAIN[route]] <= figures(asked, first[route].sum, route)
        assert not answer.proven
        assert answer.far_from_best is not None


def test_what_is_essential_is_a_part_that_keeps_what_it_needs() -> None:
    for seed in range(100):
        whole = packed(problem(seed))
        part = essential_only(whole)
        essential = {gap.code for gap in whole.gaps if gap.weight is Weight.ESSENTIAL}
        assert {option.code for option in part.options} <= {option.code for option in whole.options}
        assert essential <= {gap.code for gap in part.gaps}
        needed = {need.course or need.gap for option in part.options for need in option.needs}
        for option in part.options:
            assert option.course in needed or not (essential | needed).isdisjoint(option.closes), seed


def test_the_same_question_gets_the_same_answer() -> None:
    for seed in range(10):
        one, other = plan_all(problem(seed), 30), plan_all(problem(seed), 30)
        assert [answer.codes for answer in one.values()] == [answer.codes for answer in other.values()]


def test_a_solver_that_fails_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbc, "binary", lambda: "/bin/false")
    with pytest.raises(SolverFailed):
        plan(generate(1, editions=200), Route.WIDEST)


def test_no_sketch_is_worse_at_its_own_aim_than_another_sketch() -> None:
    for seed in range(3 * PART):
        asked = problem(seed)
        if faults(asked):
            continue
        found = quick(asked)
        for route, answer in found.items():
            own = figures(asked, answer.sum, route)
            assert all(own <= figures(asked, other.sum, route) for other in found.values()), seed
