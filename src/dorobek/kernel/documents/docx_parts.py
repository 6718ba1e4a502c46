"""What python-docx has no words for: languages, borders, fields, number restarts, fixed archive dates."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

INK = RGBColor(0x24, 0x1E, 0x18)
INK_2 = RGBColor(0x48, 0x3F, 0x34)
HAIR = "A89E8D"
WASH = "F4F1EA"
THREAD = "6F2459"
SANS = "Calibri"
SERIF = "Cambria"
_HEADINGS = {1: 16, 2: 13, 3: 11, 4: 11}
# The archive's own date: the earliest a ZIP can hold, so that the same tree gives the same bytes.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def element(name: str, **attributes: str) -> Any:
    """A WordprocessingML element: element("w:lang", val="pl-PL")."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_up(document: DocxDocument, language: str) -> None:
    """A4, margins, the document's language, and the look of the built-in styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(22), Mm(24)
    section.different_first_page_header_footer = True
    region = "pl-PL" if language == "pl" else "en-GB"
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=region, eastAsia="zh-CN", bidi="ar-SA"))
    _style(document, "Normal", SANS, 10.5, INK, after=6)
    _style(document, "Title", SERIF, 24, INK, after=4)
    _style(document, "Subtitle", SANS, 12, INK_2, after=8)
    _style(document, "Caption", SANS, 9.5, INK, bold=True, after=3)
    _style(document, "Intense Quote", SERIF, 10.5, INK, after=6)
    _style(document, "List Bullet", SANS, 10.5, INK, after=2)
    _style(document, "List Number", SANS, 10.5, INK, after=2)
    _style(document, "Header", SANS, 8, INK_2)
    _style(document, "Footer", SANS, 8, INK_2)
    document.styles["Header"].paragraph_format.tab_stops.clear_all()  # the page sets its own, at its right edge
    for level, size in _HEADINGS.items():
        family = SERIF if level < 3 else SANS
        _style(document, f"Heading {level}", family, size, INK, bold=level > 2, before=14 - level, after=4)
    _border(document.styles["Intense Quote"].element.get_or_add_pPr(), "left", THREAD, size=10, space=8)


def _style(
    document: DocxDocument,
    name: str,
    family: str,
    size: float,
    color: RGBColor,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
) -> None:
    style = document.styles[name]
    font = style.font
    font.name, font.size, font.bold, font.italic = family, Pt(size), bold, False
    font.color.rgb = color
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for slot in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{slot}"), family)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _border(properties: Any, side: str, color: str, *, size: int, space: int) -> None:
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val="single", sz=str(size), space=str(space), color=color))
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
        "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid",
        "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc",
        "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle",
        "w:rPr", "w:sectPr", "w:pPrChange",
    )  # fmt: skip


def rule(paragraph: Any, color: str, *, side: str = "bottom", size: int = 8, space: int = 4) -> None:
    """A line along one side of a paragraph; `size` in eighths of a point."""
    _border(paragraph._p.get_or_add_pPr(), side, color, size=size, space=space)


def mark_language(run: Any, lang: str, *, rtl: bool) -> None:
    """Language and direction of a run of text."""
    properties = run._r.get_or_add_rPr()
    if rtl:
        run.font.rtl = True
        run.font.complex_script = True
    properties.append(element("w:lang", **({"bidi": lang} if rtl else {"val": lang, "eastAsia": lang})))


def right_to_left(paragraph: Any) -> None:
    """A paragraph that begins on the right."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        element("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
        "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
        "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
    )  # fmt: skip


def table_borders(table: Any, sides: dict[str, str]) -> None:
    """Lines of a table by side (top, bottom, insideH): colour. Sides left out have none."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        color = sides.get(side)
        kind = {"val": "single", "sz": "4", "space": "0", "color": color} if color else {"val": "nil"}
        borders.append(element(f"w:{side}", **kind))
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription"
    )


def repeat_as_header(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, element("w:cantSplit", val="true"))


def keep_with_next(row: Any) -> None:
    """A row on the same page as the next one."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def shade(cell: Any, color: str) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=color))


def describe_table(table: Any, caption: str) -> None:
    """The table's name for screen readers."""
    table._tbl.tblPr.insert_element_before(element("w:tblCaption", val=caption), "w:tblDescription")


def field(paragraph: Any, code: str) -> None:
    """A field the word processor fills in, such as PAGE or NUMPAGES."""
    for kind, text in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif text is not None and kind is None:
            instruction = element("w:instrText")
            instruction.text = f" {text} "
            run._r.append(instruction)


def restart_numbering(document: DocxDocument, start: int) -> int:
    """The id of a numbering of its own that begins at `start`, drawn as the style List Number."""
    style = document.styles["List Number"].element
    style_id = style.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element
    abstract = numbering.num_having_numId(style_id).abstractNumId.val
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(num.numId)


def with_fixed_dates(data: bytes) -> bytes:
    """The same archive with every entry dated alike."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = info.external_attr
            target.writestr(entry, source.read(info.filename))
    return out.getvalue()
