"""A case taken away whole: who took it and which, stands in the history (XX-4)."""

import tempfile
import uuid
from typing import IO

from django.db import transaction

from dorobek.kernel import history
from dorobek.people.acting import ActingUser
from dorobek.validation import perms
from dorobek.validation.archive import Made, write_archive
from dorobek.validation.models import Application


def take_archive(*, application: Application, acting_user: ActingUser, evidence: bool = True) -> tuple[IO[bytes], Made]:
    """The archive as a temporary file, open at its beginning; the caller closes it, and with that it is gone.

    Awarding officers of the body, never of their own case. Raises NotAllowed.
    """
    acting_user.require(perms.may_run(acting_user.account, application))
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        made = write_archive(application, file, evidence=evidence)
        tell_taken(application, made, actor_id=acting_user.account.pk, evidence=evidence)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file, made


@transaction.atomic
def tell_taken(application: Application, made: Made, *, actor_id: int | None, evidence: bool) -> None:
    """The entry against which an inspector compares; without an actor it was the operator of the server."""
    stream: uuid.UUID = application.person.uid
    data = {"manifest_sha256": made.manifest_sha256, "files": made.files, "evidence": evidence}
    history.record(
        stream=stream, kind="validation.archive-taken", actor_id=actor_id, subject=application.uid, data=data
    )
