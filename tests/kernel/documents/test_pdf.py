"""The PDF: tagged, archivable, and there whatever the text."""

import dataclasses
import io
import itertools
import re
import threading
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorobek.kernel.documents import (
    Document,
    Heading,
    Paragraph,
    Picture,
    PictureError,
    Run,
    Table,
    to_pdf,
)
from dorobek.kernel.documents import pdf as pdf_module
from dorobek.kernel.documents.fonts import SHIPPED, font_set
from tests.measuring import times_fixed_work

from .samples import DRAWING, everything, png, simple


def reader(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(document)))


def words(document: Document) -> str:
    """The text of all pages, without white space and break opportunities."""
    return squeezed("".join(page.extract_text() for page in reader(document).pages))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def test_a_pdf_says_it_is_pdf_ua_1_and_pdf_a_2a_and_is_tagged() -> None:
    pdf = reader(everything())
    xmp = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part>1<", xmp)
    assert re.search(r"<pdfaid:part>2<", xmp)
    assert re.search(r"<pdfaid:conformance>A<", xmp)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "pl-PL"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Tytuł Zażółć gęślą jaźń"


def test_tags_name_headings_tables_lists_and_pictures() -> None:
    kinds = [str(element["/S"]) for element in tags(reader(everything()))]
    for kind in ("/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Figure", "/BlockQuote"):
        assert kind in kinds


def test_every_picture_carries_its_alternative_text() -> None:
    alts = [str(element.get("/Alt")) for element in tags(reader(everything())) if element["/S"] == "/Figure"]
    assert alts == ["Logo Zażółć gęślą jaźń", "Obraz Zażółć gęślą jaźń", "Linia życia"]


def tags(pdf: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    found: list[pypdf.generic.DictionaryObject] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)  # type: ignore[arg-type]
            walk(node.get("/K"))

    walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_block_gives_its_text_back(language: str) -> None:
    found = words(everything("Zażółć gęślą jaźń", language))
    assert found.count(squeezed("Zażółć gęślą jaźń")) >= 25
    assert squeezed("Strona 1 z 2" if language == "pl" else "Page 1 of 2") in found


def test_no_field_is_read_as_markup_or_formula() -> None:
    nasty = '#eval("1") *b* $x$ <script>alert(1)</script> =1+1 @x `y` \\n ~ --- // /* ] } #panic("a") &amp; _z_'
    found = words(everything(nasty))
    assert found.count(squeezed(nasty)) >= 20


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Emoji 😀 👨‍👩‍👧 🇵🇱", "[U+1F600]"),
        ("王小明", "[U+738B]"),
        ("山田 太郎 김철수", "[U+5C71]"),
        ("a\u0000b\u0007c\ufeff\u202ed", "abcd"),
        ("\ue000 \ud800 \uffff \U0010ffff", "[U+E000]"),
        ("\u0301\u0489", "[U+0301"),
        ("→ ✓ ☐ ≤ −5 × ½ Ω €", "→✓☐≤−5×½Ω€"),
        ("Олена Шевченко", "ОленаШевченко"),
        ("0\u16800\u2003\u202f1", "001"),
        ("Nguyễn Văn Đức", "NguyễnVănĐức"),
    ],
)
def test_any_character_gives_a_document(name: str, expected: str) -> None:
    assert expected in words(everything(name))


@pytest.mark.parametrize(("name", "lang"), [("שרה כהן", "he"), ("محمد الأحمد", "ar")])
def test_names_from_right_to_left_are_marked_with_their_language(name: str, lang: str) -> None:
    found = [str(element.get("/Lang")) for element in tags(reader(everything(name)))]
    assert lang in found
    assert "[U+" not in words(everything(name))


def test_a_paragraph_of_ten_thousand_characters_is_there_whole() -> None:
    text = "Pracowałam w sklepie i uczyłam nowych. " * 260
    found = words(simple(Paragraph(text)))
    assert found.count("Pracowałamwsklepie") + found.count("uczyłamnowych.") >= 516  # a page may part one


def test_a_table_of_three_hundred_rows_repeats_its_header_on_every_page() -> None:
    rows = tuple((f"Efekt {at}", "Przykład z pracy", "Dowód") for at in range(300))
    pdf = reader(simple(Table("Kompetencje", ("Nagłówek A", "Nagłówek B", "Nagłówek C"), rows)))
    pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) > 5
    assert all("Nagłówek" in page for page in pages)
    assert all(f"Efekt {at}" in squeezed_keep(" ".join(pages)) for at in (0, 150, 299))


