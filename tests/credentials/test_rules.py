"""What a micro-credential must have, and how long it lasts (MC-1, MC-2)."""

import dataclasses
import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.credentials.design import Badge, CountsTowards, Design, OutcomeLine, ects_of
from dorobek.credentials.enums import Assessment, Participation, Supervision
from dorobek.credentials.places import place
from dorobek.credentials.rules import Problem, findings, last_day, publishable
from dorobek.vc.badges import vocabulary

GOOD = Design(
    title_pl="Rozliczanie kasy na koniec zmiany",
    title_en="Settling a till at the end of a shift",
    need_pl="Sklepy w powiecie szukają osób, które zamkną kasę same.",
    description_pl="Osoba rozlicza kasę po zmianie i wyjaśnia różnice.",
    field="trade",
    outcomes=(
        OutcomeLine("rozlicza kasę na koniec zmiany", "settles the till", criteria=("zgadza się co do grosza",)),
        OutcomeLine("sporządza raport kasowy", criteria=("raport ma wszystkie pozycje",)),
    ),
    hours=30,
    ects="1",
    prk_level=3,
    level_reason_pl="Zadania typowe, w stałych warunkach.",
    assessment=("practical-task", "interview"),
    assessment_pl="Zadanie przy kasie i rozmowa z komisją.",
    participation="onsite",
    quality_pl="Audyt zewnętrzny co dwa lata.",
    supervision="supervised-onsite-identified",
    counts_towards=(CountsTowards("90001", 2),),
    badge=Badge(text=("KASA", "na koniec")),
)


def problems(design):
    return {one.problem for one in findings(design) if one.must}


def test_a_whole_design_may_be_published_and_reads_back_as_it_was():
    assert publishable(GOOD), findings(GOOD)
    assert Design.from_data(GOOD.as_data()) == GOOD


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title_pl": " "}, Problem.NO_TITLE),
        ({"description_pl": ""}, Problem.NO_DESCRIPTION),
        ({"outcomes": ()}, Problem.NO_OUTCOMES),
        ({"outcomes": GOOD.outcomes * 7}, Problem.TOO_MANY_OUTCOMES),
        ({"outcomes": (GOOD.outcomes[0], GOOD.outcomes[0])}, Problem.TWICE),
        ({"outcomes": (OutcomeLine("zna zasady rozliczania kasy"),)}, Problem.WORDING),
        ({"hours": None}, Problem.NO_HOURS),
        ({"hours": 0}, Problem.BAD_HOURS),
        ({"ects": "dużo"}, Problem.BAD_ECTS),
        ({"prk_level": None}, Problem.NO_LEVEL),
        ({"prk_level": 9}, Problem.BAD_LEVEL),
        ({"assessment": ()}, Problem.NO_ASSESSMENT),
        ({"assessment": ("guess",)}, Problem.NO_ASSESSMENT),
        ({"assessment_pl": ""}, Problem.NO_ASSESSMENT_WORDS),
        ({"participation": ""}, Problem.NO_PARTICIPATION),
        ({"quality_pl": ""}, Problem.NO_QUALITY),
        ({"valid_months": 0}, Problem.BAD_MONTHS),
    ],
)
def test_without_a_mandatory_element_nothing_is_published(change, problem):
    assert problem in problems(dataclasses.replace(GOOD, **change))


def test_advice_does_not_stop_publication():
    thin = dataclasses.replace(GOOD, title_en="", need_pl="", level_reason_pl="", supervision="", hours=400, field="")
    found = findings(thin)
    assert publishable(thin)
    assert {one.problem for one in found} >= {Problem.NO_ENGLISH, Problem.NO_NEED, Problem.LARGE, Problem.NO_FIELD}


@pytest.mark.parametrize(
    ("data", "what"),
    [({"outcomes": [{"pll": "x"}]}, "pll"), ({"outcomes": "abc"}, "mapping|get"), ({"colour": "red"}, "colour")],
)
def test_data_of_another_shape_is_refused(data, what):
    with pytest.raises(ValueError, match=what):
        Design.from_data(data)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_validity_ends_on_the_same_day_of_the_month_or_its_last(day, months, last):
    assert last_day(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(last)


def test_without_months_a_credential_lasts():
    assert last_day(dt.date(2026, 1, 1), None) is None


def test_points_are_read_with_comma_or_point():
    assert [str(ects_of(text)) for text in ("0,5", "2.5", "")] == ["0.5", "2.5", "None"]


@given(st.binary(min_size=16, max_size=32), st.integers(1, 700))
def test_every_place_of_a_list_is_given_out_exactly_once(secret, size):
    assert sorted(place(secret, number, size) for number in range(size)) == list(range(size))


def test_neighbours_in_a_batch_do_not_stand_side_by_side():
    places = [place(b"s" * 32, number, 131_072) for number in range(500)]
    assert sum(abs(a - b) == 1 for a, b in itertools.pairwise(places)) < 5
    assert places != [place(b"t" * 32, number, 131_072) for number in range(500)]


def test_codes_are_those_that_are_signed():
    assert set(Assessment.values) <= set(vocabulary.ASSESSMENTS)
    assert set(Participation.values) == set(vocabulary.PARTICIPATION)
    assert set(Supervision.values) == set(vocabulary.SUPERVISION)
