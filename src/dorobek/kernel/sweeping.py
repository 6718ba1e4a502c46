"""What a crash left behind: uploads that never finished arriving, files whose row was never committed."""

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from dorobek.kernel import edits, jobs
from dorobek.kernel.models import Job, StoredFile

KEPT = dt.timedelta(days=1)  # while others serve too: longer than any upload takes


def sweep(before: dt.datetime) -> dict[str, int]:
    """Delete what was last written before the moment and belongs to nothing: `{"arriving": n, "files": n}`.

    Files are looked for on the disk only; a bucket keeps its own rules.
    """
    arriving = [path for path in _listed(Path(settings.FILE_UPLOAD_TEMP_DIR)) if _older(path, before)]
    orphans = list(_orphans(before)) if isinstance(default_storage, FileSystemStorage) else []
    for path in (*arriving, *orphans):
        path.unlink(missing_ok=True)
    return {"arriving": len(arriving), "files": len(orphans)}


def _listed(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _older(path: Path, before: dt.datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False  # somebody finished it meanwhile


def _orphans(before: dt.datetime) -> Iterator[Path]:
    """One statement for each of the storage's folders."""
    root = Path(settings.MEDIA_ROOT)
    for folder in root.iterdir() if root.is_dir() else ():
        named = {path.name: path for path in (_listed(folder) if folder.is_dir() else []) if _older(path, before)}
        uids = [uuid.UUID(name) for name in named if len(name) == 36]
        held = {str(uid) for uid in StoredFile.objects.filter(uid__in=uids).values_list("uid", flat=True)}
        yield from (path for name, path in named.items() if len(name) == 36 and name not in held)


@jobs.daily("sweeping")
def daily(_job: Job, _report: jobs.Report) -> dict[str, int]:
    """Once a day, by the worker."""
    return {**sweep(timezone.now() - KEPT), "edits": edits.sweep(edits.oldest_kept())}
