"""REST for issuers: templates, one credential, lists of people with a dry run, status, the register (MC-3, MC-5).

For those who issue for an institution, and its tokens; everybody else gets 404.
"""

import csv
import datetime as dt
import io
import json
import uuid
from collections.abc import Sequence
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from dorobek.api.schemas import REFUSALS, Problem
from dorobek.credentials.actions.batches import prepare_batch, rows_of_batch, sign_batch
from dorobek.credentials.actions.changes import reinstate, revoke, suspend
from dorobek.credentials.actions.inviting import invite_holder
from dorobek.credentials.actions.issuing import issue_credential
from dorobek.credentials.addresses import list_url, template_url
from dorobek.credentials.models import Credential, CredentialTemplate, IssuingBatch, TemplateVersion
from dorobek.credentials.perms import ISSUING_ROLES
from dorobek.credentials.queries.looking_over import Looked
from dorobek.credentials.recipients import Recipient
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.people.acting import ActingUser

router = Router()
PER_PAGE = 50
MOST_ROWS = 5000
CHANGES = {"revoked": revoke, "suspended": suspend, "valid": reinstate}
StateOf = Literal["valid", "suspended", "revoked", "replaced"]


class IssuableTemplate(Schema):
    """A micro-credential of one's institution. `version` and `address` are null until it is published."""

    uid: uuid.UUID
    issuer: str
    title: str
    state: Literal["draft", "published", "withdrawn"]
    version: int | None
    address: str | None
    suspendable: bool


class RecipientIn(Schema):
    """Who gets it. `awarded_on` falls back to that of the list."""

    given_names: str = Field(max_length=120)
    family_name: str = Field(min_length=1, max_length=120)
    email: str = Field(max_length=250)
    awarded_on: dt.date | None = None
    grade: str = Field("", max_length=100)


class AwardIn(RecipientIn):
    """One credential from a template's published version; `invite` writes to the holder. The day is today by default."""

    template: uuid.UUID
    invite: bool = False


class IssuedOut(Schema):
    """A row of the register. `status_list` and `status_index` are its place among those taken back."""

    uid: uuid.UUID
    template: uuid.UUID
    template_version: int
    title: str
    holder: str
    state: StateOf
    reason: str
    awarded_on: dt.date
    valid_until: dt.datetime | None
    status_list: str
    status_index: int
    list: uuid.UUID | None
    replaces: uuid.UUID | None
    version: int


class IssuedDocument(IssuedOut):
    """With the credential as signed; null where it was erased."""

    document: dict[str, Any] | None


class IssuedPage(Schema):
    credentials: list[IssuedOut]
    total: int
    page: int
    pages: int


class IssuedQuery(Schema):
    """`q`: words of the holder's name."""

    q: str = Field("", max_length=200)
    state: StateOf | None = None
    template: uuid.UUID | None = None
    page: int = Field(1, ge=1, le=100_000)


class ListIn(Schema):
    """A list of people for one template. Nobody gets anything until it is signed."""

    template: uuid.UUID
    awarded_on: dt.date
    title: str = Field("", max_length=200)
    invite: bool = False
    people: list[RecipientIn] = Field(max_length=MOST_ROWS)


class RowOut(Schema):
    """What would become of a row, and why when nothing: `problem` is a code such as no-email."""

    row: int
    holder: str
    fate: Literal["will-get", "twice", "holds", "fault"]
    problem: str | None


class ListOut(Schema):
    """`fates` counts the rows of each fate; `found` lists those that would get nothing, at most a hundred."""

    uid: uuid.UUID
    title: str
    state: Literal["waiting", "signing", "done", "stopped"]
    rows: int
    signed: int
    fates: dict[str, int]
    found: list[RowOut]
    version: int


class SigningIn(Schema):
    base_version: int | None = None


class StatusIn(Schema):
    """`reason` is read by the holder."""

    state: Literal["revoked", "suspended", "valid"]
    reason: str = Field(max_length=500)
    base_version: int | None = None


