"""Reads entries from CSV: a row for each criterion, or for each qualification when sets are not given (RG-2).

Column names are those of `Entry`, or Polish ones; their order, the separator and the encoding are found out. The same
shape is written by `write_rows`, so that what leaves can come back.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from dorobek.register.entry.openjson import letter, read_one
from dorobek.register.entry.shape import Entry, Read

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("kod", "kod kwalifikacji"),
    "title_pl": ("nazwa", "nazwa kwalifikacji"),
    "title_en": ("nazwa po angielsku",),
    "kind": ("rodzaj",),
    "category": ("kategoria",),
    "level": ("poziom", "poziom prk"),
    "status": ("stan",),
    "hours": ("nakład pracy", "godziny"),
    "field": ("dziedzina", "kod dziedziny"),
    "activity": ("pkd", "kod pkd"),
    "effective_from": ("funkcjonuje od",),
    "next_review": ("następny przegląd",),
    "characteristics": ("charakterystyka",),
    "awarding": ("instytucje certyfikujące",),
    "set": ("zestaw",),
    "outcome": ("efekt", "efekt uczenia się"),
    "criterion": ("kryterium",),
}
BY_NAME = {name: column for column, names in COLUMNS.items() for name in (column, *names)}
ENCODINGS = ("utf-8-sig", "cp1250")
LONGEST = 2_000_000


class WrongTable(ValueError):
    """The table cannot be read; `line` is the line of the file, counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


def read_table(raw: bytes) -> Iterator[Read]:
    """Entries of the table, in its order. Raises WrongTable; nothing is guessed about a broken row."""
    text = _decoded(raw)
    first = text.splitlines()[0] if text.strip() else ""
    separator = max(";,\t", key=first.count)
    csv.field_size_limit(LONGEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    columns = _columns(next(rows, []))
    current: dict[str, Any] | None = None
    seen: dict[str, int] = {}
    for values, line in _numbered(rows):
        if len(values) != len(columns):
            raise WrongTable(line, f"{len(values)} fields where the heading has {len(columns)}")
        row = dict(zip(columns, (value.strip() for value in values), strict=True))
        if row["code"] and (current is None or row["code"] != current["code"]):
            if current is not None:
                yield read_one(current)
            if row["code"] in seen:
                raise WrongTable(line, f"the code {row['code']} stands already in line {seen[row['code']]}")
            seen[row["code"]] = line
            current = _opened(row, line)
        elif current is None:
            raise WrongTable(line, "the first row has no code")
        _add(current, row, line)
    if current is not None:
        yield read_one(current)


def _decoded(raw: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise WrongTable(1, "this is no text file")
        return text
    raise WrongTable(1, "the file is neither in UTF-8 nor in Windows-1250")


def _columns(heading: list[str]) -> list[str]:
    columns = [BY_NAME.get(" ".join(name.casefold().split()), name.strip()) for name in heading]
    for needed in ("code", "title_pl"):
        if needed not in columns:
            raise WrongTable(1, f"the heading has no column `{needed}`; it has: {', '.join(columns)[:200]}")
    if len(set(columns)) != len(columns):
        raise WrongTable(1, "a column stands twice")
    return columns


def _numbered(rows: Any) -> Iterator[tuple[list[str], int]]:
    """Rows with the line they begin in; a quote that never closes is told with its line."""
    while True:
        line = rows.line_num + 1
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise WrongTable(line, f"cannot be read: {error}") from error
        if any(value.strip() for value in values):
            yield values, line


def _opened(row: dict[str, str], line: int) -> dict[str, Any]:
    if not row.get("title_pl"):
        raise WrongTable(line, f"the qualification {row['code']} has no name")
    entry: dict[str, Any] = {k: v for k, v in row.items() if v and k not in ("set", "outcome", "criterion", "awarding")}
    entry["title"] = {"pl": entry.pop("title_pl"), "en": entry.pop("title_en", "")}
    entry["awarding_bodies"] = [name.strip() for name in row.get("awarding", "").split("|") if name.strip()]
    entry["sets"] = []
    return entry


def _add(entry: dict[str, Any], row: dict[str, str], line: int) -> None:
    """A row's set, outcome and criterion; an empty cell means the one above."""
    sets = entry["sets"]
    if (title := row.get("set")) and (not sets or sets[-1]["name"] != title):
        sets.append({"name": title, "outcomes": []})
    if not (row.get("outcome") or row.get("criterion")):
        return
    if not sets:
        raise WrongTable(line, "an outcome stands before the first set")
    outcomes = sets[-1]["outcomes"]
    if (title := row.get("outcome")) and (not outcomes or outcomes[-1]["name"] != title):
        outcomes.append({"name": title, "criteria": []})
    if text := row.get("criterion"):
        if not outcomes:
            raise WrongTable(line, "a criterion stands before the first outcome")
        outcomes[-1]["criteria"].append({"name": text})


def write_rows(entries: Iterable[Entry]) -> Iterator[list[str]]:
    """The heading, then a row for each criterion (or outcome, set, qualification that has none below it)."""
    yield list(COLUMNS)
    for entry in entries:
        lead = [
            entry.code, entry.title_pl, entry.title_en, entry.kind, entry.category, str(entry.level or ""),
            entry.status, str(entry.hours or ""), _joined(entry.field_code, entry.field_label),
            _joined(entry.activity_code, entry.activity_label), str(entry.effective_from or ""),
            str(entry.next_review or ""), entry.text("characteristics"),
            " | ".join(body.name for body in entry.bodies if body.role == "awarding"),
        ]  # fmt: skip
        for below in _below(entry):
            yield [*lead, *below]


def _joined(code: str, label: str) -> str:
    return f"{code} - {label}" if label else code


def _below(entry: Entry) -> Iterator[tuple[str, str, str]]:
    if not entry.sets:
        yield "", "", ""
    for group in entry.sets:
        if not group.outcomes:
            yield group.pl, "", ""
        for outcome in group.outcomes:
            for criterion in outcome.criteria or (None,):
                yield group.pl, outcome.pl, criterion.pl if criterion else ""


__all__ = ["WrongTable", "letter", "read_table", "write_rows"]
