"""`dorobek import offer FILE`: the training offer, whole or not at all, with the lines at fault (VO-2)."""

import argparse
import sys
from collections.abc import Callable

from dorobek.cli.problem import Problem

SHOWN = 20


def run_offer(options: argparse.Namespace) -> int:
    """Read, check and write. Exit code 1 when a row is at fault and nothing was written because of it."""
    from dorobek.kernel.errors import RuleBroken
    from dorobek.offers.actions import import_offer
    from dorobek.offers.enums import Source

    sources = {".csv": Source.TABLE, ".json": Source.NATIONAL}
    source = sources.get(options.file.suffix.lower())
    if source is None:
        raise Problem(f"{options.file}: give a table (.csv) or the national training base's JSON (.json)")
    try:
        with options.file.open("rb") as file:
            report = import_offer(
                file=file, name=options.file.name, source=source, acting_user=None, dry_run=options.dry_run,
                leave_out_faulty=options.leave_out_faulty, whole=options.whole, progress=_bar(),
            )  # fmt: skip
    except (OSError, RuleBroken) as broken:
        raise Problem(f"{options.file}: {broken}; nothing was imported") from broken
    for fault in report.faults[:SHOWN]:
        place = f"line {fault.line}" + (f", {fault.column}" if fault.column else "")
        print(f"  {place}: {fault.problem}")
    if report.fault_count > SHOWN:
        print(f"  and {report.fault_count - SHOWN} more")
    for remark in report.remarks[:SHOWN]:
        print(f"  look at line {remark.line}: {remark.problem}")
    if report.remark_count > SHOWN:
        print(f"  and {report.remark_count - SHOWN} more to look at")
    print(
        f"{options.file.name}: {report.rows} good rows, {report.fault_count} at fault; {report.new} new, "
        f"{report.changed} changed, {report.unchanged} as they were, {report.withdrawn} withdrawn; "
        f"{report.past} closed for enrolment, "
        f"{report.off_sale} off sale by the source's own word"
    )
    if not report.done:
        print("dry run: nothing was written" if options.dry_run else "nothing was written")
    return 1 if report.fault_count and not report.done else 0


def _bar() -> Callable[[int], None] | None:
    """Rows read so far, on one line of a terminal."""
    if not sys.stderr.isatty():
        return None
    return lambda rows: print(f"\r{rows} rows", end="", file=sys.stderr, flush=True)
