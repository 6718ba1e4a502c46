"""Shapes of what a candidate and a validation adviser send and get."""

import datetime as dt
import uuid
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

Kind = Literal["extra-time", "sign-language", "other-format", "access", "other"]


class ValidationOpeningOut(Schema):
    """An opening; fee in grosze; `left`: places not taken."""

    uid: uuid.UUID
    qualification: str
    title: str
    institution: str
    place: str
    applications_until: dt.date
    begins_on: dt.date
    ends_on: dt.date
    places: int
    left: int
    fee_grosze: int
    appeal_days: int
    answer_days: int


class ValidationMoveOut(Schema):
    """Who has the next move, what it is, the last day for it."""

    mover: str
    step: str
    due: dt.date | None


class ValidationApplicationOut(Schema):
    uid: uuid.UUID
    version: int
    state: str
    round: int
    opening: uuid.UUID
    qualification: str
    institution: str
    carried: list[str]
    move: ValidationMoveOut


class AttachedOut(Schema):
    """A piece beside a criterion; of a credential how it stands, and when the machine checked it last."""

    uid: uuid.UUID
    title: str
    kind: str
    standing: str = ""
    checked_at: dt.datetime | None = None


class AdviserNoteOut(Schema):
    criterion: str
    text: str
    by: str
    at: dt.datetime


class ReasonOut(Schema):
    words: str
    agreed: bool
    dissent: str


class RoundResultOut(Schema):
    """The decision of a round: verdicts by code of criterion and outcome, by number of set, and of the whole."""

    round: int
    decided_at: dt.datetime
    whole: str
    sets: dict[str, str]
    outcomes: dict[str, str]
    criteria: dict[str, str]
    reasons: dict[str, list[ReasonOut]]


class ValidationAppealOut(Schema):
    uid: uuid.UUID
    round: int
    step: str
    about: str
    state: str
    reason: str
    due_on: dt.date
    answer: str


class EntryConditionOut(Schema):
    """A condition of the entry. `how`: credential, document, own-word, adviser; empty while nothing is stated."""

    place: int
    text: str
    how: str
    evidence: uuid.UUID | None
    words: str
    confirmed_at: dt.datetime | None


class ShownConditionIn(Schema):
    """`evidence`: a piece of the candidate's portfolio, for a credential or a document."""

    place: int = Field(ge=0, le=1000)
    how: Literal["credential", "document", "own-word"]
    evidence: uuid.UUID | None = None
    words: str = Field("", max_length=2000)


class ValidationCaseOut(ValidationApplicationOut):
    """The whole case: evidence by criterion, notes of the adviser, results with reasons, appeals."""

    adjustment_kinds: list[str]
    adjustments: str
    evidence: dict[str, list[AttachedOut]]
    notes: list[AdviserNoteOut]
    results: list[RoundResultOut]
    appeals: list[ValidationAppealOut]
    may_appeal: bool
    appeal_until: dt.date | None
    open_appeals: dict[str, dt.date | None]
    letters_off: bool
    conditions: list[EntryConditionOut]


class AdvisedOut(ValidationApplicationOut):
    """A row of the adviser's list: criteria with evidence out of those to show."""

    person: str
    criteria_with_evidence: int
    criteria_to_show: int
    notes: int


class ConfirmedOutcomeOut(Schema):
    qualification: str
    outcome: str
    wording: str
    confirmed_on: dt.date
    counts: bool
    institution: str


class ValidationEntryOut(Schema):
    """An entry of the history: place in the chain, when, who, what, and what it says; `data` null: erased."""

    seq: int
    at: dt.datetime
    kind: str
    by: str
    data: dict[str, Any] | None


class ApplyIn(Schema):
    opening: uuid.UUID


class AttachIn(Schema):
    """Criterion -> uids of pieces of the portfolio; what is named is replaced."""

    evidence: dict[str, list[uuid.UUID]]


class NeedsIn(Schema):
    kinds: list[Kind] = []
    words: str = ""


class SendIn(NeedsIn):
    """`agreed`: the candidate knows who will see the evidence."""

    agreed: bool


class ValidationAppealIn(Schema):
    """`about`: one of `open_appeals` of the case; without it the gravest thing that is open."""

    reason: str
    about: Literal["course", "refusal", "adjustment", "fee", "commission", "result", "revocation"] | None = None


class ValidationFeeOut(Schema):
    """`waits`: which step waits for payment (nothing, commission, result). `granted`: the answer to `asked`, if any."""

    grosze: int
    state: str
    waits: str
    due_on: dt.date | None
    asked: str
    granted: bool | None
    answer: str


class FeeWishIn(Schema):
    """Why the fee should be lower, or nothing."""

    words: str


class LettersIn(Schema):
    """`off`: only letters on which a right or a duty hangs."""

    off: bool


class RefusalIn(Schema):
    ground: Literal["conditions", "evidence"]
    reason: str


class AdviserWordsIn(Schema):
    """The adviser's words on one criterion; empty takes them away."""

    criterion: str
    text: str


class DocumentedIn(Schema):
    """`conditions_met`: the entry's conditions for validation were checked and are met.

    `basis`: by place of a condition, what the adviser saw where the candidate stated nothing.
    """

    conditions_met: bool
    basis: dict[int, str] = {}
