"""Other editions of the same things, so that a choice made without the calendar fits into it. Requirement DP-4.

Most choices that break the calendar need no other courses, only other dates of them. Trying dates is much cheaper
than telling the solver about every week of the year beforehand.
"""

from collections import defaultdict

import numpy as np

from dorobek.plans.routes.greedy import Chosen, Search

MOST_STEPS = 4000


class Timetable:
    """Editions by everything but their dates and times."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.packed = search.packed
        self.courses: dict[str, list[int]] = defaultdict(list)
        for number, option in enumerate(self.packed.options):
            self.courses[option.course].append(number)
        needs = [need for needs in self.search.needs.values() for need in needs]
        self.needed = {need.course or need.gap for need in needs}

    def leaders(self, banned: frozenset[int]) -> dict[int, int]:
        """For every option that is not banned the edition that is as good or better while the calendar is left out."""
        found: dict[int, int] = {}
        for editions in self.courses.values():
            best: list[int] = []
            allowed = [number for number in editions if number not in banned]
            for number in allowed:
                if not any(self._leads(other, number) for other in best):
                    best = [other for other in best if not self._leads(number, other)]
                    best.append(number)
            for number in allowed:
                found[number] = next(other for other in best if other == number or self._leads(other, number))
        return found

    def _leads(self, one: int, other: int) -> bool:
        """Dates count only where needs come before or after."""
        packed, better, worse = self.packed, self.packed.options[one], self.packed.options[other]
        helps = better.course in self.needed or not self.needed.isdisjoint(worse.closes)
        return (
            bool((packed.money[:, one] <= packed.money[:, other]).all())
            and better.hours <= worse.hours
            and all(better.closes.get(gap, 0) >= share for gap, share in worse.closes.items())
            and set(better.needs) <= set(worse.needs)
            and (one not in self.search.needs or better.starts >= worse.starts)
            and (not helps or better.ends <= worse.ends)
        )

    def _ways(self, number: int, banned: frozenset[int], loose: bool) -> list[int]:
        """Editions that may stand in for one: they close the same and, unless `loose`, cost the same."""
        packed, option = self.packed, self.packed.options[number]
        found = [
            other
            for other in self.courses[option.course]
            if other not in banned
            and packed.options[other].closes == option.closes
            and (loose or bool((packed.money[:, other] == packed.money[:, number]).all()))
        ]
        return sorted(found, key=lambda other: (packed.options[other].price, other))

    def fits(self, chosen: Chosen) -> bool:
        used = self.packed.uses[:, list(chosen)].sum(axis=1)
        return bool((used <= self.packed.most).all()) and all(self.search.met(number, chosen) for number in chosen)

    def broken(self, chosen: Chosen) -> list[int]:
        """The numbers of the limits that a choice breaks."""
        used = self.packed.uses[:, list(chosen)].sum(axis=1)
        return [int(row) for row in np.flatnonzero(used > self.packed.most)]

    def repaired(self, chosen: Chosen, banned: frozenset[int], loose: bool) -> Chosen | None:
        """The same things at times that fit, closing (and, unless `loose`, costing) the same; None: none found."""
        ways = sorted((self._ways(number, banned, loose) for number in chosen), key=len)
        steps = 0

        def place(taken: list[int], used: np.ndarray) -> Chosen | None:
            nonlocal steps
            if len(taken) == len(ways):
                return tuple(taken) if all(self.search.met(number, taken) for number in taken) else None
            for number in ways[len(taken)]:
                steps += 1
                if steps > MOST_STEPS:
                    return None
                after = used + self.packed.uses[:, number]
                if (after > self.packed.most).any() or not self._in_order(taken, number):
                    continue
                if found := place([*taken, number], after):
                    return found
            return None

        return place([], np.zeros(len(self.packed.most), np.int64))

    def _in_order(self, taken: list[int], number: int) -> bool:
        """Does a needed course among those taken come before what needs it?"""
        option, options = self.packed.options[number], self.packed.options
        for other in taken:
            late = options[other].ends >= option.starts
            if late and any(need.course == options[other].course for need in self.search.needs.get(number, ())):
                return False
            early = option.ends >= options[other].starts
            if early and any(need.course == option.course for need in self.search.needs.get(other, ())):
                return False
        return True
