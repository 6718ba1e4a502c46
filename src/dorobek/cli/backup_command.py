"""`dorobek backup`: rows, files and keys of one moment in one file, while everybody works on."""

import argparse
from pathlib import Path

from dorobek.cli.problem import Problem, start_django

NAME = "backup"
HELP = "write everything of one moment (rows, files, keys) into one file, without stopping anything"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="for example dorobek-2026-11-21.tar.gz")
    parser.add_argument("--force", action="store_true", help="replace the file when it exists")


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.cli.archive.writing import write_backup

    if options.file.exists() and not options.force:
        raise Problem(f"{options.file} exists; use --force to replace it")
    try:
        write_backup(options.file, print)
    except OSError as error:
        raise Problem(f"the backup could not be written: {error}") from error
    print(f"Backup: {options.file}. It holds personal data and keys: keep it as safe as the installation itself.")
    return 0
