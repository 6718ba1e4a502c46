"""How near a person is to a qualification, as rules alone (PF-5)."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.portfolio.readiness import (
    Coverage,
    Piece,
    PieceKind,
    Readiness,
    Standing,
    WantedCriterion,
    WantedOutcome,
    Yardstick,
    measure,
    nearness,
    standing_of,
)

TILL = WantedOutcome(
    "70001-1-1",
    "1.1",
    "Rozlicza kasę na koniec zmiany",
    (
        WantedCriterion("a", "liczy gotówkę i porównuje ją z raportem dobowym"),
        WantedCriterion("b", "wyjaśnia różnicę między kasą a raportem"),
        WantedCriterion("c", "zabezpiecza i przekazuje utarg"),
    ),
)
RETURNS = WantedOutcome(
    "70001-1-2",
    "1.2",
    "Przyjmuje zwroty i reklamacje",
    (
        WantedCriterion("a", "sprawdza warunki zwrotu i wypełnia protokół"),
        WantedCriterion("b", "rozmawia spokojnie z niezadowolonym klientem"),
    ),
)
HONEY = WantedOutcome(
    "70001-2-1", "2.1", "Prowadzi pasiekę", (WantedCriterion("a", "odbiera i wiruje miód z ramek nadstawki"),)
)
YARDSTICK = Yardstick.of([TILL, RETURNS, HONEY])


def piece(text: str, standing: Standing = Standing.HELD, kind: PieceKind = PieceKind.COMPETENCE, **fields) -> Piece:
    return Piece(uuid.uuid4(), kind, text, (text,), standing, **fields)


def story(text: str) -> Piece:
    return piece(text, Standing.TOLD, PieceKind.EPISODE)


def measured(*pieces: Piece) -> Readiness:
    return measure(YARDSTICK, pieces)


SENTENCES = st.sampled_from(
    [
        *(outcome.title for outcome in YARDSTICK.outcomes),
        *(one.text for outcome in YARDSTICK.outcomes for one in outcome.criteria),
        "Rozlicza kasę i wyjaśnia różnice w raporcie",
        "Rozmawia spokojnie z klientem przy zwrocie",
        "Prowadzi samochód dostawczy",
        "sprawdza warunki i liczy gotówkę. Wiruje miód\nPrzyjmuje reklamacje od klientów!",
        "",
        "żółć 123 ??",
    ]
)
TEXTS = st.one_of(SENTENCES, st.lists(SENTENCES, max_size=3).map(" ".join), st.text(max_size=40))
PIECES = st.builds(
    piece,
    TEXTS,
    st.sampled_from([Standing.TOLD, Standing.HELD, Standing.PROVED]),
    st.sampled_from(PieceKind),
    outcome=st.sampled_from(["", "", TILL.code, "99999-1-1"]),
)
HELD_PIECES = st.builds(piece, TEXTS, st.sampled_from([Standing.HELD, Standing.PROVED]))


def standings(readiness: Readiness) -> list[Standing]:
    return [
        standing
        for outcome in readiness.outcomes
        for standing in (outcome.standing, *(one.standing for one in outcome.criteria))
    ]


@given(st.lists(PIECES, max_size=6))
def test_coverage_lies_between_nothing_and_all(pieces):
    coverage = measured(*pieces).coverage
    assert 0.0 <= coverage.share <= 1.0
    assert 0 <= coverage.percent <= 100
    assert coverage.total == 3


@given(st.lists(PIECES, max_size=5), HELD_PIECES, st.integers(0, 5))
def test_a_further_competence_never_takes_anything_away(pieces, further, place):
    before = measured(*pieces)
    after = measured(*pieces[:place], further, *pieces[place:])
    assert all(now >= then for then, now in zip(standings(before), standings(after), strict=True))
    assert nearness(after.coverage) >= nearness(before.coverage)


@given(st.lists(PIECES, max_size=5))
def test_the_order_in_which_things_were_said_does_not_matter(pieces):
    assert standings(measured(*pieces)) == standings(measured(*reversed(pieces)))


@given(st.lists(PIECES, max_size=5))
def test_whatever_stands_has_a_reason_and_whatever_is_missing_has_none(pieces):
    for outcome in measured(*pieces).outcomes:
        reasons = outcome.because or any(one.because for one in outcome.criteria)
        assert bool(reasons) == (outcome.standing > Standing.MISSING)
        assert all(bool(one.because) == (one.standing > Standing.MISSING) for one in outcome.criteria)


def test_a_confirmed_competence_with_evidence_proves_the_outcome_and_its_criteria():
    found = measured(piece("Rozlicza kasę na koniec zmiany", Standing.PROVED, proofs=("Raport kasowy",))).outcomes[0]
    assert found.standing is Standing.PROVED
    assert found.because[0].piece.proofs == ("Raport kasowy",)
    assert all(one.standing is Standing.PROVED for one in found.criteria)
    assert any(one.whole for one in found.criteria)


def test_the_firmest_reason_comes_first():
    same = "Rozlicza kasę na koniec zmiany"
    found = measured(story(same), piece(same), piece(same, Standing.PROVED)).outcomes[0]
    assert [one.standing for one in found.because] == [Standing.PROVED, Standing.HELD, Standing.TOLD]


def test_one_criterion_of_three_is_only_a_beginning_and_two_are_the_outcome():
    first, second = (piece(one.text) for one in TILL.criteria[1:])
    assert measured(first).outcomes[0].standing is Standing.TOLD
    assert measured(first).outcomes[0].criteria[1].standing is Standing.HELD
    assert measured(first, second).outcomes[0].standing is Standing.HELD


def test_a_story_alone_covers_nothing_but_is_seen():
    found = measured(story("Był ruch. Rozliczałam kasę na koniec zmiany i tyle."))
    assert found.outcomes[0].standing is Standing.TOLD
    assert found.coverage == Coverage(told=1, missing=2)


def test_words_from_two_sentences_of_a_story_do_not_meet_a_criterion_together():
    assert measured(story("Przyszedł protokół. Warunki były trudne.")).outcomes[1].standing is Standing.MISSING


def test_one_common_word_tells_nothing():
    assert measured(piece("Prowadzi samochód dostawczy")).coverage.missing == 3


def test_a_competence_drawn_from_the_outcome_itself_needs_no_common_words():
    found = measured(piece("Umiem to", outcome=HONEY.code)).outcomes[2]
    assert found.standing is Standing.HELD
    assert found.because[0].score == 1.0


def test_an_entry_that_numbers_two_outcomes_alike_is_still_measured():
    assert measure(Yardstick.of([TILL, TILL]), [piece(TILL.title)]).coverage.held == 2


def test_an_entry_without_outcomes_is_covered_in_nothing():
    empty = measure(Yardstick.of([]), [piece("Rozlicza kasę")])
    assert empty.coverage.share == 0.0
    assert empty.coverage.percent == 0


def test_nearer_is_what_is_covered_more_then_proved_more_then_told_more():
    ordered = [Coverage(proved=2), Coverage(held=2), Coverage(held=1, told=1), Coverage(held=1, missing=1), Coverage()]
    assert sorted(ordered, key=nearness, reverse=True) == ordered


@pytest.mark.parametrize(
    ("state", "supporting", "standing"),
    [
        ("suggested", 0, None),
        ("disputed", 2, None),
        ("claimed", 1, Standing.TOLD),
        ("confirmed", 0, Standing.HELD),
        ("confirmed", 1, Standing.PROVED),
        ("supported", 0, Standing.HELD),  # the evidence is not the reader's to see
        ("supported", 1, Standing.PROVED),
        ("validated", 0, Standing.PROVED),
        ("certified", 0, Standing.PROVED),
    ],
)
def test_the_state_and_the_evidence_say_how_firmly_a_competence_is_held(state, supporting, standing):
    assert standing_of(state, supporting=supporting) is standing
