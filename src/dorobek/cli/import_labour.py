"""`dorobek import labour FILE`: wages, demand and forecasts by occupation and region, each with its source (DP-7)."""

import argparse

from dorobek.cli.problem import Problem


def run_labour(options: argparse.Namespace) -> int:
    """Read the table and report; write it unless it is a dry run or a row is at fault."""
    from dorobek.kernel.errors import RuleBroken
    from dorobek.plans.actions.labour import import_figures

    try:
        with options.file.open("rb") as file:
            report = import_figures(file=file, name=options.file.name, acting_user=None, dry_run=options.dry_run)
    except (OSError, RuleBroken) as error:
        raise Problem(f"{options.file}: {error}; nothing was imported") from error
    for fault in report.faults:
        print(f"  line {fault.line}, {fault.column}: {fault.problem}")
    if report.fault_count:
        raise Problem(f"{options.file}: {report.fault_count} rows at fault; nothing was imported")
    what = "would be" if options.dry_run else "are"
    print(f"{options.file.name}: {report.new} {what} new, {report.changed} changed, {report.unchanged} as they were")
    return 0
