"""Bringing an installation up to date: tables, cache, queue, the catalogue of competences."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager


def prepare() -> None:
    """Create or upgrade everything the web and the worker need. Safe to call at every start, by many at once."""
    from django.core.management import call_command

    from dorobek.kernel.worker import queue

    with one_at_a_time():
        bring_tables()
        call_command("createcachetable", verbosity=0)
        queue.migrate()
        import_catalogue()


def bring_tables() -> None:
    """The tables as this release has them: an older database is migrated, an empty one gets them made at once.

    A test holds both ways together; making them at once takes a tenth of the time.
    """
    from django.core.management import call_command
    from django.db import connection

    if connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
    else:
        make_tables()


def make_tables() -> None:
    """Every table of every room in an empty database, and every migration noted as applied."""
    from django.apps import apps
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    recorder, names = MigrationRecorder(connection), list(MigrationLoader(connection).disk_migrations)
    with connection.schema_editor() as editor:  # one transaction: all of it, or still an empty database
        editor.create_model(recorder.Migration)
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for app, name in names:
            recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Only one process of an installation upgrades it; others wait."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        import psycopg

        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as session:
            session.execute("SELECT pg_advisory_lock(hashtext('dorobek-upgrade'))")
            yield
        return
    with (settings.DATA_DIR / "upgrade.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def import_catalogue() -> None:
    """Bring the shipped catalogue of competences into the register."""
    from importlib.util import find_spec

    if find_spec("dorobek.register.actions") is None:
        return
    from dorobek.register import actions

    if hasattr(actions, "import_catalogue"):
        actions.import_catalogue()
