"""Joining two writers' changes by field: nothing either wrote vanishes, and nobody is asked without need."""

from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.merging import settle, spread

NAMES = ("a", "b", "c", "d")
VALUES = st.sampled_from(["", "x", "y", "z"])
ROWS = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))
GIVEN = st.dictionaries(st.sampled_from(NAMES), VALUES)
GROUPS = st.sampled_from([(), (("a", "b"),), (("a", "b"), ("c", "d"))])


def written(theirs, mine, settled):
    return {**theirs, **{name: mine[name] for name in settled.take}}


@given(ROWS, ROWS, GIVEN, GROUPS)
def test_what_one_side_alone_changed_stands_and_the_rest_asks(base, theirs, mine, groups):
    found = settle(base, theirs, mine, groups)
    result = written(theirs, mine, found)
    for name in NAMES:
        if theirs[name] != base[name] and name not in found.clash:
            assert result[name] == theirs[name], "their words vanished"
        if name in mine and mine[name] != base[name] and name not in found.clash:
            assert result[name] == mine[name], "my words vanished"


@given(ROWS, ROWS, GIVEN)
def test_only_a_field_changed_on_both_sides_to_different_things_asks(base, theirs, mine):
    asked = settle(base, theirs, mine).clash
    assert asked == {n for n, v in mine.items() if len({v, theirs[n], base[n]}) == 3}


@given(ROWS, ROWS, GROUPS)
def test_equal_changes_do_not_ask(base, theirs, groups):
    found = settle(base, theirs, theirs, groups)
    assert not found.clash | found.take | found.keep


@given(ROWS, ROWS, GIVEN, GROUPS)
def test_a_name_has_one_fate(base, theirs, mine, groups):
    found = settle(base, theirs, mine, groups)
    assert len(found.take) + len(found.keep) + len(found.clash) == len(found.take | found.keep | found.clash)
    assert found.take | found.keep | found.clash == {name for name, value in mine.items() if value != theirs[name]}


@given(ROWS, ROWS, GIVEN)
def test_fields_that_belong_together_are_never_half_mine(base, theirs, mine):
    result = written(theirs, mine, settle(base, theirs, mine, [("a", "b")]))
    whole_mine = {**base, **mine}
    if not settle(base, theirs, mine, [("a", "b")]).clash:
        pair = (result["a"], result["b"])
        assert pair in ((theirs["a"], theirs["b"]), (whole_mine["a"], whole_mine["b"]))


def test_a_mapping_laid_open_has_one_name_for_each_key():
    assert spread({"title": "x", "details": {"level": "B1"}}, ("details",)) == {"title": "x", "details.level": "B1"}
