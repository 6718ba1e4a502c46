"""REST: evidence with its ratings and files; results of tests taken elsewhere."""

import uuid
from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import File, Form, ModelSchema, Path, Router, Schema, Status, UploadedFile

from dorobek.api.doors import acting_user, find_case, find_row, rows_of_case
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.models import SkillsAudit
from dorobek.instruments.actions import Scale, enter_result, remove_result
from dorobek.instruments.models import ExternalResult, ScaleResult
from dorobek.kernel.errors import RuleBroken
from dorobek.portfolio import actions
from dorobek.portfolio.models import Competence, Evidence, EvidenceRating
from dorobek.portfolio.queries_evidence import evidence_of_case
from dorobek.web.files import file_response

router = Router()
Marks = Literal["yes", "partly", "no"]


class RatingOut(ModelSchema):
    class Meta:
        model = EvidenceRating
        fields = ["validity", "currency", "sufficiency", "authenticity", "reason", "rated_at"]


class EvidenceOut(Schema):
    """A piece of evidence. `made_on`: a partial date as EDTF; `file`: name, type and size, when it is a file."""

    uid: uuid.UUID
    version: int
    kind: str
    title: str
    description: str
    url: str
    made_on: str
    file: dict[str, Any] | None
    seen_on: date | None
    returned_on: date | None
    competences: list[uuid.UUID]
    ratings: list[RatingOut]


class EvidenceIn(Schema):
    """Sent as multipart/form-data, with `file` when the kind is a file."""

    kind: Literal["file", "link", "statement", "object"]
    title: str
    description: str = ""
    url: str = ""
    made_on: str = ""
    seen_on: date | None = None
    competences: list[uuid.UUID] = []


class LinksIn(Schema):
    competences: list[uuid.UUID]


class RatingIn(Schema):
    """The four questions (PF-2), with the reason."""

    validity: Marks
    currency: Marks
    sufficiency: Marks
    authenticity: Marks
    reason: str


class RemovalIn(Schema):
    reason: str = ""


class ReturnIn(Schema):
    returned_on: date


class ScaleIn(Schema):
    """A scale of a result: a score as printed, a level 1 to 5, or both; set beside a competence where one fits."""

    name: str
    score: str = ""
    level: str = ""
    competence: uuid.UUID | None = None


class ResultIn(Schema):
    tool: str
    tool_version: str = ""
    taken_on: date
    run_by: str
    entitlement: str
    validity: str = "valid"
    validity_note: str = ""
    conclusions: str = ""
    scales: list[ScaleIn]


class ScaleOut(ModelSchema):
    class Meta:
        model = ScaleResult
        fields = ["scale", "score", "level"]


class ResultOut(Schema):
    """A sitting of a tool elsewhere (IN-8)."""

    uid: uuid.UUID
    version: int
    tool: str
    tool_version: str
    taken_on: date
    run_by: str
    entitlement: str
    validity: str
    validity_note: str
    conclusions: str
    created_at: datetime
    scales: list[ScaleOut]


def _competences(request: Any, audit: SkillsAudit, uids: list[uuid.UUID]) -> list[Competence]:
    found = {one.uid: one for one in rows_of_case(request, Competence, audit).filter(uid__in=uids)}
    if set(uids) - set(found):
        raise RuleBroken(_("Nie ma takiej kompetencji w tej sprawie."), "competences")
    return [found[uid] for uid in uids]


def shown(one: Evidence) -> dict[str, Any]:
    plain = ("uid", "version", "kind", "title", "description", "url", "made_on", "seen_on", "returned_on")
    stored = one.file
    return {
        **{name: getattr(one, name) for name in plain},
        "file": {"name": stored.name, "type": stored.media_type, "size": stored.size} if stored else None,
        "competences": [competence.uid for competence in one.competences.all()],
        "ratings": list(one.ratings.all()),
    }


def _again(request: Any, audit: SkillsAudit, uid: uuid.UUID) -> dict[str, Any]:
    found = evidence_of_case(request.user, audit.uid).filter(uid=uid).first()
    if found is None:
        raise Http404
    return shown(found)


