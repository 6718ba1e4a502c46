"""The time of a sitting, by the server's clock alone: what a device believes takes no part (VA-4, VA-7)."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

# What is on its way when the time ends still counts: a message sent in the last second has to arrive.
ON_ITS_WAY = dt.timedelta(seconds=5)
MOST_EXTRA = 200


class Phase(Enum):
    EARLY = "early"
    OPEN = "open"  # may be started
    MISSED = "missed"
    RUNNING = "running"
    OVER = "over"  # time ended, nothing finished it yet
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Hours:
    """When a sitting may be started (both moments belong to it), how long it lasts, and when it was what."""

    opens_at: dt.datetime
    closes_at: dt.datetime
    minutes: int
    extra_percent: int = 0
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None

    @property
    def allowed(self) -> dt.timedelta:
        """The whole time with what is added for the person; a started minute counts as a whole one."""
        return dt.timedelta(minutes=-(-self.minutes * (100 + self.extra_percent) // 100))

    @property
    def ends_at(self) -> dt.datetime | None:
        """The last moment; whoever starts late in the window has the whole time still."""
        return None if self.started_at is None else self.started_at + self.allowed

    def phase(self, now: dt.datetime) -> Phase:
        if self.finished_at is not None:
            return Phase.FINISHED
        if self.ends_at is not None:
            return Phase.RUNNING if now <= self.ends_at + ON_ITS_WAY else Phase.OVER
        if now < self.opens_at:
            return Phase.EARLY
        return Phase.OPEN if now <= self.closes_at else Phase.MISSED

    def seconds_left(self, now: dt.datetime) -> int:
        """Whole seconds to the end; 0 before the start and after the end."""
        if self.ends_at is None or self.finished_at is not None:
            return 0
        return max(0, int((self.ends_at - now).total_seconds()))
