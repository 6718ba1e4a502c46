"""The queue's own database, and the client that puts jobs in it.

On SQLite the queue lies in `jobs.sqlite3` beside the database, on PostgreSQL in the schema `dbos` of the same
database. The client is made lazily, once per process, so that it never crosses a fork.
"""

import os
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from django.conf import settings
from django.db import connection

from dorobek.kernel.jobs import workflow_id
from dorobek.kernel.models import Job

if TYPE_CHECKING:
    from dbos import DBOSClient

QUEUE = "jobs"
WORKFLOW = "run_job"
# Queued work runs only on the newest version known to the queue, and a dead worker's work is taken over only
# within one version. The one workflow is "run the job of this row", whose shape does not change with releases.
VERSION = "1"
_clients: dict[int, "DBOSClient"] = {}
_engines: dict[int, sa.Engine] = {}


def database_url() -> str:
    """Where the queue lives, as SQLAlchemy writes it."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings.DATA_DIR / 'jobs.sqlite3'}"
    params = connection.settings_dict
    return sa.URL.create(
        "postgresql",
        username=params["USER"] or None,
        password=params["PASSWORD"] or None,
        host=params["HOST"] or None,
        port=int(params["PORT"]) if params["PORT"] else None,
        database=params["NAME"],
    ).render_as_string(hide_password=False)


def engine() -> sa.Engine:
    """This process's connections to the queue. SQLite: write-ahead log, immediate transactions, patient locks."""
    if found := _engines.get(os.getpid()):
        return found
    url = sa.make_url(database_url())
    if url.drivername == "sqlite":
        made = sa.create_engine(url)

        @sa.event.listens_for(made, "connect")
        def prepare_connection(raw: Any, _record: Any) -> None:
            raw.isolation_level = "IMMEDIATE"
            for pragma in ("busy_timeout=30000", "foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
                raw.execute(f"PRAGMA {pragma}")
    else:
        made = sa.create_engine(
            url.set(drivername="postgresql+psycopg"), pool_size=8, max_overflow=4, pool_pre_ping=True
        )
    _engines[os.getpid()] = made
    return made


def migrate() -> None:
    """Create or upgrade the tables of the queue."""
    from dbos import DBOS

    DBOS.migrate(database_url())


def client() -> "DBOSClient":
    """This process's client of the queue; it raises instead of waiting when the queue cannot be reached."""
    from dbos import DBOSClient

    if os.getpid() not in _clients:
        _clients[os.getpid()] = DBOSClient(system_database_engine=engine(), lazy=True, retry_connection_errors=False)
    return _clients[os.getpid()]


def enqueue(row: Job) -> None:
    """Put a job in the queue; a job that is there already stays as it is."""
    client().enqueue(
        {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": workflow_id(row),
            "app_version": VERSION,
        },
        str(row.uid),
    )


def forget() -> None:
    """Close what this process holds open (before a fork, at the end of a test)."""
    if made := _clients.pop(os.getpid(), None):
        made.destroy()
    if held := _engines.pop(os.getpid(), None):
        held.dispose()
