"""Text made ready for paper: what can be printed, where a line may break, which way it runs.

`clean` serves every writer; the rest serves the PDF, where a single character without a glyph would otherwise
mean that no document comes out at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby

ZWSP = "\u200b"
NBSP = "\u00a0"
_KEPT_CONTROLS = "\n\t"
_JOINERS = "\u200c\u200d"
# Hyphenation, width, direction and variation are decided by the writers, never by characters in the text.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_SIMPLE = re.compile(r"[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201f\u2026\u20ac]*\Z")


def mark(cluster: str) -> str:
    """What is printed in place of a cluster that cannot be: its code points."""
    return "[" + " ".join(f"U+{ord(char):04X}" for char in cluster) + "]"


def clean(text: str) -> str:
    """NFC; control and invisible steering characters gone; what no file format may hold as its code point."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for line_end in "\u2028\u2029\x0b\x0c\x85":
        text = text.replace(line_end, "\n")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\t", "    ")
    return text if _SIMPLE.match(text) else "".join(_allowed(char) for char in text)


def _allowed(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc":
        return char if char in _KEPT_CONTROLS else ""
    if category == "Zs":  # spaces of every width; few fonts hold them all
        return NBSP if char in "\u00a0\u2007\u202f" else " "
    if category == "Cs" or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF:
        return mark(char)
    return char


def _extends(char: str, cluster: str) -> bool:
    """Whether a character belongs to the cluster before it (the common part of UAX 29)."""
    before = cluster[-1]
    if before == "\n" or char == "\n":
        return False
    if before == "\u200d" and not char.isspace():
        return unicodedata.category(char) == "So"
    if char in _JOINERS or unicodedata.category(char) in ("Mn", "Me", "Mc") or 0x1F3FB <= ord(char) <= 0x1F3FF:
        return True
    flags = [0x1F1E6 <= ord(one) <= 0x1F1FF for one in (char, before)]
    return all(flags) and len(cluster) == 1


def is_simple(text: str) -> bool:
    """Whether a text holds only letters and signs of western and central European typewriting."""
    return bool(_SIMPLE.match(text))


def clusters(text: str) -> Iterator[str]:
    """Grapheme clusters: a letter with its accents, an emoji with all its parts."""
    cluster = ""
    for char in text:
        if cluster and not _extends(char, cluster):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def printable(text: str, covers: Callable[[str], bool]) -> str:
    """Clean text in which every cluster is one that `covers` knows; others stand as `[U+XXXX]`."""
    text = clean(text)
    if _SIMPLE.match(text):
        return text
    return "".join(one if one.isspace() or covers(one) else mark(one) for one in clusters(text))


def coverage(charsets: Iterable[frozenset[int]]) -> Callable[[str], bool]:
    """A test whether one single font (given by its code points) holds the whole cluster."""
    sets = tuple(charsets)

    @lru_cache(maxsize=20_000)
    def covers(cluster: str) -> bool:
        if unicodedata.category(cluster[0]) in ("Co", "Cn", "Mn", "Me", "Mc") or cluster[0] in _JOINERS:
            return False
        needed = {ord(char) for char in cluster}
        return any(needed <= charset for charset in sets)

    return covers


_SHORT = re.compile(r"(?<![^\s(\[„\"'–—-])((?:[aiouwzAIOUWZ] ){1,3})(?=\S)")
_AMOUNT = re.compile(r"(?<!\d)(?<!\d )\d{1,3}(?: \d{3}){1,3}(?! ?\d)")
_UNIT = re.compile(
    r"(?<=\d) (?=(?:zł|gr|PLN|EUR|USD|km|cm|mm|m|kg|dag|g|h|godz|min|s|l|ml|ha|r|lat|lata|tys|mln|mld|os|szt"
    r"|str|pkt|proc|years?|hours?|%|€|°C)(?![^\W_]))"
)
_ABBREVIATION = re.compile(r"(?<![^\s(\[„\"])(nr|ul|al|os|pl|art|ust|pkt|poz|str|tel|dr|mgr|inż|prof)(\.?) (?=[^\s])")


def bind(text: str, language: str) -> str:
    """No-break spaces: inside amounts and before units; in Polish after one-letter words and after some
    abbreviations. Never a chain so long that a line could not break."""
    text = _AMOUNT.sub(lambda match: match[0].replace(" ", NBSP), text)
    text = _UNIT.sub(NBSP, text)
    if language == "pl":
        text = _SHORT.sub(lambda match: match[1].replace(" ", NBSP), text)
        text = _ABBREVIATION.sub(lambda match: match[1] + match[2] + NBSP, text)
    return text


_WIDE = frozenset("mwMW@%—…ŒœÆæ")
_WIDEST = 1.7


def breadth(word: str) -> float:
    """How wide a word is, in ordinary small letters."""
    return sum(_WIDEST if one[0] in _WIDE else 1.2 if one[0].isupper() else 1.0 for one in clusters(word))


def shortest_long(limit: int) -> int:
    """The least number of characters that may be broader than `limit`."""
    return int(limit / _WIDEST) + 1


_JOINTS = re.compile(r"(?<=[/.@_&?=+,;:\\-])(?=[^/.@_&?=+,;:\\-])")


def break_long_words(text: str, limit: int) -> str:
    """Zero-width break opportunities in words broader than `limit` small letters, so none leaves its column: after
    the signs of an address, and within what is still too long."""

    def breakable(match: re.Match[str]) -> str:
        if breadth(match[0]) <= limit:
            return match[0]
        return ZWSP.join(_in_threes(part, limit) for part in _JOINTS.split(match[0]))

    return re.sub(rf"[^ \n{ZWSP}]{{{shortest_long(limit)},}}", breakable, text)


def _in_threes(word: str, limit: int) -> str:
    if breadth(word) <= limit:
        return word
    parts = list(clusters(word))
    return ZWSP.join("".join(parts[at : at + 3]) for at in range(0, len(parts), 3))


def base_direction(text: str) -> str:
    """`rtl` or `ltr`, by the first letter that has a direction (UAX 9, P2)."""
    for char in text:
        bidi = unicodedata.bidirectional(char)
        if bidi in ("R", "AL"):
            return "rtl"
        if bidi == "L":
            return "ltr"
    return "ltr"


_SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("ar", "\u0750", "\u077f"),
    ("ar", "\ufb50", "\ufdff"),
    ("ar", "\ufe70", "\ufefe"),
    ("he", "\ufb1d", "\ufb4f"),
    ("hi", "\u0900", "\u097f"),
    ("hy", "\u0530", "\u058f"),
    ("ka", "\u10a0", "\u10ff"),
    ("th", "\u0e00", "\u0e7f"),
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh", "\u3400", "\u9fff"),
)


