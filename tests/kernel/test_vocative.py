"""Given names as one calls somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.vocative import vocative


@pytest.mark.parametrize(
    ("name", "called"),
    [("Małgorzata", "Małgorzato"), ("Zdzisława", "Zdzisławo"), ("Kasia", "Kasiu"), ("Ania", "Aniu"), ("Maria", "Mario"),
     ("Zofia Anna", "Zofio"), ("Aniela", "Anielo"), ("Żaneta", "Żaneto"), ("Ingrid", "Ingrid"), ("", "")],
)  # fmt: skip
def test_a_woman_is_called(name, called):
    assert vocative(name, female=True) == called


@pytest.mark.parametrize(
    ("name", "called"),
    [("Tadeusz", "Tadeuszu"), ("Władysław", "Władysławie"), ("Ryszard", "Ryszardzie"), ("Norbert", "Norbercie"),
     ("Marek", "Marku"), ("Paweł", "Pawle"), ("Michał", "Michale"), ("Jan", "Janie"), ("Piotr", "Piotrze"),
     ("Andrzej", "Andrzeju"), ("Karol", "Karolu"), ("Jakub", "Jakubie"), ("Oleksandr", "Oleksandrze"),
     ("Henryk", "Henryku"), ("Wojciech", "Wojciechu"), ("Antoni", "Antoni"), ("Kuba", "Kubo"), ("李", "李")],
)  # fmt: skip
def test_a_man_is_called(name, called):
    assert vocative(name, female=False) == called


@given(st.text(max_size=40), st.booleans())
def test_any_text_gives_a_text_without_an_error(name, female):
    assert isinstance(vocative(name, female=female), str)
