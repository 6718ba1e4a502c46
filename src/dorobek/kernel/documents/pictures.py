"""Pictures made fit for archiving: what cannot be decoded is refused, the rest is written anew as PNG."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable

import typst
from lxml import etree  # type: ignore[import-untyped]
from PIL import Image, ImageOps, UnidentifiedImageError

from .engine import typeset
from .fonts import font_set
from .text import printable
from .tree import Picture

MAX_PIXELS = 25_000_000
MAX_EDGE = 2400  # pixels: 300 dpi over the text width of A4


class PictureError(ValueError):
    """A picture that cannot be read. The message is meant for a log; the caller words it for a person."""


def raster(picture: Picture) -> bytes:
    """A raster picture as PNG, upright, without metadata, at most MAX_EDGE pixels wide or high."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture.data), formats=("PNG", "JPEG")) as opened:
                return _as_png(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(str(error)) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise PictureError(f"The picture cannot be decoded: {error}") from error


def _as_png(image: Image.Image) -> bytes:
    if image.width * image.height > MAX_PIXELS:
        raise PictureError(f"The picture has more than {MAX_PIXELS} pixels.")
    upright = ImageOps.exif_transpose(image)
    transparent = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    plain = upright.convert("RGBA" if transparent else "RGB")
    plain.thumbnail((MAX_EDGE, MAX_EDGE))
    out = io.BytesIO()
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    clean.save(out, format="PNG", optimize=False)
    return out.getvalue()


def fitted(data: bytes, edge: int) -> bytes:
    """A PNG or JPEG picture as PNG at most `edge` points wide or high, without metadata. Raises PictureError."""
    with Image.open(io.BytesIO(raster(Picture(data, alt="logo")))) as picture:
        picture.thumbnail((edge, edge))
        out = io.BytesIO()
        picture.save(out, format="PNG", optimize=True)
        return out.getvalue()


def drawing(picture: Picture, printable: Callable[[str], str]) -> bytes:
    """An SVG drawing whose texts have gone through `printable`, without entities and links to the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(picture.data, parser)
    except etree.XMLSyntaxError as error:
        raise PictureError(f"The drawing cannot be read: {error}") from error
    for node in root.iter(etree.Element):
        node.text = printable(node.text) if node.text else node.text
        node.tail = printable(node.tail) if node.tail else node.tail
    return etree.tostring(root)


_DRAWING = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image("drawing.svg", width: 160mm)
"""


def bitmap(picture: Picture) -> bytes:
    """Any picture as PNG, a drawing at 200 dpi over the text width."""
    if picture.kind != "svg":
        return raster(picture)
    try:
        fonts = font_set()
        data = drawing(picture, lambda text: printable(text, fonts.covers))
        return typeset(_DRAWING, fonts, {}, {"drawing.svg": data}, ppi=200)
    except typst.TypstError as error:
        raise PictureError(f"The drawing cannot be read: {error.message}") from error
