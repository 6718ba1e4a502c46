"""Entries and sets that say nearly the same are found, with the words that make them alike (RG-7)."""

from hypothesis import given
from hypothesis import strategies as st

from dorobek.register.analysis.likeness import ALIKE, COMMON, Holder, compare
from dorobek.register.analysis.words import content

TILL = (
    "Obsługuje kasę fiskalną i terminal płatniczy w dużym markecie",
    "Rozlicza gotówkę na koniec zmiany",
    "Przyjmuje zwroty i reklamacje klientów",
    "Wdraża nową osobę do pracy na kasie",
)
BEES = (
    "Ocenia zdrowotność rodzin pszczelich",
    "Wiruje miód i rozlewa do słoików",
    "Przygotowuje ule do zimowli",
    "Rozpoznaje choroby czerwiu",
)
LINES = st.sampled_from([*TILL, *BEES, "Rozlicza utarg na koniec dnia", "Przestrzega przepisów", ""])
HOLDERS = st.lists(st.lists(LINES, min_size=1, max_size=5), min_size=2, max_size=7)


def holders(*outcomes: tuple[str, ...] | list[str]) -> list[Holder]:
    return [Holder(str(n), str(n), tuple(lines)) for n, lines in enumerate(outcomes)]


def test_a_copy_scores_one_and_a_stranger_is_not_named():
    [pair] = compare(holders(TILL, BEES, TILL)).pairs
    assert (pair.first, pair.second, pair.score) == ("0", "2", 1.0)
    assert not pair.left_first
    assert len(pair.counterparts) == 4


def test_a_changed_word_is_told_on_either_side():
    changed = ("Obsługuje kasę sklepową i terminal płatniczy w dużym markecie", *TILL[1:3], "Sprząta zaplecze sklepu")
    pair = next(one for one in compare(holders(TILL, BEES, changed)).pairs if one.second == "2")
    assert 0.6 < pair.score < 1
    first = pair.counterparts[0]
    assert (first.only_first, first.only_second) == (("fiskalną",), ("sklepową",))
    assert "terminal" in first.shared
    assert (pair.left_first, pair.left_second) == ((3,), (3,))


def test_other_forms_of_the_same_words_are_the_same():
    inflected = tuple(line.replace("klientów", "klienta") for line in TILL)
    [pair] = compare(holders(TILL, inflected, BEES)).pairs
    assert pair.score == 1.0


def test_sets_of_one_entry_are_not_compared_with_each_other():
    own = [Holder("1/1", "1", TILL), Holder("1/2", "1", TILL), Holder("2/1", "2", BEES)]
    assert not compare(own).pairs


def test_what_very_many_share_is_left_out_and_counted():
    many = [Holder(str(n), str(n), ("Przestrzega przepisów bezpieczeństwa",)) for n in range(COMMON + 1)]
    found = compare(many)
    assert not found.pairs
    assert found.left_out["outcomes"] == 1


@given(HOLDERS)
def test_scores_lie_between_0_and_1_and_are_the_same_from_either_side(groups):
    forward = {frozenset((one.first, one.second)): one.score for one in compare(holders(*groups)).pairs}
    turned = [Holder(str(n), str(n), tuple(lines)) for n, lines in reversed(list(enumerate(groups)))]
    assert forward == {frozenset((one.first, one.second)): one.score for one in compare(turned).pairs}
    assert all(0 < score <= 1 for score in forward.values())


@given(HOLDERS)
def test_every_pair_that_comparing_each_with_each_finds_is_found(groups):
    """Prefix filtering saves work and loses nothing: against the same scores counted for all pairs."""
    found = {(one.first, one.second): one for one in compare(holders(*groups), least=0.01).pairs}
    for a in range(len(groups)):
        for b in range(a + 1, len(groups)):
            same = {frozenset(content(x)) for x in groups[a]} & {frozenset(content(y)) for y in groups[b]} - {
                frozenset()
            }
            if same:
                assert (str(a), str(b)) in found


def test_counterparts_are_used_once_and_reach_the_threshold():
    [pair] = compare(holders((TILL[0], TILL[0]), (TILL[0], BEES[0])), least=0.3).pairs
    assert len(pair.counterparts) == 1
    assert all(one.score >= ALIKE for one in pair.counterparts)


@given(HOLDERS, st.sampled_from([0.3, 0.5, 0.75, 1.0]))
def test_a_higher_threshold_only_takes_the_lower_pairs_away(groups, least):
    every = {(one.first, one.second): one.score for one in compare(holders(*groups), least=0.01).pairs}
    found = {(one.first, one.second): one.score for one in compare(holders(*groups), least=least).pairs}
    assert found.items() <= every.items()
    assert {pair for pair, score in every.items() if score > least + 0.001} <= found.keys()
