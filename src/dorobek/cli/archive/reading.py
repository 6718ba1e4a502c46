"""Checking a backup and putting it back."""

import hashlib
import io
import json
import os
import tarfile
import uuid
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from dorobek.cli.archive import FORMAT, KEYS, MANIFEST
from dorobek.cli.archive.tables import backed_up_models, empty_all, migrations_applied, read_rows, reset_sequences
from dorobek.cli.problem import Problem
from dorobek.people.models import Account, Erasure, Institution, Person

CHUNK = 1 << 20


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Names and contents of a backup, one after another."""
    with tarfile.open(path, "r:gz") as tar:
        for info in tar:
            content = tar.extractfile(info)
            if content is None:
                raise Problem(f"{path}: {info.name} is not a plain file; this is not a backup")
            yield info.name, content


def _sums(path: Path) -> tuple[dict[str, tuple[int, str]], dict[str, Any] | None]:
    """Size and SHA-256 of every member, and the manifest."""
    found: dict[str, tuple[int, str]] = {}
    manifest: dict[str, Any] | None = None
    for name, content in members(path):
        if name == MANIFEST:
            manifest = json.load(content)
            continue
        digest, size = hashlib.sha256(), 0
        while data := content.read(CHUNK):
            digest.update(data)
            size += len(data)
        found[name] = (size, digest.hexdigest())
    return found, manifest


def checked_manifest(path: Path) -> dict[str, Any]:
    """The manifest, after every member was compared with it. Raises Problem at the first difference."""
    try:
        found, manifest = _sums(path)
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
        raise Problem(f"{path} cannot be read to its end: {error}") from error
    if manifest is None:
        raise Problem(f"{path} has no manifest: it is not a backup, or its end is missing")
    if manifest.get("format") != FORMAT:
        raise Problem(f"{path} has the format {manifest.get('format')!r}; this release reads {FORMAT}")
    for name, told in manifest["members"].items():
        if found.pop(name, None) != (told["size"], told["sha256"]):
            raise Problem(f"{path}: {name} is damaged or missing; nothing was restored")
    if found:
        raise Problem(f"{path}: {min(found)} is not in the manifest; nothing was restored")
    return manifest


def refuse_other_release(manifest: dict[str, Any]) -> None:
    """Rows fit the tables of the release that wrote them."""
    here, there = set(migrations_applied()), set(manifest["migrations"])
    if here != there:
        other = min(here ^ there)
        raise Problem(
            f"the backup was made by another release (they differ in {other}); "
            "restore it with the release that made it, then upgrade"
        )


def is_empty() -> bool:
    return not (Account.objects.exists() or Institution.objects.exists() or Person.objects.exists())


def restore_backup(path: Path, *, force: bool, tell: Callable[[str], None]) -> None:
    """Put a backup back, all or nothing; then erase again whoever was erased, here or in the backup."""
    manifest = checked_manifest(path)
    refuse_other_release(manifest)
    if not force and not is_empty():
        raise Problem("the database is not empty; use --force to replace everything in it")
    erased = set(Erasure.objects.values_list("person_uid", flat=True))
    with transaction.atomic(), connection.constraint_checks_disabled():
        empty_all()
        count = _read_tables(path)
        reset_sequences()
        connection.check_constraints()
    files = _read_files(path)
    tell(f"{count} rows and {files} files are back")
    again = erase_again(erased)
    if again:
        tell(f"{again} people who had been erased were erased again")


def _read_tables(path: Path) -> int:
    known = {model._meta.db_table: model for model in backed_up_models()}
    count = 0
    for name, content in members(path):
        if name.startswith("tables/"):
            table = name.removeprefix("tables/").removesuffix(".jsonl")
            if table not in known:
                raise Problem(f"{path}: there is no table {table} in this release")
            count += read_rows(known[table], io.TextIOWrapper(content, encoding="utf-8"))
    return count


def _read_files(path: Path) -> int:
    count = 0
    for name, content in members(path):
        if name.startswith("files/"):
            _put_file(name.removeprefix("files/"), content)
            count += 1
        elif name.startswith("keys/") and name.removeprefix("keys/") in KEYS:
            target = Path(settings.DATA_DIR) / name.removeprefix("keys/")
            part = target.with_name(target.name + ".part")
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content.read())
            part.replace(target)
    return count


def _put_file(name: str, content: IO[bytes]) -> None:
    if default_storage.exists(name):
        default_storage.delete(name)
    saved = default_storage.save(name, File(content))
    if saved != name:
        raise Problem(f"the file {name} could not be put back under its name")


def erase_again(erased_here: set[uuid.UUID]) -> int:
    """Erase everyone on the list of this database (before) or of the backup who is whole again. Returns how many."""
    listed = erased_here | set(Erasure.objects.values_list("person_uid", flat=True))
    whole = list(Person.objects.filter(uid__in=listed, erased_at=None))
    if whole:
        from dorobek.audits.person_data import erase_person

        for person in whole:
            Erasure.objects.filter(person_uid=person.uid).delete()
            erase_person(person=person, acting_user=None)
    there = set(Erasure.objects.values_list("person_uid", flat=True))
    Erasure.objects.bulk_create(Erasure(person_uid=uid) for uid in listed - there)
    return len(whole)
