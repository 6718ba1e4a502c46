"""A good route at once: the option that closes most for what it uses, again and again, then single exchanges.

Always keeps every rule; says nothing about how far from best it is. It is the preview of a screen and the solver's
first answer. Deterministic: ties go to the earlier option.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dorobek.plans.routes.levels import Route, quickly
from dorobek.plans.routes.packing import LimitKind, Packed, Table
from dorobek.plans.routes.problem import Need

Chosen = tuple[int, ...]
Real = npt.NDArray[np.float64]
# How strongly what an option uses counts against what it closes, tried in this order.
TASTES = (1.0, 0.8, 0.5)
KINDS = {
    Route.CHEAPEST: (LimitKind.MONEY,),
    Route.SOONEST: (LimitKind.MONEY, LimitKind.HOURS),
    Route.WIDEST: (LimitKind.MONEY, LimitKind.HOURS),
}
PREREQUISITE = 0.6
ROUNDS = 8


@dataclass(frozen=True, eq=False)
class Aim:
    """What filling looks at: the worth of each gap, for which route, and how strongly the use counts."""

    worth: Table
    route: Route
    taste: float


class Search:
    """Greedy choices over one packed problem."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.needs: dict[int, list[Need]] = {
            number: needs for number, option in enumerate(packed.options) if (needs := packed.unmet(option))
        }
        self.held = {gap.code: gap.held for gap in packed.gaps}
        self.cost = {route: self._cost(route) for route in Route}
        self.opens = self._opens()
        self.waiting = np.array(sorted(self.needs), np.int64)

    def _cost(self, route: Route) -> Real:
        """What of the money (and, but for the cheapest route, of the hours) an option uses, as parts of the limits."""
        rows = [limit for limit in self.packed.limits if limit.kind in KINDS[route]]
        table = np.zeros((len(rows), len(self.packed.options)))
        for row, limit in enumerate(rows):
            table[row, list(limit.uses)] = [use / max(limit.most, 1) for use in limit.uses.values()]
        return np.asarray(table.sum(axis=0) + 0.01)

    def _opens(self) -> Real:
        """Options by waiting options: 1 where taking the first helps the second to begin."""
        helping: dict[str, list[int]] = defaultdict(list)
        for number, option in enumerate(self.packed.options):
            for name in (option.course, *option.closes):
                helping[name].append(number)
        table = np.zeros((len(self.packed.options), len(self.needs)))
        for column, (number, needs) in enumerate(sorted(self.needs.items())):
            starts = self.packed.options[number].starts
            for need in needs:
                rows = helping[need.course or need.gap]
                table[[row for row in rows if self.packed.options[row].ends < starts], column] = 1
        return table

    def met(self, number: int, chosen: Iterable[int]) -> bool:
        """Are the needs of an option met by those chosen?"""
        if number not in self.needs:
            return True
        option, options = self.packed.options[number], self.packed.options
        before = [options[other] for other in chosen if options[other].ends < option.starts]
        return all(
            any(other.course == need.course for other in before)
            if need.course
            else self.held[need.gap] + sum(other.closes.get(need.gap, 0) for other in before) >= need.share
            for need in self.needs[number]
        )

    def fill(self, chosen: Chosen, aim: Aim, days: int | None = None, ban: Chosen = ()) -> Chosen:
        """Add options as long as one closes something of worth, all ending within `days` if given."""
        packed, taken, worth, cost = self.packed, list(chosen), aim.worth, self.cost[aim.route] ** aim.taste
        slack = packed.most - packed.uses[:, taken].sum(axis=1)
        left = np.maximum(packed.missing - packed.closes[taken].sum(axis=0), 0)
        open_ = np.ones(len(packed.options), bool) if days is None else self.packed.days <= days
        open_[[*taken, *ban]] = False
        while True:
            tight = slack < packed.widest_use
            fits = open_ & (packed.uses[tight] <= slack[tight, None]).all(axis=0)
            gain = np.where(fits, np.minimum(packed.closes, left) @ worth, 0).astype(float)
            ready = fits.copy()
            for number in self.waiting:
                if fits[number] and not self.met(int(number), taken):
                    ready[number] = False
            later = (self.opens * np.where(ready, 0, gain)[self.waiting]).max(axis=1, initial=0)
            score = np.where(ready, gain + PREREQUISITE * later, 0) / cost
            best = int(score.argmax()) if len(score) else 0
            if not len(score) or score[best] <= 0:
                return tuple(taken)
            taken.append(best)
            open_[best] = False
            slack = slack - packed.uses[:, best]
            left = np.maximum(left - packed.closes[best], 0)

    def without(self, chosen: Chosen, number: int) -> Chosen:
        """The choice without one option and without those that needed it."""
        kept = [other for other in chosen if other != number]
        while late := [other for other in kept if not self.met(other, kept)]:
            kept = [other for other in kept if other not in late]
        return tuple(kept)

    def score(self, chosen: Chosen, route: Route) -> tuple[int, ...]:
        return quickly(self.packed, chosen, route)

    def better(self, found: Iterable[Chosen], route: Route) -> Chosen:
        """The best of several choices; of equal ones the first."""
        return min(found, key=lambda chosen: self.score(chosen, route))


