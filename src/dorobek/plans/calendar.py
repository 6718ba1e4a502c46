"""A calendar feed as RFC 5545 writes it: folded at 75 octets, escaped, CRLF, days without a zone. Pure."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LINE = 75  # octets of a line, its end not counted
PRODUCT = "-//Dorobek//plan rozwoju//PL"
_MONEY = re.compile(r"-?\d[\d \u00a0\u202f.]*(?:,\d{1,2})?[ \u00a0\u202f]?(?:zł|PLN)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])[ \n]+|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Entry:
    """One event of whole days. `uid` never changes, `sequence` rises with every change, `ends` is the last day itself.

    `remind_days`: days before the start on which the calendar reminds, None for not at all.
    """

    uid: str
    title: str
    starts: dt.date
    ends: dt.date
    changed: dt.datetime
    sequence: int = 0
    about: str = ""
    place: str = ""
    url: str = ""
    cancelled: bool = False
    remind_days: int | None = None


def feed(name: str, entries: Iterable[Entry]) -> str:
    """The whole calendar as text; lines end with CRLF."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D",
    ]  # fmt: skip
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in folded(line))


def bare(text: str, name: str = "") -> str:
    """Words for a calendar that others may see too: no sums of money, no name of the person.

    A sentence that tells a sum goes whole; a sum after a colon goes with the colon.
    """
    if name:
        text = re.sub(rf"{re.escape(name)}\s*|[,;]\s*{re.escape(name)}\s*$", "", text, flags=re.IGNORECASE)
        text = re.sub(r"[,;]\s*$", "", text)
    text = re.sub(rf"\s*[:,]?\s*(?:{_MONEY.pattern})\s*$", "", text)
    kept = [one for one in _SENTENCE.split(text) if not _MONEY.search(one)]
    return re.sub(r"[ \t]{2,}", " ", " ".join(kept)).strip()


def _event(entry: Entry) -> Iterator[str]:
    """The event; DTEND is the day after the last one, as the standard wants it for whole days."""
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{_moment(entry.changed)}"
    yield f"LAST-MODIFIED:{_moment(entry.changed)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART;VALUE=DATE:{entry.starts:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{max(entry.ends, entry.starts) + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.about:
        yield f"DESCRIPTION:{escaped(entry.about)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if entry.remind_days is not None and not entry.cancelled:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(entry.title)}")
        yield from (f"TRIGGER:-P{entry.remind_days}D", "END:VALARM")
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line ends escaped, other control characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROL.sub("", plain)
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never inside a character; each further one begins with a space."""
    piece, size = "", 0
    for sign in line:
        length = len(sign.encode("utf-8", "replace"))
        if size + length > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + length
    yield piece


def _moment(value: dt.datetime) -> str:
    return f"{value.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
