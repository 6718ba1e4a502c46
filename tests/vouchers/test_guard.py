"""The database refuses to change or delete a movement, whoever asks, and lets a restore empty it."""

import importlib
import io

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from dorobek.cli.archive import tables
from dorobek.vouchers import guard, ledger
from dorobek.vouchers.models import Movement
from tests.vouchers.builders import make_voucher, used_voucher

pytestmark = pytest.mark.django_db
TRIES = (
    "UPDATE vouchers_movement SET grosze = grosze + 1",
    "UPDATE vouchers_movement SET document = 'inny'",
    "DELETE FROM vouchers_movement",
    "DELETE FROM vouchers_movement WHERE grosze < 0 OR id IN (SELECT MAX(id) FROM vouchers_movement)",
)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", TRIES)
def test_a_statement_past_the_models_is_refused(statement):
    make_voucher()
    before = list(Movement.objects.order_by("pk").values())
    with pytest.raises(DatabaseError, match="never"):
        run(statement)
    assert list(Movement.objects.order_by("pk").values()) == before


def test_putting_it_in_place_again_changes_nothing_and_mends_what_is_missing():
    make_voucher()
    drop = {
        "sqlite": f"DROP TRIGGER {guard.DELETED}", "postgresql": f"DROP TRIGGER {guard.NAME} ON vouchers_movement",
    }[connection.vendor]  # fmt: skip
    run(drop)
    for _ in range(2):
        guard.put_in_place()
        with pytest.raises(DatabaseError):
            run("DELETE FROM vouchers_movement")


def test_the_migration_puts_it_in_place():
    migration = importlib.import_module("dorobek.vouchers.migrations.0002_papers_and_guard")
    drop = {
        "sqlite": f"DROP TRIGGER {guard.NAME}", "postgresql": f"DROP TRIGGER {guard.NAME} ON vouchers_movement",
    }[connection.vendor]  # fmt: skip
    run(drop)
    step = migration.Migration.operations[-1]

    class Editor:
        pass

    editor = Editor()
    editor.connection = connection
    step.code(apps, editor)
    make_voucher()
    with pytest.raises(DatabaseError):
        run("UPDATE vouchers_movement SET grosze = 1")


def test_a_restore_empties_the_books_and_brings_every_movement_back():
    voucher = used_voucher()
    kept = io.StringIO()
    tables.write_rows(Movement, "default", kept)
    before = list(Movement.objects.order_by("pk").values())
    with transaction.atomic(), guard.opened(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM vouchers_movement")
    assert not Movement.objects.exists()
    assert list(ledger.faults()) != []
    tables.read_rows(Movement, iter(kept.getvalue().splitlines(keepends=True)))
    assert list(Movement.objects.order_by("pk").values()) == before
    assert list(ledger.faults()) == []
    with pytest.raises(DatabaseError):  # closed again
        run("DELETE FROM vouchers_movement")
    assert voucher.pk