def squeezed_keep(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_a_cell_longer_than_a_page_runs_on() -> None:
    long = "słowo " * 3000
    pdf = reader(simple(Table("T", ("A", "B"), (("x", long), ("koniec", "y")))))
    assert len(pdf.pages) >= 3
    assert "koniec" in pdf.pages[-1].extract_text()


@pytest.mark.parametrize("letter", ["a", "W", "ż", "ש", "5"])
@pytest.mark.parametrize("length", [25, 600])
def test_a_word_without_end_stays_on_the_page(letter: str, length: int) -> None:
    word = letter * length
    document = simple(Heading(1, word), Paragraph(word), Table(word, (word, "B", "C"), ((word, "b", "c"),)), title=word)
    pdf = reader(document)
    edges = [edge for page in pdf.pages for edge in right_edges(page)]
    assert max(edges) < 595 - 40
    assert squeezed("".join(page.extract_text() for page in pdf.pages)).count(letter) >= 4 * length


def right_edges(page: pypdf.PageObject) -> list[float]:
    """Where each piece of text begins, in points from the left: none begins in the right margin."""
    edges: list[float] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            edges.append(cm[0] * tm[4] + cm[2] * tm[5] + cm[4])

    page.extract_text(visitor_text=visit)
    return edges


def test_one_letter_words_do_not_make_an_unbreakable_line() -> None:
    found = words(simple(Paragraph("a i o u w z " * 400), Paragraph("100 200 " * 400)))
    assert found.count("aiouwz") == 400


def test_an_empty_document_still_has_a_title() -> None:
    pdf = reader(Document(title="\u0000 ", language="pl", institution=""))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Dokument bez tytułu"


def test_heading_levels_never_skip_one() -> None:
    pdf = reader(simple(Heading(3, "a"), Heading(4, "b"), Heading(1, "c"), Heading(3, "d"), Heading(2, " ")))
    assert [str(e["/S"]) for e in tags(pdf) if str(e["/S"]).startswith("/H")] == ["/H1", "/H2", "/H1", "/H2"]


def test_the_same_tree_gives_the_same_bytes() -> None:
    document = dataclasses.replace(everything(), issued_at=datetime(2026, 11, 12, 9, 0, tzinfo=UTC))
    assert to_pdf(document) == to_pdf(document)
    pdf = reader(document)
    assert pdf.metadata is not None
    assert pdf.metadata.creation_date == datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


def test_a_picture_that_cannot_be_read_is_named_as_such() -> None:
    with pytest.raises(PictureError):
        to_pdf(simple(Picture(b"\x89PNG\r\n\x1a\n broken", alt="x")))
    with pytest.raises(PictureError):
        to_pdf(simple(Picture(b"<svg xmlns='http://www.w3.org/2000/svg'><rect", alt="x")))


def test_a_drawing_may_say_what_no_font_holds() -> None:
    text = "<text x='1' y='30'>王 😀 \ue000 a</text>"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 60'>{text}</svg>"
    assert reader(simple(Picture(svg.encode(), alt="x"))).pages


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_pictures_of_every_kind_and_shape_fit(mode: str) -> None:
    tall = Picture(png(20, 900, "RGB"), alt="wysoki")
    assert reader(simple(Picture(png(30, 30, mode), alt="x"), tall, Picture(DRAWING, alt="y"))).pages


def test_a_run_with_a_strange_language_tag_still_gives_a_document() -> None:
    assert "tekst" in words(simple(Paragraph((Run("tekst", lang="x"), Run("b", lang="uk-UA"), Run("c", lang="ą")))))


def test_threads_can_write_at_once() -> None:
    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(len(to_pdf(everything())))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    assert len(set(results)) == 1


def test_three_pages_take_no_longer_than_a_tenth_of_a_second_or_so() -> None:
    table = Table("T", ("A", "B", "C"), tuple(("Efekt", "Przykład " * 12, "Dowód") for _ in range(25)))
    document = simple(Heading(1, "A"), Paragraph("Zdanie o pracy. " * 120), table)
    to_pdf(document)
    numbers = itertools.count()
    # 0.06 s on a quiet machine; the limit leaves room for a busy one
    assert times_fixed_work(lambda: to_pdf(dataclasses.replace(document, reference=str(next(numbers))))) < 25


def test_fonts_are_shipped_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (SHIPPED / "OFL.txt").read_text()
    assert font_set().families[:2] == ("Noto Sans", "Noto Serif")
    assert sum(path.stat().st_size for path in SHIPPED.glob("*.ttf")) < 5_000_000
    assert font_set(("/nowhere/at/all",)).families == font_set().families


DEJAVU = Path("/usr/share/fonts/truetype/dejavu")


@pytest.mark.skipif(not DEJAVU.is_dir(), reason="the machine has no DejaVu fonts")
def test_fonts_of_the_machine_print_what_the_shipped_ones_lack() -> None:
    document = simple(Paragraph("uśmiech 😀"))
    with_more = pypdf.PdfReader(io.BytesIO(to_pdf(document, extra_font_folders=(str(DEJAVU),))))
    assert "😀" in with_more.pages[0].extract_text()
    assert "[U+1F600]" in words(document)


def test_a_failure_about_a_character_is_tried_again_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    trusting = dataclasses.replace(font_set(), covers=lambda cluster: True)
    monkeypatch.setattr(pdf_module, "font_set", lambda folders=(): trusting)
    assert "[U+738B]a\\[U+E000][U+1F600]" in words(simple(Paragraph("王 a \\ \ue000 😀")))


def test_a_failure_that_names_nothing_falls_back_to_latin_text(monkeypatch: pytest.MonkeyPatch) -> None:
    trusting = dataclasses.replace(font_set(), covers=lambda cluster: True)
    monkeypatch.setattr(pdf_module, "font_set", lambda folders=(): trusting)
    monkeypatch.setattr(pdf_module, "_offending", lambda error: frozenset())
    assert "Łódź[U+738B]" in words(simple(Paragraph("Łódź 王")))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_gives_a_document(text: str) -> None:
    table = Table(text, (text,), ((text,),))
    document = Document(
        title=text,
        language="pl",
        institution=text,
        funding_notice=text,
        blocks=(Heading(1, text), Paragraph(text), Paragraph(Run(text, emphasis=True), quote=True), table),
    )
    assert to_pdf(document).startswith(b"%PDF")
