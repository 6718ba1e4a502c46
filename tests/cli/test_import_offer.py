"""`dorobek import offer FILE`: whole or not at all, the line at fault named, memory that does not grow with the file."""

import json
import tracemalloc

import pytest

from dorobek.cli.main import main
from dorobek.offers.actions import import_offer
from dorobek.offers.enums import Source
from dorobek.offers.models import Edition
from tests.offers.files import HEAD, line, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def csv(*lines):
    return "\n".join([HEAD, *lines])


def test_a_table_is_tried_then_brought_in(file, capsys):
    path = file("oferta.csv", csv(line(1), line(2)))
    assert main(["import", "offer", path, "--dry-run"]) == 0
    assert "dry run: nothing was written" in capsys.readouterr().out
    assert not Edition.objects.exists()
    assert main(["import", "offer", path]) == 0
    assert "2 new" in capsys.readouterr().out
    assert main(["import", "offer", file("o2.csv", csv(line(1))), "--whole"]) == 0
    assert "1 withdrawn" in capsys.readouterr().out


def test_one_broken_row_is_named_with_its_line_and_nothing_is_written(file, capsys):
    rows = [line(number) for number in range(1, 1_501)]
    rows[1_200] = line(1_201, cena="1 200 €")
    path = file("oferta.csv", csv(*rows))
    assert main(["import", "offer", path]) == 1
    said = capsys.readouterr().out
    assert "line 1202, price" in said
    assert "1 200 €" in said
    assert "nothing was written" in said
    assert not Edition.objects.exists()
    assert main(["import", "offer", path, "--leave-out-faulty"]) == 0
    assert Edition.objects.count() == 1_499


def test_the_national_bases_json_is_taken_by_its_name(file, capsys):
    text = json.dumps({"wszystkieElementy": 1, "lista": [service(5)]})
    assert main(["import", "offer", file("uslugi.json", text)]) == 0
    assert Edition.objects.get().price_grosze == 159_900
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("name", "text"), [("a.txt", "x"), ("a.csv", ""), ("a.csv", "a;b\n1;2"), ("a.json", '{"lista": [{"id": 1')]
)
def test_a_file_that_is_no_offer_is_a_problem_said_in_one_line(file, capsys, name, text):
    assert main(["import", "offer", file(name, text)]) == 1
    assert capsys.readouterr().err.startswith("dorobek: ")
    assert not Edition.objects.exists()


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["import", "offer", str(tmp_path / "nie-ma.csv")]) == 1
    assert "nothing was imported" in capsys.readouterr().err


def test_memory_does_not_grow_with_the_rows_of_a_file(tmp_path):
    """Five times the rows need far less than five times the memory: of a row only its number is held."""

    def most(count):
        path = tmp_path / f"{count}.csv"
        path.write_text(csv(*(line(number, tytul="Kurs " + "ż" * 200) for number in range(count))), encoding="utf-8")
        with path.open("rb") as file:
            tracemalloc.start()
            report = import_offer(file=file, name="a.csv", source=Source.TABLE, acting_user=None, dry_run=True)
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert report.rows == count
        return peak

    most(1_000)
    assert most(10_000) < 2.5 * most(2_000)


def test_odd_hours_are_told_to_look_at_and_taken(file, capsys):
    path = file("oferta.csv", f'{HEAD};zajęcia\n{line(1)};"pn 17-18"')
    assert main(["import", "offer", path]) == 0
    assert "look at line 2" in capsys.readouterr().out
    assert Edition.objects.get().class_times == [[0, 1020, 1080]]
