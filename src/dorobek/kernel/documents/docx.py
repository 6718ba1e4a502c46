"""DOCX writer: real heading styles, repeated header rows, languages, alternative texts, page numbers."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import docx
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from . import docx_parts as parts
from .pictures import bitmap
from .text import base_direction, bind, clean, segments, shortened
from .tree import (
    Block,
    Bullets,
    CellContent,
    DefinitionList,
    Document,
    Flow,
    Heading,
    Language,
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
)
from .tree import runs as runs_of
from .words import WORDS

TEXT_WIDTH = 166.0  # mm
LONG_CELL = 600  # characters: a longer cell may go on over the page
_RTL = ("ar", "he", "fa", "ur", "yi")


def to_docx(document: Document) -> bytes:
    """The document as DOCX; the same tree gives the same bytes.

    Raises PictureError for a picture that cannot be read.
    """
    return _Writer(document).save()


@cache
def _prepared(language: Language) -> bytes:
    """An empty document with the styles set up, made once for each language."""
    document = docx.Document()
    parts.set_up(document, language)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def _style_id(name: str) -> str:
    """The identifier of a built-in style; python-docx would look through every style for each paragraph."""
    return str(docx.Document().styles[name].style_id)


def _styled(paragraph: Any, name: str) -> Any:
    paragraph._p.style = _style_id(name)
    return paragraph


class _Writer:
    def __init__(self, source: Document) -> None:
        self.source = source
        self.level = 0
        self.docx = docx.Document(io.BytesIO(_prepared(source.language)))

    def save(self) -> bytes:
        self.properties()
        self.page_ends()
        self.letterhead()
        for block in self.source.blocks:
            self.block(block)
        out = io.BytesIO()
        self.docx.save(out)
        return parts.with_fixed_dates(out.getvalue())

    # ---- around the text ----

    def title(self) -> str:
        return " ".join(clean(self.source.title).split()) or WORDS[self.source.language].untitled

    def properties(self) -> None:
        """Core properties; the format holds at most 255 characters in each."""
        core = self.docx.core_properties
        moment = self.source.moment.replace(tzinfo=None)
        core.title = self.title()[:255]
        core.author = clean(self.source.author or self.source.institution)[:255]
        core.last_modified_by = core.author
        core.subject = clean(self.source.funding_notice)[:255]
        core.language = self.source.language
        core.comments = core.keywords = core.category = ""
        core.created = core.modified = moment
        core.revision = 1

    def page_ends(self) -> None:
        """Footers on every page; a running head from the second page on."""
        section = self.docx.sections[0]
        for footer in (section.first_page_footer, section.footer):
            for text in (self.source.funding_notice, self.source.reference):
                if clean(text).strip():
                    self.fill(_styled(footer.add_paragraph(), "Footer"), text)
            self.page_number(_styled(footer.add_paragraph(), "Footer"))
            self.drop(footer.paragraphs[0])
            parts.rule(footer.paragraphs[0], parts.HAIR, side="top", size=4)
        head = section.header.paragraphs[0]
        tabs = head.paragraph_format.tab_stops
        tabs.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        head.add_run(f"{shortened(self.source.institution, 70)}\t{shortened(self.title(), 60)}")

    def page_number(self, paragraph: Any) -> None:
        words = WORDS[self.source.language]
        paragraph.alignment = 2
        paragraph.add_run(f"{words.page} ")
        parts.field(paragraph, "PAGE")
        paragraph.add_run(f" {words.of} ")
        parts.field(paragraph, "NUMPAGES")

    @staticmethod
    def drop(paragraph: Any) -> None:
        paragraph._p.getparent().remove(paragraph._p)

    def letterhead(self) -> None:
        source = self.source
        if source.logo:
            self.add_picture(self.docx.add_paragraph(), source.logo, height=Mm(16))
        name = self.docx.add_paragraph()
        self.fill(name, source.institution, size=12, family=parts.SERIF)
        for line in source.institution_lines:
            name.paragraph_format.space_after = Pt(0)
            name = self.docx.add_paragraph()
            self.fill(name, line, size=9)
        parts.rule(name, parts.THREAD, size=10)
        self.fill(_styled(self.docx.add_paragraph(), "Title"), self.title())
        if clean(plain(source.subtitle)).strip():
            self.fill(_styled(self.docx.add_paragraph(), "Subtitle"), source.subtitle)
        if source.meta:
            self.pairs(source.meta, lines={})
            self.gap(8)

    # ---- text ----

    def fill(self, paragraph: Any, text: Text, *, size: float | None = None, family: str | None = None,
             strong: bool = False, emphasis: bool = False) -> Any:  # fmt: skip
        """Inline text into a paragraph, run by run."""
        if base_direction(plain(text)) == "rtl":
            parts.right_to_left(paragraph)
        for run in runs_of(text):
            ready = bind(clean(run.text), self.source.language)
            pieces = [(ready, run.lang)] if run.lang else segments(ready)
            for piece, lang in pieces:
                made = paragraph.add_run(piece)
                if run.strong or strong:
                    made.bold = True
                if run.emphasis or emphasis:
                    made.italic = True
                if size:
                    made.font.size = Pt(size)
                if family:
                    made.font.name = family
                if lang:
                    parts.mark_language(made, lang, rtl=lang.split("-")[0] in _RTL)
        return paragraph

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.heading(block)
        elif isinstance(block, DefinitionList):
            self.pairs(block.rows)
        elif isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Picture):
            self.picture(block)
        elif isinstance(block, Notice):
            self.notice(block)
        elif isinstance(block, SignatureLines):
            self.signatures(block)
        elif isinstance(block, PageBreak):
            self.docx.add_page_break()
        elif isinstance(block, Spacer):
            self.docx.add_paragraph().paragraph_format.space_after = Pt(block.lines * 14)
        else:
            self.flow(block, self.docx.add_paragraph)

    def heading(self, block: Heading) -> None:
        if clean(plain(block.text)).strip():
            self.level = min(block.level, self.level + 1)
            self.fill(_styled(self.docx.add_paragraph(), f"Heading {self.level}"), block.text)

    def flow(self, block: Flow, add: Callable[[], Any], *, size: float | None = None, strong: bool = False) -> None:
        """A paragraph or a list into the body or a cell (which has a `size`); `add` makes the next paragraph there."""
        if isinstance(block, Paragraph):
            paragraph = add()
            if block.quote:
                _styled(paragraph, "Intense Quote")
                paragraph.paragraph_format.left_indent = Mm(3 if size else 4)
                paragraph.paragraph_format.right_indent = Mm(0)
            self.fill(paragraph, block.text, size=size, strong=strong, emphasis=block.muted)
            return
        number = None if isinstance(block, Bullets) else parts.restart_numbering(self.docx, block.start)
        for item in block.items:
            paragraph = add()
            _styled(paragraph, "List Bullet" if number is None else "List Number")
            if number is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number
            self.fill(paragraph, item, size=size, strong=strong)

    def notice(self, block: Notice) -> None:
        for text, strong in ((block.title, True), (block.text, False)):
            if clean(plain(text)).strip():
                paragraph = self.docx.add_paragraph()
                paragraph.paragraph_format.left_indent = Mm(4)
                paragraph.paragraph_format.keep_with_next = strong
                parts.rule(paragraph, str(parts.INK_2), side="left", size=18, space=8)
                self.fill(paragraph, text, strong=strong)

    # ---- tables ----

    def cell(self, cell: Any, content: CellContent, *, strong: bool = False) -> None:
        first = [cell.paragraphs[0]]

        def add() -> Any:
            paragraph = first.pop() if first else cell.add_paragraph()
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            return paragraph

        for block in flow(content):
            self.flow(block, add, size=9.5, strong=strong)

    def grid(self, columns: Sequence[float], lines: dict[str, str]) -> Any:
        """An empty table with columns in mm. Rows are added by the caller."""
        table = self.docx.add_table(rows=0, cols=len(columns))
        table.autofit = False
        for column, width in zip(table.columns, columns, strict=True):
            column.width = Mm(width)
        parts.table_borders(table, lines)
        return table

    def add_row(self, table: Any, columns: Sequence[float]) -> list[Any]:
        cells = list(table.add_row().cells)
        for cell, width in zip(cells, columns, strict=True):
            cell.width = Mm(width)
        return cells

    def table(self, block: Table) -> None:
        columns = [fraction * TEXT_WIDTH for fraction in block.fractions()]
        caption = clean(plain(block.caption)).strip()
        if caption:
            paragraph = self.fill(_styled(self.docx.add_paragraph(), "Caption"), block.caption)
            paragraph.paragraph_format.keep_with_next = True
        table = self.grid(columns, {"bottom": parts.HAIR, "insideH": parts.HAIR})
        if caption:
            parts.describe_table(table, caption)
        for cell, text in zip(self.add_row(table, columns), block.header, strict=True):
            self.cell(cell, text, strong=True)
            parts.shade(cell, parts.WASH)
        parts.keep_together(table.rows[0])
        parts.repeat_as_header(table.rows[0])
        parts.keep_with_next(table.rows[0])
        for row in block.rows:
            for at, (cell, content) in enumerate(zip(self.add_row(table, columns), row, strict=True)):
                self.cell(cell, content, strong=block.row_headers and at == 0)
            self.whole(table.rows[-1])
        self.gap()

    @staticmethod
    def whole(row: Any) -> None:
        """A row is not cut by the end of a page, unless it could not fit one."""
        if max(sum(len(p.text) for p in cell.paragraphs) for cell in row.cells) < LONG_CELL:
            parts.keep_together(row)

    def pairs(self, rows: Sequence[tuple[Text, CellContent]], lines: dict[str, str] | None = None) -> None:
        if not rows:
            return
        columns = (TEXT_WIDTH * 0.33, TEXT_WIDTH * 0.67)
        full = dict.fromkeys(("top", "bottom", "insideH"), parts.HAIR)
        table = self.grid(columns, full if lines is None else lines)
        for label, value in rows:
            left, right = self.add_row(table, columns)
            self.cell(left, label, strong=True)
            self.cell(right, value)
            self.whole(table.rows[-1])
        self.gap()

    def gap(self, height: float = 6) -> None:
        """Two tables that touch would become one: the line between them is as low as it can be."""
        form = self.docx.add_paragraph().paragraph_format
        form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(height)

    def signatures(self, block: SignatureLines) -> None:
        for at in range(0, len(block.places), 3):
            places = block.places[at : at + 3]
            columns = [TEXT_WIDTH / len(places)] * len(places)
            table = self.grid(columns, {})
            cells = self.add_row(table, columns)
            parts.keep_together(table.rows[0])
            for cell, place in zip(cells, places, strict=True):
                line = cell.paragraphs[0]
                line.paragraph_format.space_before = Pt(42)
                line.paragraph_format.right_indent = Mm(8)
                parts.rule(line, "241E18", side="top", size=4)
                self.fill(line, place.name or " ", size=9.5)
                self.fill(cell.add_paragraph(), place.label, size=9)
            self.gap()

    # ---- pictures ----

    def picture(self, block: Picture) -> None:
        paragraph = self.docx.add_paragraph()
        self.add_picture(paragraph, block, width=Mm(TEXT_WIDTH * block.width))
        if clean(plain(block.caption)).strip():
            paragraph.paragraph_format.keep_with_next = True
            self.fill(_styled(self.docx.add_paragraph(), "Caption"), block.caption)

    def add_picture(self, paragraph: Any, picture: Picture, *, width: Any = None, height: Any = None) -> None:
        """A picture that fits the page, with its alternative text."""
        inline = paragraph.add_run().add_picture(io.BytesIO(bitmap(picture)), width=width, height=height)
        scale = min(1.0, Mm(TEXT_WIDTH) / inline.width, Mm(200) / inline.height)
        inline.width, inline.height = int(inline.width * scale), int(inline.height * scale)
        inline._inline.docPr.set("descr", clean(picture.alt))
