"""REST of the office about fees: terms of an opening, the fee of a case, the answer to a wish to pay less."""

import datetime as dt
import uuid
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from dorobek.api.schemas import REFUSALS
from dorobek.api.validation.office_doors import acting, case_of, opening_of
from dorobek.api.validation.office_out import opening_out
from dorobek.api.validation.office_shapes import OfficeOpeningOut
from dorobek.validation.actions.fees import answer_fee, change_fee_terms
from dorobek.validation.actions.office import note_fee
from dorobek.validation.enums import FeeWaits

router = Router()


class OfficeFeeTermsIn(Schema):
    """The terms of payment for whoever sends from now on; those who have sent keep theirs."""

    fee_grosze: int = Field(ge=0, le=2_000_000_000)
    waits: Literal["nothing", "commission", "result"]
    days: int = Field(ge=1, le=366)
    to: str = ""
    reason: str
    base_version: int | None = None


class OfficeFeeAnswerIn(Schema):
    """`grosze`: what is left to pay when granted; 0: nothing."""

    granted: bool
    reason: str
    grosze: int = Field(0, ge=0, le=2_000_000_000)
    base_version: int | None = None


class OfficeFeeIn(Schema):
    state: Literal["due", "paid", "waived"]
    grosze: int | None = Field(None, ge=0, le=2_000_000_000)
    document: str = ""
    reason: str = ""
    settled_on: dt.date | None = None
    base_version: int | None = None


class OfficeFeeOut(Schema):
    version: int
    state: str
    grosze: int
    settled_on: dt.date | None
    document: str
    reason: str
    waits: str
    due_on: dt.date | None
    asked: str
    granted: bool | None
    answer: str


@router.put("/openings/{uid}/fee", response={200: OfficeOpeningOut, **REFUSALS})
def put_fee_terms(request: HttpRequest, uid: uuid.UUID, body: OfficeFeeTermsIn) -> Any:
    """Other terms of payment, for whoever sends from now on."""
    given = body.dict() | {"waits": FeeWaits(body.waits)}
    return opening_out(change_fee_terms(opening=opening_of(request, uid), acting_user=acting(request), **given))


@router.put("/cases/{uid}/fee", response={200: OfficeFeeOut, **REFUSALS})
def put_fee(request: HttpRequest, uid: uuid.UUID, body: OfficeFeeIn) -> Any:
    """The fee: due, paid with its document, or waived with a reason."""
    return note_fee(application=case_of(request, uid), acting_user=acting(request), **body.dict())


@router.put("/cases/{uid}/fee/answer", response={200: OfficeFeeOut, **REFUSALS})
def put_fee_answer(request: HttpRequest, uid: uuid.UUID, body: OfficeFeeAnswerIn) -> Any:
    """The answer to a wish to pay less or nothing."""
    return answer_fee(application=case_of(request, uid), acting_user=acting(request), **body.dict())
