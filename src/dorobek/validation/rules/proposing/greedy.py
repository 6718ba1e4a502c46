"""A first answer, quickly: hardest sessions first, people who meet what is wanted and have sat least."""

import random
from collections.abc import Mapping, Sequence

from dorobek.validation.rules.proposing.counting import Flow
from dorobek.validation.rules.proposing.table import Table

TRIES = 20
Seats = list[list[int]]


def first_answer(table: Table, seed: int = 1, tries: int = TRIES) -> Seats | None:
    """People by session, or None when no try fills every session: that proves nothing."""
    dice = random.Random(seed)
    hardness = [len(fit) for fit in table.fit]
    for attempt in range(tries):
        order = sorted(range(len(table.sessions)), key=lambda at: hardness[at] * dice.uniform(1, 1 + attempt / 10))
        seats, stuck = _filled(table, order)
        if stuck is None:
            return seats
        hardness[stuck] = hardness[stuck] // 2  # next time it chooses earlier
    return None


def matched(table: Table) -> Seats | None:
    """Seats given kind by kind, the scarcest first, people moving on where needed: good where hardly anybody is spare."""
    taken = [0] * len(table.pool)
    codes = {code for needs in table.needs for code in needs.criteria}
    spare = {code: sum(len(needs.criteria.get(code, ())) for needs in table.needs) for code in codes}
    for code in [*sorted(codes, key=lambda one: (spare[one], one)), ""]:
        flow = _Seating(table, {at: _may(table, at, code) for at in range(len(table.sessions))}, taken)
        for at, needs in enumerate(table.needs):
            sits = {person for person, held in enumerate(taken) if held >> at & 1}
            met = needs.criteria.get(code)
            wanted = needs.seats - len(sits) if not code else int(met is not None and not sits & met)
            if any(flow.seat(at) for _seat in range(wanted)):
                return None
        for person, held in enumerate(flow.sessions):
            taken[person] |= sum(1 << at for at in held)
    seats = [[person for person, held in enumerate(taken) if held >> at & 1] for at in range(len(table.sessions))]
    return seats if _keeps(table, taken) else None


def _may(table: Table, at: int, code: str) -> list[int]:
    """Who may take the seat, those with fewest other uses first."""
    criteria = table.needs[at].criteria
    fit = criteria.get(code, frozenset()) if code else table.fit[at]
    return sorted(fit, key=lambda one: (sum(one in met for met in criteria.values()), table.pool[one].load, one))


def _keeps(table: Table, taken: list[int]) -> bool:
    """Whether nobody sits twice at one time or too often."""
    for person, held in enumerate(taken):
        if held.bit_count() > table.limit(person):
            return False
        if any(held >> at & 1 and held & table.clashes[at] for at in range(len(table.sessions))):
            return False
    return True


class _Seating(Flow):
    """Seats of one kind, beside those given before, which stay."""

    def __init__(self, table: Table, fit: Mapping[int, Sequence[int]], taken: Sequence[int]) -> None:
        super().__init__(table, fit)
        self.taken = taken

    def room(self, person: int) -> int:
        return self.table.limit(person) - self.taken[person].bit_count()

    def leaving(self, person: int, at: int) -> list[int] | None:
        clash = self.table.clashes[at]
        if self.room(person) < 1 or self.taken[person] & (clash | 1 << at):
            return None
        held = [one for one in self.sessions[person] if clash >> one & 1]
        return held if len(held) < 2 else None


def cost(table: Table, seats: Seats) -> int:
    """Each seat counts the load its holder then has."""
    loads = [person.load for person in table.pool]
    total = 0
    for members in seats:
        for person in members:
            loads[person] += 1
            total += loads[person]
    return total


def _filled(table: Table, order: list[int]) -> tuple[Seats, int | None]:
    seats: Seats = [[] for _ in table.sessions]
    taken = [0] * len(table.pool)  # sessions of each person, as bits
    for at in order:
        free = [
            person
            for person in table.fit[at]
            if not taken[person] & table.clashes[at] and taken[person].bit_count() < table.limit(person)
        ]
        chosen = _members(table, at, free, taken)
        if chosen is None:
            return seats, at
        seats[at] = chosen
        for person in chosen:
            taken[person] |= 1 << at
    return seats, None


def _members(table: Table, at: int, free: list[int], taken: list[int]) -> list[int] | None:
    needs = table.needs[at]
    chosen: list[int] = []
    open_criteria = dict(needs.criteria)
    while open_criteria or len(chosen) < needs.seats:
        left = [person for person in free if person not in chosen]
        if not left:
            return None
        helps = {person: sum(person in met for met in open_criteria.values()) for person in left}
        if open_criteria and not any(helps.values()):
            return None
        best = min(left, key=lambda one: (-helps[one], table.pool[one].load + taken[one].bit_count(), one))
        chosen.append(best)
        open_criteria = {code: met for code, met in open_criteria.items() if best not in met}
    return chosen
