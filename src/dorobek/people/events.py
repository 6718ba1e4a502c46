"""Events of the people room."""

from dataclasses import dataclass

from dorobek.kernel.events import event


@event
@dataclass(frozen=True)
class CaseChanged:
    """Something that belongs to a case changed in a room above the audits: whose move is it now?"""

    case_uid: str
