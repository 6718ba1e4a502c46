"""Durable work of validation: files of a frozen document, letters about steps, reminders of a day."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.jobs import Report, daily, each_minute, job
from dorobek.kernel.models import Job
from dorobek.validation import knowledge_jobs
from dorobek.validation.actions.documents import JOB, write_files
from dorobek.validation.actions.letters import JOB as LETTER
from dorobek.validation.actions.letters import remind_day, send_waiting, start_waiting
from dorobek.validation.models import CaseDocument, CaseNotice

__all__ = ["knowledge_jobs", "write_document"]  # kinds of work are known once their module is read


@job(JOB)
def write_document(row: Job, report: Report) -> dict[str, Any]:
    """Write the files of one document; run again, it leaves those that are there."""
    document = CaseDocument.objects.filter(uid=uuid.UUID(row.arguments["document"])).first()
    if document is None:
        raise RuleBroken(_("Tego dokumentu już nie ma."))
    written = write_files(document=document)
    return {"pdf_sha256": written.pdf_sha256}


@job(LETTER)
def write_letter(row: Job, _report: Report) -> dict[str, Any]:
    """Everything that waits for one reader. Run again it sends what is left, nothing twice."""
    notice = CaseNotice.objects.filter(uid=uuid.UUID(row.arguments["notice"])).first()
    return {"sent": send_waiting(notice=notice) if notice is not None else 0}


@daily("validation-day")
def validation_day(_row: Job, _report: Report) -> dict[str, Any]:
    """Reminders to whoever has the move. Safe to run twice."""
    return {"reminded": remind_day()}


each_minute(start_waiting)
