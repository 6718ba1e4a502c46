"""Shapes of the REST doors of the biographical interview and the time line."""

import uuid
from datetime import date, datetime
from typing import Literal

from ninja import Schema

AREA = Literal["education", "work", "personal"]
KIND = Literal["school", "course", "job", "activity", "care", "family", "interest", "other"]


class EventIn(Schema):
    """An event for the time line, dates as said ("wiosna 2013") or EDTF; or `uid` alone for one that is there."""

    kind: KIND | None = None
    title: str | None = None
    organisation: str | None = None
    place: str | None = None
    starts: str | None = None
    ends: str | None = None
    ongoing: bool | None = None
    duties: str | None = None
    note: str | None = None
    uid: uuid.UUID | None = None


class NewEvent(EventIn):
    """An event met in the interview; the same `uid` sent twice is one event."""

    kind: KIND
    title: str
    area: AREA | None = None


class EventChange(EventIn):
    """Fields to change; what is left out stays. `base_version` is the version that was read."""

    base_version: int


class EventOut(Schema):
    """An event of the line: EDTF and the words it was said in."""

    uid: uuid.UUID
    version: int
    kind: str
    area: str
    title: str
    organisation: str
    starts: str
    starts_said: str
    ends: str
    ends_said: str
    ongoing: bool
    duties: str
    note: str
    from_card: bool


class InterviewAnswerIn(Schema):
    """The answer in the person's words. `base_version` 0 (or none) for a question nobody answered yet."""

    answer: str
    events: list[EventIn] = []
    uid: uuid.UUID | None = None
    base_version: int | None = None
    on_behalf: bool = False


class InterviewAnswerOut(Schema):
    """An answer with the events that came of it."""

    uid: uuid.UUID
    version: int
    area: str
    question_code: str
    question: str
    answer: str
    skipped: bool
    life_events: list[EventOut]
    changed_at: datetime


class QuestionIn(Schema):
    """A question that the bank does not hold."""

    question: str
    uid: uuid.UUID | None = None


class BankQuestionOut(Schema):
    code: str
    text: str
    hint: str
    state: str
    version: int


class BankOut(Schema):
    """One area: its questions, how many were asked, the notice where there is one."""

    area: str
    name: str
    intro: str
    notice: str
    asked: int
    total: int
    questions: list[BankQuestionOut]


class PersonalOut(Schema):
    """What the participant decided about the personal area, and what may be done there now."""

    detail: str
    note: str
    version: int
    notice_shown_at: datetime | None
    stopped_at: datetime | None
    may_ask: bool
    notice_first: bool


class PersonalIn(Schema):
    """The participant's choice. `on_behalf`: the adviser wrote it down in the talk."""

    detail: Literal["full", "general", "chosen", "none"]
    notice_read: bool = False
    note: str = ""
    base_version: int | None = None
    on_behalf: bool = False


class OnBehalf(Schema):
    on_behalf: bool = False


class Removed(Schema):
    """How many rows went."""

    removed: int


class InterviewOut(Schema):
    banks: list[BankOut]
    personal: PersonalOut
    asked: int
    total: int
    last_saved: datetime | None


class PieceOut(Schema):
    """An event's place on the drawing: days it is drawn from and to, its lane in the band of its area."""

    uid: uuid.UUID
    area: str
    first_day: date
    last_day: date
    lane: int
    vague: bool
    point: bool


class SilenceOut(Schema):
    """A stretch with no entry, to talk about."""

    first_day: date
    last_day: date
    months: int


class LineOut(Schema):
    """Events in order of time, undated last; places of the dated ones; stretches with no entry."""

    events: list[EventOut]
    pieces: list[PieceOut]
    silences: list[SilenceOut]


class RecordedAnswerOut(Schema):
    question: str
    answer: str
    skipped: bool
    events: list[uuid.UUID]


class RecordedAreaOut(Schema):
    area: str
    statement: str
    answers: list[RecordedAnswerOut]
    events: list[uuid.UUID]


class BiographicalRecordOut(Schema):
    """The written record; the personal area as the participant wished."""

    areas: list[RecordedAreaOut]
    silences: list[SilenceOut]
    first_at: datetime | None
    last_at: datetime | None
