"""The database itself refuses to change or to delete a movement of the ledger.

Put in place by a migration, and again after every `migrate`: SQLite drops triggers of a table that a later migration
remakes. Whole databases are emptied under `opened()` alone: by a restore, and by tests between themselves. On
SQLite a delete by a program that knows nothing of Dorobek fails as well: the function that the trigger asks is ours.
PostgreSQL's TRUNCATE, which needs the table's owner, is left to a restore.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

NAME = "movement_never_changes"
DELETED = "movement_never_goes"
OPEN = "dorobek_books_open"
SETTING = "dorobek.books_open"
SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS {NAME} BEFORE UPDATE ON vouchers_movement "
    "BEGIN SELECT RAISE(ABORT, 'a movement of the ledger is never changed'); END",
    f"CREATE TRIGGER IF NOT EXISTS {DELETED} BEFORE DELETE ON vouchers_movement WHEN {OPEN}() = 0 "
    "BEGIN SELECT RAISE(ABORT, 'a movement of the ledger is never deleted'); END",
)
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('{SETTING}', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'a movement of the ledger is never changed';
END $$;
DROP TRIGGER IF EXISTS {NAME} ON vouchers_movement;
CREATE TRIGGER {NAME} BEFORE UPDATE OR DELETE ON vouchers_movement FOR EACH ROW EXECUTE FUNCTION {NAME}();
"""
_held = threading.local()


@contextmanager
def opened(using: str = "default") -> Iterator[None]:
    """While it lasts this thread may delete movements, to empty the database and fill it anew."""
    connection = connections[using]
    _held.open = True
    try:
        if connection.vendor == "postgresql":
            _set(connection, "on")
        yield
    finally:
        _held.open = False
        if connection.vendor == "postgresql" and not connection.needs_rollback:
            _set(connection, "off")


def _set(connection: Any, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, value])


def know(connection: Any, **_signal: Any) -> None:
    """Give a new SQLite connection the function that the trigger asks."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(OPEN, 0, lambda: int(getattr(_held, "open", False)))


def put_in_place(using: str = "default", **_signal: Any) -> None:
    """Make the triggers where the table is and they are not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if "vouchers_movement" not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            for statement in SQLITE:
                cursor.execute(statement)
            return
        # bit 8 of tgtype: the trigger fires on DELETE too; one made before that is made anew
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s AND tgtype & 8 <> 0", [NAME])
        if cursor.fetchone() is None:
            cursor.execute(POSTGRESQL)
