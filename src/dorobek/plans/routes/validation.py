"""Is a problem fit to be planned from: every fault with a stable code, none hidden, none repaired silently."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dorobek.plans.routes.problem import REMOTE, Option, Person, Problem

MOST_PRICE = 100_000_00
MOST_HOURS = 5_000
MOST_WEEK = 168
FARTHEST_YEARS = 10


@dataclass(frozen=True)
class Fault:
    """A stable code, the code of the gap or option it is about ("" for the person), and the value found."""

    code: str
    about: str = ""
    value: str = ""


class NotPlannable(ValueError):
    """The problem has faults; `.faults` holds all of them."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(", ".join(f"{fault.code} {fault.about}".strip() for fault in found[:5]))
        self.faults = found


def faults(problem: Problem) -> list[Fault]:
    """Everything wrong with a problem, gaps first, then options, then the person."""
    found = [*_gaps(problem), *_twice("option-twice", (option.code for option in problem.options))]
    known, courses = {gap.code for gap in problem.gaps}, {option.course for option in problem.options}
    for option in problem.options:
        found += _price(option)
        found += _time(problem, option)
        found += _links(problem, option, known, courses)
    return [*found, *_cycles(problem), *_person(problem)]


def demand(problem: Problem) -> None:
    """Raise `NotPlannable` unless the problem is without faults."""
    if found := faults(problem):
        raise NotPlannable(found)


def _twice(code: str, names: Iterable[str]) -> Iterable[Fault]:
    return (Fault(code, name, str(count)) for name, count in sorted(Counter(names).items()) if count > 1)


def _gaps(problem: Problem) -> Iterable[Fault]:
    yield from _twice("gap-twice", (gap.code for gap in problem.gaps))
    for gap in problem.gaps:
        if not 0 <= gap.held <= 100:
            yield Fault("share-out-of-range", gap.code, str(gap.held))
        if not 0 <= gap.points <= 1000:
            yield Fault("points-out-of-range", gap.code, str(gap.points))


def _price(option: Option) -> Iterable[Fault]:
    if option.price < 0:
        yield Fault("price-negative", option.code, str(option.price))
    if option.price > MOST_PRICE:
        yield Fault("price-absurd", option.code, str(option.price))
    if option.voucher_most is not None and option.voucher_most < 0:
        yield Fault("price-negative", option.code, str(option.voucher_most))


def _time(problem: Problem, option: Option) -> Iterable[Fault]:
    code = option.code
    if option.ends < option.starts:
        yield Fault("ends-before-start", code, option.ends.isoformat())
    elif option.starts <= problem.today:
        yield Fault("date-past", code, option.starts.isoformat())
    elif (option.ends - problem.today).days > FARTHEST_YEARS * 366:
        yield Fault("date-absurd", code, option.ends.isoformat())
    if not (0 <= option.hours <= MOST_HOURS and 0 <= option.hours_week <= MOST_WEEK):
        yield Fault("hours-absurd", code, f"{option.hours}/{option.hours_week}")
    for meeting in option.meetings:
        if not option.starts <= meeting.day <= option.ends:
            yield Fault("meeting-outside", code, meeting.day.isoformat())
        if not 0 <= meeting.start < meeting.end <= 1440:
            yield Fault("time-of-day", code, f"{meeting.start}-{meeting.end}")


def _links(problem: Problem, option: Option, known: set[str], courses: set[str]) -> Iterable[Fault]:
    if not problem.travel.knows(option.place):
        yield Fault("place-unknown", option.code, option.place)
    for gap, share in option.closes.items():
        if gap not in known:
            yield Fault("gap-unknown", option.code, gap)
        if not 0 < share <= 100:
            yield Fault("share-out-of-range", option.code, f"{gap}: {share}")
    for need in option.needs:
        if bool(need.course) == bool(need.gap) or not 0 < need.share <= 100:
            yield Fault("need-unclear", option.code, f"{need.course}/{need.gap}")
        elif need.gap and need.gap not in known:
            yield Fault("gap-unknown", option.code, need.gap)
        elif need.course and need.course not in courses | problem.person.coming:
            yield Fault("course-unknown", option.code, need.course)


def _person(problem: Problem) -> Iterable[Fault]:
    person = problem.person
    if person.home == REMOTE or not problem.travel.knows(person.home):
        yield Fault("place-unknown", "", person.home)
    if person.own_money < 0 or (person.voucher and person.voucher.support < 0):
        yield Fault("price-negative", "", str(person.own_money))
    if person.voucher and not 0 <= person.voucher.own_share <= 10_000:
        yield Fault("share-out-of-range", "", str(person.voucher.own_share))
    if not 1 <= person.months <= 12 * FARTHEST_YEARS:
        yield Fault("months-absurd", "", str(person.months))
    if person.at_once < 1:
        yield Fault("at-once-absurd", "", str(person.at_once))
    yield from _person_hours(person)


def _person_hours(person: Person) -> Iterable[Fault]:
    for hours in (person.hours_week, *person.weeks.values()):
        if not 0 <= hours <= MOST_WEEK:
            yield Fault("hours-absurd", "", str(hours))
    if person.hours_total is not None and person.hours_total < 0:
        yield Fault("hours-absurd", "", str(person.hours_total))
    for day in person.weeks:
        if day.weekday():
            yield Fault("not-a-monday", "", day.isoformat())
    for slot in person.work:
        if not (0 <= slot.weekday <= 6 and 0 <= slot.start < slot.end <= 1440):
            yield Fault("time-of-day", "", f"{slot.weekday}: {slot.start}-{slot.end}")


def _cycles(problem: Problem) -> Iterable[Fault]:
    """Courses every edition of which needs, through others, the course itself: one fault for each such circle.

    A course is free once one of its editions has no course need that is not free; what never gets free and does not
    merely wait for others is in a circle.
    """
    editions: dict[str, list[set[str]]] = defaultdict(list)
    for option in problem.options:
        editions[option.course].append({need.course for need in option.needs if need.course} - problem.person.coming)
    locked = set(editions)
    while freed := {course for course in locked if any(not needs & locked for needs in editions[course])}:
        locked -= freed
    needs = {course: set().union(*editions[course]) & locked for course in locked}
    told: set[str] = set()
    for course in sorted(locked):
        circle = _circle(course, needs)
        if circle and not told & set(circle):
            told |= set(circle)
            yield Fault("need-circle", circle[0], " > ".join([*circle, circle[0]]))


def _circle(start: str, needs: dict[str, set[str]]) -> list[str]:
    """A shortest way from a course through its needs back to itself; empty when there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        for following in sorted(needs.get(way[-1], ())):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []
