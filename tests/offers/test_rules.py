"""Prices, places and dates of the offer."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import RuleBroken
from dorobek.offers.rules import DEAREST, place_from, price_from_text, sum_from_text
from dorobek.web.plans.routes.forms import LimitsForm
from dorobek.web.vouchers.forms import GrantForm


@pytest.mark.parametrize(
    ("text", "grosze"),
    [("1250", 125_000), ("1 250,5", 125_050), ("1.250,00 zł", 125_000), ("0", 0), ("12,99 PLN", 1_299),
     ("1\u00a0250,00\u00a0zł", 125_000), ("1250.00", 125_000), ("1.250.000", 125_000_000 // 1)],
)  # fmt: skip
def test_a_price_is_read_as_people_write_it(text, grosze):
    if grosze > DEAREST:
        with pytest.raises(RuleBroken):
            price_from_text(text)
        return
    assert price_from_text(text) == grosze


@given(st.integers(min_value=0, max_value=DEAREST))
def test_every_price_comes_back_from_its_own_writing(grosze):
    assert price_from_text(f"{grosze // 100},{grosze % 100:02d} zł") == grosze


@given(st.text(max_size=20))
def test_any_text_is_a_price_or_a_refusal_beside_the_field(text):
    try:
        assert 0 <= price_from_text(text) <= DEAREST
    except RuleBroken:
        assert not text.isascii() or not text.isdigit() or int(text) * 100 > DEAREST


def test_a_place_may_be_a_name_a_code_or_the_web():
    assert place_from("Kraków", "") == ("Kraków", "1261", False)
    assert place_from("Łęgowice", "1206") == ("Łęgowice", "1206", False)
    assert place_from("on-line", "") == ("", "", True)
    with pytest.raises(RuleBroken):
        place_from("", "")


@pytest.mark.parametrize("text", ["", "dużo", "100 EUR", "-5", "2000000", "12,345", "1" * 5_000])
def test_a_sum_that_is_no_price_is_refused_in_words_about_a_sum(text):
    with pytest.raises(RuleBroken) as refusal:
        sum_from_text(text)
    told = str(refusal.value.message)
    assert told.startswith(("Nie rozumiem kwoty", "Kwota"))
    assert "cen" not in told.lower()
    assert "usług" not in told
    with pytest.raises(RuleBroken):
        price_from_text(text)


@given(st.integers(0, 100_000_000))
def test_a_sum_is_read_as_a_price_is(grosze):
    text = f"{grosze // 100},{grosze % 100:02d} zł"
    assert sum_from_text(text) == price_from_text(text) == grosze


def test_the_field_of_own_money_speaks_of_a_sum_and_that_of_a_price_of_a_price():
    for field, word in ((LimitsForm.base_fields["own_money"], "kwoty"), (GrantForm.base_fields["price"], "ceny")):
        with pytest.raises(ValidationError, match=f"Nie rozumiem {word}"):
            field.clean("dużo")
