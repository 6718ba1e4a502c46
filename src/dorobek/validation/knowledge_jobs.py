"""Tests whose time has ended are finished by a durable job, whatever becomes of the candidate's device (VA-4)."""

import uuid
from typing import Any

from django.utils import timezone

from dorobek.kernel import jobs
from dorobek.kernel.models import Job
from dorobek.validation.actions.knowledge_tests import finish_by_time
from dorobek.validation.models import KnowledgeTest
from dorobek.validation.rules.testing.timing import ON_ITS_WAY

FINISH = "knowledge-finish"
AT_ONCE = 2000


@jobs.job(FINISH)
def finish(job: Job, _report: jobs.Report) -> dict[str, Any]:
    """End one test. Run twice, it ends it once."""
    return {"finished": finish_by_time(test_uid=uuid.UUID(job.arguments["test"]))}


@jobs.each_minute
def start_finishing() -> int:
    """A job for each test whose time is over and that nobody handed in. Returns how many."""
    over = KnowledgeTest.objects.filter(
        ends_at__lt=timezone.now() - ON_ITS_WAY, finished_at=None, cancelled_at=None
    ).order_by("ends_at")
    found = list(over.values_list("uid", flat=True)[:AT_ONCE])
    for uid in found:
        jobs.start(FINISH, {"test": str(uid)}, key=f"{FINISH}:{uid}")
    return len(found)
