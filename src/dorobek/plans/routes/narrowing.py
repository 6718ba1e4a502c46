"""What of an offer can matter to this person: options they can never take, or never need to, are left out first.

Leaving out is safe: for every route over all options there is one over the kept ones that keeps the same rules, closes
no less, costs no more and ends no later. Requirement DP-4.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from dorobek.plans.routes.problem import Need, Option, Problem, mondays


def narrowed(problem: Problem) -> tuple[Option, ...]:
    """The options worth planning with, in the order of the calendar."""
    kept = [option for option in problem.options if _possible(problem, option)]
    while True:
        before = len(kept)
        kept = _reachable(problem, kept)
        kept = _useful(problem, kept)
        if len(kept) == before:
            break
    kept = _undominated(problem, kept)
    return tuple(sorted(kept, key=lambda option: (option.starts, option.ends, option.code)))


def _possible(problem: Problem, option: Option) -> bool:
    """Can the person take it if they took nothing else?"""
    person = problem.person
    own = max(option.price - problem.support(option), option.price - (person.voucher.support if person.voucher else 0))
    return (
        option.starts > problem.today
        and option.ends <= problem.until
        and own <= person.own_money
        and not option.asks - person.holds
        and (person.hours_total is None or option.hours <= person.hours_total)
        and not problem.too_far(option)
        and all(option.hours_week <= problem.week_limit(week) for week in mondays(option.starts, option.ends))
        and not at_work(problem, option)
        and _beside_bought(problem, option)
    )


def _beside_bought(problem: Problem, option: Option) -> bool:
    """Does what is bought already leave room for it?"""
    near = [one for one in problem.person.engaged if one.touches(option.starts, option.ends)]
    held = {day: list(meetings) for day, meetings in groupby(sorted(option.meetings), lambda meeting: meeting.day)}
    return (
        all(one.course != option.course for one in problem.person.engaged)
        and all(problem.free_at_once(max(day, option.starts)) for day in (option.starts, *(one.starts for one in near)))
        and not any(
            meeting.start < other.end and other.start < meeting.end
            for one in near
            for other in one.meetings
            for meeting in held.get(other.day, ())
        )
    )


def at_work(problem: Problem, option: Option) -> bool:
    work: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for slot in problem.person.work:
        work[slot.weekday].append((slot.start, slot.end))
    return any(
        meeting.start < end and start < meeting.end
        for meeting in option.meetings
        for start, end in work.get(meeting.day.weekday(), ())
    )


def _reachable(problem: Problem, options: list[Option]) -> list[Option]:
    """Options whose needs some others could meet before they start."""
    ends: dict[str, dt.date] = {}
    closing: dict[str, list[Option]] = defaultdict(list)
    for option in options:
        ends[option.course] = min(ends.get(option.course, option.ends), option.ends)
        for gap in option.closes:
            closing[gap].append(option)
    held = {gap.code: gap.held for gap in problem.gaps}

    def can(option: Option, need: Need) -> bool:
        if need.course:
            has = problem.person.has(need.course, option.starts)
            return has or (need.course in ends and ends[need.course] < option.starts)
        best: dict[str, int] = {}
        for other in closing[need.gap]:
            if other.ends < option.starts and other.course != option.course:
                best[other.course] = max(best.get(other.course, 0), other.closes[need.gap])
        return held[need.gap] + sum(best.values()) >= need.share

    return [option for option in options if all(can(option, need) for need in option.needs)]


def _useful(problem: Problem, options: list[Option]) -> list[Option]:
    """Options that close something missing, or that others need."""
    wanted = {gap.code for gap in problem.gaps if gap.missing}
    courses = {need.course for option in options for need in option.needs}
    wanted |= {need.gap for option in options for need in option.needs if need.gap}
    return [option for option in options if option.course in courses or not wanted.isdisjoint(option.closes)]


def _undominated(problem: Problem, options: Iterable[Option]) -> list[Option]:
    """Among editions of one course, those that no other edition replaces; of equal ones the first by code."""
    courses: dict[str, list[Option]] = defaultdict(list)
    for option in sorted(options, key=lambda option: option.code):
        courses[option.course].append(option)
    kept: list[Option] = []
    for editions in courses.values():
        best: list[Option] = []
        for option in editions:
            if not any(_replaces(problem, other, option) for other in best):
                best = [other for other in best if not _replaces(problem, option, other)]
                best.append(option)
        kept += best
    return kept


def _replaces(problem: Problem, one: Option, other: Option) -> bool:
    """Could every route that takes `other` take `one` instead and be no worse?"""
    return (
        one.starts >= other.starts
        and one.ends <= other.ends
        and one.price <= other.price
        and one.price - problem.support(one) <= other.price - problem.support(other)
        and one.hours <= other.hours
        and one.hours_week <= other.hours_week
        and all(one.closes.get(gap, 0) >= share for gap, share in other.closes.items())
        and set(one.needs) <= set(other.needs)
        and set(one.meetings) <= set(other.meetings)
    )