def issuing(request: Any) -> ActingUser:
    """Who calls, when they issue for some institution; 404 otherwise."""
    if not request.user.has_role(*ISSUING_ROLES):
        raise Http404
    return ActingUser(request.user)


def _institutions(request: Any) -> list[int]:
    return [one.institution_id for one in request.user.active_memberships if one.role in ISSUING_ROLES]


def _templates(request: Any) -> Any:
    held = CredentialTemplate.objects.filter(issuer__institution__in=_institutions(request))
    return held.select_related("issuer__institution", "current")


def _published(request: Any, uid: uuid.UUID) -> TemplateVersion:
    found = _templates(request).filter(uid=uid, current__isnull=False).first()
    if found is None:
        raise Http404
    version: TemplateVersion = found.current
    version.template = found
    return version


def _credentials(request: Any) -> Any:
    held = Credential.objects.visible_to(request.user).filter(issuer__institution__in=_institutions(request))
    return held.select_related(
        "issuer__institution", "template_version__template", "status_list", "batch", "replaces", "person"
    )


def _one(request: Any, uid: uuid.UUID) -> Credential:
    found: Credential | None = _credentials(request).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _batch(request: Any, uid: uuid.UUID) -> IssuingBatch:
    held = IssuingBatch.objects.filter(uid=uid, issuer__institution__in=_institutions(request))
    found = held.select_related("issuer__institution", "template_version__template", "source").first()
    if found is None:
        raise Http404
    return found


@router.get(
    "/templates", response={200: list[IssuableTemplate], 404: Problem}, summary="Templates of one's institution"
)
def templates(request: Any) -> Any:
    """One statement."""
    issuing(request)
    return [_template(one) for one in _templates(request).order_by("issuer__name_pl", "sort_key")]


@router.get("", response={200: IssuedPage, 404: Problem, 422: Problem}, summary="The register of what was issued")
def issued(request: Any, query: Query[IssuedQuery]) -> Any:
    """Fifty on a page, newest first. Two statements."""
    issuing(request)
    rows = _credentials(request).defer("document")
    for word in normalised(query.q).split()[:6]:
        rows = rows.filter(person__search_text__contains=word)
    if query.state:
        rows = rows.filter(state=query.state)
    if query.template:
        rows = rows.filter(template_version__template__uid=query.template)
    paginator = Paginator(rows.order_by("-created_at", "-pk"), PER_PAGE)
    page = paginator.get_page(query.page)
    within = page.object_list if query.page == page.number else []
    return {
        "credentials": [_issued(one) for one in within],
        "total": paginator.count,
        "page": query.page,
        "pages": paginator.num_pages,
    }


@router.post("", response={201: IssuedDocument, **REFUSALS}, summary="Issue one credential")
def award(request: Any, body: AwardIn) -> Any:
    acting = issuing(request)
    version = _published(request, body.template)
    _check_address(body.email)
    made = issue_credential(
        version=version, recipient=_recipient(1, body), awarded_on=body.awarded_on or timezone.localdate(),
        acting_user=acting,
    )  # fmt: skip
    if body.invite:
        invite_holder(credential=made, acting_user=acting)
    return Status(201, _whole(_one(request, made.uid)))


@router.post("/lists", response={201: ListOut, **REFUSALS}, summary="Hand in a list of people: a dry run")
def hand_in(request: Any, body: ListIn) -> Any:
    """Looks every row over and signs nothing."""
    acting = issuing(request)
    version = _published(request, body.template)
    made = prepare_batch(
        version=version, title=body.title, content=_as_table(body.people), awarded_on=body.awarded_on,
        acting_user=acting, invite=body.invite,
    )  # fmt: skip
    return Status(201, _list(_batch(request, made.uid)))


@router.get("/lists/{uid}", response={200: ListOut, 404: Problem}, summary="A list: every row's fate, how far it is")
def shown_list(request: Any, uid: Path[uuid.UUID]) -> Any:
    issuing(request)
    return _list(_batch(request, uid))


