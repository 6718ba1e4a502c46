"""Skills by two roads, occupations by way of everyday words, what advisers' choices change, a model of one's own."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dorobek.matching import (
    Bridge,
    Concept,
    EmbedderError,
    Index,
    IndexFileError,
    Suggestion,
    load,
    merged,
    open_embedder,
    save,
)
from dorobek.matching.feedback import MOST, Choices, Weighed, shift, weighed

COUNTS = st.builds(Choices, st.integers(0, 500), st.integers(0, 500))


def found(code: str, score: float) -> Suggestion:
    return Suggestion(code, score, "medium", ())


def test_a_skill_found_by_both_roads_stands_above_the_same_by_one() -> None:
    needs = {"cashier": {"till": 1.0, "smile": 0.4}}
    led = merged([found("till", 0.5), found("dance", 0.5)], [found("cashier", 0.8)], needs, 5)
    assert [one.code for one in led] == ["till", "dance", "smile"]
    assert led[0].occupations == ("cashier",)
    assert led[1].occupations == ()


def test_without_anything_found_there_are_no_skills() -> None:
    assert merged([], [], {}, 5) == []
    assert merged([], [found("cashier", 0.9)], {}, 5) == []


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.floats(0.01, 0.99)), max_size=6, unique_by=lambda p: p[0]))
def test_scores_of_skills_are_shares_and_fall(pairs: list[tuple[str, float]]) -> None:
    occupations = [found(code, score) for code, score in pairs]
    led = merged(occupations, occupations, {code: {"x": 1.0, code: 0.4} for code in "abc"}, 10)
    assert [one.score for one in led] == sorted((one.score for one in led), reverse=True)
    assert all(0 < one.score < 1 for one in led)


def test_everyday_words_reach_an_occupation_with_which_they_share_no_word() -> None:
    catalogue = Index.build([Concept("till", "Obsługuje kasę", ("siedziałam na kasie", "kasjer"))], "pl")
    occupations = Index.build([Concept("5230", "kasjer"), Concept("7212", "spawacz")], "pl")
    text = "Siedziałam na kasie w markecie"
    assert occupations.suggest(text) == [] or occupations.suggest(text)[0].code != "7212"
    likely = Bridge(catalogue, occupations).likely(text, 5)
    assert likely[0].code == "5230"
    assert likely[0].matches[0].words_in_text in text


def lifted(score: float, choices: Choices, other: float = 0.6) -> list[Weighed[Suggestion]]:
    known = {"a": {"kas": choices}}
    both = [found("b", other), found("a", score)]
    return weighed(both, known, concept=lambda s: s.code, stems=lambda s: ["kas"], score=lambda s: s.score)


def test_one_click_turns_no_clear_order_around_and_many_do() -> None:
    assert [w.one.code for w in lifted(0.45, Choices(1, 0))] == ["b", "a"]
    assert [w.one.code for w in lifted(0.45, Choices(30, 0))] == ["a", "b"]
    assert [w.one.code for w in lifted(0.65, Choices(0, 30))] == ["b", "a"]


def test_the_reason_is_said_from_the_second_choice_and_never_against_the_majority() -> None:
    chosen = {n: {w.one.code: w.chosen for w in lifted(0.5, n)}["a"] for n in (Choices(1), Choices(4), Choices(4, 9))}
    assert list(chosen.values()) == [0, 4, 0]


@given(st.lists(COUNTS, max_size=5))
def test_choices_move_a_score_within_bounds(choices: list[Choices]) -> None:
    assert -MOST <= shift(choices) <= MOST
    assert shift([Choices(c.rejected, c.accepted) for c in choices]) == pytest.approx(-shift(choices))


@given(st.floats(0.001, 0.999), COUNTS)
def test_more_takers_never_lower_a_score(score: float, choices: Choices) -> None:
    more = Choices(choices.accepted + 1, choices.rejected)
    before, after = ({w.one.code: w.score for w in lifted(score, c)}["a"] for c in (choices, more))
    assert after >= before


class Letters:
    """A tiny model: which letters a text has."""

    name = "letters"

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.full((len(texts), 16), 0.01, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                rows[row, zlib.crc32(word.encode()) % 16] += 1
        return rows


WELDERS = [Concept("a", "spawacz"), Concept("b", "kucharz"), Concept("c", "kierowca tira")]


def test_a_model_of_ones_own_takes_the_place_of_the_learned_space_and_is_kept_in_the_file(tmp_path: Path) -> None:
    index = Index.build(WELDERS, "pl", embedder=Letters())
    assert index.suggest("kierowca tira")[0].code == "c"
    save(index, "pl", tmp_path / "i.npz")
    again = load(tmp_path / "i.npz", embedder=Letters())
    assert again.nearness.trained
    assert [s.code for s in again.suggest("kucharz")] == [s.code for s in index.suggest("kucharz")]
    with pytest.raises(IndexFileError, match="another embedding model"):
        load(tmp_path / "i.npz")


def test_a_model_that_gives_too_few_rows_is_refused_by_name() -> None:
    class Broken(Letters):
        def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return super().__call__(texts)[:1]

    with pytest.raises(EmbedderError, match="letters gave an array"):
        Index.build(WELDERS, "pl", embedder=Broken())


def test_a_model_that_cannot_be_opened_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="neither"):
        open_embedder(tmp_path)
    model = tmp_path / "model.onnx"
    model.write_bytes(b"")
    with pytest.raises(EmbedderError, match="tokenizer"):
        open_embedder(model)
    (tmp_path / "tokenizer.json").write_text("{}")
    try:
        import onnxruntime  # type: ignore[import-not-found, unused-ignore]  # noqa: F401
    except ImportError:
        with pytest.raises(EmbedderError, match="'onnxruntime'"):
            open_embedder(model)
