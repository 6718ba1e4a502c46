"""Drawing forms: exact points, the same difficulty for everybody, nothing asked before when avoidable; brute force."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.validation.rules.testing.drawing import (
    BadBlueprint,
    CannotDraw,
    Cell,
    PoolItem,
    Row,
    alike,
    cells_of,
    check_rows,
    draw,
    points_by_criterion,
    reachable,
    reference,
    weight_of,
)

CRITERIA = ("1.1.a", "1.1.b", "1.2.a", "2.1.a")


def item(number, criterion="1.1.a", points=1, difficulty=3):
    return PoolItem(f"{number:03d}", f"f{number}", criterion, points, difficulty)


pools = st.lists(
    st.tuples(st.sampled_from(CRITERIA[:2]), st.integers(1, 3), st.integers(1, 5)), min_size=1, max_size=9
).map(lambda rows: [item(number, *row) for number, row in enumerate(rows)])
seeds = st.text("abc123", min_size=1, max_size=6)


def brute(cell, pool, seen):
    """The best that any choice at all reaches: (how many seen, distance from the bank's difficulty); None for none."""
    fitting = [one for one in pool if one.criterion == cell.criterion and cell.difficulty in (None, one.difficulty)]
    aim = reference(cell, fitting)
    scores = [
        (sum(one.family in seen for one in chosen), abs(Fraction(weight_of(chosen)) - aim))
        for size in range(len(fitting) + 1)
        for chosen in combinations(fitting, size)
        if sum(one.points for one in chosen) == cell.points
    ]
    return min(scores, default=None)


@given(pools, seeds, st.integers(1, 8), st.sets(st.integers(0, 8)), st.sampled_from([None, 1, 3]))
@settings(max_examples=150)
def test_a_cell_is_filled_as_well_as_brute_force_could(pool, seed, points, seen, difficulty):
    cell, families = Cell("1.1.a", difficulty, points), {f"f{one}" for one in seen}
    best = brute(cell, pool, families)
    if best is None:
        with pytest.raises(CannotDraw) as refused:
            draw([cell], pool, seed, families)
        assert [one.criterion for one in refused.value.shortages] == ["1.1.a"]
        return
    form = draw([cell], pool, seed, families)
    aim = reference(cell, [o for o in pool if o.criterion == "1.1.a" and difficulty in (None, o.difficulty)])
    assert (sum(one.family in families for one in form), abs(weight_of(form) - aim)) == best
    assert points_by_criterion(form) == {"1.1.a": points}
    assert len({one.family for one in form}) == len(form)


@given(pools, seeds, seeds, st.integers(1, 6), st.integers(1, 6))
def test_two_candidates_get_the_same_points_by_criterion_and_the_same_difficulty(pool, first, second, a, b):
    cells = [Cell("1.1.a", None, a), Cell("1.1.b", None, b)]
    try:
        one, other = draw(cells, pool, first), draw(cells, pool, second)
    except CannotDraw:
        return
    assert points_by_criterion(one) == points_by_criterion(other)
    for criterion in ("1.1.a", "1.1.b"):
        assert weight_of([i for i in one if i.criterion == criterion]) == weight_of(
            [i for i in other if i.criterion == criterion]
        )
    assert alike([one, other])["difficulty"][0] == alike([one, other])["difficulty"][1]


@given(pools, seeds, st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_form_in_whatever_order_the_bank_is_read(pool, seed, points, dice):
    mixed = list(pool)
    dice.shuffle(mixed)
    cells = [Cell("1.1.a", None, points)]
    try:
        form = draw(cells, pool, seed)
    except CannotDraw:
        return
    assert draw(cells, mixed, seed) == form


def test_seeds_give_different_forms_where_the_bank_is_large_enough():
    pool = [item(n) for n in range(30)]
    forms = {tuple(one.key for one in draw([Cell("1.1.a", None, 10)], pool, str(seed))) for seed in range(20)}
    assert len(forms) == 20


def test_what_was_asked_before_comes_back_only_when_nothing_else_is_left():
    pool = [item(n) for n in range(6)]
    cell = [Cell("1.1.a", None, 3)]
    first = draw(cell, pool, "a")
    seen = {one.family for one in first}
    second = draw(cell, pool, "b", seen)
    assert not seen & {one.family for one in second}
    assert len(seen & {one.family for one in draw(cell, pool, "c", seen | {"f0", "f1", "f2", "f3", "f4"})}) <= 3


def test_the_refusal_names_every_criterion_that_lacks_questions():
    pool = [item(0), item(1, "1.1.b", 2)]
    with pytest.raises(CannotDraw) as refused:
        draw([Cell("1.1.a", None, 4), Cell("1.1.b", None, 1), Cell("1.2.a", 2, 1)], pool, "x")
    assert [(one.criterion, one.wanted, one.have) for one in refused.value.shortages] == [
        ("1.1.a", 4, 1), ("1.1.b", 1, 2), ("1.2.a", 1, 0),
    ]  # fmt: skip


@given(pools, st.integers(1, 8))
def test_points_of_an_outcome_are_spread_exactly_and_the_same_for_everybody(pool, points):
    sums = {a + b for a in reach(pool, "1.1.a", points) for b in reach(pool, "1.1.b", points)}
    if points not in sums:
        with pytest.raises(CannotDraw) as refused:
            cells_of([Row("1.1", points)], pool, CRITERIA)
        assert refused.value.shortages[0].criterion == "1.1"
        return
    cells = cells_of([Row("1.1", points)], pool, CRITERIA)
    assert sum(one.points for one in cells) == points
    assert {one.criterion for one in cells} <= {"1.1.a", "1.1.b"}
    draw(cells, pool, "any")


def reach(pool, criterion, most):
    return reachable([one for one in pool if one.criterion == criterion], most)


def test_an_outcome_is_spread_evenly_where_the_bank_lets():
    pool = [item(n, CRITERIA[n % 2]) for n in range(20)]
    assert cells_of([Row("1.1", 6)], pool, CRITERIA) == [Cell("1.1.a", None, 3), Cell("1.1.b", None, 3)]


@pytest.mark.parametrize(
    ("rows", "target"),
    [
        ([Row("9.9", 1)], "9.9"),
        ([Row("1.1.a", 0)], "1.1.a"),
        ([Row("1.1.a", 41)], "1.1.a"),
        ([Row("1.1.a", 1), Row("1.1.a", 2)], "1.1.a"),
        ([Row("1.1.a", 1, 2), Row("1.1.a", 2)], "1.1.a"),
        ([Row("1.1.a", 1), Row("1.1", 2)], "1.1"),
    ],
)
def test_rows_that_cannot_stand_together_are_refused(rows, target):
    with pytest.raises(BadBlueprint) as refused:
        check_rows(rows, CRITERIA)
    assert refused.value.target == target


def test_difficulties_of_one_criterion_stand_beside_each_other():
    check_rows([Row("1.1.a", 1, 2), Row("1.1.a", 2, 5), Row("1.2", 1)], CRITERIA)
