"""Reads a register print-out (plain text) into an entry, and says line by line what found no place (RG-2).

A print-out is a page-wise rendering: lines break anywhere, pages leave gaps inside sentences and headings. So
headings are recognised over several lines, texts are joined again, and numbering is followed, not indentation.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from dorobek.register.entry.headings import FOLDED, LONGEST, folded
from dorobek.register.entry.outcomes_text import read_sets
from dorobek.register.entry.rules_text import read_rules
from dorobek.register.entry.shape import TEXTS, Body, Entry, Read, Remark, RemarkKind

FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
QUOTED = re.compile(r"kwalifikacj\w+\s+[„“\"]([^„“”\"]{5,200})[”\"“]", re.IGNORECASE)
IN_LAW = re.compile(r">([^<>]{5,200})<")
COMPOUND = re.compile(r"\w+o$")
HEADED = {"TITLE", "LEVEL", "STATUS", "CODE", "CODE_BEFORE_2020", "HOURS", "EFFECTIVE_FROM", "NEXT_REVIEW"}


@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line with its number in the file; `after_gap` when at least two empty lines stand before it."""

    number: int
    text: str
    after_gap: bool = False


@dataclass
class _Parts:
    """What the file holds, part by part."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def say(self, kind: RemarkKind, line: int | None, text: str) -> None:
        self.remarks.append(Remark(kind, line, text))


def read_printout(text: str) -> Read:
    """The entry of a print-out. Raises ValueError when the text has none of the headings of one."""
    parts = _split(_lines(text))
    if not parts.lines:
        raise ValueError("the text has none of the headings of a register print-out")
    values: dict[str, Any] = {"texts": _texts(parts), **_codes(parts), **_days(parts)}
    values["sets"], remarks = read_sets(parts.lines.get("SETS", []))
    parts.remarks += remarks
    values["preceding"] = _preceding(parts)
    values["bodies"] = _bodies(parts)
    if requirement := values["texts"].get("validation", {}).get("pl"):
        values["rules"] = read_rules(requirement)
    values |= _derived(parts, values)
    entry = Entry(**values)
    _suspects(parts)
    _absences(parts, entry)
    ordered = sorted(parts.remarks, key=lambda remark: (remark.line is None, remark.line or 0))
    return Read(entry, tuple(ordered))


def _lines(text: str) -> list[Line]:
    found, empty = [], 0
    for number, line in enumerate(text.replace("\f", "\n\n").splitlines(), 1):
        if line.strip():
            found.append(Line(number, " ".join(line.split()), empty >= 2))
            empty = 0
        else:
            empty += 1
    return found


def _split(lines: list[Line]) -> _Parts:
    """Give every line to the heading it stands under; lines before the first heading found no place."""
    parts, current, at = _Parts(), None, 0
    while at < len(lines):
        length, opened = _heading(lines, at)
        if length:
            if any(line.after_gap for line in lines[at + 1 : at + length]):
                parts.say(RemarkKind.HEALED, lines[at].number, "a heading broken by a page, joined")
            current = opened
            if opened:
                parts.lines.setdefault(opened, [])
            at += length
            continue
        line = lines[at]
        if not current:
            parts.say(RemarkKind.UNPLACED, line.number, line.text)
        else:
            parts.lines[current].append(line)
        at += 1
    return parts


def _heading(lines: list[Line], at: int) -> tuple[int, str]:
    """(how many lines the heading takes, its field); (0, "") where none begins. The longest one wins."""
    for length in range(min(LONGEST, len(lines) - at), 0, -1):
        joined = folded(" ".join(line.text for line in lines[at : at + length]))
        if joined in FOLDED:
            return length, FOLDED[joined]
    return 0, ""


def _texts(parts: _Parts) -> dict[str, dict[str, str]]:
    return {name: {"pl": joined} for name in TEXTS if (joined := _joined(parts, name))}


def _joined(parts: _Parts, name: str) -> str:
    """The lines of a part as one running text, with words and sentences closed again over line and page breaks."""
    whole = ""
    for line in parts.lines.get(name, []):
        if whole and line.after_gap:
            parts.say(RemarkKind.HEALED, line.number, "a text broken by a page, joined")
        if whole and line.text.startswith("- ") and COMPOUND.search(whole) and line.text[2:3].islower():
            parts.say(RemarkKind.HEALED, line.number, "a compound word broken at its hyphen, joined")
            whole += "-" + line.text[2:]
        else:
            whole = f"{whole} {line.text}".strip()
    return whole


def _one(parts: _Parts, name: str) -> str:
    return _joined(parts, name).strip()


def _codes(parts: _Parts) -> dict[str, Any]:
    field_code, field_label = _coded(parts, "FIELD")
    activity_code, activity_label = _coded(parts, "ACTIVITY")
    hours, level = _one(parts, "HOURS"), re.search(r"[1-8]", _one(parts, "LEVEL"))
    if hours and not hours.isdigit():
        parts.say(RemarkKind.UNPLACED, parts.lines["HOURS"][0].number, f"workload is not a number of hours: {hours}")
    return {
        "code": _one(parts, "CODE"),
        "code_before_2020": _one(parts, "CODE_BEFORE_2020"),
        "title_pl": _one(parts, "TITLE"),
        "status": _one(parts, "STATUS"),
        "level": int(level.group()) if level else None,
        "hours": int(hours) if hours.isdigit() else None,
        "field_code": field_code,
        "field_label": field_label,
        "activity_code": activity_code,
        "activity_label": activity_label,
    }


def _coded(parts: _Parts, name: str) -> tuple[str, str]:
    """`149 - Pozostałe dziedziny` as code and label."""
    code, _dash, label = _one(parts, name).partition(" - ")
    return code.strip(), label.strip()


def _days(parts: _Parts) -> dict[str, dt.date | None]:
    days: dict[str, dt.date | None] = {}
    for name in ("EFFECTIVE_FROM", "NEXT_REVIEW"):
        written = _one(parts, name)
        try:
            days[name.lower()] = dt.date.fromisoformat(written) if written else None
        except ValueError:
            parts.say(RemarkKind.UNPLACED, parts.lines[name][0].number, f"not a date: {written}")
            days[name.lower()] = None
    return days


def _preceding(parts: _Parts) -> tuple[str, ...]:
    """One qualification per line; the table's own heading line is no content."""
    return tuple(line.text for line in parts.lines.get("PRECEDING", []) if folded(line.text) != "opis")


