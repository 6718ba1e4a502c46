"""A proof that people do not suffice, by counting: sessions that want more seats than those fit for them can give.

Each kind of seat is looked at alone: all seats of a session, or the one that meets a criterion. People are bound by
their limits and by sessions that clash. When some sessions of a kind cannot all be filled, the search for a free
seat ends in a set of sessions and people closed in itself (Hall 1935; maximum flow, minimum cut): that set is named.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dorobek.validation.rules.proposing.table import Table
from dorobek.validation.rules.shapes import Rule


@dataclass(frozen=True)
class Shortage:
    """Sessions (places in the table) that want `wanted` seats of a kind of which people can give `given`."""

    sessions: tuple[int, ...]
    rule: Rule
    about: str
    wanted: int
    given: int


def shortage(table: Table) -> Shortage | None:
    """The shortest shortage found, or None: then counting proves nothing."""
    found = []
    for code in sorted({code for needs in table.needs for code in needs.criteria}):
        wants = {at: 1 for at, needs in enumerate(table.needs) if code in needs.criteria}
        fit = {at: sorted(table.needs[at].criteria[code]) for at in wants}
        found.append(_short(table, wants, fit, Rule.CRITERION_MET, code))
    wants = {at: needs.seats for at, needs in enumerate(table.needs)}
    found.append(_short(table, wants, dict(enumerate(table.fit)), Rule.MEMBERS_MIN, ""))
    return min((one for one in found if one is not None), key=lambda one: len(one.sessions), default=None)


def _short(
    table: Table, wants: Mapping[int, int], fit: Mapping[int, Sequence[int]], rule: Rule, about: str
) -> Shortage | None:
    flow = Flow(table, fit)
    for at, seats in wants.items():
        for _seat in range(seats):
            reached = flow.seat(at)
            if reached:
                given = sum(len(sits.keys() & reached) for sits in flow.sessions)
                return Shortage(tuple(sorted(reached)), rule, about, sum(wants[one] for one in reached), given)
    return None


class Flow:
    """Who sits where so far. Sessions of one cell all clash with each other: a person sits in one of them at most."""

    def __init__(self, table: Table, fit: Mapping[int, Sequence[int]]) -> None:
        self.table, self.fit = table, fit
        self.sessions: list[dict[int, int]] = [{} for _ in table.pool]  # of each person: session -> its cell

    def seat(self, wanting: int) -> set[int]:
        """Give the session one more person, moving others where needed. Empty when done, else the sessions asked."""
        came: dict[int, tuple[int, int]] = {}  # session -> (person it would leave, session that takes its place)
        asked: set[tuple[int, int]] = set()
        waiting = deque([wanting])
        reached = {wanting}
        while waiting:
            at = waiting.popleft()
            cell = self.table.cells[at]
            for person in self.fit[at]:
                held = self.sessions[person]
                if at in held:
                    continue
                leaving = self.leaving(person, at)
                if leaving is None:
                    continue
                if not leaving and len(held) < self.room(person):
                    self._move(at, person, came)
                    return set()
                state = (person, cell if leaving else -1)
                if state in asked:
                    continue
                asked.add(state)
                for one in leaving or held:
                    if one not in reached:
                        reached.add(one)
                        came[one] = (person, at)
                        waiting.append(one)
        return reached

    def room(self, person: int) -> int:
        return self.table.limit(person)

    def leaving(self, person: int, at: int) -> list[int] | None:
        """Sessions of which the person has to leave one to come here; None when they cannot come at all."""
        cell = self.table.cells[at]
        return [one for one, of in self.sessions[person].items() if of == cell]

    def _move(self, at: int, person: int, came: dict[int, tuple[int, int]]) -> None:
        self.sessions[person][at] = self.table.cells[at]
        while at in came:
            left, taker = came[at]
            del self.sessions[left][at]
            self.sessions[left][taker] = self.table.cells[taker]
            at = taker
