"""From the document tree to plain data for the PDF template: every text prepared, every picture a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from .fonts import SANS, SERIF, FontSet
from .pictures import drawing, raster
from .text import base_direction, bind, breadth, break_long_words, clean, printable, segments, shortened, shortest_long
from .tree import (
    Block,
    Bullets,
    CellContent,
    DefinitionList,
    Document,
    Flow,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Picture,
    SignatureLines,
    Spacer,
    Table,
    Text,
    flow,
    plain,
    runs,
)
from .words import WORDS

Data = dict[str, Any]

TEXT_WIDTH = 166.0  # mm: A4 without its margins
# Longest words, in clusters, that fit a line even in wide letters.
BODY_WORD = 45
HEADING_WORD = 28
TITLE_WORD = 20
SMALL_WORD = 60
LABEL_SHARE = 0.33
ROW_LINES = 18
_VOWELS = re.compile("[aeiouyąęóаеиоуяюєії]", re.IGNORECASE)


class Setter:
    """Turns one document into data for the template.

    `banned`: clusters that a first attempt could not set; they are printed as their code points.
    `files`: after `document()`, the pictures by file name.
    """

    def __init__(self, source: Document, fonts: FontSet, banned: frozenset[str] = frozenset()) -> None:
        self.source = source
        self.fonts = fonts
        self.banned = banned
        self.files: dict[str, bytes] = {}

    def covers(self, cluster: str) -> bool:
        return not any(char in self.banned for char in cluster) and self.fonts.covers(cluster)

    def string(self, value: str) -> str:
        """A single string that can be printed, for the file's own data and for alternative text."""
        return " ".join(printable(value, self.covers).split())

    def text(self, value: Text, limit: int = BODY_WORD, hyphenated: bool = False) -> Data:
        """Inline text: {"rtl": bool, "runs": [{"t": text, "s": strong, "e": emphasis, "l": language,
        "h": to be hyphenated}]}; a missing key is false."""
        found: list[Data] = []
        for run in runs(value):
            ready = bind(printable(run.text, self.covers), self.source.language)
            pieces = [(ready, run.lang)] if run.lang else segments(ready)
            for piece, lang in pieces:
                style: Data = {"s": True} if run.strong else {}
                style |= {"e": True} if run.emphasis else {}
                style |= {"l": _primary(lang)} if lang else {}
                found.extend(style | part for part in _words(piece, limit, hyphenated))
        return {"rtl": base_direction(plain(value)) == "rtl", "runs": _joined(found)}

    def optional(self, value: Text, limit: int = BODY_WORD) -> Data | None:
        return self.text(value, limit) if clean(plain(value)).strip() else None

    def picture(self, picture: Picture, number: int) -> Data:
        """A picture as a file of its own beside the data."""
        suffix = "svg" if picture.kind == "svg" else "png"
        name = f"picture-{number}.{suffix}"
        self.files[name] = self.drawing(picture) if picture.kind == "svg" else raster(picture)
        return {"path": name, "alt": self.string(picture.alt)}

    def drawing(self, picture: Picture) -> bytes:
        return drawing(picture, lambda text: printable(text, self.covers))

    def document(self) -> Data:
        """Everything the template asks for."""
        source = self.source
        words = WORDS[source.language]
        title = self.string(source.title) or words.untitled
        foot = [
            self.text(part, SMALL_WORD) for part in (source.funding_notice, source.reference) if clean(part).strip()
        ]
        return {
            "families": self._families(),
            "language": source.language,
            "region": "PL" if source.language == "pl" else "GB",
            "title": title,
            "author": [name] if (name := self.string(source.author)) else [],
            "description": self.string(source.funding_notice) or None,
            "words": {"page": words.page, "of": words.of},
            "institution": self.optional(source.institution, HEADING_WORD),
            "institution_lines": [self.text(row) for row in source.institution_lines if clean(row).strip()],
            "logo": self.picture(source.logo, 0) if source.logo else None,
            "heading": self.text(source.title if clean(source.title).strip() else title, TITLE_WORD),
            "subtitle": self.optional(source.subtitle, BODY_WORD),
            "meta": [[self.text(label, 20), self.text(value)] for label, value in source.meta],
            "foot": foot,
            "bottom": _bottom_margin(source),
            "running": {
                "left": self.text(shortened(source.institution, 80), SMALL_WORD),
                "right": self.text(shortened(source.title, 60), 30),
            },
            "blocks": Blocks(self).all(source.blocks),
        }

    def _families(self) -> Data:
        rest = [family for family in self.fonts.families if family not in (SANS, SERIF)]
        return {"sans": [SANS, *rest, SERIF], "serif": [SERIF, SANS, *rest]}


