"""Scenarios and time marks: what an anchor holds, and when a tap on a tablet without a connection really happened."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

MOST_CUES = 12
LONGEST_CUE = 120
SLACK = dt.timedelta(minutes=1)  # a tap in the first or last moment, by a clock that runs a little apart


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a criterion looks like when it is met, and when it is not; `cues` are things worth one tap."""

    met: str
    not_met: str
    cues: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Anchor":
        return cls(str(data.get("met", "")), str(data.get("not_met", "")), tuple(map(str, data.get("cues", ()))))

    @property
    def plain(self) -> dict[str, Any]:
        return {"met": self.met, "not_met": self.not_met, "cues": list(self.cues)}


def anchors_of(data: Mapping[str, Mapping[str, Any]]) -> dict[str, Anchor]:
    return {code: Anchor.of(one) for code, one in data.items()}


def anchor_faults(anchors: Mapping[str, Anchor], known: Collection[str]) -> list[tuple[str, str]]:
    """(criterion, what is wrong): "unknown", "empty", "cues", "long"; nothing when all may be published."""
    found = []
    for code, one in anchors.items():
        if code not in known:
            found.append((code, "unknown"))
        if not (one.met.strip() and one.not_met.strip()):
            found.append((code, "empty"))
        if len(one.cues) > MOST_CUES:
            found.append((code, "cues"))
        if any(len(cue) > LONGEST_CUE for cue in one.cues):
            found.append((code, "long"))
    return found


def moment(tapped: dt.datetime, sent: dt.datetime, received: dt.datetime) -> dt.datetime:
    """When a tap happened by our clock: as long before its arrival as it was before its sending by the device's clock.

    A device whose clock is wrong by years gives the right moment; one whose clock was set back gives the arrival.
    """
    return received - max(sent - tapped, dt.timedelta(0))


def within(at: dt.datetime, begun: dt.datetime, ended: dt.datetime) -> dt.datetime:
    """The moment, held inside the scene: nothing was seen before it began, nothing after it was over."""
    return min(max(at, begun), max(begun, ended))
