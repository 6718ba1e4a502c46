"""Shapes of the office's REST; money in grosze, days and moments in ISO."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

PER_PAGE = 50


class OfficeReasonIn(Schema):
    reason: str


class OfficeCountOut(Schema):
    count: int


class OfficeDeskOut(Schema):
    """`states`: how many cases by state. `late`: cases whose next move is late."""

    states: dict[str, int]
    late: int


class OfficeCaseOut(Schema):
    """A case with who has the next move, what it is and by when."""

    uid: uuid.UUID
    person: uuid.UUID
    name: str
    opening: uuid.UUID
    qualification: str
    state: str
    round: int
    mover: str
    step: str
    due: dt.date | None
    late: bool


class OfficeCasesOut(Schema):
    total: int
    items: list[OfficeCaseOut]


class OfficeOpeningIn(Schema):
    institution: uuid.UUID
    qualification: str
    applications_until: dt.date
    begins_on: dt.date
    ends_on: dt.date
    place: str
    places: int
    fee_grosze: int = Field(0, ge=0, le=2_000_000_000)
    fee_waits: Literal["nothing", "commission", "result"] = "nothing"
    fee_days: int = Field(14, ge=1, le=366)
    fee_to: str = ""
    own_rules: list[Literal["no-relatives", "no-subordinates", "majority"]] = []
    provided: list[str] = []
    teryt: str = ""
    appeal_days: int = Field(14, ge=14, le=90)
    answer_days: int = Field(30, ge=1, le=30)


class OfficeChangeIn(Schema):
    applications_until: dt.date
    begins_on: dt.date
    ends_on: dt.date
    place: str
    places: int
    reason: str
    teryt: str | None = None
    base_version: int | None = None


class OfficeOpeningOut(Schema):
    uid: uuid.UUID
    version: int
    qualification: str
    title: str
    applications_until: dt.date
    begins_on: dt.date
    ends_on: dt.date
    place: str
    teryt: str
    places: int
    fee_grosze: int
    fee_waits: str
    fee_days: int
    fee_to: str
    own_rules: list[str]
    closed: bool


class OfficeMethodOut(Schema):
    """`covers`: codes of outcomes by number of the set. `must`: the entry names these sets."""

    name: str
    text: str
    must: bool
    covers: dict[int, list[str]]


class OfficeRuleOut(Schema):
    """`source`: entry, body (the body's own) or always."""

    text: str
    source: str


class OfficeSittingIn(Schema):
    begins: dt.datetime
    ends: dt.datetime
    place: str = ""
    seats: int = 1


class OfficeMoveIn(Schema):
    begins: dt.datetime
    ends: dt.datetime
    place: str = ""
    reason: str
    base_version: int | None = None


class OfficeMemberOut(Schema):
    record: uuid.UUID
    name: str


class OfficeSittingOut(Schema):
    uid: uuid.UUID
    version: int
    begins: dt.datetime
    ends: dt.datetime
    place: str
    seats: int
    applications: list[uuid.UUID]
    members: list[OfficeMemberOut]


class OfficeOpeningRulesOut(OfficeOpeningOut):
    methods: list[OfficeMethodOut]
    rules: list[OfficeRuleOut]
    sittings: list[OfficeSittingOut]


class OfficeCandidatesIn(Schema):
    applications: list[uuid.UUID]


class OfficeCommissionIn(Schema):
    """`members`: uids of staff records. `base_version`: the sitting as it was seen."""

    members: list[uuid.UUID]
    base_version: int


class OfficePlanningIn(Schema):
    """`openings` empty: all of the institution."""

    institution: uuid.UUID
    openings: list[uuid.UUID] = []


class OfficeRow(Schema):
    sitting: uuid.UUID
    base_version: int
    members: list[uuid.UUID]


class OfficeAcceptIn(Schema):
    institution: uuid.UUID
    rows: list[OfficeRow]


class OfficeProposalOut(Schema):
    """`outcome`: proposal (with `rows`), impossible (with `proof` in words) or undecided."""

    outcome: str
    fairest: bool | None
    rows: list[OfficeRow]
    proof: list[str]


class OfficePeriod(Schema):
    since: dt.date
    until: dt.date | None = None
    document: str
    shows: list[str]


class OfficeStandingOut(Schema):
    """A requirement: met or not; days of documented experience counted and wanted, where it is about experience."""

    code: str
    text: str
    met: bool
    days: int | None
    wanted: int | None


class OfficeStaffIn(Schema):
    institution: uuid.UUID
    account: uuid.UUID
    level: int | None = Field(None, ge=1, le=8)
    level_document: str = ""
    shown: list[str] = []
    principles_on: dt.date | None = None
    periods: list[OfficePeriod] = []


class OfficeStaffOut(Schema):
    uid: uuid.UUID
    account: uuid.UUID
    name: str
    level: int | None
    standings: list[OfficeStandingOut]


class OfficeAway(Schema):
    since: dt.date
    until: dt.date


class OfficeAvailabilityIn(Schema):
    institution: uuid.UUID
    account: uuid.UUID
    most: int
    away: list[OfficeAway] = []
    places: list[str] = []
    base_version: int | None = None


class OfficeAvailabilityOut(Schema):
    version: int
    most: int
    places: list[str]
    away: list[list[dt.date]]


class OfficeBodyIn(Schema):
    institution: uuid.UUID
    periods: list[OfficePeriod]
    shown: list[str] = []
    base_version: int | None = None


class OfficeTrainingIn(Schema):
    institution: uuid.UUID
    trainer: uuid.UUID
    person: uuid.UUID
    title: str
    ended_on: dt.date


class OfficeTrainingOut(Schema):
    title: str
    ended_on: dt.date


class OfficeImportIn(Schema):
    institution: uuid.UUID
    text: str = Field(max_length=2_000_000)
    dry_run: bool = True


class OfficeLineOut(Schema):
    """A row of the table; `awaited`: its participant has not applied yet, and is recognised when they do."""

    number: int
    problem: str
    known: bool
    awaited: bool


class OfficeAdjustmentIn(Schema):
    granted: bool
    reason: str
    extra_percent: int = 0
    base_version: int | None = None


class OfficeAdjustmentOut(Schema):
    version: int
    granted: bool
    extra_percent: int
    reason: str


class OfficeHandOverIn(Schema):
    what: Literal["decision", "certificate", "other"]
    how: Literal["person", "post", "electronic"]
    handed_on: dt.date
    note: str = ""


class OfficeHandOverOut(Schema):
    what: str
    how: str
    handed_on: dt.date
    note: str


class OfficeDecisionOut(Schema):
    """Verdicts: met, not-met, not-shown; by code of outcome and number of set."""

    uid: uuid.UUID
    round: int
    outcomes: dict[str, str]
    sets: dict[str, str]
    whole: str


class OfficeCertificateOut(Schema):
    uid: uuid.UUID
    number: str
    issued_on: dt.date
    application: uuid.UUID
    name: str
    qualification: str
    revoked: bool


class OfficeCertificatesOut(Schema):
    total: int
    items: list[OfficeCertificateOut]


class OfficeReportOut(Schema):
    body: str
    qualification: str
    title: str
    year: int
    certificates: int
    revoked: int


class OfficeAgreementOut(Schema):
    """`kappa` from -1 to 1; null where it cannot be told."""

    first: str
    second: str
    kappa: float | None
    cases: int
    alike: int
    unsure: bool


class OfficeWholeAgreementOut(Schema):
    """Fleiss' kappa from -1 to 1, null where it cannot be told; `cases`: criteria that two or more marked."""

    kappa: float | None
    cases: int
    alike: int
    unsure: bool


class OfficeAppealOut(Schema):
    """`may_answer`: the caller took no part in the case before."""

    uid: uuid.UUID
    application: uuid.UUID
    name: str
    step: str
    about: str
    reason: str
    due_on: dt.date
    state: str
    answer: str
    may_answer: bool


class OfficeAnswerIn(Schema):
    uphold: bool
    answer: str
