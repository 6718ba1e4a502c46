"""`dorobek validation archive`: a case of validation as one file that an inspector can check alone."""

import argparse
import os
import uuid
from pathlib import Path

from dorobek.cli.problem import Problem, start_django

NAME = "validation"
HELP = "write a case of validation as one archive that checks itself"


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="archive")
    archive = actions.add_parser("archive", help="documents, marks, decisions and history of one case, with their sums")
    archive.add_argument("case", type=uuid.UUID, metavar="UID", help="of the application")
    archive.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it (default: here, named by the case)"
    )
    archive.add_argument("--without-evidence", action="store_true", help="leave the files of evidence out")


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.validation.actions.archives import tell_taken
    from dorobek.validation.archive import name_of, write_archive
    from dorobek.validation.models import Application

    application = Application.objects.filter(uid=options.case).first()
    if application is None:
        raise Problem(f"there is no case of validation {options.case}")
    path: Path = options.out or Path(name_of(application))
    if path.exists():
        raise Problem(f"{path} is there already")
    part = path.with_name(path.name + ".part")
    evidence = not options.without_evidence
    try:
        with open(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as target:
            made = write_archive(application, target, evidence=evidence)
        tell_taken(application, made, actor_id=None, evidence=evidence)
        part.replace(path)
    except OSError as error:
        raise Problem(f"cannot write {path}: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    for name in made.missing:
        print(f"{name} is named in the case and absent from the storage")
    print(f"{path}: {made.files} files; SHA-256 of its manifest {made.manifest_sha256}")
    return 0
