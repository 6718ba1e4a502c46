"""The command `dorobek`: one module per command, each with NAME, HELP, `arguments(parser)` and `run(options)`.

Exit codes: 0 done, 1 a problem was found or something refused, 2 wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from dorobek.cli import (
    backup_command,
    bench_command,
    create_operator,
    credential_command,
    demo_command,
    documents,
    erase_person,
    export_person,
    history,
    import_command,
    import_programme,
    issuer_command,
    keys_command,
    matching_command,
    register_command,
    reset_second_factor,
    restore_command,
    serve,
    validation_command,
    worker,
)
from dorobek.cli.problem import Problem

COMMANDS: tuple[ModuleType, ...] = (
    serve,
    worker,
    demo_command,
    create_operator,
    reset_second_factor,
    documents,
    history,
    export_person,
    erase_person,
    backup_command,
    restore_command,
    import_programme,
    matching_command,
    import_command,
    register_command,
    bench_command,
    keys_command,
    credential_command,
    issuer_command,
    validation_command,
)


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    made = argparse.ArgumentParser(
        prog="dorobek",
        description="Skills audits on one record. Settings come from the environment: see docs/operations.md.",
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in COMMANDS:
        sub = commands.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorobek.config.settings")
    from django.core.exceptions import ImproperlyConfigured

    try:
        return int(options.run(options) or 0)
    except (Problem, ImproperlyConfigured) as problem:
        print(f"dorobek: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
