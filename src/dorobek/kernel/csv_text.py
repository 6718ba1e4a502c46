"""Tables as CSV for a spreadsheet: semicolons, UTF-8 with its mark, cells that no spreadsheet runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse

MARK = "\ufeff"  # spreadsheets then read UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet will not run as a formula: an apostrophe goes before a sign that would begin one."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """CSV text, row by row, so that a long table is sent while it is read."""
    yield MARK
    for row in rows:
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerow([harmless(cell) for cell in row])
        yield out.getvalue()


def download(rows: Iterable[Sequence[str]], name: str) -> HttpResponse:
    """A short table of people's data as a file to download; kept nowhere on the way. `name` without the ending."""
    answer = HttpResponse("".join(lines(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer
