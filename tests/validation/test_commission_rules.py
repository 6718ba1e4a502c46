"""Who may sit in a commission, by the imported rules of 13477 and by those of an invented qualification."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.validation.rules import (
    Candidate,
    Member,
    OwnRule,
    QualificationRules,
    Requirement,
    Rule,
    Source,
    check_commission,
)
from tests.validation.people import DAY, ONE, lawful, member


def broken(rules, members, candidates=ONE, pool=()):
    return check_commission(rules, members, candidates, DAY, pool)


def test_three_people_who_meet_the_three_criteria_between_them_may_sit(first):
    assert broken(first, lawful()) == []


def test_two_are_too_few_and_the_pool_says_who_could_join(first):
    both = member("ewa", "k2", "k3")
    found = broken(first, lawful()[:2], pool=[member("filip", "k1"), both, member("gosia", "k3", level=6)])
    assert [(one.rule, one.about) for one in found] == [(Rule.MEMBERS_MIN, "3"), (Rule.CRITERION_MET, "k3")]
    assert found[0].mends == ("ewa", "filip"), "who mends more rules stands first; who may not sit is not named"
    assert found[1].mends == ("ewa",)


def test_the_same_person_twice_is_one_person(first):
    ala, bolek, _celina = lawful()
    found = {one.rule for one in broken(first, [ala, bolek, bolek])}
    assert found == {Rule.MEMBER_TWICE, Rule.MEMBERS_MIN, Rule.CRITERION_MET}


def test_a_member_below_level_seven_is_named_and_only_they(first):
    members = [*lawful(), member("dawid", "k1", level=6), member("ela", "k1", level=None)]
    assert [(one.rule, one.who) for one in broken(first, members)] == [
        (Rule.MEMBER_LEVEL, ("dawid",)),
        (Rule.MEMBER_LEVEL, ("ela",)),
    ]


def test_each_member_meets_at_least_one_criterion(first):
    found = broken(first, [*lawful(), member("dawid")], pool=[member("ela", "k2")])
    assert [(one.rule, one.who, one.mends) for one in found] == [(Rule.MEMBER_CRITERION, ("dawid",), ("ela",))]


def test_years_without_a_document_do_not_count(first):
    ala, _bolek, celina = lawful()
    found = broken(first, [ala, member("bolek", "k2", document=""), celina])
    assert {one.rule for one in found} == {Rule.MEMBER_CRITERION, Rule.CRITERION_MET}


def test_nobody_judges_a_person_who_took_part_in_their_training(first):
    ala, bolek, celina = lawful()
    trainer = replace(celina, trained=frozenset({"maria", "zofia"}))
    pool = [member("ela", "k3"), replace(member("ola", "k3"), trained=frozenset({"maria"}))]
    found = broken(first, [ala, bolek, trainer], pool=pool)
    assert [(one.rule, one.who, one.about, one.mends) for one in found] == [
        (Rule.OWN_TRAINEE, ("celina",), "maria", ("ela",))
    ]
    assert broken(first, [ala, bolek, trainer], [Candidate("kto inny")]) == []


def test_nobody_judges_themselves_whatever_the_entry_says(second):
    members = [member("maria", "k1"), member("jan", "k2")]
    assert [(one.rule, one.source) for one in broken(second, members)] == [(Rule.OWN_CASE, Source.ALWAYS)]


def test_rules_of_the_body_hold_only_where_it_made_them_and_are_marked_as_its_own(first):
    ala, bolek, celina = lawful()
    members = [replace(ala, relatives=frozenset({"maria"})), replace(bolek, subordinates=frozenset({"maria"})), celina]
    assert broken(first, members) == []
    own = replace(first, own=frozenset(OwnRule))
    assert [(one.rule, one.who, one.source) for one in broken(own, members)] == [
        (Rule.RELATIVE, ("ala",), Source.BODY),
        (Rule.SUBORDINATE, ("bolek",), Source.BODY),
    ]


def test_principles_of_validation_are_declared_by_each_member(first):
    ala, bolek, celina = lawful()
    found = broken(first, [ala, bolek, replace(celina, principles=False)])
    assert [(one.rule, one.who) for one in found] == [(Rule.MEMBER_PRINCIPLES, ("celina",))]


def test_the_other_qualification_asks_for_two_members_of_level_six(second):
    two = [member("ala", "k1", level=6), member("jan", "k2", level=6)]
    assert broken(second, two) == []
    assert {one.rule for one in broken(second, two[:1])} == {Rule.MEMBERS_MIN, Rule.CRITERION_MET}


def test_every_broken_rule_says_what_would_mend_it(first):
    bad = Member("x", 5, principles=False, trained=frozenset({"maria"}))
    found = broken(first, [bad])
    assert len(found) == 8
    assert all(one.what_would_mend for one in found)


CRITERIA = tuple(Requirement(code, code) for code in ("k1", "k2", "k3"))
PEOPLE = st.lists(
    st.builds(
        Member,
        st.sampled_from("abcdefg"),
        st.sampled_from([None, 6, 7, 8]),
        st.just(()),
        st.frozensets(st.sampled_from(["k1", "k2", "k3"])),
        st.booleans(),
        st.frozensets(st.sampled_from("xyz")),
        st.frozensets(st.sampled_from("xyz")),
    ),
    max_size=5,
    unique_by=lambda one: one.key,
)
RULES = st.builds(
    QualificationRules,
    st.just("1"),
    st.just(()),
    members_min=st.integers(1, 4),
    member_level=st.sampled_from([None, 6, 7]),
    criteria=st.sampled_from([CRITERIA, CRITERIA[:1], ()]),
    each_criterion_met=st.booleans(),
    principles=st.sampled_from([(), ("zasady",)]),
    not_own_trainees=st.booleans(),
    own=st.sampled_from([frozenset(), frozenset({OwnRule.NO_RELATIVES})]),
)
CANDIDATES = st.lists(st.builds(Candidate, st.sampled_from("axyz")), max_size=2)


@given(RULES, PEOPLE, CANDIDATES)
def test_a_commission_sits_exactly_when_the_sentences_of_the_entry_hold(rules, members, candidates):
    codes = [one.code for one in rules.criteria]
    keys = [one.key for one in candidates]
    may = (
        len(members) >= rules.members_min
        and all(not rules.member_level or (one.level or 0) >= rules.member_level for one in members)
        and all(not codes or one.shown & set(codes) for one in members)
        and all(one.principles or not rules.principles for one in members)
        and (not rules.each_criterion_met or all(any(code in one.shown for one in members) for code in codes))
        and not any(one.key in keys for one in members)
        and not any(rules.not_own_trainees and one.trained & set(keys) for one in members)
        and not any(rules.own and one.relatives & set(keys) for one in members)
    )
    assert (check_commission(rules, members, candidates, DAY) == []) is may


@given(RULES, PEOPLE, PEOPLE, CANDIDATES)
def test_whoever_is_named_as_mending_a_rule_does_mend_it(rules, members, pool, candidates):
    people = {one.key: one for one in pool}
    taken = {one.key for one in members}
    for fault in check_commission(rules, members, candidates, DAY, pool):
        for key in fault.mends:
            assert key not in taken
            stay = [one for one in members if (one.key,) != fault.who]
            after = check_commission(rules, [*stay, people[key]], candidates, DAY)
            if fault.rule is not Rule.MEMBERS_MIN:
                assert (fault.rule, fault.who, fault.about) not in [(one.rule, one.who, one.about) for one in after]


@pytest.mark.parametrize("size", range(4))
def test_members_min_is_mended_by_one_only_where_one_is_missing(first, size):
    found = broken(first, lawful()[:size], pool=[member("ela", "k1", "k2", "k3")])
    few = [one for one in found if one.rule is Rule.MEMBERS_MIN]
    assert [one.mends for one in few] == ([("ela",)] if size == 2 else [()] if size < 2 else [])
