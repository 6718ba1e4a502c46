"""Who may sit where: the pool against the sessions, worked out once and then looked at in parts."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dorobek.validation.rules.commission import fitness_faults, impartiality_faults
from dorobek.validation.rules.experience import meets
from dorobek.validation.rules.proposing.shapes import Assessor, Loosening, Session
from dorobek.validation.rules.shapes import Rule

Causes = tuple[str, ...]
IMPARTIAL = frozenset(
    {Rule.OWN_CASE, Rule.OWN_TRAINEE, Rule.RELATIVE, Rule.SUBORDINATE, Rule.JUDGED_BEFORE, Rule.HELPED}
)


@dataclass(frozen=True)
class Row:
    """One session. `causes`: for each person, all that keeps them out; `criteria`: who of the pool meets each."""

    causes: tuple[Causes, ...]
    criteria: Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class Needs:
    """`seats`: members at least; `criteria`: for each criterion that somebody must meet, the places in the pool."""

    seats: int
    criteria: Mapping[str, frozenset[int]]


class Table:
    """Sessions and people by their places in the lists. `loose`: what is not asked for, to find what stands in the way."""

    def __init__(
        self,
        sessions: Sequence[Session],
        pool: Sequence[Assessor],
        rows: Sequence[Row] | None = None,
        loose: Collection[Loosening] = (),
    ) -> None:
        self.sessions, self.pool, self.loose = tuple(sessions), tuple(pool), frozenset(loose)
        self.rows = tuple(_rows(self.sessions, self.pool)) if rows is None else tuple(rows)
        self.fit = [
            tuple(place for place, causes in enumerate(row.causes) if all(map(self._dropped, causes)))
            for row in self.rows
        ]
        self.needs = [self._needs(at) for at in range(len(self.sessions))]

    def part(self, places: Sequence[int], loose: Collection[Loosening] = ()) -> "Table":
        """Some of the sessions, with less asked for."""
        return Table([self.sessions[at] for at in places], self.pool, [self.rows[at] for at in places], loose)

    def kept_out(self, at: int) -> dict[str, int]:
        """How many people the first cause of each keeps out of the session."""
        return dict(Counter(causes[0] for causes in self.rows[at].causes if causes))

    def limit(self, person: int) -> int:
        return len(self.sessions) if Loosening.LIMITS in self.loose else self.pool[person].limit

    @cached_property
    def clashes(self) -> list[int]:
        """For each session, those it clashes with, as bits."""
        if Loosening.CLASHES in self.loose:
            return [0] * len(self.sessions)
        return [
            sum(1 << at for at, other in enumerate(self.sessions) if other is not one and one.clashes(other))
            for one in self.sessions
        ]

    @cached_property
    def cliques(self) -> list[int]:
        """Sets of sessions of which nobody sits in two, as bits; every clash lies in one."""
        found: list[int] = []
        for one, others in enumerate(self.clashes):
            for other in range(one + 1, len(self.sessions)):
                known = any(clique >> one & 1 and clique >> other & 1 for clique in found)
                if others >> other & 1 and not known:
                    found.append(self._grown(one, other))
        return found

    @cached_property
    def cells(self) -> list[int]:
        """The sessions split into cells in which each clashes with each."""
        found: list[int] = []
        number = []
        for at, others in enumerate(self.clashes):
            cell = next((place for place, held in enumerate(found) if held & others == held), len(found))
            found[cell:] = [found[cell] | 1 << at, *found[cell + 1 :]] if cell < len(found) else [1 << at]
            number.append(cell)
        return number

    def _grown(self, one: int, other: int) -> int:
        clique, common = 1 << one | 1 << other, self.clashes[one] & self.clashes[other]
        while common:
            new = (common & -common).bit_length() - 1
            clique |= 1 << new
            common &= self.clashes[new]
        return clique

    def _dropped(self, cause: str) -> bool:
        return cause in self.loose or (Loosening.IMPARTIALITY in self.loose and cause in IMPARTIAL)

    def _needs(self, at: int) -> Needs:
        rules, fit = self.sessions[at].rules, frozenset(self.fit[at])
        wanted = rules.each_criterion_met and Loosening.CRITERIA not in self.loose
        criteria = {code: met & fit for code, met in self.rows[at].criteria.items()} if wanted else {}
        return Needs(rules.members_min, criteria)


def _rows(sessions: Sequence[Session], pool: Sequence[Assessor]) -> Iterator[Row]:
    """What a person has to show is looked at once for each day and each set of rules, not for each session."""
    known: dict[tuple[int, dt.date], tuple[list[Causes], dict[str, frozenset[int]]]] = {}
    for session in sessions:
        rules, day = session.rules, session.appointed or session.day
        if (id(rules), day) not in known:
            unfits = [tuple(str(one.rule) for one in fitness_faults(rules, who.member, day)) for who in pool]
            met = {
                one.code: frozenset(place for place, who in enumerate(pool) if meets(one, who.member, day))
                for one in rules.criteria
            }
            known[id(rules), day] = (unfits, met)
        unfits, met = known[id(rules), day]
        causes = tuple(_causes(who, session, unfit) for who, unfit in zip(pool, unfits, strict=True))
        yield Row(causes, met)


def _causes(person: Assessor, session: Session, unfit: Causes) -> Causes:
    """All that keeps this person out of this session."""
    causes: list[str] = []
    if person.limit < 1:
        causes.append(Loosening.LIMITS)
    if session.day in person.away:
        causes.append(Loosening.ABSENCES)
    if person.places is not None and session.place not in person.places:
        causes.append(Loosening.PLACES)
    barred = sorted(cause for key, cause in session.barred if key == person.key)
    faults = impartiality_faults(session.rules, person.member, session.candidates)
    return (*causes, *barred, *unfit, *(fault.rule for fault in faults))
