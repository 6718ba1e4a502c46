"""`dorobek history`: tampering is named, and a seal shows what a chain alone cannot."""

import json
import uuid
from pathlib import Path

import pytest
from django.db import transaction

from dorobek.cli.history import seal, verify
from dorobek.cli.problem import Problem
from dorobek.kernel import history, seals
from dorobek.kernel.models import HistoryEntry, HistoryHead, HistoryPayload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_key(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def stream() -> uuid.UUID:
    made = uuid.uuid4()
    write(made, 5)
    return made


def write(stream: uuid.UUID, count: int, word: str = "a") -> None:
    with transaction.atomic():
        for number in range(count):
            history.record(stream=stream, kind="test", actor_id=None, data={word: number})


def sealed(tmp_path: Path) -> Path:
    path = tmp_path / "seal.json"
    assert seal(path) == 0
    return path


def cut(stream: uuid.UUID, keep: int) -> None:
    """What somebody with the database in their hands does: cut the end and set the head back."""
    HistoryPayload.objects.filter(entry__stream=stream, entry__seq__gt=keep).delete()
    HistoryEntry.objects.filter(stream=stream, seq__gt=keep).delete()
    last = HistoryEntry.objects.filter(stream=stream).order_by("-seq").first()
    HistoryHead.objects.filter(stream=stream).update(seq=keep, hash=last.hash if last else "")


def test_an_untouched_history_holds_also_after_it_grew(stream, tmp_path, capsys):
    path = sealed(tmp_path)
    write(stream, 3)
    assert verify(path) == 0
    assert "holds" in capsys.readouterr().out


def test_a_changed_payload_is_named_with_its_place(stream, capsys):
    HistoryPayload.objects.filter(entry__stream=stream, entry__seq=3).update(data={"a": "zmienione"})
    assert verify(None) == 1
    assert f"{stream} entry 3: its payload was changed" in capsys.readouterr().out


def test_a_cut_chain_looks_whole_alone_and_is_found_against_the_seal(stream, tmp_path, capsys):
    path = sealed(tmp_path)
    cut(stream, 3)
    assert verify(None) == 0
    assert verify(path) == 1
    assert f"{stream} entry 5: sealed, and missing now" in capsys.readouterr().out


def test_a_chain_written_anew_is_found_against_the_seal(stream, tmp_path, capsys):
    path = sealed(tmp_path)
    cut(stream, 0)
    write(stream, 5, word="b")
    assert verify(None) == 0
    assert verify(path) == 1
    assert "written anew" in capsys.readouterr().out


def test_a_chain_removed_whole_is_found_against_the_seal(stream, tmp_path):
    path = sealed(tmp_path)
    cut(stream, 0)
    HistoryHead.objects.filter(stream=stream).delete()
    assert verify(None) == 0
    assert verify(path) == 1


@pytest.mark.parametrize("change", ["heads", "public_key", "signature", "format"])
def test_a_changed_seal_is_not_believed(stream, tmp_path, change):
    path = sealed(tmp_path)
    content = json.loads(path.read_text())
    content[change] = [] if change == "heads" else "AAAA"
    path.write_text(json.dumps(content))
    with pytest.raises(Problem):
        verify(path)


def test_the_key_is_readable_by_its_owner_alone(stream):
    seals.seal()
    assert seals.key_path().stat().st_mode & 0o077 == 0
