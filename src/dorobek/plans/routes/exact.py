"""The best route, proven: wishes one after another, each a whole-number programme, within a time limit (DP-4).

The calendar is left out at first. What the solver then finds best is a bound for every route; if the same things fit
into the calendar at some dates, it is also the best route. Otherwise the weeks and moments it broke are added as rows
and the solver is asked again. When time runs out, the best route so far stands beside the last bound.
"""

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from dorobek.plans.routes import cbc
from dorobek.plans.routes.greedy import Chosen, Search, exchanged, preview
from dorobek.plans.routes.levels import MAIN, WISHES, Level, Route, figure, grain
from dorobek.plans.routes.measuring import measure
from dorobek.plans.routes.model import Model, Row
from dorobek.plans.routes.packing import Packed
from dorobek.plans.routes.rules import check
from dorobek.plans.routes.timetable import Timetable

LEAST_SECONDS = 0.05
# Choosing between equals may not keep a person waiting.
TIE_SECONDS = 0.6
# What one day may take at first when the earliest end is looked for.
GLANCE_SECONDS = 0.4


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


@dataclass(frozen=True)
class _Task:
    """What earlier wishes fixed: rows, and a last day."""

    rows: tuple[Row, ...] = ()
    days: int | None = None


class Exact:
    """One packed problem and what was learnt about its calendar while solving."""

    def __init__(self, packed: Packed, search: Search | None = None) -> None:
        self.packed = packed
        self.search = search or Search(packed)
        self.model = Model(packed)
        self.timetable = Timetable(self.search)
        self.calendar: dict[int, Row] = {}

    def route(self, route: Route, seconds: float) -> tuple[Chosen, list[Found]]:
        """The best choice found and, wish by wish, how far it is proven."""
        begun = time.monotonic()
        until = begun + seconds
        best = exchanged(self.search, route, preview(self.search, route))
        task, found = _Task(), list[Found]()
        for place, level in enumerate(WISHES[route]):
            solve = self._earliest if level is Level.ENDS else self._smallest
            limit = until if place < MAIN[route] else min(until, time.monotonic() + TIE_SECONDS)
            best, bound = solve(task, level, best, limit)
            found.append(Found(level, self.figure(level, best), bound, time.monotonic() - begun))
            task = self._fixed(task, level, best)
        self._verify(best)
        return best, found

    def figure(self, level: Level, chosen: Chosen) -> int:
        problem = self.packed.problem
        return figure(problem, measure(problem, [self.packed.options[number] for number in chosen]), level)

    def _fixed(self, task: _Task, level: Level, best: Chosen) -> _Task:
        """What a wish reached may not get worse by later ones."""
        reached = self.figure(level, best)
        if level is Level.ENDS:
            return replace(task, days=reached)
        row = Row(self.model.terms(level), reached - self.model.constant(level))
        return replace(task, rows=(*task.rows, row))

    def _smallest(self, task: _Task, level: Level, best: Chosen, until: float) -> tuple[Chosen, int]:
        """The smallest figure of a level; `best` keeps the task already."""
        bound, few = self._hopeless(level), True
        while bound < self.figure(level, best) and (left := until - time.monotonic()) > LEAST_SECONDS:
            outcome = self._ask(task, level, best, left, few)
            if outcome.infeasible:
                raise cbc.SolverFailed("CBC calls a problem impossible of which a route is known")
            bound = max(bound, self._raised(outcome.bound, level))
            if outcome.values is None:
                break
            chosen = self._usable(self._chosen(outcome), task, few)
            if chosen is not None and self.figure(level, chosen) < self.figure(level, best):
                best = chosen
            if chosen is not None and not few:
                break
            few = False
        return best, min(bound, self.figure(level, best))

    def _hopeless(self, level: Level) -> int:
        """What stays open even if everything were taken."""
        if level not in (Level.ESSENTIAL, Level.POINTS):
            return 0
        worth = self.packed.essential if level is Level.ESSENTIAL else self.packed.worth
        return int(np.maximum(self.packed.missing - self.packed.closes.sum(axis=0), 0) @ worth)

    def _earliest(self, task: _Task, level: Level, best: Chosen, until: float) -> tuple[Chosen, int]:
        """The earliest last day, by halving. Days that are not decided at once are taken for too early, until the end:

        a proof that nothing ends by the day before the best holds for all earlier days too, so only one is needed.
        """
        days = sorted({0, *map(int, self.packed.days)})
        proven, low, high = 0, 0, days.index(self.figure(level, best))
        while proven < high and until - time.monotonic() > LEAST_SECONDS:
            last = low >= high
            middle = high - 1 if last else (low + high) // 2
            limit = until if last else min(until, time.monotonic() + GLANCE_SECONDS)
            answer = self._reach(replace(task, days=days[middle]), limit)
            if answer:
                best, high = answer, days.index(self.figure(level, answer))
                low = min(low, high)
            elif answer is not None:
                proven = low = middle + 1
            elif last:
                break
            else:
                low = middle + 1
        return best, days[proven]

    def _reach(self, task: _Task, until: float) -> Chosen | None:
        """A choice that keeps the task, () when there is none, None when time ran out."""
        few = not self.calendar
        while (left := until - time.monotonic()) > LEAST_SECONDS:
            outcome = self._ask(task, Level.ESSENTIAL, None, left, few)
            if outcome.infeasible:
                return ()
            if outcome.values is None:
                return None
            chosen = self._usable(self._chosen(outcome), task, few)
            if chosen is not None:
                return chosen
            few = False
        return None

    def _ask(self, task: _Task, level: Level, start: Chosen | None, seconds: float, few: bool) -> cbc.Outcome:
        """Ask CBC. `few`: without the calendar, and of editions only those that lead without it."""
        model, late = self.model, self._late(task)
        lead = self.timetable.leaders(late) if few else {}
        calendar = () if few else self.calendar.values()
        rows = [*model.rows, *calendar, *task.rows]
        gone = late | (set(range(len(self.packed.options))) - set(lead.values()) if few else set())
        if start is not None:
            start = tuple(lead.get(number, number) for number in start)
        programme = cbc.Programme(model.columns, rows, model.terms(level), gone, grain(self.packed, level))
        outcome = cbc.run(programme, None if start is None else model.values(start), seconds)
        return replace(outcome, bound=outcome.bound + model.constant(level))

    def _late(self, task: _Task) -> frozenset[int]:
        if task.days is None:
            return frozenset()
        return frozenset(int(number) for number in np.flatnonzero(self.packed.days > task.days))

    def _raised(self, bound: float, level: Level) -> int:
        """The smallest figure that a route can have, given a bound of the solver."""
        if math.isinf(bound):
            return 0
        step = grain(self.packed, level)
        return max(0, math.ceil(bound / step - 1e-4) * step)

    def _chosen(self, outcome: cbc.Outcome) -> Chosen:
        count = len(self.packed.options)
        return tuple(sorted(n for n, value in (outcome.values or {}).items() if n < count and value > 0.5))

    def _usable(self, chosen: Chosen, task: _Task, few: bool) -> Chosen | None:
        """The choice, or the same things at other dates; None when no dates were found.

        Then the weeks and moments that it broke become rows.
        """
        if self.timetable.fits(chosen):
            return chosen
        if mended := self.timetable.repaired(chosen, self._late(task), few and not task.rows):
            return mended
        new = [row for row in self.timetable.broken(chosen) if row not in self.calendar]
        if not new and not few:
            raise cbc.SolverFailed("CBC gave an answer that breaks a rule it was told")
        for row in new:
            limit = self.packed.limits[row]
            self.calendar[row] = Row(limit.uses, limit.most)
        return None

    def _verify(self, chosen: Chosen) -> None:
        broken = check(self.packed.problem, [self.packed.options[number].code for number in chosen])
        if broken:
            raise cbc.SolverFailed(f"a route breaks a rule: {broken[0]}")
