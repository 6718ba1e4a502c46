"""The guide of a conversation: nothing open is left out, nothing shown is asked, no set that must be covered is missed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dorobek.register.entry.validation import Method
from dorobek.validation.rules import rules_of
from dorobek.validation.rules.conversation import Why, Wording, guide, question, uncovered_sets
from tests.validation.conftest import second_entry
from tests.validation.judged import FOUR

ENTRY = second_entry(rules=replace(second_entry().rules, methods=FOUR))
RULES = rules_of(ENTRY)
CODES = RULES.criterion_codes
WORDS = {code: Wording(f"omawia sprawę {code}") for code in CODES}
OUTCOMES = [outcome.code for group in RULES.sets for outcome in group.outcomes]
SOME = st.sets(st.sampled_from(CODES))


@given(SOME, st.sets(st.sampled_from(OUTCOMES)))
def test_what_is_open_is_asked_and_every_set_is_touched(shown, carried):
    asked = guide(RULES, WORDS, shown, carried)
    codes = [one.criterion for one in asked]
    alive = [code for code in CODES if code.rsplit(".", 1)[0] not in carried]
    assert [one.criterion for one in asked if one.why is Why.OPEN] == [code for code in alive if code not in shown]
    assert codes == [code for code in CODES if code in codes]  # in the order of the entry, none twice
    assert uncovered_sets(RULES, codes, "conversation", carried) == []


@given(SOME)
def test_where_no_set_must_be_covered_only_what_is_open_is_asked(shown):
    methods = (Method("conversation", "rozmowa"),)
    rules = rules_of(second_entry(rules=replace(second_entry().rules, methods=methods)))
    assert {one.criterion for one in guide(rules, WORDS, shown)} == set(CODES) - shown


def test_a_method_limited_to_outcomes_asks_about_those_alone():
    method = replace(RULES.method("conversation"), outcomes=frozenset({"1.2"}))
    rules = replace(RULES, methods=(method,))
    assert [one.criterion for one in guide(rules, WORDS, ())] == ["1.2.a"]


def test_sets_that_nothing_touched_are_named():
    assert uncovered_sets(RULES, ["1.1.a"], "conversation", ()) == [2]
    assert uncovered_sets(RULES, [], "conversation", ["1.1", "1.2"]) == [2]
    assert uncovered_sets(RULES, [], "work_sample", ()) == []


def test_a_question_says_what_to_do_in_the_words_of_the_criterion():
    assert question(Wording("wymienia elementy kontraktu z klientem.")).startswith(
        "Proszę wymienić elementy kontraktu z klientem."
    )
    assert "„stosuje różne metody”" in question(Wording("stosuje różne metody"))
    assert "„Pierwszy”" in question(Wording("Pierwszy"))


@given(st.text(max_size=200))
def test_any_wording_becomes_a_question(text):
    assert question(Wording(text)).startswith("Proszę ")
