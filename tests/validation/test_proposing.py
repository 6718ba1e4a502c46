"""Commissions proposed from a pool: lawful, fair, or proved impossible; next to trying everything on small pools."""

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest

from dorobek.validation.rules import Candidate, Rule, check_commission
from dorobek.validation.rules.proposing import Assessor, Impossible, Loosening, Proposal, Session, propose
from tests.validation import pools
from tests.validation.people import lawful, member

AT = dt.datetime(2026, 11, 23, 9, 0)


def may_come(one, session):
    return session.day not in one.away and (one.places is None or session.place in one.places)


def lawful_commissions(session, pool):
    """Every set of people who may sit, asked rule by rule."""
    able = [one for one in pool if may_come(one, session)]
    return [
        chosen
        for size in range(1, len(able) + 1)
        for chosen in combinations(able, size)
        if not check_commission(session.rules, [one.member for one in chosen], session.candidates, session.day)
    ]


def cheapest(sessions, pool):
    """The least cost over every way to fill the sessions; None when there is none."""
    choices = [lawful_commissions(session, pool) for session in sessions]
    best = None

    def go(at, sits, cost):
        nonlocal best
        if best is not None and cost >= best:
            return
        if at == len(sessions):
            best = cost
            return
        for chosen in choices[at]:
            taken = [sits.get(one.key, []) for one in chosen]
            if any(len(held) >= one.limit for held, one in zip(taken, chosen, strict=True)):
                continue
            if any(other.clashes(sessions[at]) for held in taken for other in held):
                continue
            more = sum(one.load + len(held) + 1 for held, one in zip(taken, chosen, strict=True))
            go(at + 1, {**sits, **{one.key: [*sits.get(one.key, []), sessions[at]] for one in chosen}}, cost + more)

    go(0, {}, 0)
    return best


def possible_without(sessions, pool, code):
    return cheapest([one for one in sessions if one.code != code], pool) is not None


@pytest.mark.parametrize("part", range(10))
def test_it_answers_like_trying_everything_on_fifty_small_pools(part):
    seen = {"filled": 0, "impossible": 0}
    for seed in range(part * 50, part * 50 + 50):
        sessions, pool = pools.small(seed)
        best, answer = cheapest(sessions, pool), propose(sessions, pool)
        if best is None:
            assert isinstance(answer, Impossible), seed
            for reason in answer.reasons:
                named = [one for one in sessions if one.code in reason.sessions]
                assert cheapest(named, pool) is None, (seed, reason)
                if reason.wanted:
                    assert reason.wanted > reason.given
                    continue
                assert reason.smallest
                assert all(len(named) == 1 or possible_without(named, pool, one.code) for one in named), (seed, reason)
            seen["impossible"] += 1
        else:
            assert isinstance(answer, Proposal), seed
            assert (answer.cost, answer.fairest) == (best, True), seed
            seen["filled"] += 1
    assert min(seen.values()) >= 5, "the pools must be of both kinds"


def session(code, hours=0, place="Tymowice", candidates=("maria",), rules=pools.RULES, length=2):
    begins = AT + dt.timedelta(hours=hours)
    return Session(
        code, begins, begins + dt.timedelta(hours=length), place, rules, tuple(Candidate(one) for one in candidates)
    )


def trio(**more):
    return [Assessor(one, **more) for one in lawful()]


def test_a_session_that_cannot_be_filled_names_the_rule_and_what_keeps_people_out():
    pool = [Assessor(member(name, "k1", trained=frozenset({"maria"}))) for name in "ab"]
    pool += [Assessor(member("c", "k2", level=6)), Assessor(member("d", "k3")), Assessor(member("e", "k2"), limit=0)]
    answer = propose([session("s1")], pool)
    assert isinstance(answer, Impossible)
    assert [(one.sessions, one.rule, one.about) for one in answer.reasons] == [
        (("s1",), Rule.MEMBERS_MIN, "3"),
        (("s1",), Rule.CRITERION_MET, "k1"),
        (("s1",), Rule.CRITERION_MET, "k2"),
    ]
    assert answer.reasons[0].kept_out == {Rule.OWN_TRAINEE: 2, Rule.MEMBER_LEVEL: 1, Loosening.LIMITS: 1}


def test_two_sessions_at_one_hour_are_named_and_so_is_what_would_help():
    answer = propose([session("s1"), session("s2", 1), session("s3", 24)], trio())
    assert isinstance(answer, Impossible)
    assert [(one.sessions, one.loosening, one.smallest) for one in answer.reasons] == [
        (("s1", "s2"), (Loosening.CLASHES,), True)
    ]


def test_limits_that_do_not_suffice_are_named():
    answer = propose([session(f"s{n}", 24 * n) for n in range(4)], trio(limit=3))
    assert isinstance(answer, Impossible)
    assert answer.reasons[0].sessions == ("s0", "s1", "s2", "s3")
    assert answer.reasons[0].loosening == (Loosening.LIMITS,)


def test_nobody_sits_on_one_day_in_two_places_and_sessions_that_touch_do_not_clash():
    assert isinstance(propose([session("s1"), session("s2", 4, "Łęgowice")], trio()), Impossible)
    assert isinstance(propose([session("s1"), session("s2", 2)], trio()), Proposal)


def test_those_who_sat_less_are_chosen_first():
    busy = [replace(one, load=5) for one in trio()]
    rested = [Assessor(member(name, code)) for name, code in (("x", "k1"), ("y", "k2"), ("z", "k3"))]
    answer = propose([session("s1"), session("s2", 24)], [*busy, *rested])
    assert isinstance(answer, Proposal)
    assert answer.fairest
    assert {one for seats in answer.seats.values() for one in seats} == {"x", "y", "z"}


def test_qualifications_with_other_rules_are_filled_together(second):
    pool = [*trio(), Assessor(member("d", "k1", level=6)), Assessor(member("e", "k2", level=6))]
    answer = propose([session("s1"), session("s2", rules=second)], pool)
    assert isinstance(answer, Proposal)
    assert answer.seats == {"s1": ("ala", "bolek", "celina"), "s2": ("d", "e")}


def test_a_name_listed_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        propose([session("s1"), session("s1")], trio())


def test_two_hundred_people_and_fifty_sessions_keep_every_rule():
    sessions, pool = pools.large(1)
    answer = propose(sessions, pool)
    assert isinstance(answer, Proposal)
    people = {one.key: one for one in pool}
    for one in sessions:
        members = [people[key] for key in answer.seats[one.code]]
        assert check_commission(one.rules, [who.member for who in members], one.candidates, one.day) == []
        assert all(may_come(who, one) for who in members)
    for key, who in people.items():
        sits = [one for one in sessions if key in answer.seats[one.code]]
        assert len(sits) <= who.limit
        assert not any(one.clashes(other) for one, other in combinations(sits, 2))
