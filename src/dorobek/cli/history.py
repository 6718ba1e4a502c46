"""`dorobek history verify` and `dorobek history seal`: the chains hold, and nobody cut or rebuilt them."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from dorobek.cli.problem import Problem, start_django

NAME = "history"
HELP = "check the history of every change, or sign where it stands"


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="verify|seal")
    verify = actions.add_parser("verify", help="name every place where a chain does not hold")
    verify.add_argument(
        "--against", type=Path, metavar="FILE", help="a seal made earlier: shows truncation and re-chaining"
    )
    seal = actions.add_parser("seal", help="sign the heads of all chains")
    seal.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: standard output)")


def run(options: argparse.Namespace) -> int:
    start_django()
    return verify(options.against) if options.action == "verify" else seal(options.out)


def verify(against: Path | None) -> int:
    """Print every fault; 1 when there is any."""
    from dorobek.kernel import history, seals

    faults = 0
    for fault in history.verify():
        faults += 1
        print(fault)
    if against is not None:
        try:
            for fault in seals.faults_against(read_seal(against)):
                faults += 1
                print(fault)
        except seals.BadSeal as bad:
            raise Problem(f"{against}: {bad}") from bad
    print(f"{faults} faults" if faults else "The history holds.")
    return 1 if faults else 0


def read_seal(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Problem(f"cannot read {path}: {error}") from error
    if not isinstance(found, dict):
        raise Problem(f"{path} is not a seal")
    return found


def seal(out: Path | None) -> int:
    """Write the signed heads."""
    from dorobek.kernel import seals

    text = json.dumps(seals.seal(), indent=1)
    if out is None:
        sys.stdout.write(text + "\n")
    else:
        out.write_text(text + "\n", encoding="utf-8")
        print(f"Sealed. Keep {out} somewhere the operator of this machine cannot change it.")
    return 0
