"""Wordings that cannot be verified are found, with the words and a suggestion; good ones are left alone (RG-7)."""

import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.cli.demo.qualifications import entries
from dorobek.register.analysis.kinds import FaultKind
from dorobek.register.analysis.wording import faults
from tests.register.wordings import WORDINGS

POLISH = st.text("abcdefghijklmnoprstuwyząćęłńóśźż ,;.()„”\n-0123456789", max_size=200)
PIECES = st.lists(
    st.sampled_from(
        [
            "zna",
            "potrafi",
            "umie",
            "planuje",
            "i",
            "oraz",
            "prowadzi",
            "szkolenia",
            ";",
            ",",
            "(",
            ")",
            "nie",
            "jest",
            "wie",
            "jak",
            "zasady",
            "odpowiednio",
            "ją",
            "a",
        ]
    ),
    max_size=14,
).map(" ".join)


def measured() -> dict[str, tuple[int, int, int]]:
    """For each kind (found and labelled, found alone, labelled alone)."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in FaultKind.values}
    for text, labelled in WORDINGS:
        found = {str(one.kind) for one in faults(text)}
        for kind in FaultKind.values:
            counts[kind][f"{kind in found}{kind in labelled}"] += 1
    return {kind: (c["TrueTrue"], c["TrueFalse"], c["FalseTrue"]) for kind, c in counts.items()}


def test_the_labelled_table_is_met_with_precision_and_recall(capsys):
    rows = measured()
    with capsys.disabled():
        told = [f"\n{len(WORDINGS)} wordings"]
        for kind, (both, alone, missed) in rows.items():
            told.append(f"{kind:>14}: precision {both}/{both + alone}, recall {both}/{both + missed}")
        sys.stdout.write("\n".join(told) + "\n")
    hit, wrong, missed = (sum(row[at] for row in rows.values()) for at in range(3))
    assert hit / (hit + wrong) >= 0.95
    assert hit / (hit + missed) >= 0.9


@pytest.mark.parametrize("text", [text for text, labelled in WORDINGS if not labelled])
def test_a_good_wording_is_left_alone(text):
    assert not faults(text)


def test_good_entries_are_rarely_blamed_for_anything_but_two_things():
    blamed, all_of_them = 0, 0
    for entry in entries():
        for group in entry.sets:
            for outcome in group.outcomes:
                for text in (outcome.pl, *(one.pl for one in outcome.criteria)):
                    all_of_them += 1
                    blamed += any(one.kind != FaultKind.TWO_THINGS for one in faults(text, level=entry.level))
    assert blamed / all_of_them < 0.02


def test_the_print_out_is_rarely_blamed_and_what_is_found_has_two_verbs(real):
    found = [
        one
        for group in real.entry.sets
        for outcome in group.outcomes
        for text in (outcome.pl, *(line.pl for line in outcome.criteria))
        for one in faults(text, level=6)
    ]
    assert {one.kind for one in found} == {FaultKind.TWO_THINGS}
    assert len(found) <= 5


def test_a_knowledge_verb_gets_an_observable_one_of_the_same_level():
    told = {level: faults("zna metody pomiaru", level=level)[0].suggestions[0] for level in (2, 3, 6, 8)}
    assert told == {
        2: "wymienia metody pomiaru",
        3: "omawia metody pomiaru",
        6: "uzasadnia metody pomiaru",
        8: "ocenia metody pomiaru",
    }


def test_two_activities_become_two_sentences_that_share_their_object():
    [fault] = faults("Wspólnie z klientem planuje i prowadzi szkolenie")
    assert fault.suggestions == (
        "Wspólnie z klientem planuje szkolenie",
        "Wspólnie z klientem prowadzi szkolenie",
    )


def test_two_activities_with_objects_of_their_own_keep_them():
    [fault] = faults("mierzy temperaturę oraz podaje leki")
    assert fault.suggestions == ("mierzy temperaturę", "podaje leki")


def test_an_outcome_whose_criteria_take_it_apart_gets_a_remark_only():
    [fault] = faults("Planuje i prowadzi szkolenie", has_criteria=True)
    assert not fault.serious


def test_a_suggestion_is_not_blamed_for_the_same_thing_again():
    for text, labelled in WORDINGS:
        for one in faults(text):
            for suggestion in one.suggestions:
                again = {fault.kind for fault in faults(suggestion)}
                assert one.kind not in again or one.kind == FaultKind.TOO_LONG, (text, labelled, suggestion)


@given(st.one_of(POLISH, PIECES, st.text(max_size=300)))
def test_any_text_is_read_and_every_place_lies_in_it(text):
    for one in faults(text):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        assert all(suggestion.strip() for suggestion in one.suggestions)


def test_a_text_of_a_megabyte_is_read_in_a_moment():
    assert len(faults("planuje i prowadzi oraz (" * 40_000)) < 3000
