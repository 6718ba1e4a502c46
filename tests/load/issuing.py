"""An awarding body with a prepared list of any length, in a database of its own: what the measurements of issuing use."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HEADING = b"Imi\xc4\x99;Nazwisko;E-mail\n"
TODAY = dt.date(2026, 11, 2)


def start(folder: Path | None = None) -> Path:
    """Settings, tables and jobs in this folder, or a new one; `DATABASE_URL` names another database than SQLite."""
    home = folder or Path(tempfile.mkdtemp(prefix="dorobek-issuing-"))
    os.environ |= {
        "DOROBEK_DATA_DIR": str(home),
        "DJANGO_SETTINGS_MODULE": "dorobek.config.settings",
        "DOROBEK_DEMO": "0",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return home


def listed(rows: int) -> Iterator[bytes]:
    yield HEADING
    for number in range(rows):
        yield f"Imię{number % 977};Nazwisko-{number};osoba{number}@example.org\n".encode()


def prepared(rows: int) -> Any:
    """A batch of so many people, ready to be signed."""
    from dorobek.credentials.actions.batches import prepare_batch
    from tests.credentials.conftest import Body
    from tests.factories import acting

    body = Body()
    with tempfile.TemporaryFile() as content:
        content.writelines(listed(rows))
        content.seek(0)
        return prepare_batch(
            version=body.version(valid_months=24), title="Pomiar", content=content, awarded_on=TODAY,
            acting_user=acting(body.clerk), invite=False,
        )  # fmt: skip


def sign(batch: Any) -> None:
    """Every row that is not signed yet, as the job does it."""
    from dorobek.credentials.actions.batches import sign_rows
    from dorobek.credentials.enums import BatchState
    from dorobek.credentials.models import IssuingBatch
    from dorobek.people.acting import ActingUser

    IssuingBatch.objects.filter(pk=batch.pk).update(state=BatchState.SIGNING)
    batch.refresh_from_db()
    sign_rows(batch, ActingUser(batch.asked_by), lambda done, total: None)
