"""Which step may follow which, who has the move, and by when (RG-5). Pure: no database."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.applications.enums import Step

# Days. None of the project's source texts gives a number. Where the Code of Administrative Procedure (KPA) has one for
# such a step it is named; the others are this installation's own choice.
FORMAL_DAYS = 30  # KPA art. 35 § 3: a case is settled within a month
COMPLETION_DAYS = 14  # KPA art. 64 § 2: at least 7 days to complete an application
CONSULTATION_DAYS = 30  # own choice
CLOSING_DAYS = 14  # own choice: comments read and answered after the last day of the consultation
OPINION_DAYS = 14  # KPA art. 106 § 3: two weeks for the position of another body
DECISION_DAYS = 30  # KPA art. 35 § 3
ENTRY_DAYS = 7  # own choice

DAYS: Mapping[str, int] = {
    Stage.FORMAL: FORMAL_DAYS,
    Stage.RETURNED: COMPLETION_DAYS,
    Stage.CONSULTATION: CONSULTATION_DAYS + CLOSING_DAYS,
    Stage.OPINION: OPINION_DAYS,
    Stage.DECISION: DECISION_DAYS,
    Stage.GRANTED: ENTRY_DAYS,
    Stage.ENTERING: ENTRY_DAYS,
}
NEXT: Mapping[tuple[str, Step], Stage] = {
    (Stage.DRAFT, Step.SEND): Stage.FORMAL,
    (Stage.RETURNED, Step.SEND): Stage.FORMAL,
    (Stage.FORMAL, Step.RETURN): Stage.RETURNED,
    (Stage.FORMAL, Step.CONSULT): Stage.CONSULTATION,
    (Stage.CONSULTATION, Step.CLOSE): Stage.OPINION,
    (Stage.OPINION, Step.OPINE): Stage.DECISION,
    (Stage.DECISION, Step.GRANT): Stage.GRANTED,
    (Stage.DECISION, Step.REFUSE): Stage.REFUSED,
    (Stage.GRANTED, Step.ENTER): Stage.ENTERING,
    (Stage.ENTERING, Step.ACCEPT_ENTRY): Stage.ENTERED,
    (Stage.ENTERING, Step.REJECT_ENTRY): Stage.GRANTED,
    **{
        (stage, Step.WITHDRAW): Stage.WITHDRAWN
        for stage in (
            Stage.DRAFT, Stage.FORMAL, Stage.RETURNED, Stage.CONSULTATION, Stage.OPINION, Stage.DECISION,
        )
    },
}  # fmt: skip
ENDED = frozenset({Stage.ENTERED, Stage.REFUSED, Stage.WITHDRAWN})
WRITABLE = frozenset({Stage.DRAFT, Stage.RETURNED})
MOVES: Mapping[str, str] = {
    Stage.DRAFT: "applicant",
    Stage.RETURNED: "applicant",
    Stage.FORMAL: "editor",
    Stage.CONSULTATION: "editor",
    Stage.OPINION: "editor",
    Stage.DECISION: "officer",
    Stage.GRANTED: "editor",
    Stage.ENTERING: "second-editor",
}


class OutOfOrder(ValueError):
    """This step does not follow from this stage."""


@dataclass(frozen=True)
class Comments:
    """How a consultation stands: comments nobody has read, published ones without an answer."""

    waiting: int = 0
    unanswered: int = 0


def after(stage: str, step: Step) -> Stage:
    """The stage that the step leads to. Raises OutOfOrder."""
    try:
        return NEXT[stage, step]
    except KeyError as fault:
        raise OutOfOrder(f"{step} from {stage}") from fault


def due_after(stage: str, day: dt.date) -> dt.date | None:
    """The last day of the stage entered on `day`; None where nothing is waited for."""
    return day + dt.timedelta(days=DAYS[stage]) if stage in DAYS else None


def last_day_of_consultation(day: dt.date) -> dt.date:
    """The last day on which anybody may comment, when the consultation opens on `day`."""
    return day + dt.timedelta(days=CONSULTATION_DAYS)


def still_open(until: dt.date | None, comments: Comments, today: dt.date) -> str:
    """Why the consultation cannot close yet: "days", "waiting", "unanswered"; empty when it can."""
    if until is None or today <= until:
        return "days"
    if comments.waiting:
        return "waiting"
    return "unanswered" if comments.unanswered else ""


def is_late(due: dt.date | None, day: dt.date) -> bool:
    return due is not None and day > due
