"""An index as one file: concepts and what the dense space learned, so that a start does not have to train again.

The file is numpy's .npz without pickled objects. It carries a version; a file of another version is refused, because
hashing, stemming or the meaning of the vectors may differ. Word lists are built anew from the concepts, which is fast.
"""

import contextlib
import ctypes
import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np

from dorobek.matching.embedding import Embedder
from dorobek.matching.index import Index
from dorobek.matching.nearness import Nearness
from dorobek.matching.projection import SIZE, WIDTH, Projection
from dorobek.matching.types import Concept, Language

VERSION = 2
"""Raise it whenever hashing, stems or learning change: files of other versions are then refused and rebuilt."""


class IndexFileError(ValueError):
    """A file that cannot be used as an index; the message says why, in words for an operator."""


def save(index: Index, language: Language, path: Path, *, state: str = "") -> None:
    """Write the index in one step: readers see the old file or the new one. OSError when it cannot be written.

    `state` says what the concepts were read from; a reader that gives another one finds the file stale.
    """
    weights = index.nearness.projection.weights
    used = np.flatnonzero(np.any(weights != 0, axis=1))
    own = index.nearness
    head = {
        "version": VERSION,
        "language": language,
        "learned": index.nearness.learned,
        "mark": mark(index.concepts),
        "state": state,
        "embedder": own.embedder.name if own.embedder else "",
    }
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                head=_bytes(head),
                concepts=_lines(index.concepts),
                used=used.astype(np.int32),
                weights=weights[used].astype(np.float16),
                vectors=own.names if own.embedder else np.zeros((0, 1), dtype=np.float32),
            )
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path, *, state: str | None = None, embedder: Embedder | None = None) -> Index:
    """An index from a file. IndexFileError when it is of another version, state or model, or damaged; OSError."""
    index = _read(path, state, embedder)[0]
    _give_back()
    return index


def load_or_build(path: Path, concepts: Iterable[Concept], language: Language) -> Index:
    """The index of these concepts, from the file when it still fits; otherwise learned anew and written there."""
    ordered = sorted(concepts, key=lambda c: c.code)
    held = still_fitting(path, ordered, language)
    if held is not None:
        return held
    index = Index.build(ordered, language, learn=True)
    save(index, language, path)
    return index


def still_fitting(
    path: Path, concepts: Iterable[Concept], language: Language, *, embedder: Embedder | None = None
) -> Index | None:
    """The learned index that a file holds of just these concepts, whatever its state; None when there is none."""
    try:
        index, head = _read(path, embedder=embedder)
    except (IndexFileError, FileNotFoundError):
        return None
    same = head["language"] == language and head["mark"] == mark(concepts)
    return index if same and (head["learned"] or embedder is not None) else None


def mark(concepts: Iterable[Concept]) -> str:
    """A fingerprint of concepts in order of their codes: another one means that the file is stale."""
    ordered = sorted(concepts, key=lambda c: c.code)
    return hashlib.sha256(json.dumps([astuple(c) for c in ordered]).encode()).hexdigest()


def _give_back() -> None:
    """Return freed memory to the system: reading a large file leaves some 50 MB of it with the C library, which keeps it."""
    with contextlib.suppress(OSError, AttributeError):  # a system with another C library does as it does
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _bytes(value: Any) -> np.ndarray:
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), dtype=np.uint8)


def _lines(concepts: Iterable[Concept]) -> np.ndarray:
    """A line of JSON for each concept, so that reading needs little memory at a time."""
    file = io.BytesIO()
    for concept in concepts:
        file.write(json.dumps(astuple(concept), ensure_ascii=False).encode() + b"\n")
    return np.frombuffer(file.getvalue(), dtype=np.uint8)


def _concepts(lines: np.ndarray) -> list[Concept]:
    found = []
    for line in io.BytesIO(lines.tobytes()):
        code, title, words, hint = json.loads(line)
        found.append(Concept(code, title, tuple(words), hint))
    return found


def _read(path: Path, state: str | None = None, embedder: Embedder | None = None) -> tuple[Index, dict[str, Any]]:
    try:
        with np.load(path, allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes())
            if head["version"] != VERSION:
                raise IndexFileError(
                    f"{path} is an index of version {head['version']}, this program reads version {VERSION}: "
                    "build the index again"
                )
            if state is not None and head["state"] != state:
                raise IndexFileError(f"{path} is stale: it was made from {head['state']}, not from {state}")
            if head["embedder"] != (embedder.name if embedder else ""):
                raise IndexFileError(f"{path} was made with another embedding model: build the index again")
            concepts = _concepts(file["concepts"])
            vectors = file["vectors"]
            used, weights = file["used"], file["weights"]
        index = Index.build(concepts, head["language"])
        index.nearness = _nearness(index, used, weights, bool(head["learned"]))
        if embedder is not None:
            index.nearness = index.nearness.with_vectors(vectors, embedder)
    except IndexFileError:
        raise
    except (ValueError, KeyError, TypeError, IndexError, EOFError, zipfile.BadZipFile) as problem:
        raise IndexFileError(f"{path} is not an index or is damaged: build the index again") from problem
    return index, head


def _nearness(index: Index, used: np.ndarray, weights: np.ndarray, learned: bool) -> Nearness:
    if weights.shape != (len(used), WIDTH):
        raise ValueError("weights do not fit their rows")
    full = np.zeros((SIZE, WIDTH), dtype=np.float16)
    full[used] = weights
    projection = Projection(index.language, full)
    return Nearness.with_projection(projection, index.names(), index.phrase_owners(), len(index), learned)
