"""An index kept in a file: whole, versioned, refused when it does not fit, built anew by itself."""

import json
from pathlib import Path

import numpy as np
import pytest

from dorobek.matching import Concept, Index, IndexFileError, load, load_or_build, save, storing

CONCEPTS = [
    Concept("till", "Obsługuje kasę fiskalną", ("kasjer", "siedziałam na kasie"), "Sprzedaż w sklepie."),
    Concept("cows", "Doi krowy", ("dojarka", "hodowla bydła")),
    Concept("weld", "Spawa metodą MAG", ("spawacz", "migomat")),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.npz"


def change_head(path: Path, **changes: object) -> None:
    with np.load(path) as file:
        parts = dict(file)
    head = {**json.loads(parts["head"].tobytes()), **changes}
    parts["head"] = np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)
    np.savez(path, **parts)


def test_a_stored_index_answers_as_before(path: Path) -> None:
    index = Index.build(CONCEPTS, "pl", learn=True)
    save(index, "pl", path)
    again = load(path)
    assert again.nearness.learned
    for text in ("kasjr", "siedziałam na kasie", "spawaczka", "krowa"):
        before, after = index.suggest(text), again.suggest(text)
        assert [s.code for s in before] == [s.code for s in after] != []
        assert [s.score for s in before] == pytest.approx([s.score for s in after], abs=0.01)


def test_a_file_of_another_version_is_refused_with_both_versions_named(path: Path) -> None:
    save(Index.build(CONCEPTS, "pl"), "pl", path)
    change_head(path, version=storing.VERSION + 1)
    with pytest.raises(IndexFileError, match=f"version {storing.VERSION + 1}.*version {storing.VERSION}"):
        load(path)


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_refused_in_words(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(IndexFileError, match="damaged"):
        load(path)


def test_a_file_cut_short_is_refused(path: Path) -> None:
    save(Index.build(CONCEPTS, "pl"), "pl", path)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(IndexFileError):
        load(path)


def test_a_missing_stale_or_damaged_file_is_built_anew(path: Path) -> None:
    assert len(load_or_build(path, CONCEPTS, "pl")) == 3
    first = path.stat().st_mtime_ns
    assert len(load_or_build(path, reversed(CONCEPTS), "pl")) == 3
    assert path.stat().st_mtime_ns == first
    assert len(load_or_build(path, CONCEPTS[:2], "pl")) == 2
    path.write_bytes(b"rubbish")
    assert load_or_build(path, CONCEPTS, "pl").suggest("kasjer")[0].code == "till"
    assert len(load(path)) == 3


def test_a_failed_save_leaves_the_old_file_and_no_remains(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index.build(CONCEPTS, "pl")
    save(index, "pl", path)
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space"):
        save(index, "pl", path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
