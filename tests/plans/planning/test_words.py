"""Every fault, broken rule, risk and proof has words of its own, with nothing left unfilled (DP-4)."""

import ast
import datetime as dt
import inspect

import pytest

from dorobek.plans.planning.shapes import Basis, Goal, Money, Offered
from dorobek.plans.planning.words import broken_told, fault_text, proof_text, risks_told
from dorobek.plans.routes import (
    Answer,
    Broken,
    Fault,
    Found,
    Gap,
    Kind,
    Level,
    Option,
    Person,
    Problem,
    Risk,
    Route,
    Worry,
    measure,
    rules,
    validation,
)

DAY = dt.date(2026, 11, 23)
COURSE = Option("k1", "c1", "Kurs kasy", Kind.COURSE, {"g": 50}, 100_00, DAY, DAY, 8, 8)
PROBLEM = Problem(DAY, (Gap("g", "Rozlicza kasę"),), (COURSE,), Person("1261", 1, 1, work=()))
OFFERED = Offered("k1", "Kurs kasy", "Ośrodek", "Kraków", requires="matura")
BASIS = Basis(Goal("Kasjer"), PROBLEM, {"k1": OFFERED}, Money(100, 13, expected=True))


def constants(module, name: str) -> set[str]:
    """First arguments of every call of this name in a module, and what is given on to it as `code`."""
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]
    named = [node for node in calls if getattr(node.func, "id", "") in (name, "_twice") and node.args]
    return {str(node.args[0].value) for node in named if isinstance(node.args[0], ast.Constant)}


@pytest.mark.django_db
@pytest.mark.parametrize("rule", sorted(constants(rules, "Broken")))
def test_every_rule_says_what_is_wrong_and_names_what_it_is_about(rule):
    about = {
        "hours-week": "2026-11-23",
        "at-once": "2026-11-23",
        "need-course": "c1",
        "need-gap": "g",
        "too-far": "1261",
    }
    told = broken_told(BASIS, Broken(rule, ("k1",), 7, about.get(rule, "2026-11-23")))
    assert told.text
    assert "%(" not in told.text + told.repair
    assert "łamie regułę" not in told.text
    assert rule in ("unknown", "own-money", "hours-total") or "Kurs kasy" in told.text


# What cannot come from the offer or the form: the shape of a goal and of meetings is ours.
OURS = {
    "gap-twice",
    "option-twice",
    "points-out-of-range",
    "share-out-of-range",
    "gap-unknown",
    "meeting-outside",
    "not-a-monday",
}


@pytest.mark.parametrize("code", sorted(constants(validation, "Fault")))
def test_every_fault_of_the_offer_and_of_the_limits_has_a_reason(code):
    text = fault_text(Fault(code, "k1", "x"))
    assert "%(" not in text
    assert code in OURS or "sprzeczne" not in text


@pytest.mark.parametrize("worry", list(Worry))
def test_every_risk_comes_with_what_to_do_then(worry):
    total = measure(PROBLEM, [COURSE])
    answer = Answer(Route.CHEAPEST, (COURSE,), total, (), (Risk(worry, "k1", 3),))
    told = risks_told(BASIS, answer)
    assert all(one.text and one.repair and "%(" not in one.text for one in told)
    assert any("matura" in one.text for one in told)


@pytest.mark.parametrize("level", [Level.OWN, Level.ESSENTIAL, Level.ENDS, Level.POINTS])
@pytest.mark.parametrize("route", list(Route))
def test_a_proof_says_best_or_how_far_from_it_at_most(route, level):
    total = measure(PROBLEM, [COURSE])
    best = [Found(Level.ESSENTIAL, 0, 0), Found(Level.OWN, 5, 5)]
    assert "Sprawdzone" in proof_text(Answer(route, (COURSE,), total, (), (), tuple(best)))
    late = Found(level, 500, 200)
    text = proof_text(Answer(route, (COURSE,), total, (), (), (late, late)))
    assert "najwyżej o" in text
    assert "%(" not in text
    assert "szkic" in proof_text(Answer(route, (COURSE,), total, (), ()))
