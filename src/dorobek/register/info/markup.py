"""The markup of info pages: a small subset, rendered so that nothing an editor types can be more than text.

    ## heading   ### smaller heading   - item   1. item   **bold**   [words](https://... or /address/ or slownik/dowod)

A blank line ends a paragraph. Everything else is shown as typed, escaped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

BASE = "/informacje/"  # where names like "slownik/dowod" lead
PAGE_NAME = re.compile(r"(slownik|przewodnik|praktyki)/([a-z0-9]+(?:-[a-z0-9]+)*)")
_ADDRESS = re.compile(r"(https?://[^\s/]+\S*|mailto:[^\s@]+@[^\s@]+|/(?![/\\])\S*)", re.IGNORECASE)
_INLINE = re.compile(r"\*\*([^*\n]+)\*\*|\[([^\[\]\n]{1,300})\]\(([^()\s]{1,500})\)")
_HEADING = re.compile(r"(#{2,3})\s+(\S.*)")
_BULLET = re.compile(r"[-*]\s+(\S.*)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+(\S.*)")


@dataclass
class Block:
    """A piece of a page: `kind` is h2, h3, p, ul or ol; `lines` its text, one for each item of a list."""

    kind: str
    lines: list[str] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """The text cut into blocks. Any text has some reading; nothing is an error."""
    found: list[Block] = []
    open_block = False  # the next plain line goes on with the last block
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            open_block = False
        elif heading := _HEADING.fullmatch(line):
            found.append(Block(f"h{len(heading[1])}", [heading[2]]))
            open_block = False
        elif item := _BULLET.fullmatch(line) or _NUMBERED.fullmatch(line):
            kind = "ul" if _BULLET.fullmatch(line) else "ol"
            if not found or found[-1].kind != kind:
                found.append(Block(kind))
            found[-1].lines.append(item[1])
            open_block = True
        elif open_block:
            found[-1].lines[-1] += f" {line}"
        else:
            found.append(Block("p", [line]))
            open_block = True
    return found


def render(text: str, *, level: int = 2) -> str:
    """The page as HTML. `level`: which heading "##" becomes, so that a page may stand inside another."""
    return "\n".join(_html(block, level) for block in blocks(text))


def _html(block: Block, level: int) -> str:
    if block.kind in ("h2", "h3"):
        name = f"h{min(6, int(block.kind[1]) - 2 + level)}"
        return f"<{name}>{inline(block.lines[0])}</{name}>"
    if block.kind == "p":
        return f"<p>{inline(block.lines[0])}</p>"
    css = "bullets" if block.kind == "ul" else "bullets bullets--num"
    items = "".join(f"<li>{inline(line)}</li>" for line in block.lines)
    return f'<{block.kind} class="{css}">{items}</{block.kind}>'


def inline(text: str) -> str:
    """One line as HTML: bold, links to addresses that are safe, the rest escaped."""
    made, at = "", 0
    for hit in _INLINE.finditer(text):
        made += escape(text[at : hit.start()]) + _piece(hit)
        at = hit.end()
    return made + escape(text[at:])


def _piece(hit: re.Match[str]) -> str:
    if hit[1]:
        return f"<b>{escape(hit[1])}</b>"
    address = address_of(hit[3])
    if not address:
        return escape(hit[0])
    outside = ' rel="noopener"' if not address.startswith("/") else ""
    return f'<a href="{escape(address)}"{outside}>{escape(hit[2])}</a>'


def address_of(target: str) -> str:
    """Where a link leads; empty for an address that is not safe to follow."""
    if PAGE_NAME.fullmatch(target):
        return f"{BASE}{target}/"
    return target if _ADDRESS.fullmatch(target) else ""


def links(text: str) -> Iterator[str]:
    """What the links of a text point at, as typed."""
    return (hit[3] for hit in _INLINE.finditer(text) if hit[3])


def plain(text: str) -> str:
    """The words alone, without marks."""
    return " ".join(_INLINE.sub(lambda hit: hit[1] or hit[2], line) for block in blocks(text) for line in block.lines)


def opening(text: str) -> str:
    """The first paragraph, without marks."""
    first = next((block for block in blocks(text) if block.kind == "p"), None)
    return plain(first.lines[0]) if first else ""
