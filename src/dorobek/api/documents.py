"""REST: documents of a case, their versions and files, the participant's word, sections of reports."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpResponse
from ninja import Path, Router, Schema, Status
from pydantic import Field

from dorobek.api.doors import acting_user, find_case
from dorobek.api.schemas import Clash, Problem
from dorobek.audits.actions import documents as actions
from dorobek.audits.documents import build, case_file, missing_content
from dorobek.audits.documents.freezing import draft, on_screen
from dorobek.audits.documents.sections import SECTIONS
from dorobek.audits.models import HandedDocument, ReportSection, SkillsAudit
from dorobek.audits.queries.documents import handed_document, handed_documents
from dorobek.audits.rules.sections import required_documents
from dorobek.kernel.models import Job
from dorobek.web.files import file_response

router = Router()


class DocumentVersionOut(Schema):
    """A document as handed over. `files` holds the SHA-256 of each file that is still kept."""

    uid: uuid.UUID
    version: int
    kind: str
    language: str
    number: int
    content_sha256: str
    handed_at: datetime
    read_at: datetime | None
    accepted_at: datetime | None
    accepted_in_assisted_mode: bool
    comment: str
    files: dict[str, str]


class DocumentOut(Schema):
    """A document of the case's variant, what it still lacks in words, and its versions, newest first."""

    kind: str
    name: str
    missing: list[str]
    versions: list[DocumentVersionOut]


class DocumentHandOverIn(Schema):
    kind: str
    language: Literal["pl", "en"] = "pl"


class HandOverAllIn(Schema):
    languages: list[Literal["pl", "en"]] = Field(default=["pl"], min_length=1)


class JobOut(Schema):
    """A run that hands over every document; `state`: waiting, running, done or failed."""

    uid: uuid.UUID
    state: str
    done: int
    total: int
    problem: str


class WordIn(Schema):
    """The participant's word. `on_behalf`: typed by the adviser in assisted mode."""

    answer: Literal["accept", "remark"]
    comment: str = ""
    base_version: int | None = None
    on_behalf: bool = False


class SectionIn(Schema):
    text: str
    base_version: int | None = None


class ReportSectionOut(Schema):
    kind: str
    section: str
    title: str
    text: str
    version: int


def shown(one: HandedDocument) -> dict[str, Any]:
    plain = ("uid", "version", "kind", "language", "number", "content_sha256", "handed_at", "read_at", "accepted_at")
    files = {ending: stored.sha256 for ending, stored in (("pdf", one.pdf), ("docx", one.docx)) if stored is not None}
    return {
        **{name: getattr(one, name) for name in (*plain, "comment")},
        "accepted_in_assisted_mode": one.accepted_assisted_by_id is not None,
        "files": files,
    }


@router.get("/documents", response=list[DocumentOut], summary="Documents of a case with their versions")
def list_documents(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    audit = find_case(request, case_uid)
    file = case_file(audit, request.user)
    versions = handed_documents(request.user, audit)
    found = []
    for kind in required_documents(audit.rules, audit.variant):
        spec = audit.rules.document(kind)
        own = [shown(one) for one in versions if one.kind == str(kind)]
        name = spec.name.pl if spec else str(kind)
        found.append({"kind": str(kind), "name": name, "missing": missing_content(kind, file), "versions": own})
    return found


@router.get(
    "/documents/draft/{kind}", summary="A document as it would read now, as HTML", response={200: Any, 422: Problem}
)
def draft_document(
    request: Any, case_uid: Path[uuid.UUID], kind: str, language: Literal["pl", "en"] = "pl"
) -> HttpResponse:
    audit = find_case(request, case_uid)
    wanted = actions.checked_kind(audit, kind)
    tree = draft(build(wanted, audit, language, user=request.user))
    return HttpResponse(on_screen(tree), content_type="text/html; charset=utf-8")


@router.post(
    "/documents", response={200: DocumentVersionOut, 404: Problem, 422: Problem}, summary="Hand over one document"
)  # fmt: skip
def hand_over(request: Any, case_uid: Path[uuid.UUID], body: DocumentHandOverIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    acting = acting_user(request, audit)
    return shown(actions.hand_over_document(audit=audit, kind=body.kind, language=body.language, acting_user=acting))


@router.post(
    "/documents/all",
    response={202: JobOut, 404: Problem, 422: Problem},
    summary="Hand over every document of the variant",
)
def hand_over_all(request: Any, case_uid: Path[uuid.UUID], body: HandOverAllIn) -> Any:
    audit = find_case(request, case_uid)
    row = actions.hand_over_all(audit=audit, languages=body.languages, acting_user=acting_user(request, audit))
    return Status(202, _job(Job.objects.get(pk=row.pk)))


@router.get("/documents/progress", response=list[JobOut], summary="Runs that hand over every document, newest first")
def progress(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    return [_job(row) for row in actions.jobs_of(find_case(request, case_uid))[:20]]


def _job(row: Job) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("uid", "state", "done", "total", "problem")}


def find_document(request: Any, audit: SkillsAudit, uid: uuid.UUID) -> HandedDocument:
    found = handed_document(request.user, audit, uid)
    if found is None:
        raise Http404
    return found


@router.get("/documents/{uid}/file/{ending}", summary="PDF or DOCX of a version", response={200: Any, 404: Problem})
def download(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, ending: Literal["pdf", "docx"]) -> Any:
    audit = find_case(request, case_uid)
    document = find_document(request, audit, uid)
    actions.read_document(document=document, acting_user=acting_user(request, audit))
    stored = document.pdf if ending == "pdf" else document.docx
    if stored is None or not stored.content.storage.exists(stored.content.name or ""):
        raise Http404
    return file_response(stored, download=True)


@router.post(
    "/documents/{uid}/word",
    response={200: DocumentVersionOut, 404: Problem, 409: Clash, 422: Problem},
    summary="Accept a document, or say what has to change",
)
def word(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: WordIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    document, acting = find_document(request, audit, uid), acting_user(request, audit, body.on_behalf)
    if body.answer == "accept":
        actions.accept_document(document=document, acting_user=acting, comment=body.comment)
    else:
        actions.comment_document(
            document=document, comment=body.comment, acting_user=acting, base_version=body.base_version
        )
    return shown(find_document(request, audit, uid))


@router.get("/report-sections", response=list[ReportSectionOut], summary="Sections of reports, written or not")
def list_sections(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    audit = find_case(request, case_uid)
    held = {(row.kind, row.section): row for row in ReportSection.objects.visible_to(request.user).filter(audit=audit)}
    kinds = [kind for kind in required_documents(audit.rules, audit.variant) if kind in SECTIONS]
    return [_section(audit, str(kind), code, held.get((str(kind), code))) for kind in kinds for code in SECTIONS[kind]]


@router.put(
    "/report-sections/{kind}/{section}",
    response={200: ReportSectionOut, 404: Problem, 409: Clash, 422: Problem},
    summary="Write one section of a report",
)
def write_section(request: Any, case_uid: Path[uuid.UUID], kind: str, section: str, body: SectionIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    row = actions.write_report_section(
        audit=audit, kind=kind, section=section, text=body.text, acting_user=acting_user(request, audit),
        base_version=body.base_version,
    )  # fmt: skip
    return _section(audit, kind, section, row)


def _section(audit: SkillsAudit, kind: str, code: str, row: ReportSection | None) -> dict[str, Any]:
    titles = {str(one): found for one, found in SECTIONS.items()}[kind]
    return {
        "kind": kind,
        "section": code,
        "title": str(titles[code]),
        "text": row.text if row else "",
        "version": row.version if row else 0,
    }
