"""The fonts a PDF is set in: those shipped, and those of the machine that an operator names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from fontTools.ttLib import TTCollection, TTFont

from .text import coverage

SHIPPED = Path(__file__).resolve().parent.parent / "fonts"
SANS = "Noto Sans"
SERIF = "Noto Serif"
_SUFFIXES = (".ttf", ".otf", ".ttc")


@dataclass(frozen=True)
class FontSet:
    """Fonts ready to set with. `families`: in the order they are tried. `covers`: whether one of them holds a
    grapheme cluster."""

    fonts: typst.Fonts
    families: tuple[str, ...]
    covers: Callable[[str], bool]


@lru_cache(maxsize=8)
def font_set(extra_folders: tuple[str, ...] = ()) -> FontSet:
    """The shipped fonts and, after them, every font in `extra_folders` (folders that are missing are left
    out).

    Opening them takes about 0.1 s, once per process.
    """
    folders = [str(SHIPPED), *(folder for folder in extra_folders if Path(folder).is_dir())]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    shipped = [SANS, SERIF]
    others = [info.family for info in fonts.fonts() if info.family not in shipped]
    return FontSet(
        fonts=fonts,
        families=(
            *shipped,
            *sorted(dict.fromkeys(others), key=lambda name: (not name.startswith("Noto"), name)),
        ),
        covers=coverage(_charsets(folders)),
    )


def _charsets(folders: list[str]) -> list[frozenset[int]]:
    """Code points of every font file. A file that holds several fonts counts by its first."""
    files = [path for folder in folders for path in sorted(Path(folder).rglob("*")) if path.suffix.lower() in _SUFFIXES]
    return [charset for path in files if (charset := _charset(path))]


def _charset(path: Path) -> frozenset[int]:
    font = TTCollection(path, lazy=True).fonts[0] if path.suffix.lower() == ".ttc" else TTFont(path, lazy=True)
    return frozenset(font.getBestCmap() or ())
