"""Finds the fairest lawful commissions, or shows which sessions cannot be filled and by which rule."""

import math
import time
from collections.abc import Callable, Sequence
from functools import partial

from dorobek.plans.routes.cbc import Outcome, SolverFailed
from dorobek.validation.rules.commission import check_commission
from dorobek.validation.rules.proposing import greedy
from dorobek.validation.rules.proposing.counting import Shortage, shortage
from dorobek.validation.rules.proposing.model import Model
from dorobek.validation.rules.proposing.shapes import (
    Answer,
    Assessor,
    Impossible,
    Loosening,
    Proposal,
    Reason,
    Session,
    Undecided,
)
from dorobek.validation.rules.proposing.table import Table
from dorobek.validation.rules.shapes import Rule

SECONDS = 4.5
# Of these, kept for saying what would help; the most for one question about a part; the least worth beginning.
FOR_HELP, EACH, SHORTEST = 0.8, 1.0, 0.1
FEW = 4


def propose(sessions: Sequence[Session], pool: Sequence[Assessor], seconds: float = SECONDS) -> Answer:
    """Commissions for all sessions at once, fair in load; or why there are none.

    `seconds` by the clock. Every commission returned has passed `check_commission`, clashes and limits once more.
    Raises SolverFailed when CBC cannot be run, ValueError when a session or a person is listed twice.
    """
    begun = time.monotonic()
    _once([one.code for one in sessions])
    _once([one.key for one in pool])
    table = Table(sessions, pool)
    if not sessions:
        return Proposal({}, 0, 0)
    alone = [reason for at in range(len(sessions)) for reason in _alone(table, at)]
    if alone:
        return Impossible(tuple(alone), time.monotonic() - begun)
    end = begun + seconds - FOR_HELP
    start = greedy.first_answer(table) or greedy.matched(table)
    short = None if start else shortage(table)
    if short is not None:
        return Impossible((_counted(table, short, end),), time.monotonic() - begun)
    start, found = (start, None) if start else _any(table, end)
    if found is None:
        found = Model(table).solve(end - time.monotonic())
    if found is not None and found.infeasible:
        return Impossible((_together(table, end),), time.monotonic() - begun)
    if start is None or found is None:
        return Undecided(time.monotonic() - begun)
    seats = min(
        start, Model(table).seats(found.values or {}) if found.values else start, key=partial(greedy.cost, table)
    )
    verified(table, seats)
    bound = 0 if found.bound == -math.inf else math.ceil(found.bound - 1e-6)
    named = {one.code: tuple(pool[who].key for who in seats[at]) for at, one in enumerate(sessions)}
    return Proposal(named, greedy.cost(table, seats), bound, time.monotonic() - begun)


def verified(table: Table, seats: greedy.Seats) -> None:
    """Ask every rule once more, of the people chosen. Raises SolverFailed: such an answer must not be shown."""
    for at, session in enumerate(table.sessions):
        members = [table.pool[person].member for person in seats[at]]
        if check_commission(session.rules, members, session.candidates, session.appointed or session.day):
            raise SolverFailed(f"the commission of session {session.code} breaks a rule")
    for person in range(len(table.pool)):
        sits = [at for at, members in enumerate(seats) if person in members]
        clash = any(table.clashes[one] >> other & 1 for one in sits for other in sits)
        barred = any(person not in table.fit[at] for at in sits)
        if clash or barred or len(sits) > table.pool[person].limit:
            raise SolverFailed(f"{table.pool[person].key} cannot sit where the answer puts them")


def _once(codes: list[str]) -> None:
    if len(set(codes)) < len(codes):
        raise ValueError("a session or a person is listed twice")


def _alone(table: Table, at: int) -> list[Reason]:
    """Why this session could not be filled were it the only one. With enough fit people and each criterion met, it can."""
    code, needs, kept_out = (table.sessions[at].code,), table.needs[at], table.kept_out(at)
    unmet = [name for name, met in needs.criteria.items() if not met]
    reasons = [Reason(code, Rule.CRITERION_MET, name, kept_out) for name in unmet]
    if len(table.fit[at]) < needs.seats:
        reasons.insert(0, Reason(code, Rule.MEMBERS_MIN, str(needs.seats), kept_out))
    return reasons


def _any(table: Table, end: float) -> tuple[greedy.Seats | None, Outcome]:
    """Lawful commissions found exactly where the quick ways found none; and what the solver said."""
    model = Model(table)
    found = model.solve(end - time.monotonic())
    return (None if found.values is None else model.seats(found.values)), found


def _counted(table: Table, short: Shortage, end: float) -> Reason:
    codes = tuple(table.sessions[at].code for at in short.sessions)
    about = short.about or str(short.wanted)
    helps = _helps(table, short.sessions, end + FOR_HELP)
    return Reason(codes, short.rule, about, {}, helps, wanted=short.wanted, given=short.given)


def _together(table: Table, end: float) -> Reason:
    """The shortest list of sessions that cannot all be filled, as far as time allows, and what would help."""
    late = False

    def impossible(places: Sequence[int]) -> bool:
        nonlocal late
        left = end - time.monotonic()
        if left < SHORTEST or not places:
            late = late or left < SHORTEST
            return False  # not shown: the session stays in the list
        part = table.part(places)
        if greedy.first_answer(part, tries=FEW):
            return False
        if shortage(part) is not None:
            return True
        found = Model(part, fair=False).solve(min(left, EACH))
        late = late or (found.values is None and not found.infeasible)
        return found.infeasible

    core = sorted(_core([], False, list(range(len(table.sessions))), impossible))
    codes = tuple(table.sessions[at].code for at in core)
    return Reason(codes, loosening=_helps(table, core, end + FOR_HELP), smallest=not late)


def _helps(table: Table, places: Sequence[int], end: float) -> tuple[Loosening, ...]:
    """What would make these sessions possible were it alone not asked for; as far as time allows."""
    return tuple(kind for kind in Loosening if _possible(table.part(places, {kind}), end))


def _possible(table: Table, end: float) -> bool:
    if end - time.monotonic() < SHORTEST:
        return False
    if greedy.first_answer(table, tries=FEW):
        return True
    left = end - time.monotonic()
    if left < SHORTEST or shortage(table) is not None:
        return False
    return Model(table, fair=False).solve(min(left, EACH)).values is not None


def _core(kept: list[int], grown: bool, some: list[int], impossible: Callable[[Sequence[int]], bool]) -> list[int]:
    """Of `some`, as few as make `kept` impossible (Junker, QuickXplain, AAAI 2004)."""
    if grown and impossible(kept):
        return []
    if len(some) == 1:
        return some
    first, second = some[: len(some) // 2], some[len(some) // 2 :]
    of_second = _core([*kept, *first], bool(first), second, impossible)
    of_first = _core([*kept, *of_second], bool(of_second), first, impossible)
    return [*of_first, *of_second]
