"""Events of the room of validation."""

from dataclasses import dataclass

from dorobek.kernel.events import event


@event
@dataclass(frozen=True)
class CaseStepped:
    """A step was made in a case that somebody has to be told about. `application`, `step`: uids; `kind`: as in the
    history; `by`: key of the account that did it."""

    application: str
    step: str
    kind: str
    by: int
