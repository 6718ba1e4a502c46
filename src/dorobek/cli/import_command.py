"""`dorobek import zrk|esco|kzis|info|travel|neighbours|labour`: register, frameworks, info centre, distances, from files."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dorobek.cli.import_info import run_info
from dorobek.cli.import_labour import run_labour
from dorobek.cli.import_links import run_links
from dorobek.cli.import_offer import run_offer
from dorobek.cli.problem import Problem, start_django

NAME = "import"
HELP = "bring in from files: register entries (zrk), ESCO (esco), occupations (kzis), the info centre (info), distances"


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    zrk = kinds.add_parser("zrk", help="register entries: print-outs (.txt), open interface (.json), tables (.csv)")
    zrk.add_argument("files", type=Path, nargs="+", metavar="FILE")
    zrk.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
    esco = kinds.add_parser("esco", help="an official ESCO export, unpacked into a folder")
    esco.add_argument("folder", type=Path, metavar="DIR")
    esco.add_argument("--edition", default="", help="for example 1.1.1; told by the folder's files when not given")
    kzis = kinds.add_parser("kzis", help="an edition of the classification of occupations, CSV or TSV")
    kzis.add_argument("file", type=Path, metavar="FILE")
    kzis.add_argument("--edition", required=True, help="the year of the edition, for example 2025")
    framework = kinds.add_parser(
        "framework", help="level descriptors (prk, eqf, srk), fields (isced) or activities (pkd), CSV or TSV"
    )
    framework.add_argument("framework", choices=["prk", "eqf", "srk", "isced", "pkd"])
    framework.add_argument("file", type=Path, metavar="FILE", help="columns code, name; description, broader if wanted")
    framework.add_argument("--edition", required=True, help="for example 2016; of a sector framework: turystyka-2020")
    framework.add_argument("--name", default="", help="what it is called, for example of a sector framework")
    labels = kinds.add_parser("labels", help="Polish labels for the ESCO imported last: the tables of MELO Polish")
    labels.add_argument("folder", type=Path, metavar="DIR")
    offer = kinds.add_parser(
        "offer", help="the training offer: CSV, or JSON in the shape of the national training base"
    )
    offer.add_argument("file", type=Path, metavar="FILE")
    offer.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
    offer.add_argument("--leave-out-faulty", action="store_true", help="write the good rows although others are faulty")
    offer.add_argument("--whole", action="store_true", help="dates of this source that the file lacks are withdrawn")
    info = kinds.add_parser("info", help="pages of the info centre; what an editor changed stays")
    info.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="the shipped pages when not given")
    _figures(kinds)
    for kind, told in (
        ("travel", "minutes between powiats, one way: CSV with the columns skad, dokad, minuty"),
        ("neighbours", "which powiats are neighbours: CSV with the columns powiat, sasiad"),
    ):
        links = kinds.add_parser(kind, help=told)
        links.add_argument("file", type=Path, metavar="FILE")
        links.add_argument("--dry-run", action="store_true", help="read and report, write nothing")


def _figures(kinds: Any) -> None:
    labour = kinds.add_parser("labour", help="figures of the labour market: CSV, see docs/operations.md")
    labour.add_argument("file", type=Path, metavar="FILE")
    labour.add_argument("--dry-run", action="store_true", help="read and report, write nothing")


def run(options: argparse.Namespace) -> int:
    start_django()
    runs = {"zrk": _zrk, "esco": _esco, "kzis": _kzis, "framework": _framework, "labels": _labels, "info": run_info}
    runs["labour"] = run_labour
    runs |= {"offer": run_offer}
    runs |= {"travel": run_links, "neighbours": run_links}
    return runs[options.kind](options)


def _zrk(options: argparse.Namespace) -> int:
    from dorobek.kernel.errors import RuleBroken
    from dorobek.register.actions import import_entries
    from dorobek.register.entry import RemarkKind
    from dorobek.register.enums import Source

    sources = {".txt": Source.PRINTOUT, ".json": Source.OPEN_JSON, ".csv": Source.TABLE}
    for file in options.files:
        if file.suffix.lower() not in sources:
            raise Problem(f"{file}: give a print-out (.txt), the open interface's JSON (.json) or a table (.csv)")
        reads = list(_read(file))
        for read in reads:
            entry = read.entry
            print(
                f"{entry.code or '(no code)'} {entry.title_pl}: {len(entry.sets)} sets, {entry.outcome_count} outcomes, "
                f"{entry.criterion_count} criteria"
            )
            for remark in read.remarks:
                place = f"line {remark.line}: " if remark.line else ""
                print(f"  {remark.kind.value:<8} {place}{remark.text}")
        unplaced = sum(len(read.of(RemarkKind.UNPLACED)) for read in reads)
        print(f"{file.name}: {len(reads)} entries read, {unplaced} lines or fields without a place of their own")
        if options.dry_run:
            continue
        try:
            done = import_entries(reads=reads, source=sources[file.suffix.lower()], source_name=file.name)
        except RuleBroken as broken:
            raise Problem(f"{file}: {broken}; nothing was imported") from broken
        print(f"{file.name}: {len(done.created)} new, {len(done.changed)} changed, {done.unchanged} as they were")
    return 0


def _read(file: Path) -> Iterator[Any]:
    from dorobek.register.entry.openjson import WrongShape, read_json
    from dorobek.register.entry.printout import read_printout
    from dorobek.register.entry.table import WrongTable, read_table

    try:
        raw = file.read_bytes()
        if file.suffix.lower() == ".csv":
            yield from read_table(raw)
        elif file.suffix.lower() == ".json":
            yield from read_json(json.loads(raw.decode("utf-8-sig")))
        else:
            yield read_printout(raw.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, WrongShape, WrongTable, ValueError) as error:
        raise Problem(f"{file}: {error}; nothing was imported") from error


def _esco(options: argparse.Namespace) -> int:
    from dorobek.register.actions.frameworks import BadFile, edition_of, import_esco

    begun = time.perf_counter()
    if not options.folder.is_dir():
        raise Problem(f"{options.folder} is no folder; unpack the ESCO export and give its folder")
    try:
        edition = options.edition or edition_of(options.folder)
        done = import_esco(folder=options.folder, edition=edition, progress=_bar())
    except BadFile as bad:
        raise Problem(f"{bad}; nothing was imported") from bad
    print(
        f"{done.framework}: {done.concepts} concepts, {done.relations} relations, {done.retired} retired, {time.perf_counter() - begun:.1f} s"
    )
    for skipped in done.skipped:
        print(f"  skipped: {skipped}")
    print(done.framework.notice)
    return 0


def _labels(options: argparse.Namespace) -> int:
    from dorobek.register.actions.frameworks import BadFile
    from dorobek.register.actions.labels import import_labels

    try:
        done = import_labels(folder=options.folder)
    except (BadFile, OSError) as bad:
        raise Problem(f"{bad}; nothing was imported") from bad
    print(f"{done.framework}: Polish labels for {done.concepts} concepts")
    for skipped in done.skipped:
        print(f"  skipped: {skipped}")
    return 0


def _kzis(options: argparse.Namespace) -> int:
    from dorobek.register.actions.frameworks import BadFile, import_kzis

    try:
        done = import_kzis(file=options.file, edition=options.edition, progress=_bar())
    except (BadFile, OSError) as bad:
        raise Problem(f"{bad}; nothing was imported") from bad
    print(f"{done.framework}: {done.concepts} concepts, {done.relations} relations, {done.retired} retired")
    for skipped in done.skipped:
        print(f"  told: {skipped}")
    return 0


def _framework(options: argparse.Namespace) -> int:
    from dorobek.register.actions.framework_table import import_table
    from dorobek.register.actions.frameworks import BadFile

    named = {"edition": options.edition, "name": options.name}
    try:
        done = import_table(file=options.file, kind=options.framework, **named)
    except (BadFile, OSError) as bad:
        raise Problem(f"{bad}; nothing was imported") from bad
    print(f"{done.framework}: {done.concepts} rows, {done.relations} relations, {done.retired} retired")
    return 0


def _bar() -> Any:
    """Progress on one line of a terminal; one line for each file elsewhere."""
    shown = {"file": ""}

    def say(file: str, rows: int) -> None:
        if sys.stderr.isatty():
            end = "" if shown["file"] == file or not shown["file"] else "\n"
            print(f"{end}\r{file}: {rows} rows", end="", file=sys.stderr, flush=True)
        elif shown["file"] != file:
            print(f"{file}: reading", file=sys.stderr)
        shown["file"] = file

    return say
