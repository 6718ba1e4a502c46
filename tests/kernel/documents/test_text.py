"""Text made ready for paper."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.documents.text import (
    NBSP,
    ZWSP,
    base_direction,
    bind,
    break_long_words,
    clean,
    clusters,
    coverage,
    printable,
    segments,
)
from dorobek.kernel.documents.tree import Paragraph, Picture, Table, paragraphs

LATIN = coverage([frozenset(range(0x20, 0x180)), frozenset([0x5D0])])


def test_one_letter_words_and_units_hold_on_to_their_neighbours() -> None:
    assert bind("w domu i z psem (o 5 zł)", "pl") == f"w{NBSP}domu i{NBSP}z{NBSP}psem (o{NBSP}5{NBSP}zł)"
    assert bind("2 700 PLN, nr 7, ul. Długa", "pl") == f"2{NBSP}700{NBSP}PLN, nr{NBSP}7, ul.{NBSP}Długa"
    assert bind("a dog i saw", "en") == "a dog i saw"
    assert bind("5 złych psów", "pl") == "5 złych psów"


@given(st.lists(st.sampled_from(["a", "i", "5", "100", "zł", "dom", "nr"]), max_size=60))
def test_binding_changes_nothing_but_spaces_and_leaves_lines_breakable(parts: list[str]) -> None:
    bound = bind(" ".join(parts), "pl")
    assert bound.replace(NBSP, " ") == " ".join(parts)
    assert all(len(piece) < 45 for piece in bound.split(" "))


def test_clusters_keep_a_letter_with_its_marks() -> None:
    assert list(clusters("a\u0301\u0302b👨\u200d👩\u200d👧🇵🇱🇩🇪\n\u0301")) == [
        "a\u0301\u0302",
        "b",
        "👨\u200d👩\u200d👧",
        "🇵🇱",
        "🇩🇪",
        "\n",
        "\u0301",
    ]


def test_what_no_font_holds_is_printed_as_its_code_points() -> None:
    assert printable("Łódź 王 a\u0327\u0489 \ue000", LATIN) == "Łódź [U+738B] [U+0061 U+0327 U+0489] [U+E000]"


def test_cleaning_removes_what_steers_and_keeps_line_feeds() -> None:
    assert clean("a\r\nb\u202ec\u00ad\u0000\td\u2028e") == "a\nbc    d\ne"
    assert clean("o\u0301") == "ó"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_clean_text_is_stable(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "".join(clusters(once)) == once
    assert "".join(piece for piece, _ in segments(once)) == once


@given(st.integers(min_value=4, max_value=60), st.text(alphabet="aWż\u0301 ", max_size=300))
def test_no_word_is_longer_than_its_limit(limit: int, text: str) -> None:
    broken = break_long_words(text, limit)
    assert broken.replace(ZWSP, "") == text
    assert all(len(list(clusters(word))) <= limit for part in broken.split(ZWSP) for word in part.split(" "))


def test_direction_and_language_follow_the_script() -> None:
    assert base_direction("123 שרה") == "rtl"
    assert base_direction("Imię שרה") == "ltr"
    assert segments("Imię שרה כהן, tak") == [("Imię ", None), ("שרה כהן", "he"), (", tak", None)]
    assert segments("مرحبا") == [("مرحبا", "ar")]


def test_a_field_with_empty_lines_becomes_paragraphs() -> None:
    assert paragraphs("a\r\nb\r\n\r\n\r\n c ") == (Paragraph("a\nb"), Paragraph("c"))


def test_a_tree_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table("T", ("A", "B"), (("a",),))
    with pytest.raises(ValueError, match="alternative text"):
        Picture(b"\x89PNG\r\n\x1a\n", alt=" ")
    with pytest.raises(ValueError, match="PNG, JPEG or SVG"):
        Picture(b"GIF89a", alt="x")
