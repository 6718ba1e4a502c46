"""What exact words miss: slips, kindred words, and nothing where nothing is alike."""

import pytest

from dorobek.matching import Concept, Index, load_catalogue
from tests.load.bench_matching import CATALOGUE
from tests.measuring import times_fixed_work

INDEX = Index.build(load_catalogue(CATALOGUE, "pl"), "pl")


@pytest.mark.parametrize("text", ["kasjr", "kasjerkaa", "kasjrka"])
def test_a_typo_still_finds_the_cashier(text: str) -> None:
    assert INDEX.suggest(text)[0].code == "cash-register-operates"


def test_a_slip_in_a_bare_title_is_found() -> None:
    index = Index.build([Concept("a", "kasjer"), Concept("b", "kucharz"), Concept("c", "kierowca")], "pl")
    assert [index.suggest(t)[0].code for t in ("kasjr", "kuchaz", "kierwoca")] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "text", ["Bardzo lubię czekoladę i seriale.", "Wczoraj padał deszcz.", "lorem ipsum dolor sit"]
)
def test_a_sentence_that_fits_nothing_gets_no_answer(text: str) -> None:
    assert INDEX.suggest(text) == []


def test_learning_the_same_names_twice_gives_the_same_answers() -> None:
    concepts = load_catalogue(CATALOGUE, "pl")[:20]
    one, other = (Index.build(c, "pl", learn=True) for c in (concepts, reversed(concepts)))
    for text in ("kasjerka", "liczenie utargu", "sprzedaz na targu"):
        assert one.suggest(text) == other.suggest(text)


def test_twenty_thousand_concepts_are_asked_in_under_twenty_milliseconds() -> None:
    """Three questions together in under 60 ms on a quiet machine: some five times the fixed work."""
    words = sorted({w for c in load_catalogue(CATALOGUE, "pl") for phrase in c.words for w in phrase.split()})
    concepts = [
        Concept(f"c{n:05}", f"{words[n % len(words)]} {words[n * 7 % len(words)]} {n}", (words[n * 13 % len(words)],))
        for n in range(20_000)
    ]
    index = Index.build(concepts, "pl")
    questions = ["kasjer", "sprzedaz na targu", "siedziałam na kasie i przyjmowałam zwroty, a wieczorem liczyłam utarg"]
    index.suggest("kasjer")
    assert times_fixed_work(lambda: [index.suggest(question) for question in questions]) < 6