def _bodies(parts: _Parts) -> tuple[Body, ...]:
    rows: list[Body] = []
    for line in parts.lines.get("BODIES", []):
        numbered = re.match(r"^(\d+)\s+(\S.*)$", line.text)
        if numbered and int(numbered[1]) == len(rows) + 1:
            rows.append(Body(numbered[2], "awarding"))
        elif rows and not line.text.startswith("#"):
            rows[-1] = Body(f"{rows[-1].name} {line.text}", "awarding")
        elif folded(line.text) not in ("# instytucje certyfikujące (ic) instytucje", "walidujące"):
            parts.say(RemarkKind.UNPLACED, line.number, line.text)
    for name, role in (("APPLICANT", "applicant"), ("MINISTER", "minister")):
        if named := _one(parts, name):
            rows.append(Body(named, role))
    return tuple(rows)


def _derived(parts: _Parts, values: dict[str, Any]) -> dict[str, Any]:
    """Title, kind and category where only a sentence tells them; each is said aloud."""
    texts = {name: words["pl"] for name, words in values["texts"].items()}
    found: dict[str, Any] = {}
    if not values["title_pl"] and (names := _names(texts)):
        title, times = names.most_common(1)[0]
        if in_law := IN_LAW.search(texts.get("legal_base", "")):
            title = in_law[1].strip()
        others = "; ".join(f"„{name}” ×{count}" for name, count in names.items() if name != title)
        found["title_pl"] = title
        parts.say(
            RemarkKind.DERIVED,
            None,
            f"title taken from the text: „{title}” ×{names.get(title, times)}; also {others or 'nothing else'}",
        )
    if "kwalifikacja cząstkowa" in texts.get("consultation", "").casefold():
        found["kind"] = "partial"
        parts.say(RemarkKind.DERIVED, None, "kind taken from the consultation summary: partial")
    for word, category in (("rynkowej", "market"), ("sektorowej", "sectoral"), ("uregulowanej", "regulated")):
        if f"kwalifikacji {word}" in texts.get("legal_base", ""):
            found["category"] = category
            parts.say(RemarkKind.DERIVED, None, f"category taken from the legal base: {category}")
    return found


def _names(texts: dict[str, str]) -> Counter[str]:
    """How the entry calls itself, and how often."""
    return Counter(name.strip(" ,.") for text in texts.values() for name in QUOTED.findall(text))


def _suspects(parts: _Parts) -> None:
    for lines in parts.lines.values():
        for line in lines:
            if found := FOREIGN.search(line.text):
                parts.say(
                    RemarkKind.SUSPECT, line.number, f"a letter of another alphabet: {found[0]!r} in „{line.text}”"
                )


def _absences(parts: _Parts, entry: Entry) -> None:
    for name in ("code", "title_pl", "level", "status", "kind", "category", "hours", "effective_from", "next_review"):
        if getattr(entry, name) in ("", None):
            parts.say(RemarkKind.ABSENT, None, f"the print-out carries no {name}")
    for name in TEXTS:
        if name not in entry.texts:
            parts.say(RemarkKind.ABSENT, None, f"the print-out carries no {name}")
    if not parts.lines.get("TITLE"):
        parts.say(RemarkKind.ABSENT, None, "the print-out carries no title line")
    if not any(body.role == "validating" for body in entry.bodies):
        parts.say(RemarkKind.ABSENT, None, "the print-out names no validating body")
