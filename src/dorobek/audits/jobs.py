"""Durable work of the audits: all documents of a case."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from dorobek.audits.actions.documents import JOB, hand_over_steps
from dorobek.audits.models import SkillsAudit
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.jobs import Report, job
from dorobek.kernel.models import Job
from dorobek.people.acting import ActingUser


@job(JOB)
def make_documents(row: Job, report: Report) -> dict[str, Any]:
    """Hand over every document of a case. A killed run starts again; what was handed over stays as it is."""
    audit = SkillsAudit.objects.select_related("person").filter(uid=uuid.UUID(row.arguments["audit"])).first()
    if audit is None or row.asked_by is None:
        raise RuleBroken(_("Tej sprawy już nie ma."))
    done = hand_over_steps(audit, row.arguments["languages"], ActingUser(row.asked_by), report)
    return {"documents": done}
