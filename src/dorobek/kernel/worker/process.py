"""The worker process: runs queued jobs, takes over what a dead worker left, looks after the queue.

Start it as `python -m dorobek.kernel.worker.process`, or let `dorobek serve` do it.
"""

import os
import signal
import threading
import time
from types import FrameType

import structlog

CONCURRENCY = int(os.environ.get("DOROBEK_WORKER_THREADS", "4"))
POLLING_SECONDS = 0.25
ADOPT_SECONDS = 2.0
UPKEEP_SECONDS = 60.0
GRACE_SECONDS = 20
MAX_RECOVERIES = 10
log = structlog.get_logger("dorobek.worker")


def register_workflow() -> None:
    """The one workflow: run the job of a row, again when the database was away, as often as a crash demands."""
    from dbos import DBOS
    from django.db import OperationalError, connections
    from django.db import close_old_connections as refresh
    from django.utils.translation import gettext as _

    from dorobek.kernel import jobs
    from dorobek.kernel.worker.queue import WORKFLOW

    def work(uid: str) -> None:
        refresh()
        try:
            jobs.run(uid)
        finally:
            connections.close_all()

    def give_up(uid: str) -> None:
        refresh()
        try:
            jobs.fail(uid, _("Nie udało się dokończyć tej pracy. Można spróbować jeszcze raz."))
        finally:
            connections.close_all()

    @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=MAX_RECOVERIES)
    def run_job(uid: str) -> None:
        try:
            DBOS.run_step(
                {
                    "name": "work",
                    "retries_allowed": True,
                    "max_attempts": 5,
                    "interval_seconds": 1.0,
                    "should_retry": lambda error: isinstance(error, OperationalError),
                },
                work,
                uid,
            )
        except Exception as error:
            log.error("job_given_up", job=uid, error=type(error).__name__)
            DBOS.run_step({"name": "give_up", "retries_allowed": True, "max_attempts": 20}, give_up, uid)


class Worker:
    """One worker process: `run` returns when asked to stop."""

    def __init__(self) -> None:
        from dorobek.kernel.worker.claims import claim_a_name, claims

        self.stopping = threading.Event()
        self.claims = claims()
        self.name = claim_a_name(self.claims)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self.stopping.set()

    def launch(self) -> None:
        from dbos import DBOS

        from dorobek.kernel.worker.queue import QUEUE, VERSION, database_url, engine

        register_workflow()
        DBOS(
            config={
                "name": "dorobek",
                "system_database_url": database_url(),
                "system_database_engine": engine(),
                "application_version": VERSION,
                "executor_id": self.name,
                "log_level": "ERROR",
                "enable_otlp": False,
            }
        )
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=CONCURRENCY, polling_interval_sec=POLLING_SECONDS)
        log.info("worker_started", worker=self.name)

    def adopt(self) -> None:
        """Put back in the queue what workers that live no more were running."""
        from dbos import DBOS

        running = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        for name in {workflow.executor_id or "" for workflow in running} - {self.name, ""}:
            if self.claims.take(name):
                try:
                    found = DBOS._recover_pending_workflows([name])
                    log.warning("work_taken_over", worker=self.name, from_worker=name, count=len(found))
                finally:
                    self.claims.release(name)

    def run(self) -> None:
        from dbos import DBOS
        from django.db import DatabaseError, close_old_connections
        from sqlalchemy.exc import SQLAlchemyError

        from dorobek.kernel.worker.upkeep import every_minute

        self.launch()
        upkeep_due = 0.0
        while not self.stopping.is_set():
            if not self.claims.hold():
                log.error("worker_lost_its_name", worker=self.name)
                break
            try:
                close_old_connections()
                self.adopt()
                if time.monotonic() >= upkeep_due:
                    every_minute()
                    upkeep_due = time.monotonic() + UPKEEP_SECONDS
            except (SQLAlchemyError, DatabaseError) as error:
                log.error("database_away", worker=self.name, error=type(error).__name__)
            self.stopping.wait(ADOPT_SECONDS)
        DBOS.destroy(workflow_completion_timeout_sec=GRACE_SECONDS)
        log.info("worker_stopped", worker=self.name)


def main() -> None:
    """Run a worker until SIGTERM or SIGINT."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorobek.config.settings")
    django.setup()
    from dorobek.kernel import jobs

    jobs.load_kinds()
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()


if __name__ == "__main__":
    main()
