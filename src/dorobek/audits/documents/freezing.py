"""From a tree to files: its checksum, the marks of a version or a draft, PDF and DOCX, names of files."""

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
from django.utils import translation
from django.utils.translation import gettext as _

from dorobek.audits.documents import words
from dorobek.kernel.documents import Document, PictureError, to_docx, to_html, to_pdf

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
}
log = structlog.get_logger("dorobek.documents")


def content_sha256(document: Document) -> str:
    """SHA-256 of everything the tree says, whatever its version and date: equal content, equal sum."""
    bare = dataclasses.replace(document, reference="", issued_at=None)
    text = json.dumps(_plain(bare), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The tree as lists and text; the name of each block's class is part of what it says."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [_plain(getattr(value, one.name)) for one in dataclasses.fields(value)]
        return [type(value).__name__, *fields]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value


def grouped(checksum: str, length: int = 16) -> str:
    """The beginning of a checksum in groups of four, to be compared by eye."""
    return " ".join(checksum[at : at + 4] for at in range(0, length, 4))


def versioned(document: Document, *, number: int, handed_at: dt.datetime, checksum: str) -> Document:
    """The document with its version, day and checksum of content in the footer."""
    with translation.override(document.language):
        reference = _("%(case)s, wersja %(number)d z dnia %(day)s, suma kontrolna treści %(sum)s") % {
            "case": document.reference, "number": number, "sum": grouped(checksum),
            "day": words.day(handed_at, document.language),
        }  # fmt: skip
    return dataclasses.replace(document, reference=reference, issued_at=handed_at)


def draft(document: Document) -> Document:
    """The document marked as not yet handed over."""
    with translation.override(document.language):
        mark = _("%s, wydruk roboczy, jeszcze nie przekazany") % document.reference
    return dataclasses.replace(document, reference=mark)


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


def file_name(document: Document, number: int | None, ending: str) -> str:
    """A readable name in plain letters: `Karta-Bilansu-Kompetencji-NR-2026-0001-w2-pl.pdf`."""
    case = document.reference.split(",")[0]
    version = f"w{number}" if number else ("szkic" if document.language == "pl" else "draft")
    parts = (document.title, case, version, document.language)
    return "-".join(filter(None, map(_ascii, parts))) + f".{ending}"


def _ascii(text: str) -> str:
    swapped = text.replace("ł", "l").replace("Ł", "L")
    plain = unicodedata.normalize("NFKD", swapped).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80]
