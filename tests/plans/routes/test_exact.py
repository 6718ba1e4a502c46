"""The planner against every choice tried, its own rules against it, and what more money may never do (DP-4)."""

import pytest
from benchmarks.plans.generator import generate

from dorobek.plans.routes import NotPlannable, Route, SolverFailed, cbc, check, faults, plan, plan_all, quick, slid
from dorobek.plans.routes.levels import figures
from tests.plans.routes.small import best, problem

SEEDS, PART = 500, 50


@pytest.mark.parametrize("first", range(0, SEEDS, PART))
def test_three_routes_are_as_good_as_the_best_of_all_choices(first: int) -> None:
    for seed in range(first, first + PART):
        asked = problem(seed)
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


def test_the_same_question_gets_the_same_answer() -> None:
    for seed in range(10):
        one, other = plan_all(problem(seed), 30), plan_all(problem(seed), 30)
        assert [answer.codes for answer in one.values()] == [answer.codes for answer in other.values()]


def test_a_solver_that_fails_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbc, "binary", lambda: "/bin/false")
    with pytest.raises(SolverFailed):
        plan(generate(1, editions=200), Route.WIDEST)
