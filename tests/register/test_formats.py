"""Entries as JSON of the open interface and as CSV (RG-2): lenient about what is missing, strict about what is broken."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.register.entry import RemarkKind
from dorobek.register.entry.openjson import WrongShape, letter, read_json
from dorobek.register.entry.table import WrongTable, read_table, write_rows

ROW = {
    "id": 14001,
    "name": {"pl": "Pieczenie chleba na zakwasie", "en": "Baking sourdough bread"},
    "prk": "Poziom 3",
    "category": {"name": "Kwalifikacja wolnorynkowa"},
    "status": "funkcjonująca",
    "description": "<p>Piecze <b>chleb</b>&nbsp;żytni.</p><p>Dba o zakwas.</p>",
    "isced": {"code": "721", "name": "Przetwórstwo żywności"},
    "sets": [
        {
            "name": "Zakwas",
            "outcomes": [{"name": "Prowadzi zakwas", "criteria": "a) dokarmia zakwas\nb) ocenia jego dojrzałość"}],
        }
    ],
    "certifying_institutions": [{"name": "Cech Piekarzy w Łęgowicach", "city": "Łęgowice"}],
    "new_field_of_2027": {"x": 1},
}


def test_a_page_of_results_and_a_single_entry_give_the_same():
    (paged,) = read_json({"count": 1, "results": [ROW]})
    (alone,) = read_json(ROW)
    assert paged == alone
    entry = alone.entry
    assert (entry.code, entry.level, entry.category, entry.status) == ("14001", 3, "free_market", "functioning")
    assert entry.title_en == "Baking sourdough bread"
    assert entry.text("characteristics") == "Piecze chleb żytni.\nDba o zakwas."
    assert [one.pl for one in entry.sets[0].outcomes[0].criteria] == ["dokarmia zakwas", "ocenia jego dojrzałość"]
    assert entry.bodies[0].place == "Łęgowice"


def test_what_is_unknown_is_kept_and_told():
    (read,) = read_json(ROW)
    assert read.entry.extra == {"new_field_of_2027": {"x": 1}}
    assert any("new_field_of_2027" in remark.text for remark in read.of(RemarkKind.UNPLACED))


def test_an_entry_with_a_name_and_a_code_alone_is_enough():
    (read,) = read_json({"code": "1", "name": "Cokolwiek"})
    assert read.entry.sets == ()


@pytest.mark.parametrize("data", ["tekst", 3, {"results": 3}, [1], [{"name": "bez kodu"}]])
def test_a_wrong_shape_is_told_with_its_place(data):
    with pytest.raises(WrongShape):
        list(read_json(data))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["name", "pl", "criteria", "outcomes", "level"]), inner)
        ),
        max_leaves=10,
    )
)
def test_any_value_in_any_field_is_read_or_told(value):
    row = {"code": "1", "name": "N", "level": value, "sets": value, "effective_from": value, "category": value}
    assert next(iter(read_json(row))).entry.code == "1"


def test_letters_go_on_after_z():
    assert [letter(n) for n in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


def table(text: str, encoding: str = "utf-8") -> list:
    return list(read_table(text.encode(encoding)))


def test_a_table_in_polish_with_any_order_and_separator():
    text = "Nazwa;Kod;Zestaw;Efekt;Kryterium\nChleb;7;Zakwas;Prowadzi zakwas;dokarmia\n;;;;ocenia\nWędliny;8;;;\n"
    bread, meat = (read.entry for read in table(text, "cp1250"))
    assert [one.pl for one in bread.sets[0].outcomes[0].criteria] == ["dokarmia", "ocenia"]
    assert (meat.code, meat.title_pl) == ("8", "Wędliny")


def test_what_is_written_reads_back_the_same(small):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(write_rows([small.entry]))
    (again,) = table(out.getvalue())
    assert again.entry.sets == small.entry.sets
    assert (again.entry.hours, again.entry.field_code) == (small.entry.hours, small.entry.field_code)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kod;nazwa\n1;A\n1\n", 3),
        ("kod;nazwa\n1;A\n2;B\n1;C\n", 4),
        ('kod;nazwa\n1;"A\n', 2),
        ("kod;opis\n1;A\n", 1),
        ("kod;kod;nazwa\n1;1;A\n", 1),
        ("nazwa;kod\nA;\n", 2),
        ("kod;nazwa;kryterium\n1;A;najpierw kryterium\n", 2),
    ],
)
def test_a_broken_table_is_refused_with_its_line(text, line):
    with pytest.raises(WrongTable) as refused:
        table(text)
    assert refused.value.line == line


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(WrongTable):
        list(read_table(b"PK\x03\x04\x00\x00kod"))
