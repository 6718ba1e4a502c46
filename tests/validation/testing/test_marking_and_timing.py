"""Marking by machine, shapes of answers, numbering, results, hours: pure rules on many cases."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.validation.rules.testing.answers import (
    Arrival,
    Held,
    NoSuchAnswer,
    arrival,
    from_places,
    shuffled,
    to_places,
)
from dorobek.validation.rules.testing.marking import Got, OpenMarks, result_of, score
from dorobek.validation.rules.testing.questions import (
    Choice,
    Form,
    Question,
    faults,
    from_json,
    parse_number,
    to_json,
)
from dorobek.validation.rules.testing.timing import ON_ITS_WAY, Hours, Phase
from tests.validation.knowledge_world import ALL, MATCHING, MULTIPLE, NUMBER, OPEN, ORDERING, SHORT, SINGLE

NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.form)
def test_a_good_question_has_no_fault_and_survives_json(question):
    assert faults(question) == []
    assert from_json(question.form, question.prompt, question.points, to_json(question)) == question


@pytest.mark.parametrize(
    ("question", "answer", "points"),
    [
        (SINGLE, "a", "1"),
        (SINGLE, "b", "0"),
        (MULTIPLE, ["a", "c"], "2"),
        (MULTIPLE, ["a"], "1"),
        (MULTIPLE, ["a", "b", "c"], "1"),
        (MULTIPLE, ["b"], "0"),
        (ORDERING, ["a", "b", "c"], "1"),
        (ORDERING, ["b", "a", "c"], "0"),
        (ORDERING, ["a", "b"], "0"),
        (MATCHING, {"a": "x", "b": "y"}, "2"),
        (MATCHING, {"a": "x", "b": "z"}, "1"),
        (MATCHING, {}, "0"),
        (SHORT, "  FAKTURA ", "1"),
        (SHORT, "fakturą", "1"),
        (SHORT, "rachunek", "0"),
        (SHORT, "„Faktura”.", "1"),
        (SHORT, "faktura  vat", "1"),
        (NUMBER, "23,5 ", "1"),
        (NUMBER, "22.5", "1"),
        (NUMBER, "23,51", "0"),
        (NUMBER, "dużo", "0"),
        (NUMBER, "nan", "0"),
        (NUMBER, "1e999999", "0"),
        (OPEN, None, "0"),
    ],
)
def test_points(question, answer, points):
    assert score(question, answer) == Decimal(points)


def test_an_open_answer_waits_for_people():
    assert score(OPEN, "Bo tak.") is None


@given(st.sets(st.sampled_from("abcdefgh"), min_size=1), st.sets(st.sampled_from("abcdefgh")), st.integers(1, 20))
def test_a_multiple_choice_never_leaves_its_range_and_ticking_everything_pays_nobody(right, given, points):
    choices = tuple(Choice(one, one) for one in "abcdefgh")
    question = Question(Form.MULTIPLE, "?", points, choices=choices, right=tuple(sorted(right)))
    found = score(question, sorted(given))
    assert 0 <= found <= points
    assert (found == points) == (given == right)
    if len(right) <= 4:
        assert score(question, list("abcdefgh")) == 0


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.form)
@given(seed=st.text(max_size=5))
def test_places_on_the_screen_lead_back_to_the_same_answer(question, seed):
    order = shuffled(question, seed)
    right = {
        Form.SINGLE: "a", Form.MULTIPLE: ["a", "c"], Form.ORDERING: ["c", "a", "b"], Form.MATCHING: {"a": "z"},
        Form.SHORT: "żółć", Form.NUMBER: "1,5", Form.OPEN: "Bo.\nTak.",
    }[question.form]  # fmt: skip
    places = to_places(question, order, right)
    assert from_places(question, order, places) == right
    assert all(key not in str(places) for key in "abcxyz") or question.form in (Form.SHORT, Form.NUMBER, Form.OPEN)


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.lists(st.text(max_size=2), max_size=4),
                 st.dictionaries(st.text(max_size=2), st.text(max_size=2), max_size=3)))  # fmt: skip
def test_whatever_is_sent_is_an_answer_or_refused(given):
    for question in ALL:
        try:
            answer = from_places(question, shuffled(question, "x"), given)
        except NoSuchAnswer:
            continue
        points = score(question, answer)
        assert points is None or 0 <= points <= question.points


def test_which_message_counts():
    held = Held(5, "a", "x")
    assert arrival(held, 6, "b", "y") is Arrival.TAKE
    assert arrival(held, 5, "a", "x") is Arrival.SAME
    assert arrival(held, 4, "a", "y") is Arrival.OVERTAKEN
    assert arrival(held, 5, "b", "y") is Arrival.CLASH
    assert arrival(held, 3, "b", "y") is Arrival.CLASH


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from("ab"), st.sampled_from("xyz")), max_size=12))
def test_any_messages_in_any_order_leave_the_highest_number_and_repeats_change_nothing(messages):
    held = Held(0, "", None)
    for number, device, answer in messages:
        if arrival(held, number, device, answer) is Arrival.TAKE:
            held = Held(number, device, answer)
        before = held
        if arrival(held, number, device, answer) is Arrival.TAKE:
            held = Held(number, device, answer)
        assert held == before
    assert held.number == max((number for number, _d, _a in messages), default=0)


@given(st.integers(1, 600), st.integers(0, 200), st.integers(-100, 40_000))
def test_the_time_is_the_minutes_with_what_was_added_and_a_started_minute_counts(minutes, extra, seconds):
    hours = Hours(NOON, NOON + dt.timedelta(days=1), minutes, extra, started_at=NOON)
    allowed = hours.allowed.total_seconds() / 60
    assert 0 <= allowed * 100 - minutes * (100 + extra) < 100
    now = NOON + dt.timedelta(seconds=seconds)
    running = now <= hours.ends_at + ON_ITS_WAY
    assert hours.phase(now) is (Phase.RUNNING if running else Phase.OVER)
    assert hours.seconds_left(now) == max(0, int((hours.ends_at - now).total_seconds()))


def test_before_in_and_after_the_window():
    hours = Hours(NOON, NOON + dt.timedelta(hours=1), 30)
    for minutes, phase in ((-1, Phase.EARLY), (0, Phase.OPEN), (60, Phase.OPEN), (61, Phase.MISSED)):
        assert hours.phase(NOON + dt.timedelta(minutes=minutes)) is phase


@given(st.lists(st.tuples(st.sampled_from(["1.1.a", "1.1.b", "2.1.a"]), st.integers(0, 4)), min_size=1, max_size=9),
       st.integers(1, 100))  # fmt: skip
def test_a_result_adds_up_and_passes_exactly_at_the_mark(rows, percent):
    marked = [(code, Decimal(got), Decimal(4)) for code, got in rows]
    found = result_of(marked, percent, {"2.1": 100})
    assert sum(one.got for one in found.criteria.values()) == sum(got for _c, got, _of in marked)
    for code, one in found.outcomes.items():
        needed = 100 if code == "2.1" else percent
        assert (one.needed, one.passed) == (needed, one.got * 100 >= one.of * needed)
    assert found.passed == all(one.passed for one in found.outcomes.values())


def test_half_of_the_points_passes_at_fifty_percent():
    found = result_of([("1.1.a", Decimal("1.50"), Decimal(3))], 50, {})
    assert found.passed
    assert found.criteria == {"1.1.a": Got(Decimal("1.50"), Decimal(3))}


def test_two_markers_then_agreement_then_a_third():
    one, two, three = Decimal(1), Decimal(2), Decimal(3)
    assert OpenMarks(one).points is None
    assert OpenMarks(one, one).points == one
    assert OpenMarks(one, two).points is None
    assert OpenMarks(one, two, third=three).points == three
    assert OpenMarks(one, two, third=three, agreed=two).points == two


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1 234,50", "1234.50"), ("−3", "-3"), ("+2", "2"), ("1\u00a0000", "1000"), ("", None), ("1,2,3", None), ("½", None),
     ("9" * 31, None), ("1e5", None), ("infinity", None), (".", None)],
)  # fmt: skip
def test_numbers_as_typed(typed, number):
    assert parse_number(typed) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"prompt": " "}, "prompt"),
        ({"points": 0}, "points"),
        ({"choices": ()}, "choices"),
        ({"choices": (Choice("a", "x"), Choice("b", " "))}, "choices"),
        ({"choices": (Choice("a", "x"), Choice("b", "x"))}, "choices"),
        ({"right": ()}, "choices"),
        ({"right": ("z",)}, "choices"),
    ],
)
def test_a_question_unfit_to_be_asked_is_told_where(change, field):
    from dataclasses import replace

    assert field in {one.field for one in faults(replace(SINGLE, **change))}
