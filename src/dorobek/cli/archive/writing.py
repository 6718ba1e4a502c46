"""Writing a backup."""

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from dorobek.cli.archive import FORMAT, KEYS, MANIFEST
from dorobek.cli.archive.tables import backed_up_models, consistent_view, migrations_applied, write_rows
from dorobek.kernel.files import Counted
from dorobek.kernel.models import StoredFile


class Archive:
    """A tar file being written, with the checksum of every member. Nothing is held in memory whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")
        handle = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file = os.fdopen(handle, "wb")
        self.tar = tarfile.open(fileobj=self.file, mode="w:gz", compresslevel=3)  # noqa: SIM115 (closed in finish)
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Add `size` bytes of a stream."""
        counted = Counted(source)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self.tar.addfile(info, counted)
        self.members[name] = {"size": size, "sha256": counted.digest.hexdigest()}

    def finish(self, about: dict[str, Any]) -> None:
        """Write the manifest, put everything on the disk, and only then give the file its name."""
        text = json.dumps({**about, "members": self.members}, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self.tar.addfile(info, io.BytesIO(text))
        self.tar.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.part.replace(self.path)

    def abandon(self) -> None:
        self.file.close()
        self.part.unlink(missing_ok=True)


def write_backup(path: Path, tell: Callable[[str], None]) -> None:
    """Everything of this installation at one moment, into `path`. A failed backup leaves no file under that name."""
    archive = Archive(path)
    try:
        with consistent_view() as alias:
            rows = {model._meta.db_table: _add_table(archive, model, alias) for model in backed_up_models()}
            missing = _add_files(archive, alias)
            migrations = migrations_applied(alias)
        for name in KEYS:
            key = Path(settings.DATA_DIR) / name
            if key.exists():
                with key.open("rb") as source:
                    archive.add(f"keys/{name}", source, key.stat().st_size)
        about = {"format": FORMAT, "made_at": timezone.now().isoformat(), "database": connection.vendor}
        archive.finish({**about, "migrations": migrations, "rows": rows, "missing_files": missing})
    except BaseException:
        archive.abandon()
        raise
    tell(f"{sum(rows.values())} rows, {len(archive.members) - len(rows)} files and keys")
    if missing:
        tell(f"{len(missing)} files are named in the database and absent from the storage; see the manifest")


def _add_table(archive: Archive, model: Any, alias: str) -> int:
    with tempfile.TemporaryFile() as spool:
        text = io.TextIOWrapper(spool, encoding="utf-8", newline="\n", write_through=True)
        count = write_rows(model, alias, text)
        text.flush()
        size = spool.tell()
        spool.seek(0)
        archive.add(f"tables/{model._meta.db_table}.jsonl", spool, size)
        text.detach()
    return count


def _add_files(archive: Archive, alias: str) -> list[str]:
    """Stored files; returns the names of those the storage does not have."""
    missing = []
    for name in StoredFile.objects.using(alias).exclude(content="").values_list("content", flat=True).iterator():
        try:
            with default_storage.open(name, "rb") as source:
                archive.add(f"files/{name}", source, default_storage.size(name))
        except FileNotFoundError:
            missing.append(name)
    return missing
