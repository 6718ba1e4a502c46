"""Events of the portfolio."""

from dataclasses import dataclass

from dorobek.kernel.events import event


@event
@dataclass(frozen=True)
class HoldingsChanged:
    """What a person has to show is other than it was: a competence, evidence, a credential, a validated outcome.

    `case_uid` is "" when it belongs to no case; `cause` is one of competence, evidence, credential, revoked (one
    was taken back or suspended), validation.
    """

    person_uid: str
    case_uid: str
    cause: str
