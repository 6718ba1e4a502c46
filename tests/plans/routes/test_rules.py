"""Each rule broken once by hand, by how much; each fault of input named; what the figures of a choice are (DP-4)."""

import datetime as dt
from dataclasses import replace

import pytest

from dorobek.plans.routes import (
    Broken,
    Gap,
    Kind,
    Meeting,
    Need,
    Option,
    Person,
    Problem,
    Route,
    Slot,
    Step,
    Voucher,
    Weight,
    Worry,
    check,
    faults,
    measure,
    payments,
    plan_all,
    quick,
    risks,
    weekly,
)
from tests.plans.routes.small import TODAY, TRAVEL

YESTERDAY = TODAY - dt.timedelta(days=1)


def option(code: str = "a1", **values: object) -> Option:
    given: dict[str, object] = {
        "course": code[0],
        "title": code,
        "kind": Kind.COURSE,
        "closes": {"g": 50},
        "price": 100_00,
        "starts": dt.date(2026, 12, 7),
        "ends": dt.date(2026, 12, 18),
        "hours": 20,
        "hours_week": 6,
    }
    return Option(code, **{**given, **values})  # type: ignore[arg-type]


def asked(*options: Option, **limits: object) -> Problem:
    person = Person(home="1201", own_money=500_00, hours_week=10, months=6)
    gaps = (Gap("g", "Spreadsheets", Weight.ESSENTIAL), Gap("h", "Reports", Weight.USEFUL, held=20))
    return Problem(TODAY, gaps, options, replace(person, **limits), TRAVEL)  # type: ignore[arg-type]


