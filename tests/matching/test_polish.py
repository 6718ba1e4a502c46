"""Polish words in their many forms fall together, with and without Polish letters."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.matching.polish import root, soft_key, stem
from dorobek.matching.text import fold, words_of
from dorobek.matching.typos import Typos, distance


@pytest.mark.parametrize(
    "forms",
    [
        "liczyłam liczenie liczę liczyć liczył",
        "przyjmowałam przyjmowanie przyjmuję przyjmowania",
        "zwrot zwroty zwrotów zwrotami",
        "kasa kasę kasie kasy kasą",
        "księgowa księgowy księgową księgowych ksiegowemu",
        "spawałem spawacz spawanie pospawać spawarka",
        "gotowałam gotowanie gotuję gotował",
        "sprzątałam sprzątanie sprzątam sprzątali",
        "obsługiwałam obsługa obsługiwanie",
        "piekłam pieczenie wypieki upiec",
        "uczyłam nauka uczę nauczyciel",
        "klient klienci klientów klientom",
        "odpowiedzialność odpowiedzialna odpowiedzialny",
    ],
)
def test_forms_of_a_word_share_a_soft_key_or_nearly(forms: str) -> None:
    keys = {soft_key(stem(fold(form))) for form in forms.split()}
    assert len(keys) <= 2
    assert len({soft_key(stem(fold(form))) for form in forms.split()[:3]}) == 1


def test_an_aspect_prefix_does_not_hide_the_root() -> None:
    assert len({root(stem(fold(w))) for w in ["liczyłam", "policzyć", "obliczać", "rozliczam", "przeliczyłam"]}) == 1


@pytest.mark.parametrize("word", ["opieka", "opiekowałam", "opiekunka"])
def test_care_is_not_baking(word: str) -> None:
    assert root(stem(fold(word))) != root(stem("piek"))


@given(st.text(max_size=60))
def test_stemming_any_folded_word_gives_something_and_is_stable(text: str) -> None:
    for word in words_of(text):
        assert stem(word.form)
        assert soft_key(stem(word.form)) == soft_key(stem(word.form))
        assert root(stem(word.form))


@given(st.text(max_size=200))
def test_words_lie_in_the_text_in_order(text: str) -> None:
    words = words_of(text)
    assert all(0 <= w.start < w.end <= len(text) for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))


def test_a_decomposed_text_gives_the_same_words() -> None:
    assert [w.form for w in words_of("Spo\u0301\u0142ka z\u0142o\u017cona")] == ["spolka", "zlozona"]


@given(st.text("abcdeł", max_size=8), st.text("abcdeł", max_size=8))
def test_distance_is_symmetric_and_zero_only_for_the_same_word(a: str, b: str) -> None:
    assert distance(a, b, 10) == distance(b, a, 10)
    assert (distance(a, b, 10) == 0) == (a == b)


def test_a_swap_of_neighbours_is_one_edit() -> None:
    assert distance("przyjmowalma", "przyjmowalam", 2) == 1


def test_short_words_are_not_corrected() -> None:
    assert Typos(["kasa", "kosa", "masa"]).near("basa") == []
