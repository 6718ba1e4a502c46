"""The typesetter: one compiler per thread, shared fonts, files of one document in a folder of their own."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import typst

from .fonts import FontSet

Standard = Literal["ua-1", "a-2a"]
STANDARDS: tuple[Standard, ...] = ("ua-1", "a-2a")
_local = threading.local()


class DocumentError(RuntimeError):
    """No document came out. The message holds the typesetter's words without any text of the document."""


def typeset(
    template: bytes,
    fonts: FontSet,
    inputs: dict[str, str],
    files: Mapping[str, bytes],
    *,
    standards: tuple[Standard, ...] = (),
    timestamp: int = 0,
    ppi: int | None = None,
) -> bytes:
    """The template set with string inputs: a PDF, or with `ppi` the picture of its one page as PNG.

    `files` are what the template may read, by name; it can read nothing else of anyone's.
    Raises typst.TypstError as the typesetter does.
    """
    if not files:
        return _compile(template, fonts, inputs, standards, timestamp, ppi, str(Path(__file__).parent))
    with tempfile.TemporaryDirectory(prefix="document-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return _compile(template, fonts, inputs, standards, timestamp, ppi, folder)


def _compile(
    template: bytes,
    fonts: FontSet,
    inputs: dict[str, str],
    standards: tuple[Standard, ...],
    timestamp: int,
    ppi: int | None,
    root: str,
) -> bytes:
    result = _compiler(fonts).compile(
        input=template,
        format="png" if ppi else "pdf",
        ppi=ppi,
        sys_inputs=inputs,
        pdf_standards=list(standards),
        root=root,
        timestamp=timestamp,
    )
    if not isinstance(result, bytes):
        raise DocumentError("The typesetter gave no single file.")
    return result


def _compiler(fonts: FontSet) -> typst.Compiler:
    """The compiler of this thread for these fonts; opening one is cheap, the fonts are shared."""
    held: dict[int, typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    if id(fonts) not in held:
        held[id(fonts)] = typst.Compiler(font_paths=fonts.fonts)
    return held[id(fonts)]
