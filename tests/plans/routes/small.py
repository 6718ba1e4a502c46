"""Small random problems and every choice of them tried: what the planner is compared with."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from dorobek.plans.routes import (
    REMOTE,
    Engagement,
    Gap,
    Kind,
    Need,
    Option,
    Person,
    Problem,
    Slot,
    Step,
    Travel,
    Voucher,
    Weight,
    check,
    measure,
    weekly,
)
from dorobek.plans.routes.levels import Route, figures

TODAY = dt.date(2026, 11, 23)
TRAVEL = Travel({"1201": frozenset({"1202"}), "1202": frozenset(), "1203": frozenset()}, {("1201", "1203"): 80})
LATE = 22 * 60


def problem(seed: int) -> Problem:
    """Three to five gaps, three to five courses of one to three editions, limits that often bind."""
    random = Random(seed)
    gaps = tuple(
        Gap(f"g{number}", f"Gap {number}", random.choice(list(Weight)), random.choice((0, 0, 30, 50, 100)))
        for number in range(random.randint(3, 5))
    )
    crowded = random.random() < 0.4  # everything within the same weeks, in the same evenings, for somebody with time
    options = [
        option
        for course in range(random.randint(3, 5))
        for option in _editions(random, f"c{course}", course, gaps, crowded)
    ]
    person = _person(random)
    if crowded:
        person = replace(person, at_once=3, hours_week=20, own_money=2_000_00, weeks={}, farthest=Step.FARTHER)
    if seed % 3 == 0:
        person = replace(person, engaged=tuple(_bought(Random(seed + 100_000), crowded)))
    return Problem(TODAY, gaps, tuple(options), person, TRAVEL)


def _bought(random: Random, crowded: bool) -> Iterator[Engagement]:
    """One or two things bought already, now and then of a course that is still on offer or that another needs."""
    for _ in range(random.choice((1, 1, 2))):
        starts = TODAY + dt.timedelta(days=random.randint(-10, 14 if crowded else 60))
        ends = starts + dt.timedelta(days=random.randint(0, 30))
        meetings = weekly(starts, ends, *_times(random, crowded))
        yield Engagement(random.choice(("c0", "c1", "c9", "other")), starts, ends, random.choice((0, 2, 4)), meetings)


def _person(random: Random) -> Person:
    voucher = Voucher(random.choice((500_00, 1_234_56)), random.choice((0, 13_00, 15_55)))
    return Person(
        home="1201",
        own_money=random.choice((0, 200_00, 777_77, 2_000_00)),
        hours_week=random.choice((6, 10, 14)),
        months=random.choice((2, 4, 12)),
        at_once=random.choice((1, 2, 3)),
        hours_total=random.choice((None, 40, 80)),
        voucher=random.choice((None, voucher, voucher)),
        weeks={dt.date(2026, 12, 21): random.choice((0, 4))} if random.random() < 0.5 else {},
        work=_work(random),
        farthest=random.choice(list(Step)),
        most_minutes=random.choice((None, None, 60, 90)),
        holds=random.choice((frozenset(), frozenset({"adult"}))),
        done=random.choice((frozenset(), frozenset({"c9"}))),
    )


def _work(random: Random) -> tuple[Slot, ...]:
    """Some days of the week by day, one of them now and then until late."""
    days = sorted(random.sample(range(6), random.randint(1, 5)))
    return tuple(Slot(day, 8 * 60, LATE if random.random() < 0.1 else 15 * 60) for day in days)


def _times(random: Random, crowded: bool) -> tuple[Slot, ...]:
    """Class times of an edition: none, or one or two a week, of which some are at work or in the way of another's."""
    if random.random() < (0.1 if crowded else 0.4):
        return ()
    days = random.sample((1, 3) if crowded else range(7), random.choice((1, 1, 2)))
    begins = [random.choice((9, 14, 17, 17, 18)) * 60 for _day in days]
    return tuple(Slot(day, start, start + random.choice((120, 195))) for day, start in zip(days, begins, strict=True))


def _editions(random: Random, course: str, number: int, gaps: tuple[Gap, ...], crowded: bool) -> Iterator[Option]:
    closes = _closes(random, gaps)
    needs = _needs(random, number, gaps)
    for edition in range(random.randint(1, 3)):
        starts = TODAY + dt.timedelta(days=random.randint(1, 14 if crowded else 90))
        ends = starts + dt.timedelta(days=random.randint(14 if crowded else 0, 30))
        yield Option(
            code=f"{course}e{edition}",
            course=course,
            title=course,
            kind=random.choice(list(Kind)),
            closes=closes if random.random() < 0.8 else _closes(random, gaps),
            price=random.choice((0, 99_99, 333_33, 500_00, 812_50)),
            starts=starts,
            ends=ends,
            hours=random.choice((8, 16, 30)),
            hours_week=random.choice((0, 3, 6, 8)),
            place=random.choice((REMOTE, "1201", "1202", "1203")),
            by_voucher=random.random() < 0.7,
            voucher_most=random.choice((None, None, 100_01)),
            meetings=weekly(starts, ends, *_times(random, crowded)),
            needs=needs,
            asks=frozenset({"adult"}) if random.random() < 0.1 else frozenset(),
        )


def _closes(random: Random, gaps: tuple[Gap, ...]) -> dict[str, int]:
    return {gap.code: random.choice((25, 40, 60, 100)) for gap in random.sample(gaps, random.randint(1, 3))}


def _needs(random: Random, number: int, gaps: tuple[Gap, ...]) -> tuple[Need, ...]:
    if number and random.random() < 0.3:
        return (Need(course=f"c{random.randrange(number)}"),)
    if random.random() < 0.2:
        return (Need(gap=random.choice(gaps).code, share=random.choice((30, 60, 100))),)
    return ()


def choices(problem: Problem) -> Iterator[list[Option]]:
    """Every choice with at most one edition of a course."""
    courses: dict[str, list[Option | None]] = defaultdict(lambda: [None])
    for option in problem.options:
        courses[option.course].append(option)
    for chosen in product(*courses.values()):
        yield [option for option in chosen if option is not None]


def best(problem: Problem) -> dict[Route, tuple[int, ...]]:
    """The best figures of each route among all choices that break no rule."""
    kept = [chosen for chosen in choices(problem) if not check(problem, [option.code for option in chosen])]
    sums = [measure(problem, chosen) for chosen in kept]
    return {route: min(figures(problem, total, route) for total in sums) for route in Route}
