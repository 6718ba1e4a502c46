"""What an action may refuse with. Each carries words for the person who asked, never for a log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


class Refused(Exception):
    """An action did not happen; nothing was written."""


class NotAllowed(Refused):
    """The acting user may not do this. Doors answer 404, so that nothing is given away."""


class RuleBroken(Refused):
    """A rule says no. `message` says what to do; `field` names the input it is about."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class Conflict(Refused):
    """Somebody saved the same thing in between. `theirs` and `yours` hold the fields that differ.

    `at` is when theirs was saved and `author` who saved it, as far as whoever raises this knows. `kept` holds what
    somebody else changed and the one who asked did not, as {field: (theirs, sent)}: a form sent again starts from it.
    """

    def __init__(
        self,
        theirs: Mapping[str, Any],
        yours: Mapping[str, Any],
        version: int,
        *,
        at: datetime | None = None,
        author: str = "",
        kept: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> None:
        super().__init__("changed in between")
        self.theirs = dict(theirs)
        self.yours = dict(yours)
        self.kept = dict(kept or {})
        self.version = version
        self.at = at
        self.author = author
