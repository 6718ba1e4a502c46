"""Durable work of validation: the files of a frozen document."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.jobs import Report, job
from dorobek.kernel.models import Job
from dorobek.validation import knowledge_jobs
from dorobek.validation.actions.documents import JOB, write_files
from dorobek.validation.models import CaseDocument

__all__ = ["knowledge_jobs", "write_document"]  # kinds of work are known once their module is read


@job(JOB)
def write_document(row: Job, report: Report) -> dict[str, Any]:
    """Write the files of one document; run again, it leaves those that are there."""
    document = CaseDocument.objects.filter(uid=uuid.UUID(row.arguments["document"])).first()
    if document is None:
        raise RuleBroken(_("Tego dokumentu już nie ma."))
    written = write_files(document=document)
    return {"pdf_sha256": written.pdf_sha256}