TWO_WEEKS = (dt.date(2026, 12, 7), dt.date(2026, 12, 18))
EVENING = Meeting(dt.date(2026, 12, 8), 17 * 60, 19 * 60)
LATER = Meeting(dt.date(2026, 12, 8), 18 * 60 + 30, 20 * 60)
BROKEN = {
    "unknown": (asked(), ["zz"], Broken("unknown", ("zz",))),
    "started": (asked(option(starts=TODAY)), ["a1"], Broken("started", ("a1",), 1, "2026-11-23")),
    "too late": (asked(option(), months=0), ["a1"], Broken("too-late", ("a1",), 25, "2026-11-23")),
    "too far": (asked(option(place="1203")), ["a1"], Broken("too-far", ("a1",), about="1203")),
    "minutes": (
        asked(option(place="1203"), farthest=Step.FARTHER, most_minutes=79),
        ["a1"],
        Broken("too-far", ("a1",), about="1203"),
    ),
    "asks": (asked(option(asks=frozenset({"adult"}))), ["a1"], Broken("not-entitled", ("a1",), about="adult")),
    "work": (
        asked(option(meetings=(EVENING,)), work=(Slot(1, 600, 17 * 60 + 45),)),
        ["a1"],
        Broken("at-work", ("a1",), 45, "2026-12-08"),
    ),
    "work every week": (
        asked(option(meetings=weekly(*TWO_WEEKS, Slot(1, 990, 1080))), work=(Slot(0, 0, 1440), Slot(1, 600, 1020))),
        ["a1"],
        Broken("at-work", ("a1",), 2 * 30, "2026-12-08"),
    ),
    "editions": (
        asked(option("a1", hours_week=0), option("a2", hours_week=0)),
        ["a1", "a2"],
        Broken("one-edition", ("a1", "a2"), 1, "a"),
    ),
    "money": (asked(option(price=500_01)), ["a1"], Broken("own-money", ("a1",), 1)),
    "hours": (asked(option(), hours_total=19), ["a1"], Broken("hours-total", ("a1",), 1)),
    "week": (
        asked(option(), hours_week=9, weeks={dt.date(2026, 12, 14): 4}),
        ["a1"],
        Broken("hours-week", ("a1",), 2, "2026-12-14"),
    ),
    "at once": (
        asked(option("a1"), option("b1", hours_week=0, starts=dt.date(2026, 12, 18)), at_once=1),
        ["a1", "b1"],
        Broken("at-once", ("a1", "b1"), 1, "2026-12-18"),
    ),
    "meetings": (
        asked(option("a1", meetings=(EVENING,)), option("b1", hours_week=0, meetings=(LATER,))),
        ["a1", "b1"],
        Broken("meetings-overlap", ("a1", "b1"), 30, "2026-12-08"),
    ),
    "meetings every week": (
        asked(
            option("a1", meetings=weekly(*TWO_WEEKS, Slot(3, 1020, 1140), Slot(4, 1020, 1140))),
            option("b1", hours_week=0, meetings=weekly(*TWO_WEEKS, Slot(4, 1080, 1200))),
        ),
        ["a1", "b1"],
        Broken("meetings-overlap", ("a1", "b1"), 2 * 60, "2026-12-11"),
    ),
    "need of a course": (
        asked(option(needs=(Need(course="b"),)), option("b1", hours_week=0)),
        ["a1", "b1"],
        Broken("need-course", ("a1",), about="b"),
    ),
    "need of a gap": (asked(option(needs=(Need(gap="h", share=50),))), ["a1"], Broken("need-gap", ("a1",), 30, "h")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_says_what_breaks_it_and_by_how_much(name: str) -> None:
    problem, chosen, broken = BROKEN[name]
    assert check(problem, chosen) == [broken]
    for answer in (*quick(problem).values(), *plan_all(problem).values()) if not faults(problem) else ():
        assert check(problem, answer.codes) == []


FAULTS = {
    "price-negative": option(price=-1),
    "price-absurd": option(price=10_000_001),
    "date-past": option(starts=TODAY),
    "ends-before-start": option(ends=dt.date(2026, 12, 1)),
    "date-absurd": option(ends=dt.date(2226, 12, 1)),
    "hours-absurd": option(hours_week=169),
    "meeting-outside": option(meetings=(Meeting(dt.date(2027, 1, 1), 60, 120),)),
    "time-of-day": option(meetings=(Meeting(dt.date(2026, 12, 8), 120, 60),)),
    "place-unknown": option(place="9999"),
    "gap-unknown": option(closes={"zz": 50}),
    "share-out-of-range": option(closes={"g": 101}),
    "need-unclear": option(needs=(Need(),)),
    "course-unknown": option(needs=(Need(course="zz"),)),
    "need-circle": option(needs=(Need(course="a"),)),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_of_an_option_is_named_with_the_option(code: str) -> None:
    problem = asked(FAULTS[code], option("b1"))
    found = [fault for fault in faults(problem) if fault.code == code]
    assert [fault.about for fault in found] == ["a" if code == "need-circle" else "a1"]


def test_a_circle_of_needs_is_named_whole_and_once() -> None:
    circle = asked(
        option("a1", needs=(Need(course="b"),)),
        option("b1", needs=(Need(course="c"),)),
        option("c1", needs=(Need(course="a"),)),
        option("d1", needs=(Need(course="a"),)),
    )
    assert [(fault.code, fault.value) for fault in faults(circle)] == [("need-circle", "a > b > c > a")]
    way_out = replace(circle, options=(*circle.options, option("a2")))
    assert faults(way_out) == []


def test_a_voucher_pays_its_share_rounded_for_the_programme_and_the_person_what_is_above() -> None:
    problem = asked(
        option("a1", price=99_99, by_voucher=True),
        option("b1", price=50_00, by_voucher=True, starts=dt.date(2026, 12, 9)),
        voucher=Voucher(100_00, 13_00),
    )
    assert [(payment.own, payment.voucher) for payment in payments(problem, problem.options)] == [
        (13_00, 86_99),
        (36_99, 13_01),
    ]
    total = measure(problem, problem.options)
    assert (total.price, total.own, total.voucher) == (149_99, 49_99, 100_00)
    assert Voucher.of_value(2_700_00, 13_00).support == 2_349_00


def test_the_last_day_of_a_voucher_is_of_buying_not_of_the_start() -> None:
    late = option(by_voucher=True, starts=TODAY + dt.timedelta(days=30))
    for lapses, paid in ((TODAY, late.price), (TODAY + dt.timedelta(days=15), late.price), (YESTERDAY, 0)):
        problem = asked(late, voucher=Voucher(late.price, 0, lapses=lapses))
        assert measure(problem, problem.options).voucher == paid


def test_a_gap_closes_at_most_what_is_missing() -> None:
    problem = asked(option("a1", closes={"h": 60}), option("b1", closes={"h": 60, "g": 10}))
    total = measure(problem, problem.options)
    assert total.closed == {"g": 10, "h": 80}
    assert (total.points, total.points_all, total.reaches_goal) == (6 * 10 + 3 * 80, 6 * 100 + 3 * 80, False)


def test_risks_name_what_may_go_wrong() -> None:
    problem = asked(option(places_left=1, starts=dt.date(2026, 11, 30), place="1203"), farthest=Step.FARTHER)
    found = {(risk.worry, risk.number) for risk in risks(problem, problem.options, 0)}
    assert found == {
        (Worry.FEW_PLACES, 1),
        (Worry.STARTS_SOON, 7),
        (Worry.SINGLE_EDITION, 1),
        (Worry.FAR, 80),
    }


def test_a_needed_course_that_closes_nothing_itself_is_taken_along() -> None:
    needed = option("b1", closes={}, starts=dt.date(2026, 11, 25), ends=dt.date(2026, 11, 27))
    problem = asked(option(closes={"g": 100}, needs=(Need(course="b"),)), needed)
    for answer in (*quick(problem).values(), *plan_all(problem).values()):
        assert answer.codes == ("b1", "a1")
    cheapest = plan_all(problem)[Route.CHEAPEST]
    assert cheapest.proven
    assert cheapest.sum.reaches_goal


def test_an_empty_offer_and_a_goal_reached_already_give_empty_routes() -> None:
    nothing = asked()
    reached = replace(asked(option()), gaps=(Gap("g", "Spreadsheets", Weight.ESSENTIAL, held=100),))
    for problem in (nothing, reached):
        for answer in (*quick(problem).values(), *plan_all(problem).values()):
            assert answer.codes == ()
        assert all(answer.proven for answer in plan_all(problem).values())


def test_class_times_that_only_touch_are_no_overlap() -> None:
    day = dt.date(2026, 12, 8)
    problem = asked(
        option("a1", meetings=(Meeting(day, 1020, 1140),)),
        option("b1", hours_week=0, meetings=(Meeting(day, 1140, 1200),)),
        work=(Slot(1, 540, 1020),),
    )
    assert check(problem, ["a1", "b1"]) == []


def test_of_two_editions_at_one_time_a_route_takes_one_and_the_other_date_of_the_second() -> None:
    times = weekly(*TWO_WEEKS, Slot(2, 1020, 1215))
    later = {"starts": dt.date(2027, 1, 4), "ends": dt.date(2027, 1, 15)}
    problem = asked(
        option("a1", closes={"g": 100}, meetings=times),
        option("b1", closes={"h": 80}, price=90_00, hours_week=0, meetings=times),
        option("b2", closes={"h": 80}, price=95_00, hours_week=0, **later),
    )
    found = plan_all(problem)
    assert set(found[Route.WIDEST].codes) == {"a1", "b2"}
    assert [broken.rule for broken in check(problem, ["a1", "b1"])] == ["meetings-overlap"]


def test_an_edition_during_work_is_taken_by_no_route_however_cheap_and_soon() -> None:
    problem = asked(
        option("a1", closes={"g": 100}, price=0, meetings=weekly(*TWO_WEEKS, Slot(0, 600, 720))),
        option("a2", closes={"g": 100}, starts=dt.date(2027, 1, 4), ends=dt.date(2027, 1, 15)),
        work=tuple(Slot(day, 480, 960) for day in range(5)),
    )
    for answer in (*quick(problem).values(), *plan_all(problem).values()):
        assert answer.codes == ("a2",)
    shifts = replace(problem, person=replace(problem.person, work=(), shifts=True))
    assert plan_all(shifts)[Route.CHEAPEST].codes == ("a1",)


def test_weekly_meetings_are_on_the_days_of_their_slots_and_only_between_the_two_days() -> None:
    starts, ends = dt.date(2026, 12, 9), dt.date(2027, 1, 3)
    found = weekly(starts, ends, Slot(1, 540, 600), Slot(6, 60, 120))
    days = [starts + dt.timedelta(number) for number in range((ends - starts).days + 1)]
    assert [one.day for one in found] == [day for day in days if day.weekday() in (1, 6)]
    assert weekly(starts, starts, Slot(1, 540, 600)) == ()
