"""From a person's own words to suggestions, and why."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.matching import Concept, Index, Suggestion, load_catalogue
from tests.load.bench_matching import CATALOGUE, DATA, engine, load_sentences, measure, read_esco_skills

TILL = (
    "Siedziałam na kasie i przyjmowałam zwroty, a pod koniec dnia liczyłam utarg i wypisywałam raport dla kierowniczki."
)
CONCEPTS = load_catalogue(CATALOGUE, "pl")
INDEX = Index.build(CONCEPTS, "pl")
WORDS = sorted({word for c in CONCEPTS for phrase in c.words for word in phrase.split()})
life = st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join)


def first(text: str) -> Suggestion:
    return INDEX.suggest(text)[0]


def test_the_cashiers_sentence_leads_to_the_till_the_returns_and_the_cash_report() -> None:
    found = {s.code: s for s in INDEX.suggest(TILL)}
    assert list(found)[:3] == ["cash-up-shift", "cash-register-operates", "returns-handles"]
    assert {s.strength for s in list(found.values())[:3]} == {"strong"}


def test_the_reason_names_the_words_of_both_sides() -> None:
    returns = next(s for s in INDEX.suggest(TILL) if s.code == "returns-handles")
    match = returns.matches[0]
    assert (match.words_in_text, match.words_in_concept) == ("przyjmowałam zwroty", "przyjmowanie zwrotów")
    assert returns.strength == "strong"
    assert TILL[match.text_start : match.text_end] == "przyjmowałam zwroty"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("wydawałam posiłki", "meals-serves"),
        ("spawałem bramy migomatem", "mag-welds"),
        ("opiekowalam sie chora mama", "elderly-cares"),
        ("doiłem krowy", "cattle-keeps"),
        ("byłam skarbniczką koła gospodyń", "association-treasurer"),
        ("tlumaczylam kolezankom u lekarza", "interprets-others"),
        ("gasiłem pożary w OSP", "fire-fights"),
        ("pisałam wniosek o dotację na piec", "grants-writes"),
        ("klient na mnie krzyczał, zachowałam spokój", "calm-upset-client"),
        ("przyjmowalma zwrtoy", "returns-handles"),
        ("zachowalem zimna krew i wezwalem karetke", "first-aid-gives"),
    ],
)
def test_real_sentences_lead_to_the_right_competence(text: str, code: str) -> None:
    assert code in [s.code for s in INDEX.suggest(text)[:2]]


def test_gender_diacritics_and_case_make_no_difference() -> None:
    expected = [s.code for s in INDEX.suggest("księgowy")]
    assert expected[0] == "accounts-keeps"
    for other in ("ksiegowy", "KSIĘGOWA", "ksiegowa", unicodedata.normalize("NFD", "księgową")):
        assert [s.code for s in INDEX.suggest(other)] == expected


@pytest.mark.parametrize("text", ["", "   ", "...", "a i o u", "🙂🙂", "qwrtp zxcvb", "12345 1999", "\x00", "你好"])
def test_empty_and_garbage_texts_give_nothing(text: str) -> None:
    assert INDEX.suggest(text) == []


def test_a_limit_below_one_gives_nothing() -> None:
    assert INDEX.suggest(TILL, 0) == []
    assert len(INDEX.suggest(TILL, 2)) == 2


def test_a_ten_megabyte_text_is_answered() -> None:
    assert INDEX.suggest("liczyłam utarg " * 700_000)[0].code == "cash-up-shift"


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=300), life))
def test_any_text_gives_sorted_scores_and_spans_that_lie_in_it(text: str) -> None:
    suggestions = INDEX.suggest(text)
    assert len(suggestions) <= 8
    assert [s.score for s in suggestions] == sorted((s.score for s in suggestions), reverse=True)
    assert len({s.code for s in suggestions}) == len(suggestions)
    strengths = ["strong", "medium", "weak"]
    assert [strengths.index(s.strength) for s in suggestions] == sorted(
        strengths.index(s.strength) for s in suggestions
    )
    for suggestion in suggestions:
        assert 0 < suggestion.score < 1
        assert suggestion.matches
        end = 0
        for match in suggestion.matches:
            assert end <= match.text_start < match.text_end <= len(text)
            assert text[match.text_start : match.text_end] == match.words_in_text
            assert match.words_in_concept
            end = match.text_end


@settings(deadline=None, max_examples=50)
@given(life)
def test_the_same_text_gives_the_same_answer_whatever_the_order_of_concepts(text: str) -> None:
    turned = Index.build(reversed(CONCEPTS), "pl")
    assert turned.suggest(text) == INDEX.suggest(text) == INDEX.suggest(text)


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(CONCEPTS), st.lists(st.text("qxvwz", min_size=4, max_size=9), min_size=1, max_size=5))
def test_an_irrelevant_concept_does_not_drive_out_a_strong_exact_match(one: Concept, noise: list[str]) -> None:
    text = one.title
    before = {s.code for s in INDEX.suggest(text) if s.strength == "strong"}
    assert one.code in before
    wider = Index.build([*CONCEPTS, Concept("zz-noise", " ".join(noise))], "pl")
    assert one.code in {s.code for s in wider.suggest(text) if s.strength == "strong"}


def test_every_title_finds_its_own_competence_first() -> None:
    for concept in CONCEPTS:
        assert first(concept.title).code == concept.code


def test_the_english_titles_find_their_own_competence_among_the_first_two() -> None:
    concepts = load_catalogue(CATALOGUE, "en")
    index = Index.build(concepts, "en")
    for concept in concepts:
        assert concept.code in [s.code for s in index.suggest(concept.title)[:2]]


def test_an_empty_index_and_a_doubled_code_are_dealt_with() -> None:
    assert Index.build([], "pl").suggest("kasa") == []
    assert Index.build([Concept("a", "")], "pl").suggest("kasa") == []
    with pytest.raises(ValueError, match="twice"):
        Index.build([Concept("a", "kasa"), Concept("a", "zwrot")], "pl")


def test_held_out_sentences_reach_the_quality_floor() -> None:
    """The figures that `python -m tests.load.bench_matching` prints, less a small margin."""
    quality = measure(engine(INDEX), [s for s in load_sentences() if s.part == "test"])
    assert quality.recall_1 >= 0.64
    assert quality.recall_3 >= 0.82
    assert quality.recall_5 >= 0.86
    assert quality.mrr >= 0.73


def test_sentences_that_fit_nothing_get_no_strong_suggestion() -> None:
    for sentence in load_sentences():
        if not sentence.codes:
            assert "strong" not in {s.strength for s in INDEX.suggest(sentence.text)}, sentence.text


def test_all_esco_skills_can_be_indexed_and_asked() -> None:
    path = DATA / "esco-en" / "skills_en.csv"
    if not path.exists():
        pytest.skip("the official ESCO export is not at hand; set DOROBEK_BENCH_DATA to its folder")
    concepts = read_esco_skills(path)
    index = Index.build(concepts, "en")
    titles = {c.code: c.title for c in concepts}
    found = [titles[s.code] for s in index.suggest("welding steel gates")]
    assert any("weld" in title for title in found[:3])
