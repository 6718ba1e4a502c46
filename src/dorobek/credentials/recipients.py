"""A list of people who are to get a credential, read row by row from CSV or XLSX, whatever its size (MC-3).

Columns are known by their headings, in Polish or English, in any order: given names and family name (or both in one
column), e-mail, and where the list has them the day and a grade.
"""

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from dorobek.kernel.text import normalised

MOST_ROWS = 200_000
LONGEST = 250
XLSX_LIMIT = 200_000_000  # unpacked: a list of this size has far less; a bomb has more
HEADINGS = {
    "given_names": ("imie", "imiona", "given names", "given name", "first name", "name"),
    "family_name": ("nazwisko", "family name", "last name", "surname"),
    "full_name": ("imie i nazwisko", "nazwisko i imie", "full name", "uczestnik", "participant"),
    "email": ("email", "e-mail", "adres e-mail", "adres email", "mail", "poczta"),
    "awarded_on": ("data", "data wydania", "data nadania", "date", "awarded on"),
    "grade": ("ocena", "wynik", "grade", "result"),
}
KNOWN = {heading: name for name, headings in HEADINGS.items() for heading in headings}


class BadList(ValueError):
    """A file that is no list at all; `problem` is a code that screens put into words."""

    def __init__(self, problem: str, what: str = "") -> None:
        super().__init__(f"{problem} {what}".strip())
        self.problem, self.what = problem, what


class Problem(StrEnum):
    """Why one row cannot be taken."""

    NO_NAME = "no-name"
    LONG_NAME = "long-name"
    NO_EMAIL = "no-email"
    BAD_EMAIL = "bad-email"
    BAD_DATE = "bad-date"
    FUTURE = "future"


@dataclass(frozen=True)
class Recipient:
    """One row. `number` counts the rows below the heading, from 1."""

    number: int
    given_names: str = ""
    family_name: str = ""
    email: str = ""
    awarded_on: dt.date | None = None
    grade: str = ""
    problem: Problem | None = None

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def key(self) -> tuple[str, str]:
        """Who it is, for telling whether two rows name one person."""
        return self.email.lower(), normalised(self.name)


def read_recipients(content: IO[bytes], *, today: dt.date) -> Iterator[Recipient]:
    """Rows in order, those at fault with their problem. Raises BadList: unreadable, no heading known, too many rows."""
    rows = _xlsx_rows(content) if _is_zip(content) else _csv_rows(content)
    heading: list[str] | None = None
    number = 0
    for cells in rows:
        if not any(str(cell or "").strip() for cell in cells):
            continue
        if heading is None:
            heading = _heading(cells)
            continue
        number += 1
        if number > MOST_ROWS:
            raise BadList("too-many", str(MOST_ROWS))
        yield _recipient(number, dict(zip(heading, cells, strict=False)), today)
    if heading is None:
        raise BadList("empty")


def _is_zip(content: IO[bytes]) -> bool:
    head = content.read(4)
    content.seek(0)
    return head == b"PK\x03\x04"


def _csv_rows(content: IO[bytes]) -> Iterator[Sequence[Any]]:
    """Comma, semicolon or tab; UTF-8, or the Polish pages of old spreadsheets."""
    sample = content.read(65_536)
    content.seek(0)
    encoding = "utf-8-sig"
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=len(sample) < 65_536)
    except UnicodeDecodeError:
        encoding = "cp1250"
    if b"\x00" in sample:
        raise BadList("unreadable")
    first = sample.decode(encoding, errors="replace").splitlines()[:1] or [""]
    delimiter = max(";,\t", key=first[0].count)
    text = io.TextIOWrapper(content, encoding=encoding, newline="")
    try:
        yield from csv.reader(text, delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error) as fault:
        raise BadList("unreadable", str(fault)) from fault
    finally:
        if not content.closed:
            text.detach()


def _xlsx_rows(content: IO[bytes]) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(content) as packed:
            if sum(one.file_size for one in packed.infolist()) > XLSX_LIMIT:
                raise BadList("too-large")
        content.seek(0)
        book = load_workbook(content, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as fault:
        if isinstance(fault, BadList):
            raise
        raise BadList("unreadable", str(fault)) from fault
    try:
        sheet = book.worksheets[0]
        yield from sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _heading(cells: Sequence[Any]) -> list[str]:
    named = [KNOWN.get(normalised(str(cell or "")).strip(" .:"), "") for cell in cells]
    has_name = "full_name" in named or ("family_name" in named and "given_names" in named)
    if not has_name or "email" not in named:
        raise BadList("headings", ", ".join(str(cell) for cell in cells if cell)[:200])
    return [name or f"?{at}" for at, name in enumerate(named)]


def _recipient(number: int, cells: dict[str, Any], today: dt.date) -> Recipient:
    given, family = _text(cells.get("given_names")), _text(cells.get("family_name"))
    if not family and (full := _text(cells.get("full_name"))):
        given, _space, family = full.rpartition(" ")
    email = _text(cells.get("email"))
    day, bad_day = _day(cells.get("awarded_on"))
    return Recipient(
        number, given, family, email, day, _text(cells.get("grade"))[:100],
        _problem(given, family, email, day, bad_day, today),
    )  # fmt: skip


def _problem(given: str, family: str, email: str, day: dt.date | None, bad_day: bool, today: dt.date) -> Problem | None:
    if not given or not family:
        return Problem.NO_NAME
    if len(given) > 120 or len(family) > 120:
        return Problem.LONG_NAME
    if not email:
        return Problem.NO_EMAIL
    try:
        validate_email(email)
    except ValidationError:
        return Problem.BAD_EMAIL
    if bad_day:
        return Problem.BAD_DATE
    return Problem.FUTURE if day and day > today else None


def _text(cell: Any) -> str:
    return " ".join(str(cell).replace("\x00", " ").split())[:LONGEST] if cell is not None else ""


def _day(cell: Any) -> tuple[dt.date | None, bool]:
    """The day, and whether something stands there that is none."""
    if isinstance(cell, dt.datetime):
        return cell.date(), False
    if isinstance(cell, dt.date):
        return cell, False
    text = _text(cell)
    if not text:
        return None, False
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date(), False
        except ValueError:
            continue
    return None, True
