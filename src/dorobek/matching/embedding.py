"""An embedding model of the operator's own: a file on this machine that turns texts into vectors.

Nothing is shipped and nothing is downloaded. An ONNX file needs the packages `onnxruntime` and `tokenizers` and a
`tokenizer.json` beside it; a folder of sentence-transformers needs that package. They are asked for only when used.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

BATCH = 64
MOST_TOKENS = 256


class EmbedderError(ValueError):
    """A model that cannot be used; the message says what an operator should do."""


class Embedder(Protocol):
    """Texts to vectors. `name` tells one model from another: an index made with another one is stale."""

    name: str

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of numbers for each text; every text gets as many."""


def open_embedder(path: Path) -> Embedder:
    """The model at a path: a `.onnx` file or a folder of sentence-transformers. Raises EmbedderError."""
    if path.is_file() and path.suffix == ".onnx":
        return OnnxEmbedder(path)
    if path.is_dir() and (path / "modules.json").is_file():
        return SentenceEmbedder(path)
    raise EmbedderError(f"{path} is neither an .onnx file nor a folder of sentence-transformers (with modules.json)")


class SentenceEmbedder:
    """A folder saved by sentence-transformers, read from disk only."""

    def __init__(self, path: Path) -> None:
        self.name = f"{path.name}-{_stamp(path / 'modules.json')}"
        self.model = _package("sentence_transformers").SentenceTransformer(str(path), local_files_only=True)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(self.model.encode(list(texts), batch_size=BATCH), dtype=np.float32)


class OnnxEmbedder:
    """An ONNX file with `tokenizer.json` beside it; the vector is the mean over a text's tokens."""

    def __init__(self, path: Path) -> None:
        words = path.with_name("tokenizer.json")
        if not words.is_file():
            raise EmbedderError(f"{words} is missing: the model's tokenizer must lie beside {path.name}")
        self.name = f"{path.stem}-{_stamp(path)}"
        self.session = _package("onnxruntime").InferenceSession(str(path))
        self.tokenizer = _package("tokenizers").Tokenizer.from_file(str(words))
        self.tokenizer.enable_truncation(MOST_TOKENS)
        self.tokenizer.enable_padding()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        parts = [self._batch(texts[first : first + BATCH]) for first in range(0, len(texts), BATCH)]
        return np.concatenate(parts).astype(np.float32) if parts else np.zeros((0, 1), dtype=np.float32)

    def _batch(self, texts: Sequence[str]) -> NDArray[Any]:
        read = self.tokenizer.encode_batch(list(texts))
        given = {
            "input_ids": np.array([one.ids for one in read], dtype=np.int64),
            "attention_mask": np.array([one.attention_mask for one in read], dtype=np.int64),
            "token_type_ids": np.array([one.type_ids for one in read], dtype=np.int64),
        }
        wanted = {one.name for one in self.session.get_inputs()}
        tokens = self.session.run(None, {name: value for name, value in given.items() if name in wanted})[0]
        if tokens.ndim == 2:  # the model sums its tokens up by itself
            return np.asarray(tokens)
        mask = given["attention_mask"][:, :, None]
        return np.asarray((tokens * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1))


def unit_vectors(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of length one. Raises EmbedderError when the model gives something else than a row of numbers a text."""
    rows = np.asarray(embedder(texts), dtype=np.float32)
    if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
        raise EmbedderError(f"{embedder.name} gave an array of shape {rows.shape} for {len(texts)} texts")
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as missing:
        raise EmbedderError(f"this model needs the package {name!r}, which is not installed here") from missing


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size:x}-{int(found.st_mtime):x}"
