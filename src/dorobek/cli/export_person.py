"""`dorobek export-person`: everything held on a person, as JSON and files."""

import argparse
import uuid
from pathlib import Path

from dorobek.cli.problem import Problem, start_django

NAME = "export-person"
HELP = "write everything held on a person into a folder, as JSON and files"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", type=uuid.UUID, metavar="UID")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.audits.person_data import export_person
    from dorobek.people.models import Person

    person = Person.objects.filter(uid=options.person).first()
    if person is None:
        raise Problem(f"there is no person {options.person}")
    options.out.mkdir(parents=True, exist_ok=True)
    print(export_person(person, options.out))
    return 0
