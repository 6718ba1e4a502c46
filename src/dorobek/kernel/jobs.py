"""Long work as durable jobs: asked for in a transaction, run by a worker, finished even when the worker is killed.

    @job("documents")
    def make_documents(job: Job, report: Report) -> dict[str, Any]: ...

    started = start("documents", {"audit": str(audit.uid)}, key=f"documents:{audit.uid}:{audit.version}", asked_by=user)

The work of a kind must be safe to run twice: what a killed worker was doing is done again from its beginning.
Each room's `jobs.py` is imported by the worker. With `DOROBEK_JOBS = "inline"` (the test suite) a job runs in
the same process right after commit.
"""

import time
import traceback
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from dorobek.kernel.errors import Refused
from dorobek.kernel.models import Job, JobState

Report = Callable[[int, int], None]
Work = Callable[[Job, Report], Mapping[str, Any] | None]
PROGRESS_SECONDS = 0.5
log = structlog.get_logger("dorobek.jobs")
_kinds: dict[str, Work] = {}
_daily: list[str] = []
_due: list[Callable[[], object]] = []


def job(kind: str) -> Callable[[Work], Work]:
    """Decorator: this function does the work of a kind. It gets the Job and `report(done, total)`."""

    def register(work: Work) -> Work:
        _kinds[kind] = work
        return work

    return register


def daily(kind: str) -> Callable[[Work], Work]:
    """Decorator: like `job`, and the worker starts it once a day (UTC)."""

    def register(work: Work) -> Work:
        _daily.append(kind)
        return job(kind)(work)

    return register


def each_minute(look: Callable[[], object]) -> Callable[[], object]:
    """Decorator: the worker calls this every minute; it looks for what is due by the clock and starts jobs for it."""
    _due.append(look)
    return look


def start_due() -> None:
    """Start the jobs of everything that is due now."""
    for look in _due:
        look()


def load_kinds() -> None:
    """Import the `jobs` and `handlers` modules of every room."""
    autodiscover_modules("jobs", "handlers")


def daily_kinds() -> list[str]:
    return list(_daily)


def start(kind: str, arguments: Mapping[str, Any] | None = None, key: str | None = None, asked_by: Any = None) -> Job:
    """The job for `key`, made and queued after commit. The same key again gives the same job.

    A job that failed is started anew under its key. `arguments` must be JSON-able; `asked_by` is an account.
    """
    fresh = {"kind": kind, "arguments": dict(arguments or {}), "asked_by": asked_by}
    with transaction.atomic():
        row, made = Job.objects.get_or_create(key=key or str(uuid.uuid4()), defaults=fresh)
        if not made:
            row = Job.objects.select_for_update().get(pk=row.pk)
            if row.state != JobState.FAILED:
                return row
            begin_again(row)
        transaction.on_commit(lambda: hand_over(row))
    return row


def begin_again(row: Job) -> None:
    """Reset a failed job; its new creation time gives it a new identifier in the queue."""
    row.state, row.problem, row.result = JobState.WAITING, "", None
    row.done = row.total = 0
    row.created_at, row.started_at, row.finished_at = timezone.now(), None, None
    row.save()


def workflow_id(row: Job) -> str:
    """The queue's identifier of a job: the same for the same start, so that queueing twice runs once."""
    return f"{row.uid}-{int(row.created_at.timestamp() * 1000)}"


def hand_over(row: Job) -> None:
    """Give a committed job to the queue. When the queue cannot be reached, the worker's sweep does it later."""
    if settings.DOROBEK_JOBS == "inline":
        if row.kind not in _kinds:
            load_kinds()
        run(str(row.uid))
        return
    from sqlalchemy.exc import SQLAlchemyError

    from dorobek.kernel.worker.queue import enqueue

    try:
        enqueue(row)
    except SQLAlchemyError as error:
        log.error("job_not_queued", job=str(row.uid), kind=row.kind, error=type(error).__name__)


def run(uid: str) -> None:
    """Do the work of one job and write how it ended. Raises only OperationalError: the database, try again."""
    row = Job.objects.get(uid=uid)
    if row.state == JobState.DONE:
        return
    row.state, row.started_at = JobState.RUNNING, row.started_at or timezone.now()
    row.save(update_fields=["state", "started_at"])
    report, last = reporter(row)
    try:
        result = _kinds[row.kind](row, report)
    except OperationalError:
        raise
    except Refused as refused:
        fail(uid, str(refused))
    except Exception as error:
        log.error("job_failed", job=uid, kind=row.kind, error=type(error).__name__, at=where(error))
        fail(uid, _("Nie udało się dokończyć tej pracy. Można spróbować jeszcze raz."))
    else:
        done, total = last()
        Job.objects.filter(uid=uid).update(
            state=JobState.DONE,
            result=dict(result or {}),
            done=total or done,
            total=total,
            finished_at=timezone.now(),
        )


def fail(uid: str, problem: str) -> None:
    """Write that a job ended without its result, in words for whoever asked."""
    Job.objects.filter(uid=uid).exclude(state=JobState.DONE).update(
        state=JobState.FAILED, problem=problem[:300], finished_at=timezone.now()
    )


def reporter(row: Job) -> tuple[Report, Callable[[], tuple[int, int]]]:
    """`report(done, total)`, which writes to the row at most twice a second, and what was reported last."""
    last = (0, 0)
    written = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last, written
        last = (done, total)
        now = time.monotonic()
        if now - written >= PROGRESS_SECONDS:
            written = now
            Job.objects.filter(pk=row.pk).update(done=done, total=total)

    return report, lambda: last


def where(error: BaseException) -> str:
    """The place of an error without its message, which may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{frame.filename.rsplit('dorobek/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
