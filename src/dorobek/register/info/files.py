"""Info pages in files: a short header, the Polish text, the English text.

section: slownik
slug: dowod
position: 0
title: Dowód
title-en: Evidence
see: slownik/kompetencja, slownik/walidacja
reviewed: 2026-11-20
--- pl
...
--- en
...
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dorobek.register.info.markup import PAGE_NAME

SHIPPED = Path(__file__).parent.parent / "data" / "info"
NEEDED = ("section", "slug", "title")
KNOWN = (*NEEDED, "position", "title-en", "see", "reviewed")
_LANGUAGE = re.compile(r"^--- (pl|en)[ \t]*$", re.MULTILINE)


class BadInfoFile(ValueError):
    """A file that is not an info page; the message says what is wrong and where."""


@dataclass(frozen=True)
class InfoWords:
    """What an info page says. `related`: names of pages such as "slownik/dowod"."""

    title_pl: str
    text_pl: str
    title_en: str = ""
    text_en: str = ""
    related: tuple[str, ...] = ()
    position: int = 0
    reviewed_on: dt.date | None = None


@dataclass(frozen=True)
class InfoFile:
    """A page and its address."""

    section: str
    slug: str
    words: InfoWords

    @property
    def name(self) -> str:
        return f"{self.section}/{self.slug}"


def read_info(text: str) -> InfoFile:
    """One page from the text of its file. Raises BadInfoFile."""
    head, *parts = _LANGUAGE.split(text.lstrip("\ufeff"))
    texts = dict(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True))
    header = _header(head)
    missing = [name for name in NEEDED if not header.get(name)]
    if missing or not texts.get("pl"):
        raise BadInfoFile(f"missing: {', '.join([*missing, *([] if texts.get('pl') else ['text after --- pl'])])}")
    name = f"{header['section']}/{header['slug']}"
    if not PAGE_NAME.fullmatch(name):
        raise BadInfoFile(f"{name!r} cannot be an address of a page")
    words = InfoWords(
        title_pl=header["title"],
        text_pl=texts["pl"],
        title_en=header.get("title-en", ""),
        text_en=texts.get("en", ""),
        related=_names(header.get("see", "")),
        position=_number(header.get("position", "0")),
        reviewed_on=_day(header.get("reviewed", "")),
    )
    return InfoFile(header["section"], header["slug"], words)


def _header(head: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(head.splitlines(), start=1):
        name, colon, value = line.partition(":")
        if not line.strip():
            continue
        if not colon or name.strip() not in KNOWN or name.strip() in found:
            raise BadInfoFile(f"line {number}: expected one of {', '.join(KNOWN)}, each once, then a colon")
        found[name.strip()] = value.strip()
    return found


def _names(given: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in given.split(",") if name.strip())


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and int(given) <= 1000):
        raise BadInfoFile(f"position: {given!r} is no number from 0 to 1000")
    return int(given)


def _day(given: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError as error:
        raise BadInfoFile(f"reviewed: {given!r} is no day such as 2026-11-20") from error


def read_folder(folder: Path = SHIPPED) -> Iterator[InfoFile]:
    """Every page of a folder, in the order of file names. Raises BadInfoFile with the name of the file, OSError."""
    for file in sorted(folder.glob("*.md")):
        try:
            yield read_info(file.read_text(encoding="utf-8"))
        except (BadInfoFile, UnicodeDecodeError) as error:
            raise BadInfoFile(f"{file.name}: {error}") from error
