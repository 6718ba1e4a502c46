"""Meetings against the programme's limits (SA-6); remarks, never refusals. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dorobek.audits.enums import MeetingKind, MeetingState
from dorobek.programmes.schema import Meetings as Limits


@dataclass(frozen=True)
class Held:
    """What matters of one meeting."""

    kind: str
    state: str
    minutes: int


@dataclass(frozen=True)
class Tally:
    """Meetings held besides the talk, their minutes, and remarks as codes."""

    count: int
    minutes: int
    remarks: tuple[str, ...]


def tally(meetings: Sequence[Held], limits: Limits) -> Tally:
    """Count what was held and planned against the programme."""
    counted = [
        m for m in meetings if m.kind != MeetingKind.TALK and m.state in (MeetingState.HELD, MeetingState.PLANNED)
    ]
    held = [m for m in counted if m.state == MeetingState.HELD]
    talks = [m.minutes for m in meetings if m.kind == MeetingKind.TALK and m.state == MeetingState.HELD]
    remarks = []
    if len(counted) > limits.max_count:
        remarks.append("too-many")
    if sum(m.minutes for m in counted) > limits.total_minutes_to:
        remarks.append("too-long")
    if any(minutes > limits.talk_minutes_max for minutes in talks):
        remarks.append("talk-too-long")
    return Tally(len(held), sum(m.minutes for m in held), tuple(remarks))


def overlap(starts: dt.datetime, minutes: int, other: dt.datetime, other_minutes: int) -> bool:
    """True when two meetings share time."""
    return starts < other + dt.timedelta(minutes=other_minutes) and other < starts + dt.timedelta(minutes=minutes)
