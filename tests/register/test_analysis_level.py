"""A PRK level is proposed with the words it rests on, or it is said why none can be (RG-7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.cli.demo.qualifications import entries
from dorobek.register.analysis.cues import Axis
from dorobek.register.analysis.entries import wordings
from dorobek.register.analysis.level import FEW_AXES, LEVELS, Neighbour, propose, telling_words
from dorobek.register.analysis.words import stem
from dorobek.register.entry import Entry

SIMPLE = ["sprząta salę pod nadzorem", "pakuje towar według instrukcji", "myje naczynia", "sortuje odpady z pomocą"]
HARD = [
    "opracowuje strategię rozwoju organizacji",
    "projektuje badania naukowe i stawia hipotezy",
    "kieruje zespołem w nieprzewidywalnych warunkach",
    "krytycznie ocenia najnowsze wyniki w świetle teorii",
    "zarządza zmianą i odpowiada za rozwój innych",
]


def rows(lines: list[str]) -> list[tuple[str, str]]:
    return [(f"1.{n}", line) for n, line in enumerate(lines, start=1)]


def of_entry(entry: Entry) -> list[tuple[str, str]]:
    return [(one.place, one.text) for one in wordings(entry)]


def test_simple_tasks_lie_low_and_strategies_high():
    low, high = propose(rows(SIMPLE)), propose(rows(HARD))
    assert low.level in (1, 2)
    assert high.level in (7, 8)


def test_every_proposal_rests_on_words_of_at_least_two_axes():
    for entry in entries():
        found = propose(of_entry(entry))
        if found.level:
            assert found.for_it
            assert len({one.axis for one in found.reasons}) >= FEW_AXES


def test_the_invented_entries_get_their_own_level_or_none():
    told = {entry.code: (entry.level, propose(of_entry(entry)).level) for entry in entries()}
    assert all(proposed in (None, stated) for stated, proposed in told.values()), told
    assert sum(proposed is not None for _stated, proposed in told.values()) >= 6


@pytest.mark.parametrize(
    ("lines", "lacks"),
    [
        ([], "wordings"),
        (["sprząta"], "wordings"),
        (["abc", "def", "ghi", "jkl"], "reasons"),
        (["maluje ściany", "mierzy okna", "liczy deski", "czyści pędzle", "montuje półki"], "axes"),
    ],
)
def test_a_text_that_allows_none_says_what_is_missing(lines, lacks):
    found = propose(rows(lines))
    assert (found.level, found.lacks) == (None, lacks)


def test_neighbours_stand_beside_and_move_nothing():
    beside = (Neighbour("9", "Inna", 8),)
    assert propose(rows(SIMPLE), neighbours=beside).level == propose(rows(SIMPLE)).level
    assert propose(rows(SIMPLE), neighbours=beside).neighbours == beside


def test_words_of_an_imported_descriptor_are_shown():
    found = propose(rows(SIMPLE), descriptors=dict.fromkeys(LEVELS, "wykonuje pod nadzorem proste zadania"))
    assert "nadzorem" in found.official


OFFICIAL = {
    1: "bardzo proste czynności pod kierunkiem", 2: "proste czynności według instrukcji", 3: "niezbyt złożone zadania",
    4: "zadania w zmiennych warunkach", 5: "zadania bez instrukcji", 6: "nietypowe problemy w zmiennych warunkach",
    7: "złożone problemy i innowacje", 8: "innowacje, badania i rozwój dziedziny",
}  # fmt: skip


def test_a_word_that_few_neighbouring_descriptors_have_tells_a_level_and_others_do_not():
    telling = telling_words(OFFICIAL)
    assert telling[stem("innowacje")] == (7, 8)
    assert telling[stem("proste")] == (1, 2)
    assert telling[stem("zadania")] == (3, 5)
    assert stem("zmiennych") in telling
    assert telling_words({**OFFICIAL, 1: "zmiennych"}).get(stem("zmiennych")) is None  # of levels 1, 4 and 6
    assert telling_words({1: "proste", 8: "badania"}) == {}


def test_words_of_imported_descriptors_are_reasons_and_move_the_proposal():
    lines = ["wdraża innowacje w zakładzie", "innowacje omawia z załogą", "dba o rozwój załogi", "opisuje dziedzinę"]
    without, beside = propose(rows(lines)), propose(rows(lines), descriptors=OFFICIAL)
    assert all(one.axis != Axis.DESCRIPTOR for one in without.reasons)
    official = [one for one in beside.reasons if one.axis == Axis.DESCRIPTOR]
    assert {one.words for one in official} >= {"innowacje", "rozwój"}
    assert all(lines[int(one.place[2:]) - 1][one.start : one.end] == one.words for one in official)
    assert beside.support[7] > without.support[7]


@given(st.lists(st.one_of(st.sampled_from(SIMPLE + HARD), st.text(max_size=80)), max_size=12))
def test_any_text_gives_a_level_with_reasons_or_says_why_not(lines):
    found = propose(rows(lines))
    assert (found.level is None) == bool(found.lacks)
    assert found.level is None or (found.level in LEVELS and found.for_it)
    for one in found.reasons:
        text = lines[int(one.place[2:]) - 1]
        assert text[one.start : one.end] == one.words
