"""Backup and restore: everything comes back as it was, nothing half, and whoever was erased stays erased."""

import gzip
import io
import sys
import tarfile
import types
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from dorobek.cli.archive.reading import checked_manifest, restore_backup
from dorobek.cli.archive.tables import backed_up_models, empty_all
from dorobek.cli.archive.writing import write_backup
from dorobek.cli.problem import Problem
from dorobek.kernel import history
from dorobek.kernel.models import HistoryEntry, StoredFile
from dorobek.people.models import Account, Erasure, Person
from tests.factories import make_institution, make_person, make_unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path, transactional_db, django_db_blocker) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    (tmp_path / "secret-key").write_text("the signing key")
    # Django's tests forbid databases they do not know; a backup reads a copy made a moment ago.
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def person() -> Person:
    """An office with one person, one file and a history."""
    make_unit(make_institution("Urząd „Próbny” – Łódź"))
    made = make_person("Małgorzata Śliż")
    with transaction.atomic():
        for number in range(3):
            history.record(stream=made.uid, kind="test", actor_id=made.account_id, data={"żółć": number})
    row = StoredFile(name="zdjęcie.png", media_type="image/png", size=6, sha256="x", person_uid=made.uid)
    row.content.save("x", ContentFile(b"\x89PNG\r\n"))
    return made


def everything() -> dict[str, list[Any]]:
    return {
        model._meta.db_table: sorted((row for row in model._base_manager.values_list()), key=repr)
        for model in backed_up_models()
    }


def backup(tmp_path: Path) -> Path:
    path = tmp_path / "backup.tar.gz"
    write_backup(path, lambda _text: None)
    return path


def restore(path: Path, *, force: bool = False) -> str:
    told: list[str] = []
    restore_backup(path, force=force, tell=told.append)
    return "\n".join(told)


def wipe(settings) -> None:
    with transaction.atomic():
        empty_all()
    for file in Path(settings.MEDIA_ROOT).rglob("*"):
        if file.is_file():
            file.unlink()
    (settings.DATA_DIR / "secret-key").write_text("another key")


def test_everything_comes_back_as_it_was(person, tmp_path, settings):
    before = everything()
    path = backup(tmp_path)
    wipe(settings)
    assert not Account.objects.exists()
    restore(path)
    assert everything() == before
    assert StoredFile.objects.get().content.read() == b"\x89PNG\r\n"
    assert (tmp_path / "secret-key").read_text() == "the signing key"
    assert list(history.verify()) == []


def test_rows_added_after_a_restore_get_new_numbers(person, tmp_path, settings):
    path = backup(tmp_path)
    wipe(settings)
    restore(path)
    assert make_person("Jan Nowy").pk > person.pk
    with transaction.atomic():
        history.record(stream=person.uid, kind="test", actor_id=None)
    assert HistoryEntry.objects.filter(stream=person.uid).count() == 4


def test_a_database_that_is_not_empty_is_left_alone_without_force(person, tmp_path):
    path = backup(tmp_path)
    later = make_person("Po Kopii")
    with pytest.raises(Problem, match="not empty"):
        restore(path)
    assert Person.objects.filter(pk=later.pk).exists()
    restore(path, force=True)
    assert not Person.objects.filter(pk=later.pk).exists()


def test_a_damaged_backup_changes_nothing(person, tmp_path):
    path = backup(tmp_path)
    before = everything()
    plain = gzip.decompress(path.read_bytes())
    damaged = plain.replace("Śliż".encode("unicode_escape"), b"XXXX", 1)
    damaged = damaged if damaged != plain else plain.replace("Śliż".encode(), "Śliz".encode() + b"x", 1)
    assert damaged != plain
    path.write_bytes(gzip.compress(damaged))
    with pytest.raises(Problem):
        restore(path, force=True)
    assert everything() == before


def test_a_cut_backup_changes_nothing(person, tmp_path):
    path = backup(tmp_path)
    before = everything()
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(Problem):
        restore(path, force=True)
    assert everything() == before


def test_a_member_that_the_manifest_does_not_name_is_refused(person, tmp_path):
    path = backup(tmp_path)
    plain = tmp_path / "plain.tar"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    with tarfile.open(plain, "a") as tar:
        info = tarfile.TarInfo("files/../../evil")
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    path.write_bytes(gzip.compress(plain.read_bytes()))
    with pytest.raises(Problem, match="not in the manifest"):
        checked_manifest(path)


def test_a_full_disk_leaves_no_file_that_looks_like_a_backup(person, tmp_path, monkeypatch):
    from dorobek.cli.archive import writing

    def fail(*_arguments: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_add_files", fail)
    with pytest.raises(OSError, match="No space"):
        backup(tmp_path)
    assert list(tmp_path.glob("backup*")) == []


def test_whoever_was_erased_after_the_backup_is_erased_again(person, tmp_path, monkeypatch):
    path = backup(tmp_path)
    called: list[uuid.UUID] = []

    def erase_person(*, person: Person, acting_user: Account | None) -> Erasure:
        called.append(person.uid)
        Person.objects.filter(pk=person.pk).update(family_name="", given_names="", erased_at=timezone.now())
        return Erasure.objects.create(person_uid=person.uid)

    fake = types.ModuleType("dorobek.audits.person_data")
    fake.erase_person = erase_person  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dorobek.audits.person_data", fake)
    erase_person(person=person, acting_user=None)
    called.clear()
    assert "1 people who had been erased" in restore(path, force=True)
    assert called == [person.uid]
    assert Person.objects.get(uid=person.uid).family_name == ""
    assert Erasure.objects.filter(person_uid=person.uid).count() == 1


def test_a_backup_holds_one_moment_while_others_write(person, tmp_path, monkeypatch):
    from dorobek.cli.archive import writing

    plain = writing._add_table
    seen: list[str] = []

    def add_and_write(archive: Any, model: Any, alias: str) -> int:
        if not seen and alias != "default":  # SQLite: somebody writes while the copy is being packed
            make_person("Zapisana Później")
        seen.append(model._meta.db_table)
        return plain(archive, model, alias)

    monkeypatch.setattr(writing, "_add_table", add_and_write)
    path = backup(tmp_path)
    restore(path, force=True)
    assert not Person.objects.filter(family_name="Później").exists()
