"""The catalogue of competences is whole and worded as it should be."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from tests.load.bench_matching import CATALOGUE

KINDS = {"knowledge", "skill", "social"}


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return data


def test_there_are_at_least_150_competences_in_known_areas(catalogue: dict[str, Any]) -> None:
    areas = {area["code"] for area in catalogue["areas"]}
    assert len(catalogue["competences"]) >= 150
    assert {c["area"] for c in catalogue["competences"]} == areas
    assert {c["kind"] for c in catalogue["competences"]} == KINDS


@pytest.mark.parametrize("field", ["code", "title_pl", "title_en", "hint_pl", "hint_en"])
def test_nothing_is_said_twice(catalogue: dict[str, Any], field: str) -> None:
    counted = Counter(c[field].lower() for c in catalogue["competences"])
    assert [value for value, times in counted.items() if times > 1] == []


def test_every_competence_is_complete_in_both_languages(catalogue: dict[str, Any]) -> None:
    for one in catalogue["competences"]:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one["code"])
        assert 8 <= len(one["words_pl"]) <= 20, one["code"]
        assert 3 <= len(one["words_en"]) <= 20, one["code"]
        assert 2 <= len(one["evidence_pl"]) == len(one["evidence_en"]) <= 4, one["code"]
        assert len(set(one["words_pl"])) == len(one["words_pl"]), one["code"]
        assert all(re.fullmatch(r"\d{4}", group) for group in one["isco"])
        for field in ("title_pl", "title_en", "hint_pl", "hint_en"):
            assert one[field] == one[field].strip() != ""
        assert len(one["title_pl"]) < 90
        assert one["hint_pl"].endswith(".")
        assert one["hint_en"].endswith(".")


def test_titles_are_worded_as_learning_outcomes(catalogue: dict[str, Any]) -> None:
    """Knowledge begins with "Zna" and the like, the rest with a verb in the third person."""
    for one in catalogue["competences"]:
        first = one["title_pl"].split()[0].rstrip(",")
        if one["kind"] == "knowledge":
            assert first in {"Zna", "Wie", "Rozpoznaje", "Rozumie"}, one["title_pl"]
        else:
            assert re.fullmatch(r"[A-ZŁŚĆŻŹ]\w+(a|e|i|y)", first), one["title_pl"]
