"""HTML writer: an accessible fragment for a preview on the screen, by the classes of the design system.

No inline style, no script; every text and attribute is escaped. Pictures are data addresses unless the caller
names an address for each (a content security policy may not allow `data:`).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from html import escape

from .text import base_direction, bind, clean, segments
from .tree import (
    Block,
    Bullets,
    CellContent,
    DefinitionList,
    Document,
    Flow,
    Heading,
    Notice,
    Numbered,
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

_RTL = ("ar", "he", "fa", "ur", "yi")


def to_html(document: Document, *, heading_level: int = 2, picture_url: Callable[[Picture], str] | None = None) -> str:
    """The document as an `<article>`. `heading_level`: level of its title on the page around it (1 to 3)."""
    return _Writer(document, heading_level, picture_url or _data_address).article()


def _data_address(picture: Picture) -> str:
    kind = "svg+xml" if picture.kind == "svg" else picture.kind
    return f"data:image/{kind};base64,{base64.b64encode(picture.data).decode()}"


def _attributes(**values: str | None) -> str:
    found = ((name.rstrip("_").replace("_", "-"), value) for name, value in values.items() if value)
    return "".join(f' {name}="{escape(value)}"' for name, value in found)


class _Writer:
    def __init__(self, document: Document, heading_level: int, picture_url: Callable[[Picture], str]) -> None:
        self.document = document
        self.base = heading_level
        self.level = 0
        self.picture_url = picture_url

    def article(self) -> str:
        parts = [self.head(), *(self.block(block) for block in self.document.blocks), self.foot()]
        inside = "\n".join(part for part in parts if part)
        return f'<article class="document" lang="{escape(self.document.language)}">\n{inside}\n</article>'

    def head(self) -> str:
        source = self.document
        logo = f'<p class="document-logo">{self.image(source.logo)}</p>' if source.logo else ""
        name = self.element("p", source.institution, class_="document-institution")
        lines = "".join(self.element("p", line, class_="meta") for line in source.institution_lines)
        title = self.element(f"h{self.base}", source.title if _said(source.title) else WORDS[source.language].untitled)
        subtitle = self.element("p", source.subtitle, class_="document-subtitle")
        inside = f"{logo}{name}{lines}{title}{subtitle}{self.pairs(source.meta)}"
        return f'<header class="document-head">{inside}</header>'

    def foot(self) -> str:
        texts = (self.document.funding_notice, self.document.reference)
        inside = "".join(self.element("p", text, class_="meta") for text in texts)
        return f'<footer class="document-foot">{inside}</footer>' if inside else ""

    def element(self, tag: str, text: Text, class_: str | None = None) -> str:
        """One element with inline text; nothing for an empty text."""
        if not _said(text):
            return ""
        return f"<{tag}{_attributes(class_=class_, dir=_direction(text))}>{self.inline(text)}</{tag}>"

    def inline(self, text: Text) -> str:
        pieces: list[str] = []
        for run in runs(text):
            ready = bind(clean(run.text), self.document.language)
            parts = [(ready, run.lang)] if run.lang else segments(ready)
            body = "".join(_piece(part, lang) for part, lang in parts)
            body = f"<em>{body}</em>" if run.emphasis else body
            pieces.append(f"<strong>{body}</strong>" if run.strong else body)
        return "".join(pieces).strip()

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self.heading(block)
        if isinstance(block, DefinitionList):
            return self.pairs(block.rows)
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Picture):
            caption = self.element("figcaption", block.caption)
            return f'<figure class="picture">{self.image(block)}{caption}</figure>'
        if isinstance(block, Notice):
            inside = self.element("strong", block.title)
            title = f"<p>{inside}</p>" if inside else ""
            return f'<div class="notice" role="note">{title}{self.element("p", block.text)}</div>'
        if isinstance(block, SignatureLines):
            return self.signatures(block)
        if isinstance(block, PageBreak):
            return '<hr class="page-break">'
        if isinstance(block, Spacer):
            return ""
        return self.flow(block)

    def heading(self, block: Heading) -> str:
        if not _said(block.text):
            return ""
        self.level = min(block.level, self.level + 1)
        return self.element(f"h{min(6, self.base + self.level)}", block.text)

    def flow(self, block: Flow) -> str:
        if isinstance(block, Paragraph):
            if block.quote:
                inside = self.element("p", block.text)
                return f'<blockquote class="quote">{inside}</blockquote>' if inside else ""
            return self.element("p", block.text, class_="meta" if block.muted else None)
        items = "".join(f"<li{_attributes(dir=_direction(item))}>{self.inline(item)}</li>" for item in block.items)
        if isinstance(block, Bullets):
            return f'<ul class="list">{items}</ul>' if items else ""
        return self.numbered(block, items)

    def numbered(self, block: Numbered, items: str) -> str:
        start = str(block.start) if block.start != 1 else None
        return f"<ol{_attributes(class_='list', start=start)}>{items}</ol>" if items else ""

    def cell(self, content: CellContent) -> str:
        """A single plain paragraph stands in its cell without an element of its own."""
        blocks = flow(content)
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not (blocks[0].quote or blocks[0].muted):
            return self.inline(blocks[0].text)
        return "".join(self.flow(block) for block in blocks)

    def pairs(self, rows: Iterable[tuple[Text, CellContent]]) -> str:
        inside = "".join(
            f"<div><dt>{self.inline(label)}</dt><dd{_attributes(dir=_cell_direction(value))}>{self.cell(value)}</dd></div>"
            for label, value in rows
        )
        return f'<dl class="summary">{inside}</dl>' if inside else ""

    def table(self, block: Table) -> str:
        header = "".join(f'<th scope="col">{self.inline(cell)}</th>' for cell in block.header)
        body = "".join(f"<tr>{self.row(row, block)}</tr>" for row in block.rows)
        label = clean(plain(block.caption)).strip() or clean(plain(block.header[0])).strip() or None
        region = _attributes(role="region", aria_label=label)
        return (
            f'<div class="table-wrap"{region} tabindex="0">'
            f'<table class="table">{self.element("caption", block.caption)}'
            f"<thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def row(self, row: tuple[CellContent, ...], block: Table) -> str:
        """Cells that know their column, so that a phone can show a row as a slip."""
        cells = []
        for at, content in enumerate(row):
            tag, scope = ("th", "row") if block.row_headers and at == 0 else ("td", None)
            label = clean(plain(block.header[at])).strip() if tag == "td" else None
            opening = f"<{tag}{_attributes(scope=scope, data_label=label, dir=_cell_direction(content))}>"
            cells.append(f"{opening}{self.cell(content)}</{tag}>")
        return "".join(cells)

    def image(self, picture: Picture) -> str:
        return f'<img src="{escape(self.picture_url(picture))}" alt="{escape(clean(picture.alt))}">'

    def signatures(self, block: SignatureLines) -> str:
        places = "".join(
            f'<li><span class="signature-name">{self.inline(place.name)}</span> '
            f'<span class="meta">{self.inline(place.label)}</span></li>'
            for place in block.places
        )
        return f'<ul class="signatures">{places}</ul>' if places else ""


def _piece(text: str, lang: str | None) -> str:
    inside = escape(text).replace("\n", "<br>")
    if not lang:
        return inside
    direction = "rtl" if lang.split("-")[0] in _RTL else None
    return f"<span{_attributes(lang=lang, dir=direction)}>{inside}</span>"


def _said(text: Text) -> bool:
    return bool(clean(plain(text)).strip())


def _direction(text: Text) -> str | None:
    return "rtl" if base_direction(plain(text)) == "rtl" else None


def _cell_direction(content: CellContent) -> str | None:
    blocks = flow(content)
    return _direction(blocks[0].text) if len(blocks) == 1 and isinstance(blocks[0], Paragraph) else None
