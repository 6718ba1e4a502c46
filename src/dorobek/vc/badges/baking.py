"""Pictures that carry their credential: PNG and SVG, Open Badges 3.0 (section 5.3) and 2.0 ("Baked Badges").

A PNG holds it in an iTXt chunk `openbadgecredential`, as JSON or as a compact JWS; badges of 2.0 in `openbadges`, once a
tEXt chunk. An SVG holds it in an element `credential` (2.0: `assertion`) of the badges' namespace: JSON as CDATA, a
JWS or an address in `verify`. The rest of a picture stays byte for byte as it was.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from dorobek.vc.errors import TooMuch, VcError

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = "openbadgecredential"
KEYWORD_2 = "openbadges"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_SVG = "http://www.w3.org/2000/svg"
_PLACES = {
    f"{NAMESPACE} credential",
    "http://openbadges.org assertion",
    "https://openbadges.org assertion",
    "https://purl.imsglobal.org/ob/v2p0 assertion",
}

LARGEST_PICTURE = 8_000_000
LARGEST_TEXT = 1_048_576
MOST_CHUNKS = 10_000
DEEPEST_SVG = 256
MOST_PLACES = 20

_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_svg(raw: bytes) -> bool:
    """Whether this looks like an SVG file (its root is looked at by `unbake`)."""
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in raw[:65536]


def bake(picture: bytes, credential: str) -> bytes:
    """The picture with the credential (JSON text or compact JWS) in it, in place of any before.

    Raises VcError `not-a-picture`, `picture-broken`, `svg-unsafe`, `text` (characters XML cannot hold); TooMuch `bytes`.
    """
    if len(credential.encode("utf-8")) > LARGEST_TEXT:
        raise TooMuch("bytes", f"a credential longer than {LARGEST_TEXT} bytes is not put into a picture")
    if picture.startswith(PNG):
        return _bake_png(picture, credential)
    if is_svg(picture):
        return _bake_svg(picture, credential)
    raise VcError("not-a-picture", "neither a PNG nor an SVG file")


def unbake(picture: bytes) -> str:
    """What the picture carries: JSON text, a compact JWS, or (2.0) the address of an assertion.

    Raises VcError `not-a-picture`, `picture-broken`, `no-credential`, `several-credentials`, `svg-unsafe`; TooMuch.
    """
    if picture.startswith(PNG):
        found = [_said(kind, data) for kind, data in _chunks(picture) if _keyword(kind, data)]
        # The new form goes before the old one that some tools leave beside it.
        texts = [text for word, text in found if word == KEYWORD] or [text for _word, text in found]
    elif is_svg(picture):
        texts = [place.text for place in _read_svg(picture).places]
    else:
        raise VcError("not-a-picture", "neither a PNG nor an SVG file")
    texts = [text.strip() for text in texts if text.strip()]
    if not texts:
        raise VcError("no-credential", "there is no credential in this picture")
    if len(set(texts)) > 1:
        raise VcError("several-credentials", "there is more than one credential in this picture")
    return texts[0]


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of each chunk (PNG, 5.3), its checksum compared."""
    if len(picture) > LARGEST_PICTURE:
        raise TooMuch("bytes", f"a picture larger than {LARGEST_PICTURE} bytes")
    place = len(PNG)
    for _number in range(MOST_CHUNKS):
        if len(picture) - place < 12:
            raise VcError("picture-broken", "the PNG file ends before its end")
        size, kind = struct.unpack_from(">I4s", picture, place)
        if size > len(picture) - place - 12:
            raise VcError("picture-broken", "a part of the PNG file reaches beyond its end")
        data = picture[place + 8 : place + 8 + size]
        if zlib.crc32(kind + data) != struct.unpack_from(">I", picture, place + 8 + size)[0]:
            raise VcError("picture-broken", "a checksum in the PNG file is wrong")
        yield kind, data
        if kind == b"IEND":
            return
        place += 12 + size
    raise TooMuch("chunks", f"more than {MOST_CHUNKS} parts in a PNG file")


def _keyword(kind: bytes, data: bytes) -> str:
    """Our keyword that a text chunk is about, or ""."""
    if kind not in (b"iTXt", b"tEXt", b"zTXt"):
        return ""
    word = data[: max(0, data.find(b"\0", 0, 80))].decode("latin-1")
    return word if word in (KEYWORD, KEYWORD_2) else ""


def _said(kind: bytes, data: bytes) -> tuple[str, str]:
    """Keyword and text of a text chunk (PNG, 11.3.3)."""
    word, _, rest = data.partition(b"\0")
    packed = kind == b"zTXt"
    if kind == b"iTXt":
        parts = rest[2:].split(b"\0", 2)
        if len(rest) < 2 or len(parts) != 3 or rest[0] > 1 or rest[1] != 0:
            raise VcError("picture-broken", "the text in the PNG file is not written as iTXt")
        packed, rest = rest[0] == 1, parts[2]
    elif packed:
        if rest[:1] != b"\0":
            raise VcError("picture-broken", "the text in the PNG file is packed in an unknown way")
        rest = rest[1:]
    text = _unpacked(rest) if packed else rest
    if len(text) > LARGEST_TEXT:
        raise TooMuch("bytes", f"a credential longer than {LARGEST_TEXT} bytes")
    try:
        return word.decode("latin-1"), text.decode("utf-8")
    except UnicodeDecodeError:
        raise VcError("utf-8", "the credential in the picture is not UTF-8 text") from None


