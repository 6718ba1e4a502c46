"""Tables of distance brought in by an operator: minutes between powiats, and which powiats are neighbours (DP-4)."""

import csv
import io
from dataclasses import dataclass, field
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.plans.models import PowiatLink
from dorobek.plans.planning.places import known_powiat

COLUMNS = {"travel": ("skad", "dokad", "minuty"), "neighbours": ("powiat", "sasiad")}
LONGEST = 24 * 60
FAULTS_SHOWN = 200
BATCH = 1_000
Pair = tuple[str, str]


@dataclass
class LinksReport:
    """What an import found and did; `done` is False for a dry run and for a file with faults: nothing was written."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    done: bool = False
    faults: list[tuple[int, str]] = field(default_factory=list)


def import_links(*, file: IO[bytes], kind: str, dry_run: bool = False) -> LinksReport:
    """Bring in a CSV table: travel (skad, dokad, minuty) or neighbours (powiat, sasiad). With one row at fault nothing.

    Minutes are one way; the way back counts the same unless the file says otherwise, then the longer one. Raises
    RuleBroken when it is no such table. An operator's command: no acting user.
    """
    report = LinksReport()
    found = _read(file, kind, report)
    if report.faults:
        return report
    if not found:
        raise RuleBroken(_("W pliku nie ma ani jednego wiersza."), "file")
    with transaction.atomic():
        _store(found, kind, report, write=not dry_run)
    report.done = not dry_run
    return report


def _read(file: IO[bytes], kind: str, report: LinksReport) -> dict[Pair, int]:
    """Pairs of powiats with their minutes (0 for neighbours)."""
    try:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        head = text.readline()
        delimiter = max(";,\t", key=head.count)
        names = [normalised(name) for name in next(csv.reader([head], delimiter=delimiter), [])]
        if missing := [name for name in COLUMNS[kind] if name not in names]:
            raise RuleBroken(
                _("W pierwszym wierszu brakuje kolumn: %(names)s.") % {"names": ", ".join(missing)}, "file"
            )
        places = [names.index(name) for name in COLUMNS[kind]]
        found: dict[Pair, int] = {}
        for line, cells in enumerate(csv.reader(text, delimiter=delimiter), start=2):
            if any(cell.strip() for cell in cells):
                _take(found, line, [cells[at].strip() if at < len(cells) else "" for at in places], report)
    except (UnicodeDecodeError, csv.Error) as error:
        raise RuleBroken(_("To nie jest tekst CSV w UTF-8."), "file") from error
    return found


def _take(found: dict[Pair, int], line: int, cells: list[str], report: LinksReport) -> None:
    start, end, minutes = cells[0], cells[1], cells[2] if len(cells) > 2 else "0"
    unknown = [code for code in (start, end) if not known_powiat(code)]
    problem = ""
    if unknown:
        problem = _("Nie ma powiatu o kodzie „%(code)s”. Kod powiatu ma cztery cyfry.") % {"code": unknown[0][:12]}
    elif start == end:
        problem = _("Oba kody są takie same.")
    elif not minutes.isdigit() or not 0 <= int(minutes) <= LONGEST:
        problem = _("Minuty to liczba od 0 do %(most)d, a jest „%(text)s”.") % {"most": LONGEST, "text": minutes[:12]}
    if problem:
        if len(report.faults) < FAULTS_SHOWN:
            report.faults.append((line, problem))
        return
    report.rows += 1
    pair = (min(start, end), max(start, end))
    found[pair] = max(found.get(pair, 0), int(minutes))


def _store(found: dict[Pair, int], kind: str, report: LinksReport, *, write: bool) -> None:
    held = {(row.start, row.end): row for row in PowiatLink.objects.all()}
    new, changed = [], []
    for pair, minutes in sorted(found.items()):
        values = {"minutes": minutes} if kind == "travel" else {"neighbours": True}
        row = held.get(pair)
        if row is None:
            new.append(PowiatLink(start=pair[0], end=pair[1], **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed.append(row)
            for name, value in values.items():
                setattr(row, name, value)
    report.new, report.changed = len(new), len(changed)
    report.unchanged = len(found) - len(new) - len(changed)
    if write:
        PowiatLink.objects.bulk_create(new, batch_size=BATCH)
        PowiatLink.objects.bulk_update(changed, ["minutes", "neighbours"], batch_size=BATCH)
