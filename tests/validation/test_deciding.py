"""Decisions from marks, differences between assessors, agreement beyond chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.validation.rules import Verdict, agreed_marks, cohen, decide, fleiss, rules_of
from tests.validation.conftest import second_entry

SETS = rules_of(second_entry()).sets
CODES = [code for group in SETS for code in group.criteria]
MET, NOT, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_SHOWN
MARKS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(Verdict))


def test_everything_met_is_the_whole_qualification():
    assert decide(SETS, dict.fromkeys(CODES, MET)).whole is MET


def test_one_criterion_not_met_fails_its_outcome_its_set_and_the_whole_and_nothing_else():
    decision = decide(SETS, {**dict.fromkeys(CODES, MET), "1.1.b": NOT})
    assert decision.outcomes == {"1.1": NOT, "1.2": MET, "2.1": MET, "2.2": MET}
    assert (decision.sets, decision.whole) == ({1: NOT, 2: MET}, NOT)
    assert decision.partial == ("1.2", "2.1", "2.2")


def test_what_nobody_saw_is_not_shown_and_is_no_certificate():
    marks = {**dict.fromkeys(CODES, MET), "2.2.a": OPEN}
    assert decide(SETS, marks).whole is OPEN
    del marks["2.2.a"]
    assert decide(SETS, marks).whole is OPEN
    assert decide(SETS, {}).whole is OPEN


def test_an_outcome_confirmed_earlier_counts_without_another_look():
    marks = {code: MET for code in CODES if not code.startswith("1.1")}
    assert decide(SETS, marks).whole is OPEN
    assert decide(SETS, marks, carried={"1.1"}).whole is MET


def test_a_mark_on_a_criterion_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"9\.9\.z"):
        decide(SETS, {"9.9.z": MET})


@given(MARKS)
def test_the_whole_is_met_exactly_when_every_criterion_is(marks):
    decision = decide(SETS, marks)
    assert (decision.whole is MET) == all(marks.get(code) is MET for code in CODES)
    assert (decision.whole is NOT) == any(mark is NOT for mark in marks.values())
    assert decide(SETS, decision.criteria) == decision


@given(MARKS, st.sampled_from(CODES))
def test_a_better_mark_never_takes_an_outcome_away(marks, code):
    before, after = decide(SETS, marks), decide(SETS, {**marks, code: MET})
    assert set(before.partial) <= set(after.partial)


@given(st.lists(MARKS, min_size=1, max_size=4))
def test_a_mark_is_agreed_only_when_every_assessor_gave_it(sheets):
    alike, apart = agreed_marks(sheets)
    assert not set(alike) & set(apart)
    assert set(alike) | set(apart) == {code for sheet in sheets for code in sheet}
    assert all(sheet[code] is mark for code, mark in alike.items() for sheet in sheets)
    assert agreed_marks(sheets[::-1])[0] == alike


def test_a_criterion_that_one_assessor_left_out_is_a_difference():
    assert agreed_marks([{"1.1.a": MET}, {}]) == ({}, {"1.1.a": (MET,)})


def test_kappa_of_a_table_worked_by_hand():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.70, by chance 0.50
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen(pairs).value == pytest.approx(0.4)
    assert (cohen(pairs).cases, cohen(pairs).alike) == (50, 35)


def test_kappa_is_not_told_where_it_cannot_be():
    assert cohen([]).value is None
    assert cohen([("met", "met")] * 9).value is None


def test_fleiss_of_a_table_worked_by_hand():
    # six criteria, three assessors: 3-0, 3-0, 2-1, 0-3, 1-2, 3-0; agreed 7/9, by chance (12² + 6²) / 18²
    marks = ["yyy", "yyy", "yyn", "nnn", "ynn", "yyy"]
    found = fleiss([*marks, "y"])
    assert found.value == pytest.approx((7 / 9 - 180 / 324) / (1 - 180 / 324))
    assert (found.cases, found.alike) == (6, 4)


def test_fleiss_is_not_told_where_it_cannot_be():
    assert fleiss([]).value is None
    assert fleiss(["y", "n"]) == fleiss([])
    assert fleiss(["yyy", "yy"]).value is None


@given(st.lists(st.text("abc", max_size=4), max_size=20))
def test_fleiss_lies_between_minus_one_and_one_and_does_not_care_for_the_order(subjects):
    value = fleiss(subjects).value
    if value is not None:
        assert -1 - 1e-9 <= value <= 1 + 1e-9
        many = [one for one in subjects if len(one) > 1]
        assert (value == pytest.approx(1)) == all(len(set(one)) == 1 for one in many)
        assert fleiss([one[::-1] for one in subjects[::-1]]).value == pytest.approx(value)


PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30)


@given(PAIRS)
def test_kappa_lies_between_minus_one_and_one_and_does_not_care_who_is_first(pairs):
    value = cohen(pairs).value
    if value is not None:
        assert -1 <= value <= 1
        assert (value == 1) == all(one == other for one, other in pairs)
        assert cohen([(other, one) for one, other in pairs]).value == pytest.approx(value)
