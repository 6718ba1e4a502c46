"""The offer as a CSV table: one line an edition. Semicolons, commas or tabs; UTF-8 or the older Polish encoding."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import override

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.offers.enums import Ending, Field, HourForm, ServiceKind
from dorobek.offers.reading.row import Fault, OfferRow
from dorobek.offers.reading.times import read_times
from dorobek.offers.rules import checked_dates, checked_hours, place_from, price_from_text
from dorobek.offers.times import checked

# header -> column; the first of each is what a template offers
COLUMNS: dict[str, str] = {
    "numer": "number", "dostawca": "provider_name", "numer dostawcy": "provider_number", "nip": "provider_tax_number",
    "tytul": "title", "numer uslugi": "service_number", "rodzaj": "kind", "dziedzina": "field", "cel": "goal",
    "efekty": "outcomes", "kod kwalifikacji": "register_code", "konczy sie": "ending", "certyfikat": "certificate",
    "warunki": "requires", "godziny": "hours", "forma": "hour_form", "poczatek": "starts_on", "koniec": "ends_on",
    "zapisy do": "enrol_until", "miejsce": "place", "teryt": "teryt", "cena": "price", "miejsca": "places",
    "godziny w tygodniu": "weekly_hours", "zajecia": "class_times",
}  # fmt: skip
NEEDED = ("number", "provider_name", "title", "starts_on", "ends_on", "price")
LONGEST = {"number": 80, "provider_number": 80, "service_number": 80, "provider_name": 250, "title": 300,
           "register_code": 20, "certificate": 250, "provider_tax_number": 20}  # fmt: skip
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")


def read_table(file: IO[bytes]) -> Iterator[OfferRow | Fault]:
    """Rows and faults in the order of the file; holds one row at a time. Raises RuleBroken when it is no such table."""
    text = _text(file)
    try:
        yield from _read(text)
    finally:
        text.detach()  # the file stays open for whoever opened it


def _read(text: io.TextIOWrapper) -> Iterator[OfferRow | Fault]:
    reader = None
    try:
        head = text.readline()
        if not head.strip():
            raise RuleBroken(_("Plik jest pusty."), "file")
        delimiter = max(";,\t", key=head.count)
        columns = _columns(next(csv.reader([head], delimiter=delimiter)))
        reader = csv.reader(text, delimiter=delimiter)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(reader.line_num + 1, cells, columns)
    except (UnicodeDecodeError, csv.Error) as error:
        line = reader.line_num + 1 if reader else 0
        raise RuleBroken(
            _("Nie da się czytać pliku za wierszem %(line)d: to nie jest tekst CSV.") % {"line": line}, "file"
        ) from error


def _columns(names: list[str]) -> list[str]:
    """The column each header names, "" for one that is not ours. Raises RuleBroken when a needed one is missing."""
    columns = [COLUMNS.get(normalised(name).replace("_", " "), "") for name in names]
    missing = [title for title, column in COLUMNS.items() if column in NEEDED and column not in columns]
    if missing:
        raise RuleBroken(_("W pierwszym wierszu brakuje kolumn: %(names)s.") % {"names": ", ".join(missing)}, "file")
    return columns


def _text(file: IO[bytes]) -> io.TextIOWrapper:
    start = file.read(65_536)
    file.seek(0)
    try:
        start.decode("utf-8-sig")
        encoding = "utf-8-sig"
    except UnicodeDecodeError as error:
        encoding = "utf-8-sig" if error.start > len(start) - 4 else "cp1250"
    return io.TextIOWrapper(file, encoding=encoding, newline="")


def _row(line: int, cells: list[str], columns: list[str]) -> OfferRow | Fault:
    if len(cells) > len(columns):
        return Fault(line, "", _("W tym wierszu jest więcej kolumn niż w nagłówku. Może brakuje cudzysłowu."))
    if any("\x00" in cell for cell in cells):
        return Fault(line, "", _("W tym wierszu jest znak, którego nie da się zapisać. Proszę go usunąć."))
    given = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
    try:
        return row_from(line, given)
    except RuleBroken as broken:
        return Fault(line, broken.field or "", str(broken.message))


def row_from(line: int, given: Mapping[str, str]) -> OfferRow:
    """The row that texts by column tell. Raises RuleBroken with the column."""
    for column in NEEDED:
        if not given.get(column):
            titles = {name: title for title, name in COLUMNS.items()}
            raise RuleBroken(_("Brakuje wartości w kolumnie „%(name)s”.") % {"name": titles[column]}, column)
    for column, most in LONGEST.items():
        if len(given.get(column, "")) > most:
            raise RuleBroken(_("To za długie: najwyżej %(most)d znaków.") % {"most": most}, column)
    starts, ends = _day(given, "starts_on"), _day(given, "ends_on")
    until = checked_dates(starts, ends, _day(given, "enrol_until") if given.get("enrol_until") else None)
    place, teryt, remote = place_from(given.get("place", ""), given.get("teryt", ""))
    return OfferRow(
        line=line,
        number=given["number"],
        provider_number=given.get("provider_number") or normalised(given["provider_name"])[:80],
        provider_name=given["provider_name"],
        provider_tax_number=given.get("provider_tax_number", ""),
        service_number=given.get("service_number") or given["number"],
        title=given["title"],
        kind=_choice(given, "kind", ServiceKind, ServiceKind.TRAINING),
        field=_choice(given, "field", Field, Field.OTHER),
        ending=_choice(given, "ending", Ending, Ending.CERTIFICATE if given.get("certificate") else Ending.NOTHING),
        hour_form=_choice(given, "hour_form", HourForm, HourForm.GROUP),
        goal=given.get("goal", ""),
        outcomes=tuple(filter(None, (part.strip() for part in given.get("outcomes", "").split("|")))),
        register_code=given.get("register_code", ""),
        certificate=given.get("certificate", ""),
        requires=given.get("requires", ""),
        hours=checked_hours(_number(given, "hours")),
        places=checked_hours(_number(given, "places")),
        weekly_hours=checked_hours(_number(given, "weekly_hours")),
        starts_on=starts,
        ends_on=ends,
        enrol_until=until,
        place=place,
        teryt=teryt,
        remote=remote,
        price_grosze=price_from_text(given["price"]),
        times=checked(read_times(given.get("class_times", "")), starts, ends),
    )


def _day(given: Mapping[str, str], column: str) -> dt.date:
    found = _DAY.fullmatch(given[column][:10].strip())
    if found:
        parts = [int(part) for part in found.groups() if part]
        year, month, day = parts if found[1] else reversed(parts)
        try:
            return dt.date(year, month, day)
        except ValueError:
            pass
    raise RuleBroken(
        _("Nie ma takiego dnia: „%(text)s”. Proszę wpisać go tak: 2026-11-27.") % {"text": given[column][:20]}, column
    )


def _number(given: Mapping[str, str], column: str) -> int:
    text = given.get(column, "")
    if not text:
        return 0
    if not re.fullmatch(r"-?[0-9]{1,6}", text):
        raise RuleBroken(_("„%(text)s” nie jest liczbą całkowitą.") % {"text": text[:20]}, column)
    return int(text)


def _choice(
    given: Mapping[str, str], column: str, choices: type[ServiceKind | Field | Ending | HourForm], usual: str
) -> str:
    """A code or its Polish label; the usual one where nothing is said."""
    text = given.get(column, "")
    if not text:
        return str(usual)
    found = _words_of(choices).get(normalised(text))
    if found is None:
        raise RuleBroken(
            _("Nie znam słowa „%(text)s”. Może być: %(words)s.")
            % {"text": text[:40], "words": ", ".join(str(label) for _value, label in choices.choices)},
            column,
        )
    return found


@cache
def _words_of(choices: type[ServiceKind | Field | Ending | HourForm]) -> dict[str, str]:
    """Codes by what a table may call them: the code or the Polish label, whatever language the reader has."""
    with override("pl"):
        words = {normalised(word): str(value) for value, label in choices.choices for word in (value, str(label))}
    return words | ({"egzamin": str(ServiceKind.EXAM)} if choices is ServiceKind else {})
