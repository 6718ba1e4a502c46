"""An invented offer for one invented person: 2,000 editions, 40 weighted gaps, 2,700 PLN, 160 h, 12 h a week.

Everything follows from the seed. About 400 courses of 1 to 9 editions over a year; a course closes one to four gaps
by 20 to 100 percent; one in four asks for another course or for a part of a gap before; two in five meet at fixed
times in the evening or on Saturdays; two in five are remote, the others lie in Malopolska's powiats.
"""

import datetime as dt
from random import Random

from dorobek.plans.routes.problem import (
    REMOTE,
    Gap,
    Kind,
    Meeting,
    Need,
    Option,
    Person,
    Problem,
    Slot,
    Step,
    Travel,
    Voucher,
    Weight,
    weekly,
)

TODAY = dt.date(2026, 11, 23)
PLACES = [f"12{number:02}" for number in (*range(1, 20), 61, 62, 63)]
HOME = "1206"
NEAR = ["1261", "1219", "1209", "1208", "1213", "1214", "1201", "1218"]
EDITIONS, GAPS = 2000, 40
KINDS = (Kind.COURSE,) * 7 + (Kind.EXAM, Kind.VALIDATION, Kind.MICRO)
WORK = tuple(Slot(day, 8 * 60, 16 * 60) for day in range(5))
SHARES = (20, 25, 30, 40, 50, 50, 60, 75, 100, 100)


def generate(seed: int, editions: int = EDITIONS, gaps: int = GAPS) -> Problem:
    """The same problem for the same arguments, on every machine."""
    random = Random(seed)
    wanted = tuple(_gap(random, number, gaps) for number in range(gaps))
    options: list[Option] = []
    course = 0
    while len(options) < editions:
        course += 1
        options += _course(random, course, wanted, min(random.randint(1, 9), editions - len(options)))
    person = Person(
        home=HOME,
        own_money=351_00,
        hours_week=12,
        months=12,
        at_once=2,
        hours_total=160,
        voucher=Voucher.of_value(2_700_00, 13_00),
        work=WORK,
        farthest=Step.NEIGHBOUR,
    )
    return Problem(TODAY, wanted, tuple(options), person, Travel({**dict.fromkeys(PLACES, frozenset()), **_near()}))


def _near() -> dict[str, frozenset[str]]:
    return {HOME: frozenset(NEAR)}


def _gap(random: Random, number: int, gaps: int) -> Gap:
    weight = Weight.ESSENTIAL if number < gaps * 0.15 else random.choice((Weight.USEFUL, Weight.USEFUL, Weight.OWN))
    return Gap(f"g{number:02}", f"Gap {number}", weight, random.choice((0, 0, 0, 25, 50)))


def _course(random: Random, course: int, gaps: tuple[Gap, ...], editions: int) -> list[Option]:
    """Editions of one course: the same content, other dates, places, prices and times."""
    kind = random.choice(KINDS)
    closes = {gap.code: random.choice(SHARES) for gap in random.sample(gaps, random.choice((1, 1, 2, 2, 3, 4)))}
    hours = random.choice((4, 8)) if kind in (Kind.EXAM, Kind.VALIDATION) else random.choice((16, 20, 24, 30, 40, 60))
    weeks = 1 if hours <= 8 else random.randint(2, 8)
    price = 10_00 * max(15, round(hours * random.uniform(0.8, 3.0) + 6 * len(closes)))
    needs = _needs(random, course, gaps, closes)
    pattern = _pattern(random)
    found = []
    for number in range(editions):
        starts = TODAY + dt.timedelta(days=random.randint(3, 330))
        ends = starts + dt.timedelta(days=7 * weeks - 1)
        found.append(
            Option(
                code=f"c{course:03}e{number}",
                course=f"c{course:03}",
                title=f"Course {course}",
                kind=kind,
                closes=closes,
                price=price + 10_00 * random.randint(-3, 3) * (hours > 8),
                starts=starts,
                ends=ends,
                hours=hours,
                hours_week=min(12, -(-hours // weeks)),
                place=REMOTE if random.random() < 0.4 else random.choice((HOME, *NEAR, *PLACES)),
                by_voucher=random.random() < 0.9,
                meetings=_meetings(random, pattern, starts, ends),
                needs=needs,
                places_left=random.choice((None, 1, 2, 5, 10, 12)),
            )
        )
    return found


def _needs(random: Random, course: int, gaps: tuple[Gap, ...], closes: dict[str, int]) -> tuple[Need, ...]:
    """One in four asks for an earlier course, or for half of a gap that it does not itself close."""
    if course < 20 or random.random() > 0.25:
        return ()
    if random.random() < 0.7:
        return (Need(course=f"c{random.randint(1, course - 1):03}"),)
    return (Need(gap=random.choice([gap.code for gap in gaps if gap.code not in closes]), share=50),)


def _pattern(random: Random) -> int:
    """0: no fixed times; 1: an evening a week; 2: Saturdays."""
    return random.choice((0, 0, 0, 1, 2))


def _meetings(random: Random, pattern: int, starts: dt.date, ends: dt.date) -> tuple[Meeting, ...]:
    if not pattern:
        return ()
    begins = random.choice((16, 17, 18)) * 60 if pattern == 1 else random.choice((9, 10)) * 60
    weekday = random.randint(0, 4) if pattern == 1 else 5
    return weekly(starts, ends, Slot(weekday, begins, begins + (180 if pattern == 1 else 360)))
