"""An empty database gets its tables at once, an older one by migrations: both end up the same."""

import json
import os
import subprocess
import sys
import uuid

import pytest
from django.conf import settings
from django.db import connection

LOOK = """
import json, re, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from dorobek.cli.setup import bring_tables
bring_tables() if sys.argv[1] == "at-once" else call_command("migrate", verbosity=0)
call_command("migrate", verbosity=0)
with connection.cursor() as cursor:
    tables = sorted(connection.introspection.table_names(cursor))
    found = {}
    for table in tables:
        if table == "auth_group_permissions":
            continue  # of a library, always empty: Django's own migrations and models disagree on the width of its key
        columns = connection.introspection.get_table_description(cursor, table)
        described = {one.name: [str(one.type_code), one.display_size, one.null_ok, one.default] for one in columns}
        held = connection.introspection.get_constraints(cursor, table)
        # SQLite numbers what has no name of its own.
        named = sorted(
            json.dumps(["-" if re.fullmatch(r"fk_\\d+|__.*|sqlite_.*", name) else name, one["columns"], one["unique"],
            one["primary_key"], one["foreign_key"], one["check"], one["index"]]) for name, one in held.items()
        )
        found[table] = [described, named]
    cursor.execute("SELECT app, name FROM django_migrations")
    applied = sorted(map(list, cursor.fetchall()))
print(json.dumps([found, applied], default=str, sort_keys=True))
"""


def made(how: str, tmp_path, url: str = ""):
    environment = {
        **os.environ, "DOROBEK_DATA_DIR": str(tmp_path / how), "DJANGO_SETTINGS_MODULE": "dorobek.config.settings",
        "DATABASE_URL": url,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", LOOK, how], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_tables_made_at_once_are_those_that_migrations_make(tmp_path):
    assert made("at-once", tmp_path) == made("by-migrations", tmp_path)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="no PostgreSQL is asked for")
def test_the_same_on_postgresql(tmp_path):
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    names = {how: f"dorobek_tables_{uuid.uuid4().hex[:12]}" for how in ("at-once", "by-migrations")}
    with connection.cursor() as cursor:
        for name in names.values():
            cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        found = {how: made(how, tmp_path, f"{base}/{name}") for how, name in names.items()}
    finally:
        with connection.cursor() as cursor:
            for name in names.values():
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    assert found["at-once"] == found["by-migrations"]
