"""Which reminders of a plan are due on a day (DP-6). Pure: steps and days in, keys and what they are about out."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BEFORE_START = (14, 3)  # days before a step begins or an enrolment ends
AFTER_END = 7  # days after a step should have been done
LOOK_BACK_MONTHS = 12


@dataclass(frozen=True)
class Step:
    """What of a step counts: its key, days, whether it is still open, the last day to enrol."""

    key: str
    starts: dt.date | None
    ends: dt.date | None
    open: bool
    begun: bool = False
    enrol_until: dt.date | None = None


@dataclass(frozen=True)
class Due:
    """A reminder to be sent once: `key` names step, kind and day, so that a moved date reminds anew."""

    key: str
    step: str
    kind: str  # "enrol", "starts", "late"
    day: dt.date


def due(steps: Iterable[Step], today: dt.date) -> Iterator[Due]:
    """What is due today or was due while nobody looked; of several for one thing the latest alone."""
    for step in steps:
        if not step.open:
            continue
        first = step.starts or step.ends
        for kind, day in (("enrol", step.enrol_until), ("starts", first)):
            if day is None or step.begun:
                continue
            left = (day - today).days
            passed = [days for days in BEFORE_START if 0 <= left <= days]
            if passed:
                yield Due(f"{step.key}:{kind}:{day:%Y%m%d}:{min(passed)}", step.key, kind, day)
        if step.ends is not None and (today - step.ends).days >= AFTER_END:
            yield Due(f"{step.key}:late:{step.ends:%Y%m%d}", step.key, "late", step.ends)
