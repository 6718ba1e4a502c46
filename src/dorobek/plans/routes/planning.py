"""The doors of this package: a preview at once, a proven answer after, all three routes, and the sliders (DP-4)."""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from dorobek.plans.routes.exact import Exact, Found
from dorobek.plans.routes.greedy import Chosen, preview
from dorobek.plans.routes.levels import MAIN, Route, quickly
from dorobek.plans.routes.measuring import Payment, Sum, in_order, measure, payments
from dorobek.plans.routes.packing import packed
from dorobek.plans.routes.problem import Option, Problem
from dorobek.plans.routes.reaching import Tables
from dorobek.plans.routes.risks import Risk, risks
from dorobek.plans.routes.validation import demand

SECONDS = 5.0
# Three routes on two cores: which begin, and what part of the time the cheapest may use that the soonest waits for.
ORDER = (Route.WIDEST, Route.CHEAPEST, Route.SOONEST)
SHARE = {Route.CHEAPEST: 0.5}


@dataclass(frozen=True)
class Answer:
    """A route: what it takes, closes and costs, how long it lasts, what may go wrong, and how good it is for certain.

    `wishes` is empty for a preview, of which nothing is known but that it keeps every rule. Otherwise each wish has
    its figure and the best that any route could reach; the first of them make the route what it is called (`MAIN`).
    `seconds` from the asking until it stood; those of its wishes count from the asking too.
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
    begun = time.monotonic()
    demand(problem)
    tables = Tables(packed(problem))
    found = {route: tables.in_whole(preview(tables.search(route), route), route) for route in Route}
    options = {route: [tables.whole.options[number] for number in _best_of(tables, route, found)] for route in Route}
    seconds = time.monotonic() - begun
    return {route: answer(problem, route, options[route], [], seconds) for route in Route}


def plan(problem: Problem, route: Route, seconds: float = SECONDS) -> Answer:
    """One route, proven best if `seconds` suffice, else with its bound. Raises NotPlannable, SolverFailed."""
    begun = time.monotonic()
    demand(problem)
    exact = Exact(Tables(packed(problem)), route, begun)
    exact.main(begun + seconds)
    exact.ties(begun + seconds)
    return _proven(problem, exact)


def plan_all(problem: Problem, seconds: float = SECONDS) -> dict[Route, Answer]:
    """The three routes within `seconds`, on two cores: first what each is called after, then their ties."""
    begun = time.monotonic()
    demand(problem)
    tables = Tables(packed(problem))
    routes = [Exact(tables, route, begun) for route in ORDER]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda exact: exact.main(begun + seconds * SHARE.get(exact.route, 1.0)), routes))
        list(pool.map(lambda exact: exact.ties(begun + seconds), routes))
    found = {exact.route: _proven(problem, exact) for exact in routes}
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


def _best_of(tables: Tables, route: Route, found: Mapping[Route, Chosen]) -> Chosen:
    """What greedy found for the route, or for another one where that is better: the soonest may also be the cheapest."""
    tried = (found[route], *found.values())
    return min(tried, key=lambda chosen: quickly(tables.whole, chosen, route))


def _proven(problem: Problem, exact: Exact) -> Answer:
    return answer(problem, exact.route, exact.chosen(), exact.found, exact.found[-1].seconds)
