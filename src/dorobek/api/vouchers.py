"""REST: the right to vouchers of a case, and each step of its vouchers."""

import datetime as dt
import uuid
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case, find_row
from dorobek.api.schemas import REFUSALS
from dorobek.audits.models import SkillsAudit
from dorobek.offers.models import Edition
from dorobek.people.perms import is_own, leads
from dorobek.vouchers import actions
from dorobek.vouchers.models import Voucher, VoucherRight
from dorobek.vouchers.queries import free_of, right_of_case

router = Router()
CaseUid = Path[uuid.UUID]


class VoucherOut(Schema):
    """A voucher; money in grosze, `own_grosze` + `support_grosze` is `value_grosze`."""

    uid: uuid.UUID
    number: str
    state: str
    value_grosze: int
    own_grosze: int
    support_grosze: int
    edition: uuid.UUID | None
    participation: str


class VoucherRightOut(Schema):
    uid: uuid.UUID
    version: int
    state: str
    total_grosze: int
    free_grosze: int
    opened_on: dt.date
    expires_on: dt.date
    not_bought: str
    vouchers: list[VoucherOut]


class VoucherCaseOut(Schema):
    """`right` is null until the audit ends, or where the programme has no vouchers."""

    right: VoucherRightOut | None


class GrantIn(Schema):
    """`seen`: how many vouchers of the right the caller has seen; with more by now nothing is granted."""

    price_grosze: int
    reason: str
    document: str = ""
    seen: int | None = None


class OwnShareIn(Schema):
    grosze: int
    document: str


class BindIn(Schema):
    edition: uuid.UUID
    document: str = ""


class ReportIn(Schema):
    participation: Literal["accepted", "rejected", "finished", "not-finished", "absent"]
    document: str


class VoucherWordsIn(Schema):
    reason: str
    document: str


class NotBoughtIn(Schema):
    why: str
    more: str = ""
    base_version: int | None = None


def _out(voucher: Voucher) -> VoucherOut:
    same = ("uid", "number", "state", "value_grosze", "own_grosze", "support_grosze", "participation")
    edition = voucher.edition.uid if voucher.edition else None
    return VoucherOut(**{name: getattr(voucher, name) for name in same}, edition=edition)


def _leading(request: HttpRequest, case_uid: uuid.UUID) -> SkillsAudit:
    """The case of the adviser in charge, who alone writes; 404 for everybody else."""
    audit = find_case(request, case_uid)
    user: Any = request.user
    if not leads(user, audit):
        raise Http404
    return audit


def _right(request: Any, audit: SkillsAudit) -> VoucherRight:
    right = right_of_case(request.user, audit.uid)
    if right is None:
        raise Http404
    return right


def _voucher(request: HttpRequest, audit: SkillsAudit, uid: uuid.UUID) -> Voucher:
    return find_row(request, Voucher, audit, uid)


@router.get("/voucher", response=VoucherCaseOut)
def voucher_right(request: Any, case_uid: CaseUid) -> VoucherCaseOut:
    """The right with its vouchers."""
    audit = find_case(request, case_uid)
    right = right_of_case(request.user, audit.uid)
    if right is None:
        return VoucherCaseOut(right=None)
    same = ("uid", "version", "state", "total_grosze", "opened_on", "expires_on", "not_bought")
    vouchers = [_out(one) for one in right.vouchers.all()]
    values = {name: getattr(right, name) for name in same}
    return VoucherCaseOut(right=VoucherRightOut(**values, free_grosze=free_of(right), vouchers=vouchers))


@router.post("/voucher", response={201: VoucherOut, **REFUSALS})
def grant_voucher(request: HttpRequest, case_uid: CaseUid, body: GrantIn) -> Any:
    """A new voucher for a price."""
    audit = _leading(request, case_uid)
    made = actions.grant(right=_right(request, audit), acting_user=acting_user(request, audit), **body.dict())
    return Status(201, _out(made))


@router.post("/voucher/not-bought", response={200: VoucherCaseOut, **REFUSALS})
def not_bought(request: Any, case_uid: CaseUid, body: NotBoughtIn) -> VoucherCaseOut:
    """Why nothing was bought."""
    audit = find_case(request, case_uid)
    if not (is_own(request.user, audit.person) or leads(request.user, audit)):
        raise Http404
    actions.say_why_not_bought(right=_right(request, audit), acting_user=acting_user(request, audit), **body.dict())
    return voucher_right(request, case_uid)


@router.post("/voucher/{uid}/own-share", response={200: VoucherOut, **REFUSALS})
def own_share(request: HttpRequest, case_uid: CaseUid, uid: uuid.UUID, body: OwnShareIn) -> VoucherOut:
    """The own share came in."""
    audit = _leading(request, case_uid)
    held = _voucher(request, audit, uid)
    return _out(actions.record_own_share(voucher=held, acting_user=acting_user(request, audit), **body.dict()))


@router.post("/voucher/{uid}/edition", response={200: VoucherOut, **REFUSALS})
def buy(request: HttpRequest, case_uid: CaseUid, uid: uuid.UUID, body: BindIn) -> VoucherOut:
    """Buy a place on an edition of the offer."""
    audit = _leading(request, case_uid)
    held = _voucher(request, audit, uid)
    edition = Edition.objects.filter(uid=body.edition).first()
    if edition is None:
        raise Http404
    acting = acting_user(request, audit)
    return _out(actions.bind(voucher=held, edition=edition, document=body.document, acting_user=acting))


@router.post("/voucher/{uid}/participation", response={200: VoucherOut, **REFUSALS})
def participation(request: HttpRequest, case_uid: CaseUid, uid: uuid.UUID, body: ReportIn) -> VoucherOut:
    """What the provider reported."""
    audit = _leading(request, case_uid)
    held = _voucher(request, audit, uid)
    return _out(actions.report_participation(voucher=held, acting_user=acting_user(request, audit), **body.dict()))


@router.post("/voucher/{uid}/release", response={200: VoucherOut, **REFUSALS})
def release(request: HttpRequest, case_uid: CaseUid, uid: uuid.UUID, body: VoucherWordsIn) -> VoucherOut:
    """Give the place up, keep the voucher."""
    audit = _leading(request, case_uid)
    held = _voucher(request, audit, uid)
    return _out(actions.unbind(voucher=held, acting_user=acting_user(request, audit), **body.dict()))


@router.post("/voucher/{uid}/return", response={200: VoucherOut, **REFUSALS})
def give_back(request: HttpRequest, case_uid: CaseUid, uid: uuid.UUID, body: VoucherWordsIn) -> VoucherOut:
    """Give the voucher back before it is used."""
    audit = _leading(request, case_uid)
    held = _voucher(request, audit, uid)
    return _out(actions.give_back(voucher=held, acting_user=acting_user(request, audit), **body.dict()))
