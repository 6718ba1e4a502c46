"""Documents of an office kept for good: the neutral tree as text, its checksum, files in PDF and DOCX, names of files.

text = frozen(document)         everything the tree says, as canonical JSON; SHA-256 of it is the document's checksum
document = thawed(text)         the same tree back
files = rendered(document)      {"pdf": bytes, "docx": bytes}
"""

import base64
import dataclasses
import datetime as dt
import hashlib
import json
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from django.conf import settings

from dorobek.kernel.documents import Document, PictureError, to_docx, to_html, to_pdf, tree

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
}
IS = "is"  # the name of a block's class, among its fields
SHAPES = {
    one.__name__: one
    for one in vars(tree).values()
    if dataclasses.is_dataclass(one) and isinstance(one, type)
}  # fmt: skip
log = structlog.get_logger("dorobek.documents")


def bare(document: Document) -> Document:
    """What the document says, whatever its version and date."""
    return dataclasses.replace(document, reference="", issued_at=None)


def content_sha256(document: Document) -> str:
    """SHA-256 of everything the tree says, whatever its version and date: equal content, equal sum."""
    text = json.dumps(_listed(bare(document)), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _listed(value: Any) -> Any:
    """The tree as lists and text; the name of each block's class is part of what it says."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [_listed(getattr(value, one.name)) for one in dataclasses.fields(value)]
        return [type(value).__name__, *fields]
    if isinstance(value, tuple | list):
        return [_listed(item) for item in value]
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value


def frozen(document: Document) -> str:
    """The tree as JSON with sorted keys; `thawed` gives it back."""
    return json.dumps(_named(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thawed(text: str) -> Document:
    """The tree of `frozen`. Raises ValueError for anything else."""
    found = _built(json.loads(text))
    if not isinstance(found, Document):
        raise ValueError("not a frozen document")
    return found


def _named(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
        return {IS: type(value).__name__, **{name: _named(item) for name, item in kept.items()}}
    if isinstance(value, tuple | list):
        return [_named(item) for item in value]
    if isinstance(value, bytes):
        return {IS: "bytes", "base64": base64.b64encode(value).decode()}
    if isinstance(value, dt.datetime):
        return {IS: "datetime", "iso": value.isoformat()}
    return value


def _built(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_built(item) for item in value)
    if not isinstance(value, dict):
        return value
    kind = value.get(IS)
    if kind == "bytes":
        return base64.b64decode(value["base64"])
    if kind == "datetime":
        return dt.datetime.fromisoformat(value["iso"])
    if kind not in SHAPES:
        raise ValueError(f"no such part of a document: {kind!r}")
    return SHAPES[kind](**{name: _built(item) for name, item in value.items() if name != IS})


def grouped(checksum: str, length: int = 16) -> str:
    """The beginning of a checksum in groups of four, to be compared by eye."""
    return " ".join(checksum[at : at + 4] for at in range(0, length, 4))


def rendered(document: Document) -> dict[str, bytes]:
    """PDF and DOCX, side by side: the typesetter works outside Python's lock. A logo that cannot be read is left
    out rather than holding up a person's document."""
    try:
        with ThreadPoolExecutor(max_workers=1) as beside:
            pdf = beside.submit(to_pdf, document, extra_font_folders=settings.DOROBEK_FONTS)
            docx = to_docx(document)
        return {"pdf": pdf.result(), "docx": docx}
    except PictureError:
        if document.logo is None:
            raise
        log.warning("logo_left_out", document=document.title)
        return rendered(dataclasses.replace(document, logo=None))


def on_screen(document: Document) -> bytes:
    """The document as a fragment for a page whose own heading is above it."""
    return to_html(document, heading_level=2).encode()


def ascii_name(text: str) -> str:
    """A piece of a file's name in plain letters."""
    swapped = text.replace("ł", "l").replace("Ł", "L")
    plain = unicodedata.normalize("NFKD", swapped).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80]
