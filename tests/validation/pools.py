"""Pools and sessions to propose from: small ones at random, and a large one like a busy awarding body's."""

import datetime as dt
import random

from dorobek.validation.rules import Candidate, Member, OwnRule, Period, QualificationRules, Requirement
from dorobek.validation.rules.proposing import Assessor, Session

MONDAY = dt.datetime(2026, 11, 23, 8, 0)
CRITERIA = (Requirement("k1"), Requirement("k2", "doradztwo", 5, 10), Requirement("k3", "diagnoza", 5, 10))
RULES = QualificationRules(
    "13477",
    (),
    members_min=3,
    member_level=7,
    criteria=CRITERIA,
    each_criterion_met=True,
    not_own_trainees=True,
    own=frozenset(OwnRule),
)


def small(seed):
    """Up to five people and three sessions; about half of these can be filled."""
    dice = random.Random(seed)
    codes = dice.choice([("k1",), ("k1", "k2")])
    rules = QualificationRules(
        "1",
        (),
        members_min=dice.choice([1, 2, 2, 3]),
        member_level=7,
        criteria=tuple(Requirement(code) for code in codes),
        each_criterion_met=dice.random() < 0.7,
        not_own_trainees=True,
    )
    sessions = [
        Session(
            f"s{n}",
            MONDAY + dt.timedelta(days=dice.choice([0, 0, 1]), hours=dice.choice([0, 1, 2])),
            MONDAY + dt.timedelta(days=1, hours=3),
            dice.choice(["Tymowice", "Łęgowice"]),
            rules,
            (Candidate(dice.choice("xyz")),),
        )
        for n in range(dice.randint(1, 3))
    ]
    sessions = [
        Session(one.code, one.begins, one.begins + dt.timedelta(hours=dice.choice([1, 2])), one.place, rules, one.candidates)
        for one in sessions
    ]  # fmt: skip
    pool = [
        Assessor(
            Member(
                f"p{n}",
                dice.choice([7, 7, 7, 8, 6]),
                shown=frozenset(code for code in codes if dice.random() < 0.7),
                trained=frozenset(who for who in "xyz" if dice.random() < 0.15),
            ),
            limit=dice.randint(1, 3),
            load=dice.choice([0, 0, 0, 2]),
            away=frozenset({MONDAY.date()} if dice.random() < 0.1 else ()),
            places=frozenset({"Tymowice"}) if dice.random() < 0.2 else None,
        )
        for n in range(dice.randint(2, 5))
    ]
    return sessions, pool


def large(seed, people=200, sessions=50, limit=3, days=10):
    """Many people and sessions over two weeks in four places, with trainings led, absences, loads of before."""
    dice = random.Random(seed)
    places = ["Tymowice", "Łęgowice", "Kraków", "Nowy Targ"]
    worked = Period(dt.date(2015, 1, 1), dt.date(2025, 12, 31), "świadectwo pracy", frozenset({"k2"}))
    diagnosed = Period(dt.date(2016, 1, 1), dt.date(2024, 12, 31), "zaświadczenie", frozenset({"k3"}))
    candidates = [[Candidate(f"c{n}-{m}") for m in range(4)] for n in range(sessions)]
    names = [one.key for group in candidates for one in group]
    planned = []
    for n in range(sessions):
        begins = MONDAY + dt.timedelta(days=dice.randrange(days), hours=dice.choice([0, 2, 4]))
        ends = begins + dt.timedelta(hours=dice.choice([3, 4, 6]))
        planned.append(Session(f"s{n:02d}", begins, ends, dice.choice(places), RULES, tuple(candidates[n])))
    pool = []
    for n in range(people):
        kinds = dice.choices([1, 2, 3, 4], [3, 4, 2, 1])[0]
        shown = frozenset({"k1"}) if kinds in (1, 4) else frozenset()
        periods = ((worked,) if kinds in (2, 4) else ()) + ((diagnosed,) if kinds in (3, 4) else ())
        member = Member(
            f"p{n:03d}",
            dice.choices([7, 8, 6], [8, 1, 1])[0],
            periods,
            shown,
            trained=frozenset(dice.sample(names, 8)),
            relatives=frozenset(dice.sample(names, 1)),
        )
        away = frozenset(MONDAY.date() + dt.timedelta(dice.randrange(days)) for _ in range(3))
        reach = frozenset(dice.sample(places, 2)) if dice.random() < 0.6 else None
        pool.append(Assessor(member, limit, dice.choice([0, 0, 1, 2, 4]), away, reach))
    return planned, pool
