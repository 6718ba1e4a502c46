"""REST of the office while a commission judges: a member replaced, a method on paper brought in."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest
from ninja import File, Form, Router, Schema, Status, UploadedFile

from dorobek.api.schemas import REFUSALS
from dorobek.api.validation import office_out as told
from dorobek.api.validation import office_shapes as shapes
from dorobek.api.validation.office_doors import acting, case_of, records_of
from dorobek.validation.actions.methods import import_paper, void_paper
from dorobek.validation.actions.replacing import replace_member
from dorobek.validation.models import CommissionMember
from dorobek.validation.queries import desk

router = Router()


class OfficeReplacementIn(Schema):
    """`leaves` and `comes`: people of the pool."""

    leaves: uuid.UUID
    comes: uuid.UUID
    reason: str


class OfficePaperIn(Schema):
    """A method carried out on paper. `failed`: outcomes that a test did not pass."""

    method: str
    criteria: list[str] = []
    used_on: dt.date
    led_by: str
    failed: list[str] = []
    note: str = ""


class OfficePaperVoidIn(Schema):
    """Why a record on paper counts for nothing."""

    reason: str


class OfficePaperOut(Schema):
    """`id`: by which it is withdrawn."""

    id: int
    method: str
    criteria: list[str]
    used_on: dt.date
    led_by: str
    failed: list[str]
    file_sha256: str


@router.post("/cases/{uid}/replacement", response={200: shapes.OfficeCaseOut, **REFUSALS})
def post_replacement(request: HttpRequest, uid: uuid.UUID, body: OfficeReplacementIn) -> Any:
    """Another person judges in a member's place; every rule is asked as at an appointment."""
    case = case_of(request, uid)
    leaves = CommissionMember.objects.filter(commission=case.commission_id, record__uid=body.leaves).first()
    if leaves is None:
        raise Http404
    [comes] = records_of(case.opening.institution, [body.comes])
    done = replace_member(
        application=case, leaves=leaves, comes=comes, reason=body.reason, acting_user=acting(request)
    )  # fmt: skip
    return told.case_out(desk.with_moves([case_of(request, done.uid)])[0])


@router.post("/cases/{uid}/paper", response={201: OfficePaperOut, **REFUSALS})
def post_paper(request: HttpRequest, uid: uuid.UUID, body: Form[OfficePaperIn], file: File[UploadedFile]) -> Any:
    """A method carried out on paper, with its file and who answers for it; the protocol says so."""
    case = case_of(request, uid)
    made = import_paper(application=case, upload=file, acting_user=acting(request), **body.dict())
    same = {name: getattr(made, name) for name in ("id", "method", "criteria", "used_on", "led_by", "failed")}
    return Status(201, {**same, "file_sha256": made.file.sha256 if made.file else ""})


@router.post("/cases/{uid}/paper/{record}/void", response={200: shapes.OfficeCaseOut, **REFUSALS})
def post_paper_void(request: HttpRequest, uid: uuid.UUID, record: int, body: OfficePaperVoidIn) -> Any:
    """A record on paper is withdrawn while no sheet is closed; it stays on file and counts for nothing."""
    paper = case_of(request, uid).methods.filter(pk=record).first()
    if paper is None:
        raise Http404
    void_paper(paper=paper, reason=body.reason, acting_user=acting(request))
    return told.case_out(desk.with_moves([case_of(request, uid)])[0])
