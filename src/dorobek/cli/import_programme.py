"""`dorobek import-programme`: a programme's rules from a file."""

import argparse
from pathlib import Path

from dorobek.cli.problem import Problem, start_django

NAME = "import-programme"
HELP = "read a programme's rules from a JSON file into an institution"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--institution", required=True, metavar="SHORT", help="the institution's short name")


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.kernel.errors import Refused
    from dorobek.people.models import Institution
    from dorobek.programmes.actions import import_programme

    institution = Institution.objects.filter(short_name=options.institution).first()
    if institution is None:
        known = ", ".join(Institution.objects.order_by("short_name").values_list("short_name", flat=True)) or "none yet"
        raise Problem(f"there is no institution with the short name {options.institution!r}; there are: {known}")
    try:
        text = options.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"cannot read {options.file}: {error}") from error
    try:
        version = import_programme(institution=institution, text=text, acting_user=None)
    except Refused as refused:
        raise Problem(f"{options.file}: {refused}") from refused
    print(f"Imported: {version}")
    return 0
