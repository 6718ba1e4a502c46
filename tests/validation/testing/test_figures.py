"""Figures of questions against a slow reference that counts each thing by itself."""

import random
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.validation.rules.testing.figures import LEAST_ANSWERS, Bad, Figures, Given, figures_of, reasons


def reference(answers, question):
    """The same by the book: difficulty and Pearson's correlation of the item with the rest, from whole lists."""
    mine = [one for one in answers if one.question == question]
    parts, rests = [], []
    for one in mine:
        others = [o for o in answers if o.sitting == one.sitting and o.question != question]
        if others:
            parts.append(one.got / one.of)
            rests.append(sum(o.got for o in others) / sum(o.of for o in others))
    difficulty = statistics.fmean(one.got / one.of for one in mine)
    try:
        return difficulty, statistics.correlation(parts, rests)
    except statistics.StatisticsError:
        return difficulty, None


@given(st.integers(0, 10_000), st.integers(LEAST_ANSWERS, 60), st.integers(1, 5))
@settings(max_examples=40)
def test_figures_are_those_of_the_reference(seed, sittings, questions):
    dice = random.Random(seed)
    answers = [
        Given(sitting, f"q{n}", dice.randint(0, 4) / 2, 2.0)
        for sitting in range(sittings)
        for n in dice.sample(range(questions + 2), questions)
    ]
    for key, found in figures_of(answers).items():
        if not found.enough:
            assert found.difficulty is None
            assert found.discrimination is None
            continue
        difficulty, correlation = reference(answers, key)
        assert found.difficulty == pytest.approx(difficulty)
        if correlation is None or found.discrimination is None:
            assert correlation is None or abs(correlation) < 1e-6 or found.discrimination is None
        else:
            assert found.discrimination == pytest.approx(correlation, abs=1e-9)


def test_distractors_are_counted():
    answers = [Given(n, "q", 1.0 if n % 2 else 0.0, 1.0, ("a" if n % 2 else "b",)) for n in range(40)]
    answers += [Given(n, "other", 1.0 if n % 2 else 0.0, 1.0) for n in range(40)]
    found = figures_of(answers)["q"]
    assert found.chosen == {"a": 20, "b": 20}
    assert found.rest_of_choosers == {"a": 1.0, "b": 0.0}
    assert found.discrimination == pytest.approx(1.0)
    assert reasons(found, ["b", "c"], ["a"]) == [Bad.DEAD]


def figure(**more):
    return Figures(**{"answers": 50, "difficulty": 0.6, "discrimination": 0.3, "chosen": {"a": 30, "b": 20}, **more})


@pytest.mark.parametrize(
    ("found", "bad"),
    [
        (figure(), []),
        (figure(difficulty=0.97), [Bad.TOO_EASY]),
        (figure(difficulty=0.1), [Bad.TOO_HARD]),
        (figure(discrimination=-0.2), [Bad.NEGATIVE]),
        (figure(discrimination=0.05), [Bad.WEAK]),
        (figure(discrimination=None), []),
        (figure(chosen={"a": 50}), [Bad.DEAD]),
        (figure(left_out=20), [Bad.LEFT_OUT]),
        (figure(chosen={"a": 10, "b": 40}, rest_of_choosers={"a": 0.3, "b": 0.8}), [Bad.KEY]),
        (figure(answers=LEAST_ANSWERS - 1, difficulty=None, discrimination=None, chosen={}), []),
    ],
)
def test_reasons(found, bad):
    assert reasons(found, ["b"], ["a"]) == bad
