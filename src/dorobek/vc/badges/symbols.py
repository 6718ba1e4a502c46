"""Symbols, shapes and colours of badges: own drawings, lines in a box of 24 by 24."""

import math
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Colour:
    """A ground and the ink on it; `name` in Polish. Their contrast is at least 7 : 1 (a test measures it)."""

    name: str
    ground: str
    ink: str


PAPER = "#fffaf6"
COLOURS = {
    "plum": Colour("śliwka", "#6f2459", PAPER),
    "navy": Colour("granat", "#1f4568", PAPER),
    "teal": Colour("morski", "#0f5257", PAPER),
    "green": Colour("zieleń", "#1d5631", PAPER),
    "olive": Colour("oliwka", "#47551f", PAPER),
    "brown": Colour("brąz", "#6b4300", PAPER),
    "red": Colour("czerwień", "#8c1a17", PAPER),
    "violet": Colour("fiolet", "#4a3480", PAPER),
    "slate": Colour("łupek", "#39434f", PAPER),
    "cream": Colour("krem", "#f6e3b0", "#3a2410"),
    "sky": Colour("niebo", "#d5e6f2", "#16324a"),
    "mint": Colour("mięta", "#d9ecd9", "#123d22"),
}

# name: (Polish name, path data); drawn with round lines, closed figures are not filled.
SYMBOLS = {
    "star": ("gwiazda", "M12 2.5 14.9 8.7 21.5 9.5 16.6 14.1 17.9 20.8 12 17.5 6.1 20.8 7.4 14.1 2.5 9.5 9.1 8.7Z"),
    "book": ("książka", "M12 6.5C9.5 4.6 6.2 4.3 3 5V19C6.2 18.3 9.5 18.6 12 20.5 14.5 18.6 17.8 18.3 21 19V5"
                        "C17.8 4.3 14.5 4.6 12 6.5V20.5"),
    "leaf": ("liść", "M4 20C5.5 14.5 9 11 14 9.5M6 16.5C2.8 8.5 9 3 20.5 3.5 21 14.5 15.5 21 6 16.5Z"),
    "bulb": ("pomysł", "M9 17.5C9 14.5 5.5 13.5 5.5 9A6.5 6.5 0 0 1 18.5 9C18.5 13.5 15 14.5 15 17.5ZM9.5 21H14.5"),
    "code": ("kod", "M8 6.5 2.5 12 8 17.5M16 6.5 21.5 12 16 17.5M13.7 4 10.3 20"),
    "chart": ("wykres", "M3 3V21H21M7.5 17V13M12 17V8.5M16.5 17V5"),
    "talk": ("rozmowa", "M3 4H21V16H11L6.5 20.5V16H3ZM7.5 8.5H16.5M7.5 12H13"),
    "people": ("ludzie", "M9 11A3.8 3.8 0 1 0 9 3.4 3.8 3.8 0 0 0 9 11ZM2 20.5C2 16.5 5 14 9 14S16 16.5 16 20.5Z"
                         "M16 3.8A3.6 3.6 0 0 1 16 10.7M18.5 14.5C20.8 15.6 22 17.6 22 20.5"),
    "gear": ("technika", "M12 19A7 7 0 1 0 12 5 7 7 0 0 0 12 19ZM12 14A2 2 0 1 0 12 10 2 2 0 0 0 12 14ZM12 2V4.5M12 19.5V22M2 12H4.5"
                         "M19.5 12H22M4.9 4.9 6.7 6.7M17.3 17.3 19.1 19.1M4.9 19.1 6.7 17.3M17.3 6.7 19.1 4.9"),
    "heart": ("serce", "M12 20.5C5 15.5 2.5 12 2.5 8.4A4.8 4.8 0 0 1 12 6.9 4.8 4.8 0 0 1 21.5 8.4C21.5 12 19 15.5 12 20.5Z"),
    "compass": ("kompas", "M12 21.5A9.5 9.5 0 1 0 12 2.5 9.5 9.5 0 0 0 12 21.5ZM16.2 7.8 13.8 13.8 7.8 16.2 10.2 10.2Z"),
    "check": ("wykonane", "M12 21.5A9.5 9.5 0 1 0 12 2.5 9.5 9.5 0 0 0 12 21.5ZM7.2 12.3 10.6 15.8 16.9 8.7"),
    "key": ("klucz", "M8 20A5 5 0 1 0 8 10 5 5 0 0 0 8 20ZM11.6 11.4 20.5 2.5M16.5 6.5 20 10M13.5 9.5 16 12"),
    "case": ("praca", "M3 8H21V20H3ZM8.5 8V4H15.5V8M3 13H21M12 12V14.5"),
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """An outline in 512 by 512. `inside` are the points of the part that holds symbol and text, `under` lies below it."""

    name: str
    outline: str
    inside: tuple[Point, ...]
    under: str = ""

    @property
    def middle(self) -> float:
        """The height at which the content is centred."""
        heights = [y for _x, y in self.inside]
        return (min(heights) + max(heights)) / 2

    def width(self, y: float) -> float:
        """How wide the inside is at a height, 0 outside of it."""
        crossed = []
        for (x1, y1), (x2, y2) in zip(self.inside, (*self.inside[1:], self.inside[0]), strict=True):
            if (y1 <= y) != (y2 <= y):
                crossed.append(x1 + (y - y1) / (y2 - y1) * (x2 - x1))
        return max(crossed) - min(crossed) if crossed else 0.0


def _round(centre: Point, radius: float, corners: int, turn: float = 0.0) -> tuple[Point, ...]:
    step = 2 * math.pi / corners
    return tuple(
        (centre[0] + radius * math.sin(turn + place * step), centre[1] - radius * math.cos(turn + place * step))
        for place in range(corners)
    )


def _path(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _circle(x: float, y: float, radius: float) -> str:
    return f"M{x} {y - radius}a{radius} {radius} 0 1 1 0 {2 * radius}a{radius} {radius} 0 1 1 0 {-2 * radius}Z"


def _seal(corners: int = 18) -> str:
    outer, inner = _round((256, 256), 244, corners), _round((256, 256), 220, corners, math.pi / corners)
    return _path(tuple(point for pair in zip(outer, inner, strict=True) for point in pair))


_CENTRE = (256.0, 256.0)
_SHIELD = "M256 14L470 78V250C470 372 376 456 256 500C136 456 42 372 42 250V78Z"
_SHIELD_INSIDE = (
    (66, 100),
    (256, 42),
    (446, 100),
    (446, 250),
    (420, 330),
    (370, 398),
    (256, 470),
    (142, 398),
    (92, 330),
    (66, 250),
)
_RIBBONS = "M150 330L104 500L176 466L228 508L262 372ZM362 330L408 500L336 466L284 508L250 372Z"

SHAPES = {
    "circle": Shape("koło", _circle(256, 256, 242), _round(_CENTRE, 214, 72)),
    "square": Shape("kwadrat", "M62 14H450A48 48 0 0 1 498 62V450A48 48 0 0 1 450 498H62A48 48 0 0 1 14 450V62A48 48 0 0 1 62 14Z",
                    ((44, 44), (468, 44), (468, 468), (44, 468))),
    "hexagon": Shape("sześciokąt", _path(_round(_CENTRE, 244, 6)), _round(_CENTRE, 212, 6)),
    "octagon": Shape("ośmiokąt", _path(_round(_CENTRE, 248, 8, math.pi / 8)), _round(_CENTRE, 218, 8, math.pi / 8)),
    "shield": Shape("tarcza", _SHIELD, _SHIELD_INSIDE),
    "seal": Shape("pieczęć", _seal(), _round(_CENTRE, 204, 72)),
    "ribbon": Shape("rozeta", _circle(256, 206, 194), _round((256, 206), 172, 72), _RIBBONS),
}  # fmt: skip
