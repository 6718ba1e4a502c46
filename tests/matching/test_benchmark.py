"""The figures that the benchmark prints stay above their floors; the parts asserted here are never used for tuning."""

import json
import os
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from dorobek.cli.bench_command import CATALOGUE, ROOT
from dorobek.cli.main import main
from dorobek.matching.bench.data import Melo, has_melo, held_out, melo, sentences, sentences_to_occupations, slip
from dorobek.matching.bench.report import Places, Row, melo_rows, name_rows, occupation_rows, sentence_rows, table

SENTENCES = ROOT / "benchmarks/matching/sentences_pl.json"
MELO = Path(os.environ.get("DOROBEK_BENCH_DATA", ROOT.parent / "shared/data")) / "melo-pl"
PLACES = Places(SENTENCES, CATALOGUE, MELO)


@pytest.fixture(scope="module")
def melo_polish() -> Melo:
    if not has_melo(MELO):
        pytest.skip("the tables of MELO Polish are not at hand; set DOROBEK_BENCH_DATA to the folder that holds them")
    return melo(MELO)


def by_name(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    return {(row.questions, row.ranker): row for row in rows}


def test_the_sentences_are_at_least_150_and_their_codes_are_in_the_catalogue() -> None:
    known = {c["code"] for c in json.loads(CATALOGUE.read_text(encoding="utf-8"))["competences"]}
    train, held = sentences(SENTENCES, "train"), sentences(SENTENCES, "held-out")
    answered = [case for case in (*train, *held) if case.right]
    assert len(answered) >= 150
    assert len(held) >= (len(train) + len(held)) / 2
    assert all(case.right <= known for case in answered)
    assert len({case.text for case in (*train, *held)}) == len(train) + len(held)


def test_at_least_150_sentences_name_occupations_and_30_fit_nothing_half_of_both_held_out() -> None:
    parts = [sentences_to_occupations(SENTENCES, part) for part in ("train", "held-out")]
    named, empty = ([sum(bool(case.right) is wanted for case in part) for part in parts] for wanted in (True, False))
    assert sum(named) >= 150
    assert sum(empty) >= 30
    assert named[1] >= sum(named) / 2
    assert empty[1] >= sum(empty) // 2


def test_everyday_sentences_reach_occupations_by_way_of_the_catalogue(melo_polish: Melo) -> None:
    figures = by_name(occupation_rows(PLACES, melo_polish, baselines=False))[
        "to occupations, held-out", "engine"
    ].figures
    assert figures is not None
    assert figures.recall_10 >= 0.4


def test_sentences_never_used_for_tuning_reach_the_quality_floor() -> None:
    figures = by_name(sentence_rows(PLACES, baselines=False))["sentences, held-out", "engine"].figures
    assert figures is not None
    assert figures.recall_1 >= 0.76
    assert figures.recall_3 >= 0.86
    assert figures.recall_5 >= 0.88
    assert figures.mrr_10 >= 0.82
    assert figures.silent is not None
    assert figures.silent >= 0.45
    assert figures.silence_right is not None
    assert figures.silence_right >= 0.75


def test_names_that_the_index_has_not_seen_reach_the_floors(melo_polish: Melo) -> None:
    rows = by_name(name_rows(melo_polish, baselines=False))
    floors = {"held-out names": 0.66, "unlike any name": 0.60, "mistyped": 0.63}
    for questions, floor in floors.items():
        figures = rows[questions, "engine"].figures
        assert figures is not None
        assert figures.mrr_10 >= floor, questions


def test_melo_reaches_the_floors(melo_polish: Melo) -> None:
    figures = by_name(melo_rows(melo_polish, baselines=False))["MELO Polish", "engine"].figures
    assert figures is not None
    assert figures.questions == 1937
    assert figures.mrr_100 >= 0.58
    assert figures.recall_10 >= 0.71


def test_the_answers_of_melo_are_never_in_its_index(melo_polish: Melo, tmp_path: Path) -> None:
    """The official mapping names the query for each concept; none of its pairs may come from anywhere but the labels."""
    labels = {name for names in melo_polish.labels.values() for name in names}
    indexed = {name for c in melo_polish.concepts() for name in (c.title, *c.words)}
    assert indexed == labels
    sources = [path for room in ("matching", "register") for path in (ROOT / "src/dorobek" / room).rglob("*.py")]
    assert not [path for path in sources if "kzis2014" in path.read_text(encoding="utf-8")]


def test_no_held_out_name_is_left_in_the_index_and_the_halves_share_no_question(melo_polish: Melo) -> None:
    halves = [held_out(melo_polish.labels, half) for half in ("validation", "test")]
    asked = [{code for case in half.cases for code in case.right} for half in halves]
    assert not asked[0] & asked[1]
    for half in halves:
        own = {c.code: {c.title, *c.words} for c in half.concepts}
        assert not [case for case in half.cases for code in case.right if case.text in own[code]]


def test_a_slip_changes_little_and_repeats_with_its_seed() -> None:
    assert slip("Księgowa", random.Random(3)) == slip("Księgowa", random.Random(3)) != "ksiegowa"
    assert slip("ja i ty", random.Random(3)) == "ja i ty"


def test_missing_data_is_named_as_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = ["--melo", str(tmp_path), "--sentences", str(tmp_path / "none.json")]
    assert main(["bench", "matching", "--json", "--quick", *missing]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert all(row["figures"] is None and row["reason"] for row in rows)
    assert "not measured" in table([Row("MELO Polish", "engine", None, "no tables")])


def test_broken_data_is_a_problem_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "sentences.json"
    broken.write_text("{", encoding="utf-8")
    assert main(["bench", "matching", "--quick", "--melo", str(tmp_path), "--sentences", str(broken)]) == 1
    assert "cannot be read" in capsys.readouterr().err