class Blocks:
    """The blocks of one document as data."""

    def __init__(self, setter: Setter) -> None:
        self.setter = setter
        self.level = 0
        self.pictures = 0

    def all(self, blocks: Sequence[Block]) -> list[Data]:
        return [data for block in blocks if (data := self.one(block)) is not None]

    def one(self, block: Block) -> Data | None:
        if isinstance(block, Heading):
            return self.heading(block)
        if isinstance(block, DefinitionList):
            return self.definitions(block)
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Picture):
            return self.picture(block)
        if isinstance(block, Notice):
            return {
                "kind": "notice",
                "title": self.setter.optional(block.title),
                "text": self.setter.text(block.text),
            }
        if isinstance(block, SignatureLines):
            return self.signatures(block)
        if isinstance(block, PageBreak):
            return {"kind": "pagebreak"}
        if isinstance(block, Spacer):
            return {"kind": "spacer", "lines": block.lines}
        return self.flow(block, self.setter.text)

    def heading(self, block: Heading) -> Data | None:
        """Levels never skip one, as PDF/UA demands: a heading is at most one level below the one before."""
        text = self.setter.optional(block.text, HEADING_WORD)
        if text is None:
            return None
        self.level = min(block.level, self.level + 1)
        return {"kind": "heading", "level": self.level, "text": text}

    def flow(self, block: Flow, text: Callable[[Text], Data]) -> Data | None:
        if isinstance(block, Paragraph):
            return {"kind": "paragraph", "text": text(block.text), "quote": block.quote, "muted": block.muted}
        items = [text(item) for item in block.items]
        if not items:
            return None
        if isinstance(block, Bullets):
            return {"kind": "bullets", "items": items}
        return {"kind": "numbered", "start": block.start, "items": items}

    def cell(self, content: CellContent, width: float) -> list[Data]:
        """Content of a cell `width` mm wide."""
        text = self.in_column(width)
        return [data for block in flow(content) if (data := self.flow(block, text)) is not None]

    def in_column(self, width: float) -> Callable[[Text], Data]:
        limit = max(4, int((width - 4) / 2.2))
        return lambda value: self.setter.text(value, limit, hyphenated=True)

    def definitions(self, block: DefinitionList) -> Data | None:
        label = self.in_column(TEXT_WIDTH * LABEL_SHARE)
        width = TEXT_WIDTH * (1 - LABEL_SHARE) - 5
        rows = [[label(name), self.cell(value, width)] for name, value in block.rows]
        return {"kind": "definitions", "rows": rows} if rows else None

    def table(self, block: Table) -> Data:
        widths = [fraction * TEXT_WIDTH for fraction in block.fractions()]
        return {
            "kind": "table",
            "caption": self.setter.optional(block.caption),
            "widths": list(block.fractions()),
            "header": [self.in_column(width)(cell) for width, cell in zip(widths, block.header, strict=True)],
            "rows": [self.row(row, widths) for row in block.rows],
            "row_headers": block.row_headers,
            "need": 21 + 4.4 * (_tallest(block.header, widths) + min(ROW_LINES, _first(block, widths))),
        }

    def row(self, row: tuple[CellContent, ...], widths: list[float]) -> Data:
        """A row stays on one page unless it is long."""
        cells = [self.cell(content, width) for width, content in zip(widths, row, strict=True)]
        return {"cells": cells, "breakable": _tallest(row, widths) > ROW_LINES}

    def picture(self, block: Picture) -> Data:
        self.pictures += 1
        data = self.setter.picture(block, self.pictures)
        return {
            "kind": "picture",
            **data,
            "width": block.width,
            "caption": self.setter.optional(block.caption),
        }

    def signatures(self, block: SignatureLines) -> Data | None:
        text = self.in_column(TEXT_WIDTH / max(1, min(3, len(block.places))) - 12)
        places = [
            {"label": text(place.label), "name": text(place.name) if clean(place.name).strip() else None}
            for place in block.places
        ]
        return {"kind": "signatures", "places": places} if places else None


def _words(piece: str, limit: int, hyphenated: bool) -> list[Data]:
    """Text with its long words made breakable: an ordinary word that is a little too long by hyphens, any
    other by zero-width spaces."""
    if not hyphenated:
        return [{"t": break_long_words(piece, limit)}]
    parts = re.split(rf"((?<!\w)[^\W\d_]{{{shortest_long(limit)},}}(?!\w))", piece)
    found: list[Data] = []
    for part in parts:
        syllables = len(_VOWELS.findall(part))
        by_hyphens = part.isalpha() and limit < breadth(part) <= limit * 1.5 and syllables * 5 >= len(part)
        found.append({"t": part, "h": True} if by_hyphens else {"t": break_long_words(part, limit)})
    return [part for part in found if part["t"]]


def _joined(found: list[Data]) -> list[Data]:
    """Runs without the white space at both ends of the whole text."""
    while found and not found[0]["t"].strip():
        found.pop(0)
    while found and not found[-1]["t"].strip():
        found.pop()
    if found:
        found[0]["t"] = found[0]["t"].lstrip()
        found[-1]["t"] = found[-1]["t"].rstrip()
    return found


def _first(block: Table, widths: list[float]) -> int:
    """Lines of the first row, which never stands on another page than the header and the caption."""
    return _tallest(block.rows[0], widths) if block.rows else 0


def _tallest(row: tuple[CellContent, ...], widths: list[float]) -> int:
    """About how many lines the tallest cell of a row takes."""
    pairs = zip(widths, row, strict=True)
    return max(sum(_lines(block, width) for block in flow(content)) for width, content in pairs)


def _lines(block: Flow, width: float) -> int:
    """About how many lines a block takes in a column `width` mm wide; narrow letters counted as wide ones."""
    texts = (block.text,) if isinstance(block, Paragraph) else block.items
    room = max(4.0, (width - 4) / 2.2)
    return sum(1 + int(len(line) / room) for text in texts for line in plain(text).split("\n"))


def _primary(lang: str) -> str:
    """The primary subtag, which is what the typesetter takes; anything else is said to be undetermined."""
    subtag = lang.split("-")[0].lower()
    return subtag if subtag.isascii() and subtag.isalpha() and 2 <= len(subtag) <= 3 else "und"


def _bottom_margin(source: Document) -> float:
    """Millimetres: room for the footer, about 105 small letters a line."""
    lines = sum(part.count("\n") + 1 + len(part) // 100 for part in (source.funding_notice, source.reference) if part)
    return min(90.0, 21 + max(1, lines) * 4.0)


__all__ = ["Blocks", "Setter"]
