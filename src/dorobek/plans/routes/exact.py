"""The best route, proven: wishes one after another, each a whole-number programme, within a time limit (DP-4).

Wishes that speak of reaching the goal only are decided on the part of the offer that helps with it (`reaching`), the
others on all of it. When time runs out, the best route so far stands beside the last bound.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dorobek.plans.routes import cbc
from dorobek.plans.routes.greedy import Chosen, exchanged, preview
from dorobek.plans.routes.levels import MAIN, WISHES, Level, Route
from dorobek.plans.routes.problem import Option
from dorobek.plans.routes.reaching import Tables
from dorobek.plans.routes.rules import check
from dorobek.plans.routes.solving import Kept, Solver

# Choosing between equals may not keep a person waiting.
TIE_SECONDS = 0.6


@dataclass(frozen=True)
class Found:
    """One wish: the figure reached, the smallest that any route could reach as far as is known, and when that was."""

    level: Level
    figure: int
    bound: int
    seconds: float = 0.0

    @property
    def proven(self) -> bool:
        return self.bound >= self.figure


class Exact:
    """One route: what it is called after first, then its ties; `begun` is when it was asked for."""

    def __init__(self, tables: Tables, route: Route, begun: float) -> None:
        self.tables = tables
        self.route = route
        self.begun = begun
        self.found: list[Found] = []
        self._search = tables.search(route)
        self._kept = Kept()

    @cached_property
    def _solver(self) -> Solver:
        return Solver(self._search)

    @cached_property
    def _best(self) -> Chosen:
        return exchanged(self._search, self.route, preview(self._search, self.route))

    def main(self, until: float) -> None:
        """Prove what the route is called after, as far as time allows."""
        self._fulfil(WISHES[self.route][: MAIN[self.route]], until, until - self.begun)

    def ties(self, until: float) -> None:
        """Choose between equals: each wish for a moment only."""
        self._fulfil(WISHES[self.route][MAIN[self.route] :], until, TIE_SECONDS)

    def chosen(self) -> list[Option]:
        """What the route takes, checked by the rules. Raises SolverFailed."""
        options = [self._search.packed.options[number] for number in self._best]
        codes = [option.code for option in options]
        if broken := check(self.tables.whole.problem, codes):
            raise cbc.SolverFailed(f"a route breaks a rule: {broken[0]}")
        return [option for option in self.tables.whole.options if option.code in codes]

    def _fulfil(self, wishes: Sequence[Level], until: float, each: float) -> None:
        for level in wishes:
            if level is Level.POINTS:
                self._widen()
            limit = min(until, time.monotonic() + each)
            self._best, bound = self._solver.wish(self._kept, level, self._best, limit)
            reached = self._solver.figure(level, self._best)
            self.found.append(Found(level, reached, bound, time.monotonic() - self.begun))
            self._kept = self._kept.also(level, reached)

    def _widen(self) -> None:
        """From what is essential to everything."""
        whole = self.tables.search(Route.WIDEST)
        if self._search is not whole:
            self._best = self.tables.in_whole(self._best, self.route)
            self._search, self._solver = whole, Solver(whole)
