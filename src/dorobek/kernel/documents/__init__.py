"""Documents that an office hands over: built once as a neutral tree, written as PDF, DOCX and HTML (SA-12).

    document = Document(title="Karta Bilansu Kompetencji", language="pl", institution="...", blocks=(...,))
    to_pdf(document)    tagged PDF/UA-1 and PDF/A-2a
    to_docx(document)   DOCX with real styles
    to_html(document)   an accessible fragment for the screen

Pure Python, without Django: every word comes in with the tree. The same tree gives the same bytes.
"""

from .docx import to_docx
from .engine import DocumentError
from .html import to_html
from .pdf import to_pdf
from .pictures import PictureError
from .tree import (
    Block,
    Bullets,
    Cell,
    CellContent,
    DefinitionList,
    Document,
    Flow,
    Heading,
    Language,
    Notice,
    Numbered,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
    SignatureLines,
    Spacer,
    Table,
    Text,
    paragraphs,
    plain,
)

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "CellContent",
    "DefinitionList",
    "Document",
    "DocumentError",
    "Flow",
    "Heading",
    "Language",
    "Notice",
    "Numbered",
    "PageBreak",
    "Paragraph",
    "Picture",
    "PictureError",
    "Run",
    "Signature",
    "SignatureLines",
    "Spacer",
    "Table",
    "Text",
    "paragraphs",
    "plain",
    "to_docx",
    "to_html",
    "to_pdf",
]
