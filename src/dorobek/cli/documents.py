"""`dorobek documents`: write the documents of an audit as files."""

import argparse
import uuid
from pathlib import Path

from dorobek.cli.problem import Problem, start_django

NAME = "documents"
HELP = "write every document of an audit, as PDF and DOCX, into a folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("audit", type=uuid.UUID, metavar="AUDIT_UID")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--language", default="pl", choices=["pl", "en"])


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.audits.documents import write_all
    from dorobek.audits.models import SkillsAudit

    audit = SkillsAudit.objects.filter(uid=options.audit).first()
    if audit is None:
        raise Problem(f"there is no audit {options.audit}")
    options.out.mkdir(parents=True, exist_ok=True)
    for path in write_all(audit, options.out, language=options.language):
        print(path)
    return 0
