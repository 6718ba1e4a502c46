"""Which tables a backup holds, a consistent view of them, and putting rows back."""

import datetime as dt
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from dorobek.vouchers.guard import opened

SNAPSHOT = "snapshot"
BATCH = 200
# Made anew by the installation itself: sessions end with a restore, content types are filled by migrate.
LEFT_OUT = {"sessions.session", "contenttypes.contenttype", "auth.permission", "auth.group", "usersessions.usersession"}


def backed_up_models() -> list[type[models.Model]]:
    """Every table of every room and of the sign-in, joining tables included, in a stable order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
        and not model._meta.label_lower.startswith("auth.")
    ]  # fmt: skip
    return sorted(found, key=lambda model: model._meta.db_table)


def migrations_applied(alias: str = "default") -> list[str]:
    """The migrations of the database, as "room.name"."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


@contextmanager
def consistent_view() -> Iterator[str]:
    """A database alias that shows one moment and does not hold up anybody's writing."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="dorobek-backup-") as folder:
            copy = Path(folder) / "copy.sqlite3"
            copy_sqlite(copy)
            connections.databases[SNAPSHOT] = {**connection.settings_dict, "NAME": str(copy)}
            try:
                yield SNAPSHOT
            finally:
                connections[SNAPSHOT].close()
                del connections[SNAPSHOT]
                del connections.databases[SNAPSHOT]
        return
    with transaction.atomic():
        if not connection.needs_rollback and len(connection.savepoint_ids) == 0:
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield "default"


def copy_sqlite(target: Path) -> None:
    """SQLite's online backup: a copy of one moment, taken while others read and write."""
    connection.ensure_connection()
    with sqlite3.connect(target) as copy:
        connection.connection.backup(copy, pages=2000, sleep=0.01)
    copy.close()


class Exact(DjangoJSONEncoder):
    """Times to the microsecond: Django's encoder cuts them to milliseconds, and the history's hashes would break."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, dt.datetime | dt.time) else super().default(o)


def write_rows(model: type[models.Model], alias: str, stream: IO[str]) -> int:
    """Every row of a table as lines of JSON; returns how many. Holds a batch at a time."""
    count = 0

    def counted() -> Iterator[models.Model]:
        nonlocal count
        for row in model._base_manager.using(alias).order_by("pk").iterator(chunk_size=BATCH):
            count += 1
            yield row

    serializers.serialize("jsonl", counted(), stream=stream, cls=Exact)
    return count


def read_rows(model: type[models.Model], lines: Iterator[str]) -> int:
    """Put the rows of one table back exactly as they were, times of change included."""
    count = 0
    batch: list[models.Model] = []
    for item in serializers.deserialize("jsonl", lines):
        batch.append(item.object)
        if len(batch) >= BATCH:
            count += _insert(model, batch)
    return count + _insert(model, batch)


def _insert(model: type[models.Model], batch: list[models.Model]) -> int:
    if not batch:
        return 0
    count = len(batch)
    manager: Any = model._base_manager
    manager._insert(batch, fields=model._meta.concrete_fields, using="default", raw=True)
    batch.clear()
    return count


def empty_all() -> None:
    """Delete every row that a backup would bring. Inside a transaction, with constraints checked at its end."""
    with opened(), connection.cursor() as cursor:
        for model in backed_up_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def reset_sequences() -> None:
    """Let new rows get numbers after the restored ones (PostgreSQL; SQLite knows by itself)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), backed_up_models()):
            cursor.execute(statement)
