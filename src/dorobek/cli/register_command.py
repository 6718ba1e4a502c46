"""`dorobek register analyse [--json]`: look at every entry of the register now, without the worker (RG-7)."""

import argparse
import json

from dorobek.cli.problem import start_django

NAME = "register"
HELP = "analyse the register: near-duplicates, shared sets, wordings hard to verify, PRK levels"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and how to print it."""
    parser.add_argument("what", choices=["analyse"], help="what to do")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(options: argparse.Namespace) -> int:
    """Make the analysis, keep it for the editors' pages, print how much it found."""
    start_django()
    from dorobek.register.actions.analysis import analyse
    from dorobek.register.queries.analysis import overview

    made = analyse()
    seen = overview()
    figures = {"entries": made.entries, "seconds": made.seconds, "found": seen.counts, "serious": seen.serious}
    figures["left_out"] = made.left_out
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return 0
    print(f"{made.entries} entries with outcomes, {made.seconds} s")
    for kind, count in seen.counts.items():
        print(f"{kind:>12}: {count}, of them grave {seen.serious[kind]}")
    return 0
