"""The neutral document tree: what a document says, without how it looks (SA-12).

A document is built once as this tree; the writers for PDF, DOCX and HTML read the same tree, so that the
three never drift. Everything is frozen and holds plain strings: no markup is ever read out of a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["pl", "en"]
PictureKind: TypeAlias = Literal["png", "jpeg", "svg"]

# Used where a document carries no date of its own, so that the same tree always gives the same bytes.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of running text. `lang` is a BCP 47 tag, where it differs from the document's language."""

    text: str
    strong: bool = False
    emphasis: bool = False
    lang: str | None = None


Text: TypeAlias = str | Run | tuple[str | Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; level 1 is the highest below the document's title. An empty one is left out."""

    level: int
    text: Text

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"A heading has a level from 1 to 4, not {self.level}.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line feed in it starts a new line. `quote`: a person's own words. `muted`: second
    voice, such as the sentence that stands for an empty section."""

    text: Text
    quote: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list whose order matters."""

    items: tuple[Text, ...]
    start: int = 1


Flow: TypeAlias = Paragraph | Bullets | Numbered


@dataclass(frozen=True, slots=True)
class Cell:
    """Content of a table cell or of a definition that is more than one piece of text."""

    blocks: tuple[Flow, ...]


CellContent: TypeAlias = Text | Cell


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Rows of a label and its value, as on a form that is filled in."""

    rows: tuple[tuple[Text, CellContent], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row that is repeated on every page.

    `widths`: one fraction per column, in any scale ((2, 3, 1) and (.33, .5, .17) say the same); empty means
    equal.
    `row_headers`: the first cell of a row names the row.
    """

    caption: Text
    header: tuple[Text, ...]
    rows: tuple[tuple[CellContent, ...], ...]
    widths: tuple[float, ...] = ()
    row_headers: bool = False

    def __post_init__(self) -> None:
        if not self.header:
            raise ValueError("A table needs header cells.")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("Every row of a table has as many cells as its header.")
        if self.widths and (len(self.widths) != len(self.header) or min(self.widths) <= 0):
            raise ValueError("A table has one width above zero per column.")

    def fractions(self) -> tuple[float, ...]:
        """Column widths that add up to 1."""
        widths = self.widths or (1.0,) * len(self.header)
        return tuple(width / sum(widths) for width in widths)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, JPEG or SVG picture. `width` is a fraction of the text width."""

    data: bytes
    alt: str
    caption: Text = ""
    width: float = 1.0

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("A picture needs alternative text.")
        if not 0 < self.width <= 1:
            raise ValueError("The width of a picture is a fraction of the text width.")
        if not picture_kind(self.data):
            raise ValueError("A picture is PNG, JPEG or SVG.")

    @property
    def kind(self) -> PictureKind:
        """What the bytes are, by their first bytes and not by a name."""
        kind = picture_kind(self.data)
        assert kind is not None
        return kind


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark set apart, for instance on voluntariness or on what a document does not prove."""

    text: Text
    title: Text = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One place to sign: who signs, and in which role."""

    label: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Places to sign, side by side."""

    places: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts on a new page."""


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty room of so many lines, for instance to be written in by hand."""

    lines: float = 1.0


Block: TypeAlias = (
    Heading
    | Paragraph
    | Bullets
    | Numbered
    | DefinitionList
    | Table
    | Picture
    | Notice
    | SignatureLines
    | PageBreak
    | Spacer
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `institution_lines`: unit, address, contact below the institution's name in the letterhead.
    `meta`: short label and value pairs under the title (whose it is, who wrote it, when, which version).
    `reference`: a short mark in the footer, such as the number and version of the document.
    `issued_at`: date in the file's own data; timezone-aware.
    """

    title: str
    language: Language
    institution: str
    blocks: tuple[Block, ...] = ()
    subtitle: Text = ""
    meta: tuple[tuple[Text, Text], ...] = ()
    institution_lines: tuple[str, ...] = ()
    logo: Picture | None = None
    funding_notice: str = ""
    reference: str = ""
    author: str = ""
    issued_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.issued_at is not None and self.issued_at.tzinfo is None:
            raise ValueError("The date of a document needs a time zone.")

    @property
    def moment(self) -> datetime:
        """The document's own date in UTC, or a fixed one."""
        return (self.issued_at or NO_DATE).astimezone(UTC)


def picture_kind(data: bytes) -> PictureKind | None:
    """PNG, JPEG or SVG by the first bytes; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    head = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return "svg" if head.startswith(b"<") and b"<svg" in head else None


def runs(text: Text) -> tuple[Run, ...]:
    """Any inline text as runs."""
    if isinstance(text, str):
        return (Run(text),)
    if isinstance(text, Run):
        return (text,)
    return tuple(Run(part) if isinstance(part, str) else part for part in text)


def plain(text: Text) -> str:
    """Inline text without its markings."""
    return "".join(run.text for run in runs(text))


def flow(content: CellContent) -> tuple[Flow, ...]:
    """What a cell holds, as blocks."""
    return content.blocks if isinstance(content, Cell) else (Paragraph(content),)


def paragraphs(text: str, *, quote: bool = False) -> tuple[Paragraph, ...]:
    """What a person typed into a field, as paragraphs: an empty line parts them."""
    pieces = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return tuple(Paragraph(piece.strip(), quote=quote) for piece in pieces if piece.strip())
