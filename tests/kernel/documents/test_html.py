"""The HTML preview: accessible and escaped."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.kernel.documents import Document, Heading, Paragraph, Run, Table, to_html

from .samples import everything, simple


def test_every_block_has_its_element_and_class() -> None:
    html = to_html(everything())
    for part in (
        '<article class="document" lang="pl">',
        "<h2>Tytuł",
        "<h3>",
        "<h4>",
        'class="table"',
        '<th scope="col">',
        '<th scope="row">',
        "<caption>",
        'class="summary"',
        "<dt>",
        'class="quote"',
        'class="notice"',
        "<ol",
        'start="4"',
        "<ul",
        "<figcaption>",
        'alt="Obraz',
        'class="signatures"',
        'class="page-break"',
    ):
        assert part in html


def test_nothing_breaks_a_strict_content_security_policy() -> None:
    html = to_html(everything("<b style='x' onclick=\"y\">"))
    root = ElementTree.fromstring(closed(html))
    names = {name for element in root.iter() for name in element.attrib}
    assert names <= {
        "class",
        "lang",
        "dir",
        "scope",
        "alt",
        "src",
        "start",
        "role",
        "aria-label",
        "tabindex",
        "data-label",
    }


def closed(html: str) -> str:
    """The fragment as XML: void elements closed."""
    return re.sub(r"<(img|br|hr)([^>]*)>", r"<\1\2/>", html)


@pytest.mark.parametrize("text", ["#eval *b* $x$ <script>alert(1)</script> &amp; =1+1", "😀 王小明", "x" * 600])
def test_any_text_appears_literally_and_escaped(text: str) -> None:
    html = to_html(everything(text))
    assert "<script" not in html
    plain = "".join(ElementTree.fromstring(closed(html)).itertext())
    assert plain.count(text) >= 20


def test_names_from_right_to_left_are_marked() -> None:
    html = to_html(simple(Paragraph(("Imię ", Run("محمد"))), Paragraph("שרה כהן")))
    assert '<span lang="ar" dir="rtl">محمد</span>' in html
    assert '<p dir="rtl"><span lang="he" dir="rtl">שרה כהן</span></p>' in html


def test_the_title_takes_the_level_that_the_page_gives_it() -> None:
    html = to_html(simple(Heading(1, "Rozdział")), heading_level=1)
    assert "<h1>Tytuł</h1>" in html
    assert "<h2>Rozdział</h2>" in html


def test_pictures_can_have_addresses_of_their_own() -> None:
    html = to_html(everything(), picture_url=lambda picture: f"/obraz/{picture.kind}?a=1&b=2")
    assert 'src="/obraz/png?a=1&amp;b=2"' in html
    assert "data:" not in html


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_gives_a_wellformed_fragment(text: str) -> None:
    document = Document(
        title=text,
        language="en",
        institution=text,
        blocks=(Paragraph(text), Table(text, (text,), ((text,),))),
    )
    ElementTree.fromstring(closed(to_html(document)))
