"""Documents as somebody opens them: nothing cut in two, nothing left alone at the end of a page."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.documents import (
    Cell,
    DefinitionList,
    Document,
    Heading,
    Paragraph,
    Table,
    to_docx,
    to_pdf,
)
from dorobek.kernel.documents.text import shortened

from .samples import everything, simple

SOFFICE = shutil.which("soffice")
ROW = "Do września zdam egzamin z podstaw księgowości i przejdę do rozliczeń w biurze marketu."


def opened(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(document)))


def goals() -> Table:
    rows = tuple((f"Cel {n}", Cell((Paragraph(ROW, quote=True),)), "18 sierpnia 2027") for n in range(3))
    return Table("Terminarz", ("Rodzaj", "Cel własnymi słowami", "Termin"), rows, widths=(2, 4, 2))


@pytest.mark.parametrize("above", range(20, 44, 2))
def test_a_caption_stands_on_the_page_of_its_header_and_first_row(above: int) -> None:
    document = simple(*(Paragraph(f"Wiersz {n}") for n in range(above)), goals())
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(to_pdf(document))).pages]
    (page,) = [text for text in pages if "Terminarz" in text]
    assert "Rodzaj" in page
    assert re.search(r"Cel\s0", page)


def test_a_short_row_of_a_docx_is_not_cut_by_the_end_of_a_page_and_a_long_one_may_be() -> None:
    made = opened(simple(goals(), Table("", ("Długie",), (("słowo " * 2000,),)), DefinitionList((("Nazwa", "treść"),))))
    first, long, pairs = made.tables
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (*first.rows, *pairs.rows))
    assert long.rows[1]._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None


def test_the_header_of_a_docx_table_stays_with_the_first_row() -> None:
    head = opened(simple(goals())).tables[0].rows[0]
    assert all(paragraph.paragraph_format.keep_with_next for cell in head.cells for paragraph in cell.paragraphs)


def test_the_running_head_of_a_docx_names_the_institution_and_the_document() -> None:
    made = opened(everything())
    (head,) = made.sections[0].header.paragraphs
    assert head.text == "Urząd Zażółć gęślą jaźń\tTytuł Zażółć gęślą jaźń"
    assert list(made.styles["Header"].paragraph_format.tab_stops) == []  # else the title stands in the middle


def test_no_line_between_blocks_of_a_docx_is_as_high_as_a_line_of_text() -> None:
    made = opened(simple(Heading(1, "Cele"), goals(), Heading(1, "Dalej"), DefinitionList((("a", "b"),))))
    empty = [one for one in made.paragraphs if not one.text]
    assert empty
    assert all(one.paragraph_format.line_spacing.pt <= 8 for one in empty)


@given(st.text(max_size=200), st.integers(min_value=2, max_value=60))
def test_a_shortened_text_fits_and_says_that_it_was_shortened(text: str, length: int) -> None:
    found = shortened(text, length)
    whole = shortened(text, 10_000)
    assert len(found) <= length
    assert found == whole if len(whole) <= length else found.endswith("…")
    assert whole.startswith(found.removesuffix("…"))


def test_a_text_is_shortened_at_a_word() -> None:
    assert shortened("przejdę do rozliczeń w biurze marketu", 28) == "przejdę do rozliczeń w…"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_another_programme_opens_the_docx_with_everything_in_it(tmp_path: Path, language: str) -> None:
    path = tmp_path / "everything.docx"
    path.write_bytes(to_docx(everything(language=language)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "everything.pdf").pages]
    assert len(pages) >= 2
    assert all("Środki Zażółć gęślą jaźń" in page for page in pages), "the notice on funding is on every page"
    numbered = "Strona %d z %d" if language == "pl" else "Page %d of %d"
    for number, page in enumerate(pages, 1):
        assert numbered % (number, len(pages)) in page
    assert "Urząd Zażółć gęślą jaźń" in pages[1].splitlines()[0]
    text = "\n".join(pages)
    for words in ("Tytuł", "Rozdział", "Tabela", "Uwaga", "Uczestnik"):
        assert f"{words} Zażółć gęślą jaźń" in text
