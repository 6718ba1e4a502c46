"""The part of a problem that decides whether the goal is reached: essential gaps and what helps to close them (DP-4).

The cheapest and the soonest route ask about nothing else before they choose between equals, and what helps with
essential gaps is a fraction of an offer. Leaving the rest out is safe for wishes of which the rest can only use
up money and time: of what stays open of essential gaps, of money, prices and the last day.
"""

from dataclasses import replace

from dorobek.plans.routes.greedy import Chosen, Search
from dorobek.plans.routes.levels import Route
from dorobek.plans.routes.packing import Packed, packed
from dorobek.plans.routes.problem import Option, Weight


class Tables:
    """A packed problem, whole and cut down to what is essential; read by the three routes at the same time."""

    def __init__(self, whole: Packed) -> None:
        self.whole = whole
        self.part = essential_only(whole)
        self._searches = {Route.WIDEST: Search(self.whole), Route.CHEAPEST: Search(self.part)}
        self._numbers = {option.code: number for number, option in enumerate(whole.options)}

    def search(self, route: Route) -> Search:
        """Where a route begins: the widest with everything, the two others with what is essential."""
        return self._searches[Route.WIDEST if route is Route.WIDEST else Route.CHEAPEST]

    def in_whole(self, chosen: Chosen, route: Route) -> Chosen:
        """A choice where its route begins, by its numbers in the whole."""
        options = self.search(route).packed.options
        return tuple(sorted(self._numbers[options[number].code] for number in chosen))


def essential_only(table: Packed) -> Packed:
    """The options of a table that close essential gaps or that such options need, and the gaps they speak of."""
    gaps = {gap.code for gap in table.gaps if gap.weight is Weight.ESSENTIAL}
    courses: set[str] = set()
    while True:
        kept = [option for option in table.options if option.course in courses or not gaps.isdisjoint(option.closes)]
        needs = [need for option in kept for need in table.unmet(option)]
        more = {need.course for need in needs if need.course}, {need.gap for need in needs if need.gap}
        if more[0] <= courses and more[1] <= gaps:
            break
        courses, gaps = courses | more[0], gaps | more[1]
    asked = tuple(gap for gap in table.problem.gaps if gap.code in gaps)
    return packed(replace(table.problem, gaps=asked, options=tuple(_cut(table, option, gaps) for option in kept)))


def _cut(table: Packed, option: Option, gaps: set[str]) -> Option:
    """The option as far as these gaps go, without needs that hold today."""
    closes = {gap: share for gap, share in option.closes.items() if gap in gaps}
    return replace(option, closes=closes, needs=tuple(table.unmet(option)))
