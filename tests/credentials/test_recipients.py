"""Lists of recipients as people have them: from a spreadsheet, with other headings, with faults in some rows (MC-3)."""

import contextlib
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dorobek.credentials.recipients import BadList, Problem, read_recipients

TODAY = dt.date(2026, 11, 21)


def read(text, encoding="utf-8"):
    return list(read_recipients(io.BytesIO(text.encode(encoding)), today=TODAY))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_a_list_reads_with_any_delimiter_and_encoding(delimiter, encoding):
    lines = ["Imię,Nazwisko,Adres e-mail,Ocena", "Małgorzata,Śliż-Chrząszczewska,m@example.org,bardzo dobra"]
    [one] = read("\r\n".join(lines).replace(",", delimiter), encoding)
    assert (one.name, one.email, one.grade) == ("Małgorzata Śliż-Chrząszczewska", "m@example.org", "bardzo dobra")
    assert one.problem is None


def test_names_in_one_column_and_empty_lines():
    people = read(
        "E-mail;Imię i nazwisko;Data\n\na@example.org;Anna Maria Bąk;20.11.2026\n;;\nb@example.org;Jan Ćma;\n"
    )
    assert [(one.number, one.given_names, one.family_name) for one in people] == [
        (1, "Anna Maria", "Bąk"),
        (2, "Jan", "Ćma"),
    ]
    assert people[0].awarded_on == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (";Bąk;a@example.org;", Problem.NO_NAME),
        ("Jan;Bąk;;", Problem.NO_EMAIL),
        ("Jan;Bąk;to nie adres;", Problem.BAD_EMAIL),
        ("Jan;Bąk;a@example.org;kiedyś", Problem.BAD_DATE),
        ("Jan;Bąk;a@example.org;2027-01-01", Problem.FUTURE),
        (f"{'J' * 130};Bąk;a@example.org;", Problem.LONG_NAME),
    ],
)
def test_a_row_at_fault_says_why_and_the_next_is_read(row, problem):
    first, second = read(f"imię;nazwisko;email;data\n{row}\nEwa;Łoś;ewa@example.org;\n")
    assert (first.problem, second.problem) == (problem, None)


def test_a_spreadsheet_reads_with_its_dates():
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Nazwisko", "Imię", "E-mail", "Data wydania"])
    book.active.append(["Żądło", "Feliks", "f@example.org", dt.datetime(2026, 11, 2)])
    book.save(out)
    out.seek(0)
    [one] = read_recipients(out, today=TODAY)
    assert (one.name, one.awarded_on) == ("Feliks Żądło", dt.date(2026, 11, 2))


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"a;b;c\n1;2;3", b"PK\x03\x04nothing", b"\x00\x01\x02"])
def test_what_is_no_list_is_refused_whole(raw):
    with pytest.raises(BadList):
        list(read_recipients(io.BytesIO(raw), today=TODAY))


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_refused(raw):
    with contextlib.suppress(BadList):
        list(read_recipients(io.BytesIO(b"imie;nazwisko;email\n" + raw), today=TODAY))
