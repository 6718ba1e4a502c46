"""Events that the room of plans listens to and rooms below it publish."""

from dataclasses import dataclass

from dorobek.kernel.events import event


@event
@dataclass(frozen=True)
class OptionBegun:
    """A person joined a thing that a room below offers to plans: they applied. `option`: its code, `validation:<uid>`."""

    person_uid: str
    option: str


@event
@dataclass(frozen=True)
class OptionMoved:
    """Such a thing has another date, place or price (`kind` changed), or cannot be joined any more (withdrawn).

    `version` of the thing, so that each change is told once.
    """

    option: str
    kind: str
    version: int
    reason: str = ""
