"""A question of several criteria: drawn for one, counted for each, the same for every candidate (VA-4)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.validation.rules.testing.drawing import (
    CannotDraw,
    Cell,
    PoolItem,
    Row,
    cells_of,
    draw,
    points_by_criterion,
    weight_of,
)
from dorobek.validation.rules.testing.marking import outcome_of, result_of
from dorobek.validation.rules.testing.qti import Packed, pack, unpack
from dorobek.validation.rules.testing.questions import Choice, Form, Question

CODES = ("1.1.a", "1.1.b", "1.2.a", "2.1.a")
ALSO = st.lists(st.sampled_from(CODES), unique=True, max_size=3)


@st.composite
def pools(draw_):
    rows = draw_(st.lists(st.tuples(st.sampled_from(CODES), ALSO, st.integers(1, 3), st.integers(1, 5)), max_size=14))
    return [
        PoolItem(f"{n:03d}", f"f{n}", code, points, hard, tuple(c for c in CODES if c in also and c != code))
        for n, (code, also, points, hard) in enumerate(rows)
    ]


ROWS = st.sampled_from([(Row("1.1", 3), Row("1.2.a", 2)), (Row("1.1.a", 2), Row("1.1.b", 1)), (Row("1.1.a", 4),)])


@given(pools(), ROWS, st.text(max_size=5), st.text(max_size=5), st.sets(st.integers(0, 13), max_size=4))
def test_two_candidates_get_the_same_points_for_every_criterion_they_are_judged_by(pool, rows, first, second, asked):
    try:
        cells = cells_of(rows, pool, CODES)
        seen = {f"f{number}" for number in asked}
        forms = [draw(cells, pool, first), draw(cells, pool, second, seen)]
    except CannotDraw:
        return
    assert points_by_criterion(forms[0]) == points_by_criterion(forms[1])
    for form in forms:
        assert len({one.key for one in form}) == len(form)
        assert sum(one.points for one in form) == sum(row.points for row in rows)
    unseen = [draw(cells, pool, seed) for seed in (first, second)]
    assert weight_of(unseen[0]) == weight_of(unseen[1])


@given(pools(), st.sampled_from(CODES), st.integers(1, 6))
def test_points_are_found_whenever_any_questions_of_the_criterion_make_them_up(pool, code, points):
    sums = {0}
    for one in pool:
        if one.criterion == code:
            sums |= {total + one.points for total in sums}
    cells = cells_of([Row(code, points)], pool, CODES)
    if points in sums:
        form = draw(cells, pool, "x")
        assert sum(one.points for one in form) == points
        assert {one.criterion for one in form} == {code}
    else:
        with pytest.raises(CannotDraw) as refusal:
            draw(cells, pool, "x")
        assert [one.criterion for one in refusal.value.shortages] == [code]


def test_points_of_a_criterion_are_spread_over_kinds_of_questions_the_same_for_everybody():
    pool = [PoolItem(str(n), str(n), "1.1.a", 1, 3, ("1.2.a",) if n < 3 else ()) for n in range(6)]
    assert cells_of([Row("1.1.a", 4)], pool, CODES) == [
        Cell("1.1.a", None, 2), Cell("1.1.a", None, 2, ("1.2.a",)),
    ]  # fmt: skip


MARKED = st.lists(
    st.tuples(
        st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True).map(tuple),
        st.integers(0, 4).map(Decimal), st.just(Decimal(4)),
    ),
    max_size=8,
)  # fmt: skip


@given(MARKED, st.integers(1, 100))
def test_it_counts_whole_for_each_criterion_and_once_for_each_outcome(marked, percent):
    found = result_of(marked, percent, {})
    for code in CODES:
        rows = [(got, of) for codes, got, of in marked if code in codes]
        if rows:
            assert (found.criteria[code].got, found.criteria[code].of) == (
                sum(g for g, _ in rows),
                sum(o for _, o in rows),
            )
        else:
            assert code not in found.criteria
    for outcome, one in found.outcomes.items():
        rows = [(got, of) for codes, got, of in marked if outcome in {outcome_of(code) for code in codes}]
        assert (one.got, one.of) == (sum(g for g, _ in rows), sum(o for _, o in rows))
        assert one.passed is (one.got * 100 >= one.of * percent)


def test_one_criterion_counts_as_before():
    rows = [("1.1.a", Decimal(1), Decimal(2)), ("1.1.b", Decimal(2), Decimal(2)), ("1.2.a", Decimal(0), Decimal(1))]
    assert result_of(rows, 50, {}) == result_of([((code,), got, of) for code, got, of in rows], 50, {})


QUESTION = Question(Form.SINGLE, "Gdzie?", 1, choices=(Choice("a", "tu"), Choice("b", "tam")), right=("a",))


@given(st.permutations(CODES), st.integers(1, 4))
def test_a_package_keeps_every_criterion_and_which_is_first(codes, number):
    packed = Packed(QUESTION, codes[0], 2, tuple(codes[1:number]))
    assert unpack(pack([("q-1", packed)], "90002"), "90002") == [packed]


def test_criteria_of_another_entry_are_left_out():
    packed = Packed(QUESTION, "1.1.a", 2, ("1.1.b",))
    [found] = unpack(pack([("q-1", packed)], "90002"), "77777")
    assert (found.criterion, found.also) == ("", ())
