"""Bytes that the system itself made, kept as a file: checksum, size and media type are those of the bytes."""

import hashlib
import uuid
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import StoredFile

CHUNK = 1 << 20


class Counted:
    """A stream that hashes what is read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = CHUNK) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


def store_bytes(data: bytes, *, name: str, media_type: str, person_uid: uuid.UUID | None = None) -> StoredFile:
    """Keep bytes as a StoredFile. Raises RuleBroken on a full disk; nothing half-written stays."""
    stored = StoredFile(
        name=name[-255:],
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        person_uid=person_uid,
    )
    path = stored.content.field.generate_filename(stored, "")
    try:
        stored.content.save("", ContentFile(data), save=True)
    except OSError as error:
        stored.content.storage.delete(path)
        raise RuleBroken(_("Pliku nie udało się zapisać: na serwerze brakuje miejsca.")) from error
    return stored


def forget_bytes(stored: StoredFile) -> None:
    """Delete the content of a file whose row was never committed."""
    if stored.content.name:
        stored.content.storage.delete(stored.content.name)
