"""Whether a step waits for the fee, and why (the body's own rule). Pure: plain values in, a reason out."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Hold(StrEnum):
    """Why a step waits: the candidate's request has no answer yet, or nothing has come."""

    ANSWER = "answer"
    PAYMENT = "payment"


@dataclass(frozen=True)
class FeeNow:
    """A fee as it stands. `waits`: nothing, commission or result, as on the day of sending; `grosze` left to pay.

    `asked`: the candidate asked to pay less or nothing; `granted`: the answer, None while there is none.
    `disputed`: an appeal against the answer is open.
    """

    waits: str
    grosze: int
    settled: bool
    asked: bool = False
    granted: bool | None = None
    disputed: bool = False


def hold(fee: FeeNow | None, step: str, number: int) -> Hold | None:
    """Why `step` (commission or result) of round `number` waits; None when it may be taken.

    Never after an upheld appeal, and never while an appeal about the fee itself is open: a dispute about money must not
    cost the candidate time.
    """
    if fee is None or fee.settled or not fee.grosze or fee.waits != step or number > 1 or fee.disputed:
        return None
    return Hold.ANSWER if fee.asked and fee.granted is None else Hold.PAYMENT


def due_on(sent: dt.date, days: int) -> dt.date:
    """The last day to pay, counted from the day of sending."""
    return sent + dt.timedelta(days)
