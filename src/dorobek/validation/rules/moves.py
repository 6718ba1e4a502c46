"""Who has the next move in a case, what it is and by when (issue of validation): a pure function of counts and days."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from dorobek.validation.rules.deciding import Verdict


class Mover(StrEnum):
    CANDIDATE = "candidate"
    ADVISER = "adviser"
    OFFICER = "officer"
    COMMISSION = "commission"
    APPEALS = "appeals"
    NOBODY = "nobody"


class Step(StrEnum):
    SUBMIT = "submit"
    DOCUMENT = "document"
    PLAN = "plan"
    COMPOSE = "compose"
    DECLARE = "declare"
    APPOINT = "appoint"
    JUDGE = "judge"
    AGREE = "agree"
    PUBLISH = "publish"
    CERTIFY = "certify"
    MAY_APPEAL = "may-appeal"
    ANSWER = "answer"
    ANSWER_FEE = "answer-fee"
    NOTHING = "nothing"


@dataclass(frozen=True)
class CaseNow:
    """A case as counted. `state`: a value of ApplicationState; counts are of the present round.

    `appeal_due`: last day to answer an open appeal. `appeal_until`: last day on which the decision can be appealed.
    `fee_due`: the last day to pay, where a request about the fee has no answer yet. `whole`: the verdict of the present round. `members` of the commission chosen for the sitting, `declared` of them.
    """

    state: str
    applications_until: dt.date
    begins_on: dt.date
    ends_on: dt.date
    sitting_on: dt.date | None = None
    members: int = 0
    declared: int = 0
    sheets: int = 0
    closed: int = 0
    apart: int = 0
    whole: str = ""
    appeal_due: dt.date | None = None
    appeal_until: dt.date | None = None
    fee_due: dt.date | None = None


@dataclass(frozen=True)
class Move:
    mover: Mover
    step: Step
    due: dt.date | None = None

    def late(self, today: dt.date) -> bool:
        """True from the day after the last one. A right to appeal that ran out is no delay."""
        return self.due is not None and self.step is not Step.MAY_APPEAL and today > self.due


def next_move(case: CaseNow, today: dt.date) -> Move:
    """The next move in the case; an open appeal comes before everything else.

    A request about the fee comes before the office's next step, which may wait for it; others work on meanwhile.
    """
    if case.appeal_due is not None:
        return Move(Mover.APPEALS, Step.ANSWER, case.appeal_due)
    move = _step(case, today)
    if case.fee_due is not None and move.mover in (Mover.OFFICER, Mover.NOBODY):
        return answer_fee(min(case.fee_due, move.due or case.fee_due))
    return move


def answer_fee(due: dt.date) -> Move:
    """The office answers a request about the fee."""
    return Move(Mover.OFFICER, Step.ANSWER_FEE, due)


def _step(case: CaseNow, today: dt.date) -> Move:
    match case.state:
        case "draft":
            return Move(Mover.CANDIDATE, Step.SUBMIT, case.applications_until)
        case "submitted":
            return Move(Mover.ADVISER, Step.DOCUMENT, case.begins_on)
        case "documented":
            return _towards_commission(case)
        case "appointed":
            return _judging(case)
        case "decided":
            return _decided(case, today)
        case "refused":
            return _against(case, today)
    return Move(Mover.NOBODY, Step.NOTHING)


def _towards_commission(case: CaseNow) -> Move:
    if case.sitting_on is None:
        return Move(Mover.OFFICER, Step.PLAN, case.begins_on)
    if not case.members:
        return Move(Mover.OFFICER, Step.COMPOSE, case.sitting_on)
    if case.declared < case.members:
        return Move(Mover.COMMISSION, Step.DECLARE, case.sitting_on)
    return Move(Mover.OFFICER, Step.APPOINT, case.sitting_on)


def _judging(case: CaseNow) -> Move:
    if case.closed < case.sheets:
        return Move(Mover.COMMISSION, Step.JUDGE, case.ends_on)
    if case.apart:
        return Move(Mover.COMMISSION, Step.AGREE, case.ends_on)
    return Move(Mover.OFFICER, Step.PUBLISH, case.ends_on)


def _decided(case: CaseNow, today: dt.date) -> Move:
    if case.whole == Verdict.MET:
        return Move(Mover.OFFICER, Step.CERTIFY)
    return _against(case, today)


def _against(case: CaseNow, today: dt.date) -> Move:
    """Something was decided against the candidate, who may appeal while the days last."""
    if case.appeal_until is not None and today <= case.appeal_until:
        return Move(Mover.CANDIDATE, Step.MAY_APPEAL, case.appeal_until)
    return Move(Mover.NOBODY, Step.NOTHING)
