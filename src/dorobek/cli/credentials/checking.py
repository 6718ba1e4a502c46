"""`dorobek credential verify`: the library alone, with documents at hand before anything is looked up."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dorobek.cli.credentials.files import read_bytes
from dorobek.cli.problem import Problem
from dorobek.vc import did, reading
from dorobek.vc.badges import v2
from dorobek.vc.checking.case import check, fault, outcome_of
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Fetcher, Source
from dorobek.vc.plain import report_data
from dorobek.vc.presenting import Asked, Shown, verify_presentation
from dorobek.vc.report import FORM, Decision, Report
from dorobek.vc.verifying import verify

EXIT: dict[Decision, int] = {"valid": 0, "not valid": 1, "could not check": 2}


class AtHand:
    """Documents given beforehand; what is not among them is looked up outside, where that is allowed."""

    def __init__(self, documents: Mapping[str, bytes], outside: Source | None) -> None:
        self.documents, self.outside = documents, outside

    def fetch(self, url: str) -> bytes:
        if url in self.documents:
            return self.documents[url]
        if self.outside is None:
            raise VcError("fetch-refused", f"{url} is not at hand, and nothing is looked up")
        return self.outside.fetch(url)

    def keep_at_most(self, url: str, seconds: float) -> None:
        if self.outside is not None and url not in self.documents:
            self.outside.keep_at_most(url, seconds)


@dataclass(frozen=True)
class Answer:
    """`shown.held` are the reports of a presentation's credentials."""

    kind: str
    carrier: str
    shown: Shown

    @property
    def decided(self) -> Decision:
        return self.shown.decided

    def as_data(self) -> dict[str, Any]:
        data = report_data(self.shown.report) | {"decided": self.decided, "kind": self.kind, "carrier": self.carrier}
        return data | ({"credentials": [report_data(one) for one in self.shown.held]} if self.shown.held else {})


def source_of(lists: list[str], documents: list[str], *, offline: bool) -> AtHand:
    """Raises Problem for a file that says not of what it is."""
    at_hand = {}
    for path in (*lists, *documents):
        raw = read_bytes(path)
        try:
            name = (reading.read(raw).document or {}).get("id")
        except VcError as error:
            raise Problem(f"{path}: {error}") from error
        if not isinstance(name, str):
            raise Problem(f"{path} has no id that tells which document it is")
        address = did.document_url(name) if name.startswith("did:") else name
        at_hand[address or name] = raw
    return AtHand(at_hand, None if offline else Fetcher())


def look(raw: bytes, *, now: datetime, source: Source, asked: Asked) -> Answer:
    """Recognise and check; never raises for what was given."""
    try:
        read = reading.read(raw)
        if read.kind == "address":
            found = reading.read(source.fetch(read.text))
            # A hosted badge of 2.0 is checked by its address.
            read = read if found.kind in ("badge2", "address") else found
    except VcError as error:
        return Answer("unknown", "text", Shown(Report((check(FORM, outcome_of(error), [fault(error)]),))))
    if read.kind in ("badge2", "badge2-jws", "address"):
        return Answer(read.kind, read.carrier, Shown(v2.read(read.text, now=now, fetcher=source).report))
    if read.kind == "presentation":
        shown = verify_presentation(read.text, now=now, asked=asked, fetcher=source)
        return Answer(read.kind, read.carrier, shown)
    return Answer(read.kind, read.carrier, Shown(verify(read.text, now=now, fetcher=source)))


def in_json(answer: Answer) -> str:
    return json.dumps(answer.as_data(), ensure_ascii=False, indent=2)


def in_words(answer: Answer) -> str:
    lines: list[str] = [answer.decided]
    for place, report in enumerate((answer.shown.report, *answer.shown.held)):
        lines += [f"credential {place}:"] if place else []
        for one in report.checks:
            lines.append(f"  {one.outcome:<8}{one.name}" + (f" ({one.detail})" if one.detail else ""))
            lines += [f"          {fault.code}: {fault.path} {fault.message}" for fault in one.faults]
    return "\n".join(lines)
