"""Reading register print-outs (RG-2): everything gets a place, or is told line by line."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.register.entry import Entry, RemarkKind
from dorobek.register.entry.printout import read_printout
from dorobek.register.entry.rules_text import read_rules, sentences

WORDS_OF_TITLES = 4 + 2 + 3 + 6  # "Metody stosowane w walidacji", "Zasoby kadrowe", and two more


def told(read, kind: RemarkKind) -> list[str]:
    return [f"{remark.line}: {remark.text}" for remark in read.of(kind)]


def test_the_real_entry_is_read_whole(real):
    entry = real.entry
    assert (len(entry.sets), entry.outcome_count, entry.criterion_count) == (3, 11, 57)
    assert [len(group.outcomes) for group in entry.sets] == [4, 4, 3]
    assert [len(o.criteria) for group in entry.sets for o in group.outcomes] == [5, 6, 9, 6, 4, 6, 2, 6, 5, 4, 4]
    assert (entry.code, entry.code_before_2020, entry.hours) == ("13477", "5C142000002", 270)
    assert (entry.field_code, entry.activity_code) == ("149", "85.59.B")
    assert entry.effective_from == dt.date(2024, 1, 1)
    assert entry.next_review == dt.date(2029, 12, 19)
    assert entry.preceding == ("Kwalifikacja pełna na poziomie 6 PRK",)
    assert {(body.name, body.role) for body in entry.bodies} == {
        ("Uniwersytet SWPS", "awarding"),
        ("Wojewódzki Urząd Pracy w Krakowie", "applicant"),
        ("Minister Rodziny, Pracy i Polityki Społecznej", "minister"),
    }
    assert entry.text("validity") == "Bezterminowo"


def test_the_real_entry_tells_what_it_does_not_carry(real):
    absent = "\n".join(told(real, RemarkKind.ABSENT))
    for name in ("title line", "level", "status", "validating body"):
        assert name in absent
    assert real.entry.level is None
    assert told(real, RemarkKind.UNPLACED) == []


def test_breaks_in_the_real_entry_are_healed(real):
    assert "społeczno-gospodarczych" in real.entry.text("demand")
    criterion = real.entry.sets[0].outcomes[3].criteria[4].pl
    assert criterion.endswith("ukierunkowywanie na działania)")
    assert len(told(real, RemarkKind.HEALED)) >= 4


def test_the_rules_of_the_real_entry_become_data(real):
    rules = real.entry.rules
    codes = ["knowledge_test", "evidence_analysis", "simulated_observation", "conversation"]
    assert [method.code for method in rules.methods] == codes
    assert rules.only_these_methods
    assert rules.all_methods_used
    assert rules.every_outcome
    assert [method.code for method in rules.methods if method.all_sets] == ["conversation"]
    assert (rules.members_min, rules.member_level, rules.each_criterion_met) == (3, 7, True)
    assert [(one.years, one.within_years) for one in rules.member_criteria] == [(None, None), (5, 10), (5, 10)]
    assert rules.not_own_trainees
    assert rules.extra_may_be_candidate
    assert rules.appeal_each_stage
    assert rules.adviser_needed
    assert (rules.adviser[0].years, rules.body[0].years, rules.body[0].within_years) == (5, 5, 10)


def test_no_sentence_of_the_requirement_is_lost(real):
    """All its words but the four inner titles stand in one of its sentences, and each sentence in a rule or in `other`."""
    requirement = real.entry.text("validation")
    kept = sum(len(sentence.split()) for sentence in sentences(requirement))
    assert kept == len(requirement.split()) - WORDS_OF_TITLES


def test_a_small_entry_is_read_with_its_lists_in_order(small):
    entry = small.entry
    assert (entry.code, entry.hours, entry.title_pl) == ("70001", 80, "Prowadzenie małego ogrodu miejskiego")
    assert [body.name for body in entry.bodies if body.role == "awarding"] == [
        "Stowarzyszenie Zielone Podwórko",
        "Centrum Ogrodnicze w Łęgowicach",
    ]
    criteria = entry.sets[0].outcomes[0].criteria
    assert [one.letter for one in criteria] == ["a", "b", "c"]
    assert criteria[2].pl == "sadzi rośliny na właściwej głębokości i podlewa je po posadzeniu"
    assert "społeczno-ogrodniczo" in entry.text("characteristics")


def test_what_finds_no_place_is_told_with_its_line(small):
    unplaced = told(small, RemarkKind.UNPLACED)
    assert any("Ten wiersz nie pasuje nigdzie" in line and not line.startswith("None") for line in unplaced)
    assert any("not a date: kiedyś" in line for line in unplaced)
    assert small.entry.next_review is None


def test_rules_differ_from_entry_to_entry(small):
    rules = small.entry.rules
    assert not rules.only_these_methods
    assert not rules.each_criterion_met
    assert (rules.members_min, rules.member_level) == (2, 4)
    assert [(one.years, one.within_years) for one in rules.member_criteria] == [(3, 6), (None, None)]
    assert rules.other == ("Zasady znane są z ogłoszenia.",)


def test_an_entry_survives_json_unchanged(small):
    assert Entry.from_data(json.loads(json.dumps(small.entry.as_data()))) == small.entry


def test_a_text_that_is_no_printout_is_refused():
    with pytest.raises(ValueError, match="none of the headings"):
        read_printout("To jest zwykły list.\nZ poważaniem\n")


@given(st.text())
def test_any_text_is_read_or_refused_never_crashes(text):
    try:
        read_printout("Kod PKD\n\n" + text)
    except ValueError:
        raise AssertionError("a print-out with one heading was refused") from None


@given(st.text(alphabet=st.sampled_from("aąbB .;:-–(\n"), max_size=200))
def test_the_requirement_of_any_text_gives_rules(text):
    assert read_rules(text).members_min is None
