"""Sessions and people as a whole-number programme for CBC.

x (person, session) = 1: sits. y (person, k), between 0 and 1: the k-th further seat, which costs the load that it
brings the person to. Costs rise with k, so y needs no whole numbers: the cheaper ones fill first.
"""

from collections.abc import Iterable

from dorobek.plans.routes.cbc import Outcome, Programme, run
from dorobek.plans.routes.model import Column, Row
from dorobek.validation.rules.proposing.greedy import Seats
from dorobek.validation.rules.proposing.table import Table


class Model:
    """The programme of a table; `fair` False asks only whether the sessions can be filled."""

    def __init__(self, table: Table, *, fair: bool = True) -> None:
        self.table = table
        self.pairs = [(person, at) for at, fit in enumerate(table.fit) for person in fit]
        self.column = {pair: number for number, pair in enumerate(self.pairs)}
        self.columns = [Column(1, True) for _ in self.pairs]
        self.objective: dict[int, int] = {}
        self.rows: list[Row] = [*self._sessions(), *self._people()]
        if fair:
            self._loads()

    def solve(self, seconds: float) -> Outcome:
        """CBC is given no first answer: with one it crashed on some of these programmes."""
        return run(Programme(self.columns, self.rows, self.objective, gone=frozenset()), None, seconds)

    def seats(self, values: dict[int, float]) -> Seats:
        found: Seats = [[] for _ in self.table.sessions]
        for number, (person, at) in enumerate(self.pairs):
            if values.get(number, 0) > 0.5:
                found[at].append(person)
        return found

    def _sessions(self) -> Iterable[Row]:
        for at, needs in enumerate(self.table.needs):
            yield Row({self.column[person, at]: -1 for person in self.table.fit[at]}, -needs.seats)
            for met in needs.criteria.values():
                yield Row({self.column[person, at]: -1 for person in sorted(met)}, -1)

    def _people(self) -> Iterable[Row]:
        """At most one session of a clique, at most as many as the person's limit."""
        for person, sits in self._by_person():
            if len(sits) > self.table.limit(person):
                yield Row(dict.fromkeys(sits.values(), 1), self.table.limit(person))
            within = {tuple(number for at, number in sits.items() if clique >> at & 1) for clique in self.table.cliques}
            for numbers in sorted(within):
                if len(numbers) > 1:
                    yield Row(dict.fromkeys(numbers, 1), 1)

    def _loads(self) -> None:
        for person, sits in self._by_person():
            terms = dict.fromkeys(sits.values(), 1)
            for further in range(1, min(len(sits), self.table.limit(person)) + 1):
                terms[len(self.columns)] = -1
                self.objective[len(self.columns)] = self.table.pool[person].load + further
                self.columns.append(Column(1, False))
            self.rows.append(Row(terms, 0))

    def _by_person(self) -> Iterable[tuple[int, dict[int, int]]]:
        """Each person with {session: column}."""
        sits: dict[int, dict[int, int]] = {}
        for number, (person, at) in enumerate(self.pairs):
            sits.setdefault(person, {})[at] = number
        return sorted(sits.items())
