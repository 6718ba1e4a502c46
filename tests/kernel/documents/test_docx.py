"""The DOCX: styles, repeated headers, languages, alternative texts."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.kernel.documents import Document, Heading, Numbered, Paragraph, Table, to_docx

from .samples import everything, simple


def opened(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(document)))


def all_text(document: Document) -> str:
    body = opened(document).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def test_headings_and_title_are_real_styles() -> None:
    styles = [paragraph.style.name for paragraph in opened(everything()).paragraphs if paragraph.style]
    for name in (
        "Title",
        "Subtitle",
        "Heading 1",
        "Heading 2",
        "List Bullet",
        "List Number",
        "Intense Quote",
    ):
        assert name in styles


def test_properties_language_and_page_numbers() -> None:
    made = opened(everything())
    assert made.core_properties.title == "Tytuł Zażółć gęślą jaźń"
    assert made.core_properties.author == "Zażółć gęślą jaźń"
    defaults = made.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "pl-PL"
    for footer in (made.sections[0].footer, made.sections[0].first_page_footer):
        xml = footer._element.xml
        assert " PAGE " in xml
        assert " NUMPAGES " in xml
        assert "Środki" in xml


def test_tables_repeat_their_header_and_carry_their_name() -> None:
    table = next(
        table for table in opened(everything()).tables if len(table.rows) == 2 and "Dowód" in table.cell(0, 1).text
    )
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")).startswith("Tabela")


def test_table_properties_stand_in_the_order_the_format_asks_for() -> None:
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook", "tblCaption"]
    for table in opened(everything()).tables:
        found = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert found == sorted(found, key=order.index)


def test_every_picture_has_alternative_text() -> None:
    alts = [shape._inline.docPr.get("descr") for shape in opened(everything()).inline_shapes]
    assert alts == ["Logo Zażółć gęślą jaźń", "Obraz Zażółć gęślą jaźń", "Linia życia"]


@pytest.mark.parametrize(
    "text",
    [
        "#eval *b* $x$ <script>alert(1)</script> &amp; =1+1",
        "😀 王小明",
        "שרה כהן",
        "x" * 600,
        "a\u0000\u0007b",
    ],
)
def test_any_text_appears_literally(text: str) -> None:
    expected = text.replace("\u0000", "").replace("\u0007", "")
    assert all_text(everything(text)).count(expected) >= 20


def test_text_from_right_to_left_is_marked() -> None:
    xml = opened(simple(Paragraph("שרה כהן"))).element.body.xml
    assert "<w:bidi/>" in xml
    assert "<w:rtl/>" in xml
    assert 'w:bidi="he"' in xml


def test_two_numbered_lists_each_begin_where_they_say() -> None:
    made = opened(simple(Numbered(("a", "b")), Numbered(("c",), start=5)))
    ids = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style and p.style.name == "List Number"]
    assert ids[0] == ids[1] != ids[2]
    assert 'w:startOverride w:val="5"' in made.part.numbering_part.element.xml


def test_the_same_tree_gives_the_same_bytes() -> None:
    assert to_docx(everything()) == to_docx(everything())


def test_a_table_of_three_hundred_rows() -> None:
    rows = tuple((f"Efekt {at}", "b", "c") for at in range(300))
    assert "Efekt 299" in all_text(simple(Table("T", ("A", "B", "C"), rows)))


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=100))
def test_any_text_gives_a_document(text: str) -> None:
    table = Table(text, (text,), ((text,),))
    assert to_docx(simple(Heading(1, text), Paragraph(text), table, title=text)).startswith(b"PK")
