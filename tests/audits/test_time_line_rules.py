"""The time line: order, lanes of what ran side by side, stretches with no entry."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from dorobek.audits.rules.time_line import Moment, in_order, is_point, is_vague, placed, read_date, silences

TODAY = dt.date(2026, 11, 21)
AREAS = ("education", "work", "personal")


def moment(key="a", *, area="work", kind="job", starts="2010", ends="", ongoing=False):
    return Moment(key, area, kind, key, starts, ends, ongoing)


dates = st.one_of(
    st.integers(1950, 2026).map(str),
    st.builds(lambda y, m: f"{y}-{m:02d}", st.integers(1950, 2026), st.integers(1, 12)),
    st.builds(lambda y, s: f"{y}-{s}~", st.integers(1950, 2025), st.integers(21, 24)),
    st.integers(195, 202).map(lambda d: f"{d}X"),
)
moments = st.lists(
    st.builds(
        Moment,
        key=st.uuids().map(str),
        area=st.sampled_from(AREAS),
        kind=st.sampled_from(["job", "school", "course", "care", "family", "activity", "interest"]),
        title=st.just("x"),
        starts=st.one_of(st.just(""), dates),
        ends=st.one_of(st.just(""), dates),
        ongoing=st.booleans(),
    ),
    max_size=25,
    unique_by=lambda one: one.key,
)


@given(moments)
def test_two_events_in_one_lane_of_an_area_never_overlap(found):
    pieces = placed(found, today=TODAY)
    for one in pieces:
        for other in pieces:
            if one is other or (one.moment.area, one.lane) != (other.moment.area, other.lane):
                continue
            assert one.last_day < other.first_day or other.last_day < one.first_day


@given(moments)
def test_every_dated_event_is_drawn_once_and_lanes_are_counted_from_nought(found):
    pieces = placed(found, today=TODAY)
    assert sorted(p.moment.key for p in pieces) == sorted(m.key for m in found if m.starts)
    for area in AREAS:
        lanes = {p.lane for p in pieces if p.moment.area == area}
        assert lanes == set(range(len(lanes)))


@given(moments)
def test_the_order_is_by_beginning_and_undated_events_come_last(found):
    ordered = in_order(found)
    assert sorted(m.key for m in ordered) == sorted(m.key for m in found)
    beginnings = [read_date(m.starts) for m in ordered]
    dated = [date.sort_key for date in beginnings if date]
    assert dated == sorted(dated)
    assert all(date is None for date in beginnings[len(dated) :])


@given(moments)
def test_stretches_with_no_entry_are_in_order_apart_and_half_a_year_long(found):
    quiet = silences(found, today=TODAY)
    for silence in quiet:
        assert silence.first_day <= silence.last_day
        assert silence.months >= 6
    for before, after in itertools.pairwise(quiet):
        assert before.last_day < after.first_day


def test_a_gap_between_two_jobs_is_named_and_one_since_the_last_job_too():
    jobs = [moment("a", starts="1992", ends="1999-06"), moment("b", starts="2003-03", ends="2024-01")]
    found = silences(jobs, today=TODAY)
    assert [(s.first_day, s.last_day) for s in found] == [
        (dt.date(1999, 7, 1), dt.date(2003, 2, 28)),
        (dt.date(2024, 2, 1), TODAY),
    ]


def test_care_for_a_relative_is_no_empty_time():
    found = silences(
        [
            moment("a", starts="1992", ends="1999"),
            moment("b", kind="care", area="personal", starts="2000", ends="2003"),
            moment("c", starts="2003", ongoing=True),
        ],
        today=TODAY,
    )
    assert found == []


def test_jobs_held_at_the_same_time_lie_in_two_lanes():
    pieces = placed(
        [moment("a", starts="2003", ends="2015"), moment("b", starts="2012", ends="2016")],
        today=TODAY,
    )
    assert [piece.lane for piece in pieces] == [0, 1]


def test_a_season_is_vague_a_month_is_not_and_an_event_of_one_date_is_a_dot():
    assert is_vague(moment(starts="2013-21"))
    assert not is_vague(moment(starts="2013-05"))
    assert is_vague(moment(starts="2013", ends="2015~"))
    assert is_point(moment(kind="family", starts="1996"))
    assert not is_point(moment(starts="2013", ongoing=True))


def test_a_date_that_cannot_be_read_leaves_the_event_undated_and_does_not_break_the_line():
    assert placed([moment(starts="kiedyś")], today=TODAY) == []
    assert [m.key for m in in_order([moment("x", starts="?"), moment("y")])] == ["y", "x"]
    assert silences([moment(starts="2010", ends="?")], today=TODAY)