@router.get("/evidence", response={200: list[EvidenceOut], 404: Problem}, summary="Evidence of a case")
def list_evidence(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    audit = find_case(request, case_uid)
    return [shown(one) for one in evidence_of_case(request.user, audit.uid)]


@router.post("/evidence", response={201: EvidenceOut, **REFUSALS}, summary="Add evidence")
def add_evidence(
    request: Any, case_uid: Path[uuid.UUID], body: Form[EvidenceIn], file: File[UploadedFile | None] = None
) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    made = actions.add_evidence(
        person=audit.person,
        case_uid=audit.uid,
        upload=file,
        competences=_competences(request, audit, body.competences),
        acting_user=acting_user(request, audit),
        **body.dict(exclude={"competences"}),
    )
    return Status(201, _again(request, audit, made.uid))


@router.get("/evidence/{uid}/file", response={404: Problem}, summary="The file of a piece of evidence")
def download(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> Any:
    held = find_row(request, Evidence, find_case(request, case_uid), uid, removed_at=None)
    if held.file is None:
        raise Http404
    return file_response(held.file, download=True)


@router.put("/evidence/{uid}/competences", response={200: EvidenceOut, **REFUSALS}, summary="What it supports")
def link(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: LinksIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Evidence, audit, uid, removed_at=None)
    chosen = _competences(request, audit, body.competences)
    actions.link_evidence(evidence=held, competences=chosen, acting_user=acting_user(request, audit))
    return _again(request, audit, uid)


@router.post("/evidence/{uid}/ratings", response={201: EvidenceOut, **REFUSALS}, summary="Rate evidence")
def rate(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: RatingIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    held = find_row(request, Evidence, audit, uid)
    actions.rate_evidence(evidence=held, acting_user=acting_user(request, audit), **body.dict())
    return Status(201, _again(request, audit, uid))


@router.post("/evidence/{uid}/return", response={200: EvidenceOut, **REFUSALS}, summary="A shown thing was returned")
def give_back(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: ReturnIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Evidence, audit, uid, removed_at=None)
    actions.note_return(evidence=held, returned_on=body.returned_on, acting_user=acting_user(request, audit))
    return _again(request, audit, uid)


@router.delete("/evidence/{uid}", response={204: None, **REFUSALS}, summary="Remove evidence")
def remove(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: RemovalIn) -> Status[None]:
    audit = find_case(request, case_uid)
    held = find_row(request, Evidence, audit, uid, removed_at=None)
    actions.remove_evidence(evidence=held, reason=body.reason, acting_user=acting_user(request, audit))
    return Status(204, None)


def _result(one: ExternalResult) -> dict[str, Any]:
    plain = (
        "uid", "version", "tool", "tool_version", "taken_on", "run_by", "entitlement", "validity", "validity_note",
        "conclusions", "created_at",
    )  # fmt: skip
    return {**{name: getattr(one, name) for name in plain}, "scales": list(one.scales.all())}


@router.get("/results", response={200: list[ResultOut], 404: Problem}, summary="Results of tests taken elsewhere")
def list_results(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    rows = rows_of_case(request, ExternalResult, find_case(request, case_uid)).prefetch_related("scales")
    return [_result(one) for one in rows]


@router.post("/results", response={201: ResultOut, **REFUSALS}, summary="Enter a result")
def add_result(request: Any, case_uid: Path[uuid.UUID], body: ResultIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    wanted = [scale.competence for scale in body.scales if scale.competence]
    found = {one.uid: one for one in _competences(request, audit, wanted)}
    scales = [
        Scale(one.name, one.score, one.level, found[one.competence] if one.competence else None) for one in body.scales
    ]
    made = enter_result(
        person=audit.person,
        case_uid=audit.uid,
        scales=scales,
        acting_user=acting_user(request, audit),
        **body.dict(exclude={"scales"}),
    )
    return Status(201, _result(made))


@router.delete("/results/{uid}", response={204: None, **REFUSALS}, summary="Remove a result")
def drop_result(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: RemovalIn) -> Status[None]:
    audit = find_case(request, case_uid)
    held = find_row(request, ExternalResult, audit, uid)
    remove_result(result=held, reason=body.reason, acting_user=acting_user(request, audit))
    return Status(204, None)
