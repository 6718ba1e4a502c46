"""Durable work of micro-credentials: signing lists, inviting holders, looking again at what wallets hold."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from dorobek.credentials.actions.batches import JOB, sign_rows
from dorobek.credentials.actions.inviting import invite_holders
from dorobek.credentials.actions.rechecking import recheck_day
from dorobek.credentials.models import IssuingBatch
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.jobs import Report, daily, job
from dorobek.kernel.models import Job
from dorobek.people.acting import ActingUser


@job(JOB)
def issue_batch(row: Job, report: Report) -> dict[str, Any]:
    """Sign every row that is not signed yet. A killed run goes on; a row is never signed twice."""
    return sign_rows(_batch(row), _who(row), report)


@job("invite-holders")
def invite(row: Job, report: Report) -> dict[str, Any]:
    """Write to everyone of a batch who has not been written to."""
    return {"invited": invite_holders(_batch(row), _who(row), report)}


@daily("credentials-day")
def credentials_day(_row: Job, _report: Report) -> dict[str, Any]:
    """Credentials of other issuers: was one taken back since? Safe to run twice."""
    return {"changed": recheck_day()}


def _batch(row: Job) -> IssuingBatch:
    found = IssuingBatch.objects.select_related("issuer__institution", "template_version__template", "source")
    batch = found.filter(uid=uuid.UUID(row.arguments["batch"])).first()
    if batch is None:
        raise RuleBroken(_("Tej listy już nie ma."))
    return batch


def _who(row: Job) -> ActingUser:
    if row.asked_by is None:
        raise RuleBroken(_("Nie ma już konta, które o to prosiło."))
    return ActingUser(row.asked_by)
