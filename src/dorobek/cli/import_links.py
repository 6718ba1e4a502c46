"""`dorobek import travel|neighbours FILE`: how far powiats are from one another, for the routes of a plan (DP-4)."""

import argparse

from dorobek.cli.problem import Problem


def run_links(options: argparse.Namespace) -> int:
    """Read the table and report; write it unless it is a dry run or a row is at fault."""
    from dorobek.kernel.errors import RuleBroken
    from dorobek.plans.actions.travel import import_links

    try:
        with options.file.open("rb") as file:
            report = import_links(file=file, kind=options.kind, dry_run=options.dry_run)
    except (OSError, RuleBroken) as error:
        raise Problem(f"{options.file}: {error}; nothing was imported") from error
    for line, problem in report.faults:
        print(f"  line {line}: {problem}")
    if report.faults:
        raise Problem(f"{options.file}: {len(report.faults)} rows at fault; nothing was imported")
    what = "would be" if options.dry_run else "are"
    print(f"{options.file.name}: {report.new} {what} new, {report.changed} changed, {report.unchanged} as they were")
    return 0
