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
Flags = npt.NDArray[np.bool_]
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
        self.column = np.full(len(packed.options), -1)
        self.column[self.waiting] = np.arange(len(self.waiting))
        self._scores: dict[tuple[Route, Chosen], tuple[int, ...]] = {}

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
        """Add options as long as one closes something of worth, all ending within `days` if given.

        What does not fit beside those taken never will again: it is left out of the tables at once.
        """
        packed, taken = self.packed, list(chosen)
        slack = packed.most - packed.uses[:, taken].sum(axis=1)
        left = np.maximum(packed.missing - packed.closes[taken].sum(axis=0), 0)
        open_ = np.ones(len(packed.options), bool) if days is None else packed.days <= days
        open_[[*taken, *ban]] = False
        tight = np.flatnonzero(slack < packed.widest_use)
        alive = np.flatnonzero(open_)
        alive = alive[(packed.uses[np.ix_(tight, alive)] <= slack[tight, None]).all(axis=0)]
        late = self._late(np.ones(len(self.waiting), bool), taken, taken)
        while len(alive):
            gain = (np.minimum(packed.closes[alive], left) @ aim.worth).astype(float)
            score = self._scored(alive, gain, late) / self.cost[aim.route][alive] ** aim.taste
            place = int(score.argmax())
            if score[place] <= 0:
                break
            best = int(alive[place])
            taken.append(best)
            late = self._late(late, [best], taken)
            slack = slack - packed.uses[:, best]
            left = np.maximum(left - packed.closes[best], 0)
            used = np.flatnonzero(packed.uses[:, best])
            alive = np.delete(alive, place)
            alive = alive[(packed.uses[np.ix_(used, alive)] <= slack[used, None]).all(axis=0)]
        return tuple(taken)

    def _late(self, late: Flags, new: list[int], taken: list[int]) -> Flags:
        """Which waiting options still wait; asked again are those only that something newly taken helps."""
        for column in np.flatnonzero(late & (self.opens[new].max(axis=0, initial=0) > 0)):
            late[column] = not self.met(int(self.waiting[column]), taken)
        return late

    def _scored(self, alive: Table, gain: Real, late: Flags) -> Real:
        """What each option gains now: nothing while it waits; what it waits for gains a part of that."""
        columns = self.column[alive]
        places = np.flatnonzero(columns >= 0)
        places = places[late[columns[places]]]
        if not len(places):
            return gain
        later = (self.opens[np.ix_(alive, columns[places])] * gain[places]).max(axis=1)
        found = gain + PREREQUISITE * later
        found[places] = 0
        return np.asarray(found)

    def without(self, chosen: Chosen, number: int) -> Chosen:
        """The choice without one option and without those that needed it."""
        kept = [other for other in chosen if other != number]
        while late := [other for other in kept if not self.met(other, kept)]:
            kept = [other for other in kept if other not in late]
        return tuple(kept)

    def score(self, chosen: Chosen, route: Route) -> tuple[int, ...]:
        """The figures of a choice; an exchange comes to the same choice again and again."""
        key = route, chosen
        if key not in self._scores:
            self._scores[key] = quickly(self.packed, chosen, route)
        return self._scores[key]

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
