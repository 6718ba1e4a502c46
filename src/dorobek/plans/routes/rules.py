"""Every rule a route must keep, checked for any choice made by hand or by the planner (DP-4).

Written apart from the solver's rows on purpose: the solver's answers are checked by these rules, never by its own.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from dorobek.plans.routes.measuring import paid_by_voucher
from dorobek.plans.routes.problem import Meeting, Need, Option, Problem, mondays


@dataclass(frozen=True)
class Broken:
    """A rule broken: its code, the options concerned, by how much, and what it is about (a week, a gap, a course).

    `by` counts grosze for `own-money`, hours for `hours-week` and `hours-total`, percent for `need-gap`, days for
    `too-late` and `started`, things for `at-once`, `one-edition` and `unknown`, minutes on all days for `at-work`,
    `meetings-overlap` and `bought-overlap`, which are about the first such day, otherwise 1.
    """

    rule: str
    options: tuple[str, ...]
    by: int = 1
    about: str = ""


def check(problem: Problem, chosen: Sequence[str]) -> list[Broken]:
    """What a choice of option codes breaks, in a fixed order; an empty list means that it can be carried out."""
    known = {option.code: option for option in problem.options}
    found = [Broken("unknown", (code,), count) for code, count in sorted(Counter(chosen).items()) if code not in known]
    options = [known[code] for code in dict.fromkeys(chosen) if code in known]
    for option in options:
        found += _alone(problem, option)
    for rule in (_editions, _money, _hours, _weeks, _at_once, _meetings, _needs):
        found += rule(problem, options)
    return found


def _alone(problem: Problem, option: Option) -> Iterable[Broken]:
    """Rules about one option by itself."""
    code = (option.code,)
    if option.starts <= problem.today:
        yield Broken("started", code, (problem.today - option.starts).days + 1, option.starts.isoformat())
    if option.ends > problem.until:
        yield Broken("too-late", code, (option.ends - problem.until).days, problem.until.isoformat())
    if problem.too_far(option):
        yield Broken("too-far", code, about=option.place)
    for asked in sorted(option.asks - problem.person.holds):
        yield Broken("not-entitled", code, about=asked)
    yield from _at_work(problem, option)
    for one in problem.person.engaged:
        if one.course == option.course:
            yield Broken("bought", code, about=option.course)
        elif both := _together(option.meetings, one.meetings):
            yield Broken("bought-overlap", code, sum(both.values()), min(both).isoformat())


def _at_work(problem: Problem, option: Option) -> Iterable[Broken]:
    """Once for an option, however many weeks it runs: the first day on which it meets during work, the minutes in all."""
    work = [Meeting(meeting.day, slot.start, slot.end) for meeting in option.meetings for slot in problem.person.work
            if slot.weekday == meeting.day.weekday()]  # fmt: skip
    if found := _together(option.meetings, dict.fromkeys(work)):
        yield Broken("at-work", (option.code,), sum(found.values()), min(found).isoformat())


def _editions(_: Problem, options: list[Option]) -> Iterable[Broken]:
    courses = defaultdict(list)
    for option in options:
        courses[option.course].append(option.code)
    for course, codes in courses.items():
        if len(codes) > 1:
            yield Broken("one-edition", tuple(codes), len(codes) - 1, course)


def _money(problem: Problem, options: list[Option]) -> Iterable[Broken]:
    own = sum(option.price for option in options) - paid_by_voucher(problem, options)
    if own > problem.person.own_money:
        yield Broken("own-money", tuple(option.code for option in options), own - problem.person.own_money)


def _hours(problem: Problem, options: list[Option]) -> Iterable[Broken]:
    limit, hours = problem.person.hours_total, sum(option.hours for option in options)
    if limit is not None and hours > limit:
        yield Broken("hours-total", tuple(option.code for option in options), hours - limit)


def _weeks(problem: Problem, options: list[Option]) -> Iterable[Broken]:
    weeks: dict[dt.date, list[Option]] = defaultdict(list)
    for option in options:
        for week in mondays(option.starts, option.ends):
            weeks[week].append(option)
    for week, busy in sorted(weeks.items()):
        over = sum(option.hours_week for option in busy) - problem.week_limit(week)
        if over > 0:
            yield Broken("hours-week", tuple(option.code for option in busy), over, week.isoformat())


def _at_once(problem: Problem, options: list[Option]) -> Iterable[Broken]:
    """The number that run together can only rise on a day on which one of them starts."""
    days = {option.starts for option in options} | {one.starts for one in problem.person.engaged}
    for day in sorted(days):
        running = [option.code for option in options if option.starts <= day <= option.ends]
        if running and len(running) > problem.free_at_once(day):
            yield Broken("at-once", tuple(running), len(running) - problem.free_at_once(day), day.isoformat())


def _meetings(_: Problem, options: list[Option]) -> Iterable[Broken]:
    for one, other in combinations(options, 2):
        if one.starts > other.ends or other.starts > one.ends:
            continue
        if found := _together(one.meetings, other.meetings):
            yield Broken("meetings-overlap", (one.code, other.code), sum(found.values()), min(found).isoformat())


def _together(some: Iterable[Meeting], others: Iterable[Meeting]) -> dict[dt.date, int]:
    """Days on which meetings of both are at the same time, with the minutes of it."""
    days: dict[dt.date, list[Meeting]] = defaultdict(list)
    for other in others:
        days[other.day].append(other)
    found: dict[dt.date, int] = defaultdict(int)
    for one in some:
        for other in days.get(one.day, ()):
            if (minutes := min(one.end, other.end) - max(one.start, other.start)) > 0:
                found[one.day] += minutes
    return found


def _needs(problem: Problem, options: list[Option]) -> Iterable[Broken]:
    for option in options:
        before = [other for other in options if other.ends < option.starts]
        for need in option.needs:
            if need.course:
                has = problem.person.has(need.course, option.starts)
                if not has and all(other.course != need.course for other in before):
                    yield Broken("need-course", (option.code,), about=need.course)
            elif short := _short(problem, need, before):
                yield Broken("need-gap", (option.code,), short, need.gap)


def _short(problem: Problem, need: Need, before: list[Option]) -> int:
    held = next(gap.held for gap in problem.gaps if gap.code == need.gap)
    return max(0, need.share - held - sum(other.closes.get(need.gap, 0) for other in before))