def _unpacked(data: bytes) -> bytes:
    opened = zlib.decompressobj()
    try:
        text = opened.decompress(data, LARGEST_TEXT + 1)
    except zlib.error:
        raise VcError("picture-broken", "the packed text in the PNG file cannot be unpacked") from None
    if len(text) <= LARGEST_TEXT and not opened.eof:
        raise VcError("picture-broken", "the packed text in the PNG file is cut off")
    return text


def _bake_png(picture: bytes, credential: str) -> bytes:
    made = [PNG]
    for kind, data in _chunks(picture):
        if _keyword(kind, data):
            continue
        if kind == b"IEND":
            made.append(_chunk(b"iTXt", KEYWORD.encode() + b"\0\0\0\0\0" + credential.encode("utf-8")))
        made.append(_chunk(kind, data))
    return b"".join(made)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


class _Place:
    """One credential in an SVG: what it says and the bytes of its element, from `start` to `end`."""

    def __init__(self, start: int, verify: str, newest: bool) -> None:
        self.start = start
        self.end = start
        self.verify = verify.strip()
        self.newest = newest
        self.length = 0
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        body = "".join(self.parts).strip()
        if body and self.verify and self.newest:
            # Open Badges 3.0, 5.3.2: one or the other. With both, two programs could show two credentials.
            raise VcError("several-credentials", "the SVG file holds a credential in `verify` and another in the text")
        return body or self.verify


class _Svg:
    """What one careful reading of an SVG finds. `root_end` is the byte after the root's opening tag."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.places: list[_Place] = []
        self.root_end = -1
        self._open: _Place | None = None
        self._depth = 0
        self._parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse
        self._parser.SkippedEntityHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self) -> "_Svg":
        try:
            self._parser.Parse(self.raw, True)
        except expat.ExpatError as error:
            raise VcError("picture-broken", f"not well-formed SVG in UTF-8: {error}") from None
        return self

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise VcError("picture-broken", f"the SVG file is written in {encoding[:20]}; save it as UTF-8")

    def _doctype(self, _name: str, _system: str | None, _public: str | None, own_declarations: int) -> None:
        # Many SVG files name the standard's document type; nobody fetches it. Declarations of one's own are refused.
        if own_declarations:
            raise VcError("svg-unsafe", "the SVG file declares things of its own in its document type")

    def _refuse(self, *_ignored: object) -> int:
        raise VcError("svg-unsafe", "the SVG file uses entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST_SVG:
            raise TooMuch("depth", f"an SVG file nested deeper than {DEEPEST_SVG}")
        here = self._parser.CurrentByteIndex
        if self.root_end < 0:
            if name != f"{_SVG} svg":
                raise VcError("not-a-picture", "the root of the file is not svg")
            self.root_end = _tag_end(self.raw, here)
        if self._open is not None:
            raise VcError("picture-broken", "there are elements inside the credential of the SVG file")
        if name in _PLACES:
            if len(self.places) >= MOST_PLACES:
                raise TooMuch("places", f"more than {MOST_PLACES} credentials in an SVG file")
            self._open = _Place(here, attributes.get("verify", ""), name.startswith(NAMESPACE))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if (place := self._open) is None:
            return
        opening = _tag_end(self.raw, place.start)
        alone = self.raw[opening - 2 : opening] == b"/>"
        place.end = opening if alone else _tag_end(self.raw, self._parser.CurrentByteIndex)
        self.places.append(place)
        self._open = None

    def _text(self, text: str) -> None:
        if (place := self._open) is None:
            return
        place.length += len(text)
        if place.length > LARGEST_TEXT:
            raise TooMuch("bytes", f"a credential longer than {LARGEST_TEXT} bytes")
        place.parts.append(text)


def _read_svg(picture: bytes) -> _Svg:
    if len(picture) > LARGEST_PICTURE:
        raise TooMuch("bytes", f"a picture larger than {LARGEST_PICTURE} bytes")
    return _Svg(picture).read()


def _tag_end(raw: bytes, start: int) -> int:
    """The byte after the tag that begins at `start`: a `>` within quotes does not end it."""
    found = _TAG.match(raw, start)
    if found is None:
        raise VcError("picture-broken", "a tag of the SVG file does not end")
    return found.end()


def _bake_svg(picture: bytes, credential: str) -> bytes:
    if _NOT_XML.search(credential):
        raise VcError("text", "the credential holds characters that an SVG file cannot")
    svg = _read_svg(picture)
    if picture[svg.root_end - 2 : svg.root_end] == b"/>":
        raise VcError("picture-broken", "there is nothing in this SVG file")
    made, before = [], 0
    for start, end, text in [
        (svg.root_end, svg.root_end, _element(credential)),
        *((p.start, p.end, "") for p in svg.places),
    ]:
        made += [picture[before:start], text.encode("utf-8")]
        before = end
    return b"".join([*made, picture[before:]])


def _element(credential: str) -> str:
    """Open Badges 3.0, 5.3.2: JSON in the text, a JWS in `verify`."""
    opening = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"'
    if not credential.lstrip().startswith("{"):
        return f"{opening} verify={quoteattr(credential)}/>"
    inside = credential.replace("]]>", "]]]]><![CDATA[>")
    return f"{opening}><![CDATA[{inside}]]></openbadges:credential>"
