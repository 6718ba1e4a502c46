"""The database itself refuses to change a movement; put in place after tables are made, however they are made.

Deleting is left to a restore, which empties whole tables.
"""

from typing import Any

from django.db import connections

NAME = "movement_never_changes"
SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS {NAME} BEFORE UPDATE ON vouchers_movement
BEGIN SELECT RAISE(ABORT, 'a movement of the ledger is never changed'); END
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a movement of the ledger is never changed'; END $$;
CREATE TRIGGER {NAME} BEFORE UPDATE ON vouchers_movement FOR EACH ROW EXECUTE FUNCTION {NAME}();
"""


def put_in_place(using: str = "default", **_signal: Any) -> None:
    """Make the trigger where the table is and the trigger is not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if "vouchers_movement" not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            cursor.execute(SQLITE)
            return
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s", [NAME])
        if cursor.fetchone() is None:
            cursor.execute(POSTGRESQL)
