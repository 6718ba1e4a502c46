"""`dorobek erase-person`: erase a person's data and keep what the law makes an office keep."""

import argparse
import json
import uuid

from dorobek.cli.problem import Problem, start_django

NAME = "erase-person"
HELP = "erase a person: payloads, files, free text; prints what has to be kept and until when"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", type=uuid.UUID, metavar="UID")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.audits.person_data import erase_person
    from dorobek.people.models import Person

    person = Person.objects.filter(uid=options.person).first()
    if person is None:
        raise Problem(f"there is no person {options.person}")
    if not options.yes and input(f"Erase {person.uid} for good? Type the word erase: ").strip() != "erase":
        raise Problem("nothing was erased")
    erasure = erase_person(person=person, acting_user=None)
    print(f"Erased {person.uid}. Kept: {json.dumps(erasure.kept, ensure_ascii=False)}")
    return 0
