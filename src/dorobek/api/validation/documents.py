"""REST: documents of a case, its archive, credentials of a decision, a certificate revoked and checked (VA-8)."""

import datetime as dt
import uuid
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError

from dorobek.api.schemas import REFUSALS
from dorobek.people.acting import ActingUser
from dorobek.people.actions import log_reading
from dorobek.validation import perms
from dorobek.validation.actions.archives import take_archive
from dorobek.validation.actions.credentials import award_credentials
from dorobek.validation.actions.documents import endings, file_name, revoke_certificate, write_files
from dorobek.validation.archive import name_of
from dorobek.validation.models import Application, Certificate
from dorobek.validation.queries.papers import checked_certificate, find_case, find_paper, papers_of
from dorobek.web.accounts.addresses import client_address
from dorobek.web.accounts.middleware import over_limit
from dorobek.web.files import file_response
from dorobek.web.validation.documents.checking import MOST_CHECKS

router = Router()
public = Router()


class CaseDocumentOut(Schema):
    """`content_sha256`: of the text that was frozen; `files`: kinds of files that can be had."""

    uid: uuid.UUID
    kind: str
    title: str
    round: int
    content_sha256: str
    frozen_at: dt.datetime
    files: list[str]


class RevocationIn(Schema):
    """`outcomes`: those that count in no later validation any more; all of the certificate when left out."""

    reason: str
    outcomes: list[str] | None = None


class RevokedOut(Schema):
    number: str
    revoked_at: dt.datetime


class AwardedOut(Schema):
    """`scope`: "" the whole qualification, "2" a set, "2.1" an outcome."""

    scope: str
    credential: uuid.UUID


class CertificateOut(Schema):
    """What the holder's paper shows, and whether it is valid today."""

    number: str
    valid: bool
    holder: str
    qualification: str
    code: str
    level: int | None
    body: str
    issued_on: dt.date
    revoked_on: dt.date | None


def _case(request: Any, uid: uuid.UUID, *, running: bool = False) -> Application:
    application = find_case(request.user, uid)
    if application is None or (running and not perms.may_run(request.user, application)):
        raise Http404
    log_reading(account=request.user, person=application.person, case_uid=application.uid, part="API")
    return application


@router.get("/{uid}", response={200: list[CaseDocumentOut], **REFUSALS}, summary="Documents of a case")
def documents(request: HttpRequest, uid: uuid.UUID) -> Any:
    """Those that the caller may open, in the order in which they arose. `uid`: of the application."""
    application = _case(request, uid)
    return [
        {
            "uid": one.uid, "kind": one.kind, "title": one.title, "round": one.round, "frozen_at": one.frozen_at,
            "content_sha256": one.content_sha256, "files": list(endings(one)),
        }
        for one in papers_of(request.user, application)  # type: ignore[arg-type]
    ]  # fmt: skip


@router.get("/{uid}/files/{ending}", summary="A document as PDF or DOCX")
def file(request: HttpRequest, uid: uuid.UUID, ending: str) -> FileResponse:
    """`uid`: of the document; `ending`: pdf or docx."""
    document = find_paper(request.user, uid)  # type: ignore[arg-type]
    if document is None or ending not in endings(document):
        raise Http404
    application = document.application
    log_reading(account=request.user, person=application.person, case_uid=application.uid, part="API")  # type: ignore[arg-type]
    stored = getattr(write_files(document=document), ending)
    if stored is None:
        raise Http404
    return file_response(stored, name=file_name(document, ending))


@router.post("/{uid}/archive", summary="The whole case as one archive")
def archive(request: HttpRequest, uid: uuid.UUID, evidence: bool = True) -> FileResponse:
    """A ZIP file that checks itself; officers of the body. The history tells that it was taken."""
    application = _case(request, uid, running=True)
    acting = ActingUser(request.user)  # type: ignore[arg-type]
    taken, _made = take_archive(application=application, acting_user=acting, evidence=evidence)
    return FileResponse(taken, as_attachment=True, filename=name_of(application), content_type="application/zip")


@router.post("/{uid}/credentials", response={200: list[AwardedOut], **REFUSALS}, summary="Issue what is due")
def credentials(request: HttpRequest, uid: uuid.UUID) -> Any:
    """Credentials of the newest decision; asked again, an empty list."""
    application = _case(request, uid, running=True)
    decision = application.decisions.order_by("-round").first()
    if decision is None:
        raise Http404
    made = award_credentials(decision=decision, acting_user=ActingUser(request.user))  # type: ignore[arg-type]
    return [{"scope": one.scope, "credential": one.credential.uid} for one in made]


@router.post("/{uid}/revocation", response={200: RevokedOut, **REFUSALS}, summary="Revoke the certificate")
def revocation(request: HttpRequest, uid: uuid.UUID, body: RevocationIn) -> Any:
    """For good, with a reason that the holder reads. `uid`: of the application."""
    application = _case(request, uid, running=True)
    certificate = Certificate.objects.filter(application=application).first()
    if certificate is None:
        raise Http404
    acting = ActingUser(request.user)  # type: ignore[arg-type]
    return revoke_certificate(certificate=certificate, reason=body.reason, outcomes=body.outcomes, acting_user=acting)


@public.get("", response={200: CertificateOut, **REFUSALS}, summary="Check a certificate")
def check(request: HttpRequest, number: str, code: str) -> Any:
    """Number and code as they stand on the paper; 404 when they do not belong together. Limited per address."""
    if over_limit(f"certificate:{client_address(request)}", MOST_CHECKS):
        raise HttpError(429, "Za dużo prób naraz. Proszę odczekać minutę.")
    found = checked_certificate(number, code)
    if found is None:
        raise Http404
    return {
        "number": found.number, "valid": found.revoked_at is None, "holder": found.holder, "code": found.code,
        "qualification": found.qualification, "level": found.level, "body": found.body, "issued_on": found.issued_on,
        "revoked_on": timezone.localdate(found.revoked_at) if found.revoked_at else None,
    }  # fmt: skip
