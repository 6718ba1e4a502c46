"""A table of figures read row by row: every fault says in which column and what to do (DP-7)."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import RuleBroken
from dorobek.plans.labour.reading import COLUMNS, Fault, FigureRow, read_figures

TODAY = dt.date(2026, 11, 21)
ROW = {
    "klasyfikacja": "kzis", "zawod": "522301", "nazwa": "Sprzedawca", "region": "12", "miara": "wynagrodzenie",
    "wartosc": "4 890,50", "jednostka": "zł brutto miesięcznie", "okres": "2025", "zrodlo": "Barometr próbny",
    "adres": "https://example.org/tabela", "z_dnia": "2026-01-05", "wiarygodnosc": "urzędowe",
}  # fmt: skip


def table(*rows, delimiter=";", columns=COLUMNS):
    lines = [delimiter.join(columns), *(delimiter.join(row[name] for name in columns) for row in rows)]
    return io.BytesIO("\n".join(lines).encode())


def read(**changes):
    [found] = read_figures(table({**ROW, **changes}), TODAY)
    return found


def test_a_good_row_is_read_as_its_source_gives_it():
    found = read()
    assert isinstance(found, FigureRow)
    assert (found.value, found.unit, found.region, found.measure) == (
        Decimal("4890.50"),
        "zł brutto miesięcznie",
        "12",
        "wage",
    )
    assert (found.dated, found.reliability, found.line) == (dt.date(2026, 1, 5), "official", 2)


@pytest.mark.parametrize(("changes", "column"), [
    ({"wartosc": "dużo"}, "wartosc"),
    ({"wartosc": "4890 zł"}, "wartosc"),
    ({"wartosc": "-4890"}, "wartosc"),
    ({"wartosc": "0"}, "wartosc"),
    ({"wartosc": "99999999"}, "wartosc"),
    ({"wartosc": ""}, "wartosc"),
    ({"miara": "oferty", "wartosc": "-3"}, "wartosc"),
    ({"miara": "oferty", "jednostka": ""}, "jednostka"),
    ({"miara": "szczęście"}, "miara"),
    ({"zawod": "sprzedawca"}, "zawod"),
    ({"zawod": ""}, "zawod"),
    ({"klasyfikacja": "isco"}, "klasyfikacja"),
    ({"region": "99"}, "region"),
    ({"region": "małopolskie"}, "region"),
    ({"region": "1206011"}, "region"),
    ({"okres": "zeszły rok"}, "okres"),
    ({"okres": "2030-2025"}, "okres"),
    ({"okres": "2025-13"}, "okres"),
    ({"zrodlo": ""}, "zrodlo"),
    ({"adres": "www.example.org"}, "adres"),
    ({"z_dnia": "jutro"}, "z_dnia"),
    ({"z_dnia": "2026-11-22"}, "z_dnia"),
    ({"z_dnia": "1890-01-01"}, "z_dnia"),
    ({"wiarygodnosc": "na pewno"}, "wiarygodnosc"),
    ({"nazwa": "a" * 301}, "nazwa"),
])  # fmt: skip
def test_a_fault_names_its_column_and_says_what_to_do(changes, column):
    found = read(**changes)
    assert isinstance(found, Fault)
    assert (found.line, found.column) == (2, column)
    assert len(found.problem) > 20


def test_a_forecast_is_told_in_words_or_in_numbers():
    assert read(miara="prognoza", wartosc="deficyt", jednostka="").forecast == "lacking"
    assert read(miara="prognoza", wartosc="duża nadwyżka", jednostka="").value is None
    assert read(miara="prognoza", wartosc="3,5", jednostka="procent w rok").value == Decimal("3.5")


@pytest.mark.parametrize("period", ["2025", "2025-10", "2025-Q3", "2025-2030"])
def test_periods(period):
    assert read(okres=period).period == period


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters_and_only_the_needed_columns(delimiter):
    columns = ("zawod", "miara", "wartosc", "jednostka", "okres", "zrodlo", "z_dnia", "wiarygodnosc")
    [found] = read_figures(table({**ROW, "wartosc": "4890.50"}, delimiter=delimiter, columns=columns), TODAY)
    assert (found.classification, found.region, found.source_url) == ("kzis", "", "")


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00abc", b"", b"imie;nazwisko\nJan;Proba\n"])
def test_what_is_no_such_table_is_refused_in_words(raw):
    with pytest.raises(RuleBroken) as refused:
        list(read_figures(io.BytesIO(raw), TODAY))
    assert refused.value.field == "file"


@given(
    st.dictionaries(
        st.sampled_from(COLUMNS), st.text(st.characters(codec="utf-8", exclude_characters=';"\r\n'), max_size=30)
    )
)
def test_any_cells_give_a_figure_or_a_fault_of_a_known_column(changes):
    row = {**ROW, **changes}
    for found in read_figures(table(row), TODAY):
        if isinstance(found, Fault):
            assert found.column in COLUMNS
        else:
            assert found.source
            assert (found.value is None) == bool(found.forecast)
