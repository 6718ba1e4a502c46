"""The picture of a badge: legible, told in words, the same every time."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.vc.badges import baking, drawing
from dorobek.vc.badges.drawing import Design, draw
from dorobek.vc.badges.symbols import COLOURS, SHAPES, SYMBOLS
from dorobek.vc.errors import VcError

TAG = "{http://www.w3.org/2000/svg}"


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", COLOURS)
def test_every_colour_can_be_read_by_everybody(name):
    light, dark = sorted((luminance(COLOURS[name].ground), luminance(COLOURS[name].ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


WORDS = [(), ("Arkusz",), ("Arkusz", "kasowy"), ("Obsługa", "kasy", "P3")]


@pytest.mark.parametrize("shape", SHAPES)
def test_ordinary_words_fit_every_shape_and_stay_legible(shape):
    for symbol, lines in product(["", *SYMBOLS], WORDS):
        root = ElementTree.fromstring(draw(Design(shape, "teal", symbol, lines)))
        assert all(float(one.get("font-size", 0)) * 64 / 512 >= 7 for one in root.iter(f"{TAG}g"))
        assert all(0 < float(one.get("y", 0)) < 512 for one in root.iter(f"{TAG}text"))
        drawn = [one for one in root.iter(f"{TAG}path") if one.get("fill") == "none"]
        assert len(drawn) == bool(symbol)
        for one in drawn:
            scale = float(re.findall(r"scale\(([\d.]+)\)", one.get("transform", ""))[0])
            assert float(one.get("stroke-width", 0)) * scale * 64 / 512 >= 1  # at least a pixel


def test_a_badge_is_told_in_words():
    root = ElementTree.fromstring(
        draw(Design(lines=("Arkusz",), title="Prowadzenie arkusza", about="Odznaka z gwiazdą"))
    )
    told = {one.tag: (one.get("id"), one.text) for one in root if one.tag in (f"{TAG}title", f"{TAG}desc")}
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby") or "").split() == [told[f"{TAG}title"][0], told[f"{TAG}desc"][0]]
    assert told[f"{TAG}title"][1] == "Prowadzenie arkusza"


def test_the_same_design_gives_the_same_picture_and_another_other_ids():
    assert draw(Design(lines=("A",))) == draw(Design(lines=("A",)))
    first, second = (re.findall(r' id="(\w+)"', draw(Design(lines=(line,)))) for line in "AB")
    assert not set(first) & set(second)


def test_a_credential_fits_into_the_picture():
    assert baking.unbake(baking.bake(draw(Design()).encode(), "a.b.c")) == "a.b.c"


@pytest.mark.parametrize(
    ("design", "code", "path"),
    [
        (Design(shape="cloud"), "word", "shape"),
        (Design(colour="#ff0000"), "word", "colour"),
        (Design(symbol="skull"), "word", "symbol"),
        (Design(lines=("a", "b", "c", "d")), "too-many-lines", "lines"),
        (Design(lines=("dobrze", "Konstantynopolitańczykowianeczka")), "too-long", "lines[1]"),
        (Design(lines=("a\x00b",)), "text", ""),
    ],
)
def test_what_cannot_be_drawn_well_is_refused(design, code, path):
    with pytest.raises(VcError) as raised:
        draw(design)
    assert (raised.value.code, raised.value.path) == (code, path)


@given(st.sampled_from(sorted(SHAPES)), st.lists(st.text(max_size=12), max_size=3), st.text(max_size=20))
def test_any_words_give_a_picture_or_a_reason(shape, lines, title):
    try:
        picture = draw(Design(shape, "sky", "book", tuple(lines), title))
    except VcError as error:
        assert error.code in ("too-long", "text")  # noqa: PT017
    else:
        assert ElementTree.fromstring(picture).tag == f"{TAG}svg"
        assert drawing.SMALLEST == 56
