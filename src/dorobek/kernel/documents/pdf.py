"""PDF writer: tagged PDF/UA-1 and PDF/A-2a at once, set by typst from data, never from markup (SA-12, XX)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import typst

from .engine import STANDARDS, DocumentError, typeset
from .fonts import FontSet, font_set
from .pictures import PictureError
from .setting import Setter
from .text import is_simple
from .tree import Document

_TEMPLATE = (Path(__file__).parent / "template.typ").read_bytes()
_ATTEMPTS = 4
_PICTURE = re.compile(r"failed to (?:parse SVG|decode image)")
_QUOTED = re.compile(r'`"((?:[^"\\]|\\.)+)"`')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))")


def to_pdf(document: Document, *, extra_font_folders: tuple[str, ...] = ()) -> bytes:
    """A document as PDF/UA-1 and PDF/A-2a; the same tree gives the same bytes.

    `extra_font_folders`: folders of fonts of this machine, for what the shipped fonts lack (Chinese, emoji).
    A character that no font holds is printed as its code point, `[U+XXXX]`.
    Raises PictureError for a picture that cannot be read, DocumentError when no document comes out.
    """
    shipped = font_set()
    # Fonts of the machine may turn out unfit for archiving; then the shipped ones do, at last with Latin text alone.
    ways = [font_set(extra_font_folders), shipped, replace(shipped, covers=is_simple)]
    failure = ""
    for fonts in ways if extra_font_folders else ways[1:]:
        banned: frozenset[str] = frozenset()
        for _ in range(_ATTEMPTS):
            try:
                return _compile(Setter(document, fonts, banned), fonts)
            except typst.TypstError as error:
                if _PICTURE.match(error.message):
                    raise PictureError(_without_quotes(error)) from None
                failure = _without_quotes(error)
                offending = _offending(error)
            if offending <= banned:
                break
            banned |= offending
    raise DocumentError(failure)


def _compile(setter: Setter, fonts: FontSet) -> bytes:
    data = json.dumps(setter.document(), ensure_ascii=False)
    stamp = int(setter.source.moment.timestamp())
    return typeset(_TEMPLATE, fonts, {"data": data}, setter.files, standards=STANDARDS, timestamp=stamp)


def _offending(error: typst.TypstError) -> frozenset[str]:
    """The characters that the typesetter says it cannot set."""
    lines = [line for line in error.diagnostic.splitlines() if line.startswith("error:")]
    lines = [line for line in lines if "could not be displayed" in line or "codepoint" in line or "code point" in line]
    # The first quotation of a line is the text; a second one is the name of a font.
    quoted = [match[1] for line in lines if (match := _QUOTED.search(line))]
    return frozenset(char for text in quoted for char in _ESCAPED.sub(_unescaped, text))


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else {"n": "\n", "t": "\t", "r": "\r"}.get(match[2], match[2])


def _without_quotes(error: typst.TypstError) -> str:
    return _QUOTED.sub("`…`", str(error.message))
