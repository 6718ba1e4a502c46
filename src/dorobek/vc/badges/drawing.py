"""The picture of a badge: shape, colour, symbol and up to three short lines, legible at 64 pixels.

The same design gives the same bytes. A line that would be smaller than 7 pixels at that size is refused, with the number
of characters that would fit.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from dorobek.vc.badges.symbols import COLOURS, SHAPES, SYMBOLS, Colour, Shape
from dorobek.vc.errors import VcError

LARGEST, SMALLEST = 104, 56  # of the letters, in a picture of 512; 56 is 7 pixels at 64
LEADING = 1.12
MOST_LINES = 3
GAP = 14  # between symbol and text
_SYMBOL_SIZE = (290, 190, 150, 112)  # by the number of lines
_SMALLER = (120, 96, 80)  # 80 is 10 pixels at 64
_NARROW, _WIDE = set("iIjlłtfr1.,:;!|'()[]- "), set("mwMWŁ@%&")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FONT = "'DejaVu Sans Condensed','Segoe UI','Noto Sans',Roboto,Arial,sans-serif"


@dataclass(frozen=True)
class Design:
    """`shape`, `colour` and `symbol` are names of `symbols` (symbol may be ""); `title` and `about` are read aloud."""

    shape: str = "circle"
    colour: str = "plum"
    symbol: str = "star"
    lines: tuple[str, ...] = ()
    title: str = ""
    about: str = ""


def draw(design: Design) -> str:
    """The picture as SVG. Raises VcError `word` (a name not on the lists), `too-many-lines`, `too-long`, `text`."""
    shape, colour = _chosen(design)
    lines = tuple(" ".join(line.split()) for line in design.lines if line.strip())
    if len(lines) > MOST_LINES:
        raise VcError("too-many-lines", f"a badge has at most {MOST_LINES} lines", "lines")
    size, side = _fitted(shape, lines, bool(design.symbol))
    title = design.title or " ".join(lines) or SYMBOLS.get(design.symbol, ("odznaka",))[0]
    mark = sha256(repr(design).encode()).hexdigest()[:12]  # two badges on one page must not share ids
    described = f'<desc id="o{mark}">{_safe(design.about)}</desc>' if design.about else ""
    names = f"t{mark} o{mark}" if design.about else f"t{mark}"
    under = f'<path d="{shape.under}" fill="{colour.ground}" {_edge(colour.ink)}/>' if shape.under else ""
    tops = _places(shape, len(lines), size, side)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" role="img" aria-labelledby="{names}">'
        f'<title id="t{mark}">{_safe(title)}</title>{described}{under}'
        f'<path d="{shape.outline}" fill="{colour.ground}" {_edge(colour.ink)}/>'
        f"{_symbol(design.symbol, side, tops[0] - GAP - side if tops else shape.middle - side / 2, colour.ink)}"
        f"{_texts(shape, lines, size, tops, colour.ink)}</svg>\n"
    )


def _chosen(design: Design) -> tuple[Shape, Colour]:
    for place, listed in (("shape", SHAPES), ("colour", COLOURS), ("symbol", {"": None, **SYMBOLS})):
        name = getattr(design, place)
        if name not in listed:
            raise VcError("word", f"{str(name)[:40]!r} is not one of {', '.join(filter(None, listed))}", place)
    return SHAPES[design.shape], COLOURS[design.colour]


def _edge(ink: str) -> str:
    # Of the ink's colour, so that the badge stands out on a light ground and on a dark one.
    return f'stroke="{ink}" stroke-width="12" stroke-linejoin="round"'


def _width(text: str) -> float:
    """The width of bold letters in parts of their size, rather too much than too little."""
    return sum(0.42 if one in _NARROW else 0.95 if one in _WIDE else 0.74 if one.isupper() else 0.63 for one in text)


def _places(shape: Shape, count: int, size: float, side: float) -> list[float]:
    """The upper edge of each line; symbol (`side` by `side`, 0 for none) and lines together stand in the middle."""
    symbol = side + GAP if side else 0
    top = shape.middle - (symbol + count * size * LEADING) / 2 + symbol
    return [top + place * size * LEADING for place in range(count)]


def _room(shape: Shape, top: float, size: float) -> float:
    return min(shape.width(top + size * 0.12), shape.width(top + size)) - 12


def _fitted(shape: Shape, lines: tuple[str, ...], with_symbol: bool) -> tuple[int, float]:
    """The largest letters in which every line fits, and the symbol's side, which gives way before a line is refused."""
    usual = _SYMBOL_SIZE[len(lines)] if with_symbol else 0
    sides = [usual, *(side for side in _SMALLER if side < usual)]
    for side in sides:
        for size in range(LARGEST, SMALLEST - 1, -2):
            if not _overflowing(shape, lines, size, side):
                return size, side
    place, fits = _overflowing(shape, lines, SMALLEST, sides[-1])[0]
    raise VcError("too-long", f"this line can have about {fits} letters here", f"lines[{place}]")


def _overflowing(shape: Shape, lines: tuple[str, ...], size: int, side: float) -> list[tuple[int, int]]:
    """The lines too long for their place, each with about how many letters would fit."""
    found = []
    for place, (line, top) in enumerate(zip(lines, _places(shape, len(lines), size, side), strict=True)):
        room, needed = _room(shape, top, size), _width(line) * size
        if needed > room:
            found.append((place, max(1, int(len(line) * room / needed))))
    return found


def _symbol(name: str, side: float, top: float, ink: str) -> str:
    if not name:
        return ""
    # Thin lines of a small symbol would vanish at 64 pixels.
    line = 2.6 if side > 160 else 3.0
    return (
        f'<path d="{SYMBOLS[name][1]}" fill="none" stroke="{ink}" stroke-width="{line}" stroke-linecap="round" '
        f'stroke-linejoin="round" transform="translate({256 - side / 2:.1f} {top:.1f}) scale({side / 24:.4f})"/>'
    )


def _texts(shape: Shape, lines: tuple[str, ...], size: int, tops: list[float], ink: str) -> str:
    if not lines:
        return ""
    made = []
    for line, top in zip(lines, tops, strict=True):
        # Letters of another machine may be wider: the line is then pressed into the width that it was given.
        length = min(_width(line) * size, _room(shape, top, size))
        made.append(
            f'<text x="256" y="{top + size * 0.86:.1f}" textLength="{length:.0f}" '
            f'lengthAdjust="spacingAndGlyphs">{_safe(line)}</text>'
        )
    style = f'font-family="{FONT}" font-size="{size}" font-weight="700" text-anchor="middle" fill="{ink}"'
    return f"<g {style}>{''.join(made)}</g>"


def _safe(text: str) -> str:
    if _NOT_XML.search(text):
        raise VcError("text", "the text holds characters that cannot be drawn")
    return escape(text)
