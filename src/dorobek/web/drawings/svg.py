"""The few SVG elements the drawings use; every text is escaped, every number short."""

import unicodedata
from html import escape

CHARACTER = 7.1  # average width of a letter at 13 px, in the unit of the drawing


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def text(x: float, y: float, words: str, css: str = "", anchor: str = "") -> str:
    """A line of text, escaped."""
    extra = (f' class="{css}"' if css else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text x="{number(x)}" y="{number(y)}"{extra}>{clean(words)}</text>'


def rect(x: float, y: float, width: float, height: float, css: str, radius: float = 2) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
        f'rx="{number(radius)}" class="{css}"/>'
    )


def circle(x: float, y: float, radius: float, css: str) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" class="{css}"/>'


def path(shape: str, css: str) -> str:
    return f'<path d="{shape}" class="{css}"/>'


def clean(words: str) -> str:
    """Escaped, one line, without control characters, which XML refuses."""
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in words)
    return escape(" ".join(kept.split()))


def width_of(words: str) -> float:
    """About how wide a text is at 13 px; wide scripts count double."""
    return sum(CHARACTER * (2 if unicodedata.east_asian_width(c) in "WF" else 1) for c in words)


def shortened(words: str, width: float) -> str:
    """The text, or as much of it as fits, with an ellipsis."""
    words = " ".join(words.split())
    if width_of(words) <= width:
        return words
    room = width - CHARACTER
    kept = ""
    for letter in words:
        if width_of(kept + letter) > room:
            break
        kept += letter
    return kept.rstrip() + "…"


def drawing(width: float, height: float, title: str, description: str, body: str, css: str) -> str:
    """The whole picture: described by a title and a description, sized by its class."""
    return (
        f'<svg class="draw {css}" viewBox="0 0 {number(width)} {number(height)}" role="img" '
        f'aria-label="{clean(title)}. {clean(description)}">'
        f"<title>{clean(title)}</title><desc>{clean(description)}</desc>{body}</svg>"
    )
