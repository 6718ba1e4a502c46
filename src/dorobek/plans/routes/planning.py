"""The doors of this package: a preview at once, a proven answer after, all three routes, and the sliders (DP-4)."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from dorobek.plans.routes.exact import Exact, Found
from dorobek.plans.routes.greedy import Chosen, Search, preview
from dorobek.plans.routes.levels import MAIN, Route
from dorobek.plans.routes.measuring import Payment, Sum, in_order, measure, payments
from dorobek.plans.routes.packing import Packed, packed
from dorobek.plans.routes.problem import Option, Problem
from dorobek.plans.routes.risks import Risk, risks
from dorobek.plans.routes.validation import demand

SECONDS = 5.0
# Three routes on two cores: the part of the time that the first of the two that share a core may use.
FIRST = 0.8


@dataclass(frozen=True)
class Answer:
    """A route: what it takes, closes and costs, how long it lasts, what may go wrong, and how good it is for certain.

    `wishes` is empty for a preview, of which nothing is known but that it keeps every rule. Otherwise each wish has
    its figure and the best that any route could reach; the first `main` of them make the route what it is called.
    """

    route: Route
    options: tuple[Option, ...]
    sum: Sum
    payments: tuple[Payment, ...]
    risks: tuple[Risk, ...]
    wishes: tuple[Found, ...] = ()
    seconds: float = 0.0

    @property
    def proven(self) -> bool:
        """No route is better in what this one is called after (cheaper, sooner, wider)."""
        return bool(self.wishes) and all(wish.proven for wish in self.wishes[: MAIN[self.route]])

    @property
    def tie_proven(self) -> bool:
        """And of all equals in that, none is better in the wishes that follow."""
        return bool(self.wishes) and all(wish.proven for wish in self.wishes)

    @property
    def far_from_best(self) -> tuple[Found, int] | None:
        """The first main wish that is not proven, and by how much at most it could be better; None when proven."""
        for wish in self.wishes[: MAIN[self.route]]:
            if not wish.proven:
                return wish, wish.figure - wish.bound
        return None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)


def answer(problem: Problem, route: Route, chosen: list[Option], wishes: list[Found], seconds: float) -> Answer:
    """A choice with everything a screen says about it."""
    total = measure(problem, chosen)
    ordered = tuple(in_order(chosen))
    worries = risks(problem, ordered, total.own)
    return Answer(route, ordered, total, payments(problem, ordered), worries, tuple(wishes), seconds)


def quick(problem: Problem) -> dict[Route, Answer]:
    """All three routes by greedy, in some tenths of a second. Raises NotPlannable."""
    demand(problem)
    search = Search(packed(problem))
    return {route: _answered(search.packed, route, partial(_previewed, search, route)) for route in Route}


def plan(problem: Problem, route: Route, seconds: float = SECONDS) -> Answer:
    """One route, proven best if `seconds` suffice, else with its bound. Raises NotPlannable, SolverFailed."""
    begun = time.monotonic()
    demand(problem)
    exact = Exact(packed(problem))
    left = seconds - (time.monotonic() - begun)
    return replace(_answered(exact.packed, route, lambda: exact.route(route, left)), seconds=time.monotonic() - begun)


def plan_all(problem: Problem, seconds: float = SECONDS) -> dict[Route, Answer]:
    """The three routes within `seconds`, on two cores: the soonest beside the two others one after another."""
    begun = time.monotonic()
    demand(problem)
    table = packed(problem)
    search = Search(table)

    def solved(route: Route, share: float) -> Answer:
        left = seconds - (time.monotonic() - begun)
        return _answered(table, route, lambda: Exact(table, search).route(route, left * share))

    with ThreadPoolExecutor(2) as pool:
        soonest = pool.submit(solved, Route.SOONEST, 1.0)
        others = pool.submit(lambda: [solved(Route.WIDEST, FIRST), solved(Route.CHEAPEST, 1.0)])
        found = {one.route: one for one in (soonest.result(), *others.result())}
    return {route: found[route] for route in Route}


def slid(
    problem: Problem, *, own_money: int | None = None, months: int | None = None, hours_week: int | None = None
) -> Problem:
    """The same problem after a slider was moved: own money in grosze, months from today, hours a week."""
    person = problem.person
    return replace(
        problem,
        person=replace(
            person,
            own_money=person.own_money if own_money is None else own_money,
            months=person.months if months is None else months,
            hours_week=person.hours_week if hours_week is None else hours_week,
        ),
    )


def _previewed(search: Search, route: Route) -> tuple[Chosen, list[Found]]:
    return preview(search, route), []


def _answered(table: Packed, route: Route, solve: Callable[[], tuple[Chosen, list[Found]]]) -> Answer:
    begun = time.monotonic()
    chosen, wishes = solve()
    options = [table.options[number] for number in chosen]
    return answer(table.problem, route, options, wishes, time.monotonic() - begun)
