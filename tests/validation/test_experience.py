"""Years of experience: boundary days, leap days, overlaps, papers that are missing."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.validation.rules import Member, Period, Requirement, counted_days, counted_years
from dorobek.validation.rules.experience import meets, years_before

DAY = dt.date(2026, 11, 21)
DATES = st.dates(dt.date(2005, 1, 1), dt.date(2027, 12, 31))
PERIODS = st.lists(
    st.builds(Period, DATES, st.none() | DATES, st.sampled_from(["", "umowa", "świadectwo"])), max_size=8
)


def period(since, until, document="świadectwo pracy"):
    return Period(dt.date.fromisoformat(since), dt.date.fromisoformat(until) if until else None, document)


@given(PERIODS, DATES, st.none() | st.integers(1, 15))
def test_it_counts_the_days_that_a_list_of_days_counts(periods, until, within):
    first = years_before(until, within) if within else dt.date.min
    days = set()
    for one in periods:
        last = min(one.until or until - dt.timedelta(1), until - dt.timedelta(1))
        if one.document:
            days |= set(range(max(one.since, first).toordinal(), last.toordinal() + 1))
    assert counted_days(periods, until, within) == len(days)


@given(PERIODS, DATES)
def test_order_and_repetition_change_nothing_and_more_never_counts_less(periods, until):
    counted = counted_days(periods, until, 10)
    assert counted_days([*reversed(periods), *periods], until, 10) == counted
    assert counted_days(periods[1:], until, 10) <= counted <= 3653


def test_overlaps_are_counted_once():
    assert counted_years([period("2016-12-01", "2020-11-30"), period("2018-01-01", "2021-11-30")], DAY, 10) == 5
    assert counted_years([period("2016-12-01", "2019-05-31"), period("2017-01-01", "2019-05-31")], DAY, 10) == 2


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2016-11-20", "2016-11-20", 0),  # the day before the ten years begin
        ("2016-11-21", "2016-11-21", 1),  # the first day of the ten years
        ("2026-11-20", "2026-11-20", 1),  # the day before the appointment
        ("2026-11-21", None, 0),  # begun on the day of the appointment
        ("2026-11-01", None, 20),  # lasting: up to the day before
        ("2010-01-01", None, 3652),  # ten years, two leap days among them
    ],
)
def test_the_ten_years_end_the_day_before_the_appointment(since, until, days):
    assert counted_days([period(since, until)], DAY, 10) == days


def test_five_calendar_years_are_enough_and_a_day_less_of_1825_is_not():
    assert counted_years([period("2017-03-01", "2022-02-28")], DAY, 10) == 5
    first = dt.date(2017, 3, 1)
    for days, years in ((1825, 5), (1824, 4)):
        last = first + dt.timedelta(days - 1)
        assert counted_years([Period(first, last, "umowa")], DAY, 10) == years


def test_what_no_document_shows_counts_nothing():
    assert counted_days([period("2015-01-01", None, "  ")], DAY, 10) == 0


def test_a_leap_day_has_its_ten_years_too():
    assert years_before(dt.date(2024, 2, 29), 10) == dt.date(2014, 2, 28)
    assert years_before(dt.date(5, 1, 1), 10) == dt.date.min


def test_experience_counts_only_for_what_it_shows():
    wanted = Requirement("k2", "doradztwo", 5, 10)
    worked = Period(dt.date(2018, 1, 1), None, "umowa", frozenset({"k3"}))
    assert not meets(wanted, Member("ala", 7, (worked,), frozenset({"k2"})), DAY)
    assert meets(Requirement("k3", "diagnoza", 5, 10), Member("ala", 7, (worked,)), DAY)
