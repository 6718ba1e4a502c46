"""`dorobek restore`: put a backup back. Stop the web and the workers first."""

import argparse
from pathlib import Path

from dorobek.cli.problem import Problem, start_django

NAME = "restore"
HELP = "check a backup, put it back, and erase again whoever was erased (stop serve first)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help="replace everything in a database that is not empty")
    parser.add_argument("--check", action="store_true", help="only check that the file is whole")


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.cli.archive.reading import checked_manifest, restore_backup
    from dorobek.cli.setup import prepare
    from dorobek.kernel import history

    if options.check:
        manifest = checked_manifest(options.file)
        print(f"Whole: {sum(manifest['rows'].values())} rows, made {manifest['made_at']}")
        return 0
    prepare()
    restore_backup(options.file, force=options.force, tell=print)
    faults = list(history.verify())
    for fault in faults:
        print(fault)
    if faults:
        raise Problem(f"{len(faults)} faults in the history; they were in the backup")
    print("Restored. The history holds.")
    return 0
