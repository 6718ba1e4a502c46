"""One wish of a route on one table: the smallest figure, or the earliest end, with its bound, until a time (DP-4).

The calendar is left out at first. What the solver then finds best is a bound for every route; if the same things fit
into the calendar at some dates, it is also the best route. Otherwise the weeks and moments it broke are added as rows
and the solver is asked again. Only where a last day is kept is the whole calendar told at once: there it binds.
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from dorobek.plans.routes import cbc
from dorobek.plans.routes.greedy import Chosen, Search
from dorobek.plans.routes.levels import Level, figure, grain
from dorobek.plans.routes.measuring import measure
from dorobek.plans.routes.model import Model, Row, Terms
from dorobek.plans.routes.packing import LimitKind
from dorobek.plans.routes.timetable import Timetable

LEAST_SECONDS = 0.05
HALF = 0.5


@dataclass(frozen=True)
class Kept:
    """What earlier wishes reached, which later ones may not make worse."""

    figures: tuple[tuple[Level, int], ...] = ()

    def also(self, level: Level, reached: int) -> "Kept":
        return Kept((*self.figures, (level, reached)))

    @property
    def days(self) -> int | None:
        """The last day, if one was reached for."""
        return dict(self.figures).get(Level.ENDS)


class Solver:
    """One packed problem and what was learnt about its calendar while solving."""

    def __init__(self, search: Search) -> None:
        self.packed = search.packed
        self.model = Model(self.packed)
        self.timetable = Timetable(search)
        self.broken: dict[int, Row] = {}

    def figure(self, level: Level, chosen: Chosen) -> int:
        problem = self.packed.problem
        return figure(problem, measure(problem, [self.packed.options[number] for number in chosen]), level)

    def wish(self, kept: Kept, level: Level, best: Chosen, until: float) -> tuple[Chosen, int]:
        """A choice that fulfils one more wish as far as was found in time, and the bound of it; `best` is a first one."""
        if level is Level.ENDS:
            return self._earliest(kept, best, until)
        return self._smallest(kept, level, best, until)

    def _smallest(self, kept: Kept, level: Level, best: Chosen, until: float) -> tuple[Chosen, int]:
        bound, few = self._hopeless(level), kept.days is None
        while bound < self.figure(level, best) and (left := until - time.monotonic()) > LEAST_SECONDS:
            outcome = self._ask(kept, level, best, left, few)
            if outcome.infeasible:
                raise cbc.SolverFailed("CBC calls a problem impossible of which a route is known")
            bound = max(bound, self._raised(outcome.bound, level))
            if outcome.values is None:
                break
            chosen = self._usable(self._chosen(outcome), kept, few)
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

    def _earliest(self, kept: Kept, best: Chosen, until: float) -> tuple[Chosen, int]:
        """The earliest last day and its bound.

        The solver is asked for a route that ends before the best and, of those, for one of early ends, which tends to be
        the earliest of all: then one proof that nothing ends sooner is left, which holds for all sooner days too. What
        is not decided in half of the time left is taken for too soon, and the days before it are halved for a bound.
        """
        days = sorted({0, *map(int, self.packed.days)})
        low, high = 0, days.index(self.figure(Level.ENDS, best))
        open_ = high
        while low < open_ and (left := until - time.monotonic()) > LEAST_SECONDS:
            day = open_ - 1 if open_ == high else (low + open_) // 2
            answer = self._reach(kept.also(Level.ENDS, days[day]), HALF * left)
            if answer:
                best, high = answer, days.index(self.figure(Level.ENDS, answer))
                open_ = high
            elif answer is None:
                open_ = day
            else:
                low = day + 1
        return best, days[low]

    def _reach(self, kept: Kept, seconds: float) -> Chosen | None:
        """A choice of early ends that keeps what is kept, () when there is none, None when it is not known in time."""
        middle = (kept.days or 0) // 2
        late = {number: int(day) - middle for number, day in enumerate(self.packed.days) if day > middle}
        outcome = self._run(kept, late, None, seconds, few=False)
        if outcome.infeasible:
            return ()
        return None if outcome.values is None else self._usable(self._chosen(outcome), kept, few=False)

    def _ask(self, kept: Kept, level: Level, start: Chosen | None, seconds: float, few: bool) -> cbc.Outcome:
        """Ask CBC for the smallest figure of a level."""
        outcome = self._run(kept, self.model.terms(level), start, seconds, few, grain(self.packed, level))
        return replace(outcome, bound=outcome.bound + self.model.constant(level))

    def _run(
        self, kept: Kept, objective: Terms, start: Chosen | None, seconds: float, few: bool, grain: int = 1
    ) -> cbc.Outcome:
        """Run CBC. `few`: without the calendar, and of editions only those that lead without it."""
        model, late = self.model, self._late(kept)
        lead = self.timetable.leaders(late) if few else {}
        rows = [*model.rows, *(() if few else self._calendar(kept)), *self._kept(kept)]
        gone = late | (set(range(len(self.packed.options))) - set(lead.values()) if few else set())
        if start is not None:
            start = tuple(lead.get(number, number) for number in start)
        prepare = not few and kept.days is None
        programme = cbc.Programme(model.columns, rows, objective, gone, grain, prepare)
        return cbc.run(programme, None if start is None else model.values(start), seconds)

    def _calendar(self, kept: Kept) -> Iterable[Row]:
        """All of the calendar where a last day is kept, for there it binds; otherwise what was broken so far."""
        if kept.days is None:
            return self.broken.values()
        calendar = (limit for limit in self.packed.limits if limit.kind is LimitKind.CALENDAR)
        return (Row(limit.uses, limit.most) for limit in calendar)

    def _kept(self, kept: Kept) -> Iterable[Row]:
        for level, reached in kept.figures:
            if level is not Level.ENDS:
                yield Row(self.model.terms(level), reached - self.model.constant(level))

    def _late(self, kept: Kept) -> frozenset[int]:
        if kept.days is None:
            return frozenset()
        return frozenset(int(number) for number in np.flatnonzero(self.packed.days > kept.days))

    def _raised(self, bound: float, level: Level) -> int:
        """The smallest figure that a route can have, given a bound of the solver."""
        if math.isinf(bound):
            return 0
        step = grain(self.packed, level)
        return max(0, math.ceil(bound / step - 1e-4) * step)

    def _chosen(self, outcome: cbc.Outcome) -> Chosen:
        count = len(self.packed.options)
        return tuple(sorted(n for n, value in (outcome.values or {}).items() if n < count and value > 0.5))

    def _usable(self, chosen: Chosen, kept: Kept, few: bool) -> Chosen | None:
        """The choice, or the same things at other dates; None when no dates were found.

        Then the weeks and moments that it broke become rows.
        """
        if self.timetable.fits(chosen):
            return chosen
        if mended := self.timetable.repaired(chosen, self._late(kept), few and not kept.figures):
            return mended
        new = [row for row in self.timetable.broken(chosen) if row not in self.broken]
        if not few and (kept.days is not None or not new):
            raise cbc.SolverFailed("CBC gave an answer that breaks a rule it was told")
        for row in new:
            limit = self.packed.limits[row]
            self.broken[row] = Row(limit.uses, limit.most)
        return None