def preview(search: Search, route: Route) -> Chosen:
    """A first answer in some ten milliseconds: greedy alone."""
    return _spared(search, search.better(_starts(search, route), route), route)


def exchanged(search: Search, route: Route, chosen: Chosen, rounds: int = ROUNDS) -> Chosen:
    """A choice made better by leaving one option out and filling up again, until nothing helps or rounds are over."""
    best, score = chosen, search.score(chosen, route)
    for _ in range(rounds):
        tried = (_spared(search, other, route) for number in best for other in _around(search, route, best, number))
        other = search.better([best, *tried], route)
        if search.score(other, route) >= score:
            break
        best, score = other, search.score(other, route)
    return best


def _starts(search: Search, route: Route) -> Iterable[Chosen]:
    packed = search.packed
    yield ()
    for taste in TASTES:
        essential = Aim(packed.essential, route, taste)
        match route:
            case Route.WIDEST:
                yield search.fill((), Aim(packed.worth, route, taste))
            case Route.CHEAPEST:
                yield search.fill((), essential)
            case Route.SOONEST:
                yield _soonest(search, essential)


def _soonest(search: Search, aim: Aim) -> Chosen:
    """Essential gaps closed as far as greedy can, then the earliest day by which it can do the same, by halving."""
    best = search.fill((), aim)
    target = search.score(best, aim.route)[0]
    days = sorted({int(day) for day in search.packed.days})
    low, high = 0, len(days)
    while low < high:
        middle = (low + high) // 2
        found = search.fill((), aim, days[middle])
        if search.score(found, aim.route)[0] <= target:
            best, high = search.better((best, found), aim.route), middle
        else:
            low = middle + 1
    return best


def _around(search: Search, route: Route, chosen: Chosen, number: int) -> Iterable[Chosen]:
    """Choices near to one, without the option of this number."""
    rest = search.without(chosen, number)
    yield rest
    worth = search.packed.worth if route is Route.WIDEST else search.packed.essential
    days = max(int(search.packed.days[other]) for other in chosen) if route is Route.SOONEST else None
    for taste in TASTES:
        yield search.fill(rest, Aim(worth, route, taste), days, (number,))
        if days is not None and search.packed.days[number] == days:
            yield search.fill(rest, Aim(worth, route, taste), days - 1, (number,))


def _spared(search: Search, chosen: Chosen, route: Route) -> Chosen:
    """The choice without options that the route is better without."""
    for number in chosen:
        if number in chosen and (rest := search.without(chosen, number)) != chosen:
            chosen = search.better((chosen, rest), route)
    return chosen