@router.post("/lists/{uid}/sign", response={202: ListOut, **REFUSALS}, summary="Sign a list, as a durable job")
def sign_list(request: Any, uid: Path[uuid.UUID], body: SigningIn) -> Any:
    acting = issuing(request)
    sign_batch(batch=_batch(request, uid), acting_user=acting, base_version=body.base_version)
    return Status(202, _list(_batch(request, uid)))


@router.get("/{uid}", response={200: IssuedDocument, 404: Problem}, summary="One credential with its document")
def one(request: Any, uid: Path[uuid.UUID]) -> Any:
    issuing(request)
    return _whole(_one(request, uid))


@router.post("/{uid}/status", response={200: IssuedOut, **REFUSALS}, summary="Revoke, suspend, reinstate")
def change_status(request: Any, uid: Path[uuid.UUID], body: StatusIn) -> Any:
    acting = issuing(request)
    held = _one(request, uid)
    action = CHANGES[body.state]
    action(credential=held, reason=body.reason, acting_user=acting, base_version=body.base_version)
    return _issued(_one(request, uid))


def _recipient(number: int, given: RecipientIn) -> Recipient:
    names = [" ".join(text.split()) for text in (given.given_names, given.family_name, given.email)]
    return Recipient(number, names[0], names[1], names[2], given.awarded_on, given.grade.strip())


def _check_address(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise RuleBroken(
            _("To nie jest adres e-mail. Powinien wyglądać tak: imie.nazwisko@example.org."), "email"
        ) from error


def _as_table(people: Sequence[RecipientIn]) -> io.BytesIO:
    """The list as an uploaded one would be, so that both are kept and read in one way."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(("Imię", "Nazwisko", "E-mail", "Data", "Ocena"))
    for one in people:
        writer.writerow((one.given_names, one.family_name, one.email, one.awarded_on or "", one.grade))
    return io.BytesIO(text.getvalue().encode())


def _template(found: CredentialTemplate) -> dict[str, Any]:
    version = found.current
    if version is not None:
        version.template = found  # else asked for again, once a row
    return {
        "uid": found.uid,
        "issuer": found.issuer.slug,
        "title": found.title_pl,
        "state": str(found.state),
        "version": version.number if version else None,
        "address": template_url(version, found.issuer) if version else None,
        "suspendable": (version.design if version else found.design).suspendable,
    }


def _issued(held: Credential) -> dict[str, Any]:
    template = held.template_version.template
    return {
        "uid": held.uid,
        "template": template.uid,
        "template_version": held.template_version.number,
        "title": template.title_pl,
        "holder": held.holder_name,
        "state": str(held.state),
        "reason": held.reason,
        "awarded_on": held.awarded_on,
        "valid_until": held.valid_until,
        "status_list": list_url(held.status_list, held.issuer),
        "status_index": held.status_index,
        "list": held.batch.uid if held.batch else None,
        "replaces": held.replaces.uid if held.replaces else None,
        "version": held.version,
    }


def _whole(held: Credential) -> dict[str, Any]:
    return _issued(held) | {"document": json.loads(held.document) if held.document else None}


def _list(batch: IssuingBatch) -> dict[str, Any]:
    looked = [one for chunk in rows_of_batch(batch) for one in chunk]
    fates = {str(one.fate): 0 for one in looked}
    for row in looked:
        fates[str(row.fate)] += 1
    return {
        "uid": batch.uid,
        "title": batch.title,
        "state": str(batch.state),
        "rows": batch.rows,
        "signed": batch.signed,
        "fates": fates,
        "found": _without(looked),
        "version": batch.version,
    }


def _without(looked: Sequence[Looked]) -> list[dict[str, Any]]:
    """Rows that get nothing."""
    return [
        {
            "row": one.recipient.number,
            "holder": one.recipient.name,
            "fate": str(one.fate),
            "problem": str(one.recipient.problem) if one.recipient.problem else None,
        }
        for one in looked
        if one.fate != "will-get"
    ][:100]
