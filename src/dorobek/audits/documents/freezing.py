"""The marks of a version or a draft on an audit's document, and the names of its files."""

import dataclasses
import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from dorobek.audits.documents import words
from dorobek.kernel.documents import Document
from dorobek.kernel.papers import MEDIA, ascii_name, content_sha256, grouped, on_screen, rendered

__all__ = ["MEDIA", "content_sha256", "draft", "file_name", "grouped", "on_screen", "rendered", "versioned"]


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


def file_name(document: Document, number: int | None, ending: str) -> str:
    """A readable name in plain letters: `Karta-Bilansu-Kompetencji-NR-2026-0001-w2-pl.pdf`."""
    case = document.reference.split(",")[0]
    version = f"w{number}" if number else ("szkic" if document.language == "pl" else "draft")
    parts = (document.title, case, version, document.language)
    return "-".join(filter(None, map(ascii_name, parts))) + f".{ending}"
