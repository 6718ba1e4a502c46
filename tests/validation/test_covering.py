"""How far evidence covers criteria: every criterion is counted once, and more evidence never uncovers."""

from hypothesis import given
from hypothesis import strategies as st

from dorobek.validation.rules import OutcomeShape, SetShape
from dorobek.validation.rules.covering import covering

letters = st.sets(st.sampled_from("abcd"), min_size=1)
shapes = st.lists(st.lists(letters, min_size=1, max_size=3), min_size=1, max_size=3)


def sets(shape):
    return [
        SetShape(
            number,
            tuple(
                OutcomeShape(f"{number}.{n}", tuple(f"{number}.{n}.{letter}" for letter in sorted(letters)))
                for n, letters in enumerate(group, 1)
            ),
        )
        for number, group in enumerate(shape, 1)
    ]


@given(shape=shapes, data=st.data())
def test_every_criterion_is_counted_once_and_a_further_piece_never_uncovers(shape, data):
    held = sets(shape)
    codes = [code for group in held for code in group.criteria]
    pieces = data.draw(st.dictionaries(st.sampled_from(codes), st.integers(0, 3)))
    carried = data.draw(st.sets(st.sampled_from([one.code for group in held for one in group.outcomes])))
    found = covering(held, pieces, carried)
    assert found.total == len(codes)
    assert set(found.bare) == {c for c in codes if not pieces.get(c) and c.rsplit(".", 1)[0] not in carried}
    more = data.draw(st.sampled_from(codes))
    again = covering(held, {**pieces, more: pieces.get(more, 0) + 1}, carried)
    assert again.covered - found.covered == (more in found.bare)
    assert set(again.bare) <= set(found.bare)


def test_an_outcome_confirmed_earlier_is_counted_apart_even_with_evidence():
    found = covering(sets([[{"a", "b"}, {"a"}]]), {"1.1.a": 2}, ["1.1"])
    assert (found.covered, found.carried, found.bare) == (0, 2, ("1.2.a",))
