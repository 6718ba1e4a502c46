"""What a worker looks after besides its jobs: lost starts, undelivered events, old rows."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import structlog
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel import events, jobs
from dorobek.kernel.models import Event, Job, JobState
from dorobek.kernel.worker.queue import client, enqueue

SWEEP_AFTER = dt.timedelta(seconds=30)
KEEP_WORKFLOWS = dt.timedelta(days=2)
KEEP_JOBS = dt.timedelta(days=30)
KEEP_EVENTS = dt.timedelta(days=30)
BATCH = 500
ENDED = ("ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
log = structlog.get_logger("dorobek.worker")


def sweep() -> int:
    """Queue jobs whose start was lost and close those the queue gave up. Returns how many were touched."""
    old = timezone.now() - SWEEP_AFTER
    unfinished = Q(state=JobState.WAITING, created_at__lt=old) | Q(state=JobState.RUNNING, started_at__lt=old)
    rows = list(Job.objects.filter(unfinished).order_by("created_at")[:BATCH])
    if not rows:
        return 0
    found = client().list_workflows(
        workflow_ids=[jobs.workflow_id(row) for row in rows], load_input=False, load_output=False
    )
    states = {workflow.workflow_id: workflow.status for workflow in found}
    return sum(_settle(row, states.get(jobs.workflow_id(row))) for row in rows)


def _settle(row: Job, state: str | None) -> bool:
    if state is None:
        log.warning("job_queued_by_sweep", job=str(row.uid), kind=row.kind)
        enqueue(row)
        return True
    if state in ENDED:
        log.error("job_given_up", job=str(row.uid), kind=row.kind, state=state)
        jobs.fail(str(row.uid), _("Praca była przerywana zbyt wiele razy. Proszę zgłosić to administratorowi."))
        return True
    return False


def every_minute() -> None:
    """Deliver events that a crash left behind, sweep, start the jobs of the day and those due by the clock."""
    delivered = events.deliver_waiting()
    if delivered:
        log.warning("events_delivered_late", count=delivered)
    sweep()
    today = timezone.now().date().isoformat()
    for kind in jobs.daily_kinds():
        jobs.start(kind, key=f"{kind}:{today}")
    jobs.start_due()


def finished_workflows(before: dt.datetime) -> Iterator[list[str]]:
    """Identifiers of ended workflows, in batches."""
    while True:
        found = client().list_workflows(
            status=["SUCCESS", *ENDED],
            end_time=before.isoformat(),
            limit=BATCH,
            load_input=False,
            load_output=False,
        )
        if not found:
            return
        yield [workflow.workflow_id for workflow in found]


@jobs.daily("housekeeping")
def housekeeping(_job: Job, report: jobs.Report) -> dict[str, Any]:
    """Delete ended workflows, old jobs, delivered events and sessions that are over."""
    now = timezone.now()
    workflows = 0
    for batch in finished_workflows(now - KEEP_WORKFLOWS):
        client().delete_workflows(batch)
        workflows += len(batch)
        report(workflows, 0)
    ended = Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED], finished_at__lt=now - KEEP_JOBS)
    old_jobs = ended.delete()[0]
    old_events = Event.objects.filter(delivered_at__lt=now - KEEP_EVENTS).delete()[0]
    call_command("clearsessions")
    return {"workflows": workflows, "jobs": old_jobs, "events": old_events}
