"""The rules as read from an entry, and methods that keep or break them."""

import pytest

from dorobek.validation.rules import OwnRule, Rule, check_methods, rules_of
from dorobek.validation.rules.building import NoRules
from dorobek.validation.rules.experience import unmet
from tests.validation.conftest import second_entry
from tests.validation.people import DAY, member

CODES = ("knowledge_test", "evidence_analysis", "simulated_observation", "conversation")


def spread(rules, codes=CODES):
    """Each method verifies everything."""
    return {code: set(rules.criterion_codes) for code in codes}


def test_the_rules_of_13477_come_from_its_print_out_alone(first):
    assert (first.qualification, first.members_min, first.member_level) == ("13477", 3, 7)
    assert tuple(one.code for one in first.methods) == CODES
    assert [(one.code, one.years, one.within) for one in first.criteria] == [
        ("k1", None, None), ("k2", 5, 10), ("k3", 5, 10),
    ]  # fmt: skip
    assert first.only_these_methods
    assert first.all_methods_used
    assert first.every_outcome
    assert first.each_criterion_met
    assert first.not_own_trainees
    assert first.extra_may_be_candidate
    assert first.appeal
    assert first.method("conversation").must_cover == {1, 2, 3}
    assert first.own == frozenset()
    assert (len(first.criterion_codes), first.criterion_codes[0], first.criterion_codes[-1]) == (57, "1.1.a", "3.3.d")
    assert len(first.provided) == 2


def test_the_adviser_and_the_body_have_requirements_of_their_own(first):
    assert next((one.code, one.years, one.within) for one in first.adviser) == ("d1", 5, 10)
    assert [(one.code, one.years, one.within) for one in first.body] == [("p1", 5, 10)]
    assert unmet(first.adviser, member("ala", "d1", "d2", "d3", "d4"), DAY) == ()
    assert [one.code for one in unmet(first.adviser, member("ala", "d2", "d3", document=""), DAY)] == ["d1", "d4"]


def test_all_four_methods_over_everything_break_nothing(first):
    assert check_methods(first, spread(first)) == []


@pytest.mark.parametrize("left_out", CODES)
def test_a_method_left_out_is_named(first, left_out):
    found = check_methods(first, spread(first, [code for code in CODES if code != left_out]))
    assert [(one.rule, one.who) for one in found] == [(Rule.METHOD_MISSING, (left_out,))]


def test_a_method_that_the_entry_does_not_list_is_refused_and_verifies_nothing(first):
    coverage = {**spread(first), "presentation": {"1.1.a"}}
    assert [(one.rule, one.who) for one in check_methods(first, coverage)] == [(Rule.METHOD_FOREIGN, ("presentation",))]
    less = {code: set(first.criterion_codes) - {"1.1.a"} for code in CODES} | {"presentation": {"1.1.a"}}
    assert {one.rule for one in check_methods(first, less)} == {Rule.METHOD_FOREIGN, Rule.OUTCOME_UNVERIFIED}


def test_the_conversation_concerns_every_set(first):
    coverage = {**spread(first), "conversation": {"1.1.a", "3.1.a"}}
    assert [(one.rule, one.about) for one in check_methods(first, coverage)] == [(Rule.METHOD_SETS, "2")]


def test_a_criterion_that_no_method_verifies_is_named_with_its_outcome(first):
    coverage = {code: set(first.criterion_codes) - {"2.3.b"} for code in CODES}
    found = check_methods(first, coverage)
    assert [(one.rule, one.who, one.about) for one in found] == [(Rule.OUTCOME_UNVERIFIED, ("2.3",), "2.3.b")]
    assert check_methods(first, coverage, carried={"2.3"}) == []


def test_the_second_qualification_binds_each_method_to_its_module(second):
    codes = ("knowledge_test", "work_sample")
    assert check_methods(second, spread(second, codes)) == []
    halves = {"knowledge_test": {"1.1.a", "1.1.b", "1.2.a"}, "work_sample": {"2.1.a", "2.1.b", "2.2.a"}}
    assert check_methods(second, halves) == []
    swapped = {"knowledge_test": halves["work_sample"], "work_sample": halves["knowledge_test"]}
    assert [(one.rule, one.about) for one in check_methods(second, swapped)] == [
        (Rule.METHOD_SETS, "1"),
        (Rule.METHOD_SETS, "2"),
    ]
    assert check_methods(second, {"knowledge_test": halves["knowledge_test"], "work_sample": {"2.1.a"}}, {"2.2"}) != []


def test_an_entry_without_rules_or_outcomes_validates_nothing():
    with pytest.raises(NoRules, match="90002 names no method"):
        rules_of(second_entry(rules=None))
    with pytest.raises(NoRules, match="no verification criteria"):
        rules_of(second_entry(sets=()))


def test_rules_of_the_body_are_added_beside_the_entrys():
    assert rules_of(second_entry(), [OwnRule.NO_RELATIVES]).own == {OwnRule.NO_RELATIVES}
