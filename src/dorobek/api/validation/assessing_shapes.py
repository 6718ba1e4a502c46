"""Shapes of the assessor's REST: the desk, a sheet, observation, conversation, agreement, scenarios."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Schema

Answer = Literal["", "yes", "partly", "no"]
Judgement = Literal["met", "not-met", "not-shown"]


class AssessingDeskOut(Schema):
    """A case of the desk. `silent`: who has not closed their sheet; `left`: differences not yet agreed."""

    uid: uuid.UUID
    candidate: str
    qualification: str
    move: str
    due_on: dt.date
    done: int
    total: int
    left: int
    silent: list[str]


class DeclarationIn(Schema):
    trained: bool
    relative: bool
    subordinate: bool


class CriterionIn(Schema):
    """One criterion of a sheet; what is left out of `checks` has no answer. `pointer`: of the sheet's `pointers`, "" for
    what lies nearest."""

    criterion: str
    verdict: Judgement | None = None
    reason: str = ""
    method: str = ""
    evidence: uuid.UUID | None = None
    checks: dict[Literal["validity", "currency", "sufficiency", "authenticity"], Answer] = {}
    note: str = ""
    pointer: str = ""


class SheetIn(Schema):
    rows: list[CriterionIn]


class MarkOut(Schema):
    criterion: str
    verdict: str
    reason: str
    method: str
    evidence: uuid.UUID | None
    pointer: str


class PointerOut(Schema):
    """Something that a mark by `method` may point to; evidence serves methods that leave no trace here too."""

    value: str
    method: str
    label: str


class CheckOut(Schema):
    criterion: str
    validity: str
    currency: str
    sufficiency: str
    authenticity: str
    note: str


class SheetOut(Schema):
    """One's own sheet; nobody else's is ever in it. `evidence`: criterion -> pieces; `lacking`: methods, in words."""

    uid: uuid.UUID
    state: str
    round: int
    closed_at: dt.datetime | None
    to_mark: list[str]
    marks: list[MarkOut]
    checks: list[CheckOut]
    evidence: dict[str, list[uuid.UUID]]
    methods: dict[str, list[str]]
    pointers: dict[str, list[PointerOut]]
    lacking: list[str]


class MethodIn(Schema):
    method: str
    criteria: list[str]


class GuideQuestionOut(Schema):
    criterion: str
    question: str
    why: str
    note: str


class ConversationIn(Schema):
    """`notes`: criterion -> what was heard; `ended` writes down that the conversation took place."""

    notes: dict[str, str]
    ended: bool = False


class ObservationIn(Schema):
    scenario: uuid.UUID
    place: str
    equipment_ready: bool
    equipment_note: str = ""
    client_name: str = ""
    client: uuid.UUID | None = None


class TapIn(Schema):
    uid: uuid.UUID
    criterion: str
    words: str
    at: dt.datetime


class TapsIn(Schema):
    """`sent_at` and each `at` by the clock of the device; a `uid` that is kept already changes nothing."""

    sent_at: dt.datetime
    taps: list[TapIn]


class TimeMarkOut(Schema):
    uid: uuid.UUID
    criterion: str
    words: str
    at: dt.datetime


class ObservationOut(Schema):
    """`marks`: one's own."""

    uid: uuid.UUID
    scenario: uuid.UUID
    place: str
    begun_at: dt.datetime
    ended_at: dt.datetime | None
    marks: list[TimeMarkOut]


class TalkIn(Schema):
    criterion: str
    text: str


class AgreedMarkIn(Schema):
    criterion: str
    verdict: Judgement
    reason: str


class AgreementAnswerIn(Schema):
    """`confirms` false is a dissent and needs its `reason`."""

    criterion: str
    confirms: bool
    reason: str = ""


class ComparedOut(Schema):
    """Marks in the order of `assessors`; null where one gave none. `answers`: to what is `proposed`, null: not yet."""

    criterion: str
    apart: bool
    marks: list[MarkOut | None]
    agreed: str | None
    proposed: str | None
    answers: list[bool | None]
    talk: list[str]


class ComparisonOut(Schema):
    """`outcomes`, `sets` and `whole` as the decision would read now."""

    assessors: list[str]
    rows: list[ComparedOut]
    outcomes: dict[str, str]
    sets: dict[str, str]
    whole: str


class AnchorIn(Schema):
    met: str
    not_met: str
    cues: list[str] = []


class SceneNewIn(Schema):
    qualification: str
    title: str


class SceneIn(Schema):
    title: str
    situation: str = ""
    task: str = ""
    client_role: str = ""
    place: str = ""
    equipment: str = ""
    minutes: int = 30
    anchors: dict[str, AnchorIn] = {}
    base_version: int | None = None


class SceneOut(Schema):
    uid: uuid.UUID
    version: int
    family: uuid.UUID
    number: int
    qualification: str
    title: str
    situation: str
    task: str
    client_role: str
    place: str
    equipment: str
    minutes: int
    anchors: dict[str, AnchorIn]
    published_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