_NEUTRAL = "?"


def _script_language(char: str) -> str | None:
    return next((lang for lang, first, last in _SCRIPTS if first <= char <= last), None)


def segments(text: str) -> list[tuple[str, str | None]]:
    """Text parted where the script changes: (piece, language tag or None for the document's own language).

    The tag is the best guess a script allows (Arabic letters may be Persian); it sets the reading voice.
    Spaces and signs between two pieces of one script stay with them.
    """
    if _SIMPLE.match(text):
        return [(text, None)] if text else []
    tags = [_script_language(char) or (None if char.isalnum() else _NEUTRAL) for char in text]
    ahead: list[str | None] = []
    following: str | None = None
    for tag in reversed(tags):
        following = following if tag == _NEUTRAL else tag
        ahead.append(following)
    before: str | None = None
    settled: list[str | None] = []
    for tag, after in zip(tags, reversed(ahead), strict=True):
        before = before if tag == _NEUTRAL else tag
        settled.append(before if before == after else (None if tag == _NEUTRAL else tag))
    pairs = zip(text, settled, strict=True)
    return [("".join(char for char, _ in group), lang) for lang, group in groupby(pairs, key=lambda pair: pair[1])]


def shortened(text: str, length: int) -> str:
    """The beginning of a text on one line, at most `length` characters, cut at a word and marked with an ellipsis."""
    text = " ".join(clean(text).split())
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;-") + "…"
