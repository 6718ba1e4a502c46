"""Shares to the grosz, deadlines, what a voucher may pay for."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.offers.enums import HourForm as OfferedForm
from dorobek.programmes.enums import HourForm
from dorobek.programmes.schema import SHIPPED, shipped_rules
from dorobek.programmes.schema.hour_values import HourValue
from dorobek.vouchers import rules
from dorobek.vouchers.enums import VoucherState

TERMS = shipped_rules(SHIPPED[0]).vouchers
PRICES = st.integers(min_value=1, max_value=100_000_000)


def service(**changes):
    plain = {"kind": "training", "field": "languages", "ending": "certificate", "hours": 60, "hour_form": "group"}
    return SimpleNamespace(**{**plain, **changes})


@given(PRICES, st.integers(0, 1_000_000), st.integers(0, 100), st.sampled_from(rules.Rounding))
def test_own_share_and_support_are_the_price_under_any_rounding(price, left, percent, rounding):
    shares = rules.split(price, left, percent, rounding)
    assert shares.own + shares.support == price
    assert 0 <= shares.support <= shares.covered <= min(price, left)
    exact = (price - shares.covered) * 100 + shares.covered * percent
    assert abs(shares.own * 100 - exact) < 100


@given(PRICES, PRICES, st.integers(0, 400_000), st.integers(0, 100), st.sampled_from(rules.Rounding))
def test_a_cheaper_training_never_asks_more_of_anybody(price, other, left, percent, rounding):
    dear, cheap = max(price, other), min(price, other)
    granted = rules.split(dear, left, percent, rounding)
    bought = rules.split(cheap, granted.covered, percent, rounding)
    assert bought.own <= granted.own
    assert bought.support <= granted.support


def test_the_known_case_of_the_source_programme():
    shares = rules.split(270_000, 270_000, 13)
    assert (shares.own, shares.support) == (35_100, 234_900)
    assert rules.split(300_000, 270_000, 13).own == 30_000 + 35_100


@pytest.mark.parametrize(
    ("opened", "months", "last"),
    [("2026-11-21", 12, "2027-11-21"), ("2028-02-29", 12, "2029-02-28"), ("2026-08-31", 6, "2027-02-28")],
)
def test_months_end_on_the_same_day_or_the_months_last(opened, months, last):
    assert rules.last_day(dt.date.fromisoformat(opened), months) == dt.date.fromisoformat(last)


def test_each_reminder_goes_out_once_and_a_missed_one_is_not_sent_after_a_nearer():
    end = dt.date(2027, 6, 30)
    sent: list[int] = []
    for left in range(120, -5, -1):
        due = rules.reminder_due(end, end - dt.timedelta(days=left), rules.REMIND_DAYS, sent)
        if due is not None:
            sent.append(due)
            assert left == due
    assert sent == [90, 30, 7]
    assert rules.reminder_due(end, end - dt.timedelta(days=20), rules.REMIND_DAYS, []) == 30
    assert rules.reminder_due(end, end - dt.timedelta(days=20), rules.REMIND_DAYS, [7]) is None


def test_the_terms_say_what_may_be_bought():
    assert rules.why_not(TERMS, service(), 120_000) is None
    assert "dziedziny" in rules.why_not(TERMS, service(field="trade"), 120_000)
    assert "certyfikat" in rules.why_not(TERMS, service(ending="statement"), 120_000)
    assert rules.why_not(TERMS, service(kind="exam", field="trade", ending="nothing"), 120_000) is None
    assert rules.why_not(replace(TERMS, pays_for_validation=False), service(kind="validation"), 1) is not None


def test_an_hour_has_a_ceiling_where_the_programme_sets_one():
    hour = HourValue(field="languages", form=HourForm.GROUP, unit_grosze=1_500, most_units=2)
    terms = replace(TERMS, hour_values=(hour,))
    assert rules.why_not(terms, service(hours=60), 60 * 3_000) is None
    assert rules.why_not(terms, service(hours=60), 60 * 3_000 + 1) is not None
    assert rules.why_not(terms, service(hours=0), 100) is not None
    assert rules.why_not(terms, service(hours=60, hour_form="single"), 900_000) is None
    assert rules.units(terms, service(hours=60), 60 * 1_500) == 60
    assert rules.units(terms, service(hours=60), 60 * 1_500 + 1) == 120


def test_forms_of_an_hour_have_the_same_codes_in_programme_and_offer():
    assert {str(one) for one in HourForm} == set(OfferedForm.values)


def test_no_way_leads_out_of_an_ended_state():
    assert set(rules.ENDED) == {
        VoucherState.SETTLED,
        VoucherState.RETURNED,
        VoucherState.EXPIRED,
        VoucherState.ANNULLED,
    }
    assert all(after in rules.AFTER for steps in rules.AFTER.values() for after in steps)
