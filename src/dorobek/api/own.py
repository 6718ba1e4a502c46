"""REST: what a person may do with what is held on them: read all of it, correct, consent, share, be erased."""

import uuid
from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404
from django.urls import reverse
from ninja import ModelSchema, Path, Query, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case, find_row, rows_of_case
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.actions import sharing
from dorobek.audits.models import SkillsAudit
from dorobek.audits.person_data import export_archive
from dorobek.audits.queries.rights import required_consents
from dorobek.audits.queries.sharing import employer_who_referred, shareable, shares_of
from dorobek.kernel.errors import NotAllowed
from dorobek.kernel.models import HistoryEntry
from dorobek.people.actions.consents import decide_consent
from dorobek.people.actions.rights import ask_for_erasure, correct_contact, give_link_code
from dorobek.people.models import AccessLog, Consent, ErasureRequest, Person
from dorobek.people.perms import is_own
from dorobek.portfolio.models import Share

router = Router()
MOST = 200


class ConsentOut(ModelSchema):
    class Meta:
        model = Consent
        fields = ["uid", "version", "code", "wording_version", "wording", "given", "decided_at", "withdrawn_at"]


class ConsentIn(Schema):
    given: bool
    on_behalf: bool = False
    base_version: int | None = None


class ReachOut(ModelSchema):
    class Meta:
        model = Person
        fields = ["version", "address_form", "email", "phone", "street", "postal_code", "place"]


class LinkCodeOut(Schema):
    """Holds for 30 to 60 minutes, together with the person's identifier and birth date."""

    code: str


class ReachIn(Schema):
    """Only what is sent is changed."""

    address_form: str | None = None
    email: str | None = None
    phone: str | None = None
    street: str | None = None
    postal_code: str | None = None
    place: str | None = None
    on_behalf: bool = False
    base_version: int | None = None


class ReadingOut(Schema):
    """Who looked at a part of the case, and when."""

    at: datetime
    who: str
    part: str


class HistoryEntryOut(Schema):
    """One entry of the history; `data` is what changed, [before, after], or null when it was erased."""

    seq: int
    at: datetime
    kind: str
    who: str
    on_behalf: bool
    subject: uuid.UUID | None
    data: dict[str, Any] | None


class After(Schema):
    after: int = 0


class ErasureOut(ModelSchema):
    class Meta:
        model = ErasureRequest
        fields = ["uid", "asked_at", "reason", "answered_at", "answer", "erased"]


class ErasureIn(Schema):
    reason: str = ""


class ShareableOut(Schema):
    """Something that can be shown."""

    uid: uuid.UUID
    kind: str
    title: str


class ShareOut(Schema):
    """A share; `address` only while it is open and addressed to whoever has it."""

    uid: uuid.UUID
    label: str
    to: str
    address: str
    created_at: datetime
    valid_until: datetime
    revoked_at: datetime | None
    things: int
    looks: list[datetime]


class ShareIn(Schema):
    """`to_employer`: to the employer who referred the person, instead of whoever has the address."""

    label: str
    things: list[uuid.UUID]
    valid_until: datetime
    to_employer: bool = False
    on_behalf: bool = False


def _own(request: Any, audit: SkillsAudit) -> None:
    if not is_own(request.user, audit.person):
        raise NotAllowed


@router.get("/consents", response={200: list[ConsentOut], 404: Problem}, summary="Consents")
def list_consents(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    return rows_of_case(request, Consent, find_case(request, case_uid)).order_by("pk")


@router.put("/consents/{uid}", response={200: ConsentOut, **REFUSALS}, summary="Give or withdraw a consent")
def put_consent(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: ConsentIn) -> Consent:
    audit = find_case(request, case_uid)
    held = find_row(request, Consent, audit, uid)
    return decide_consent(
        consent=held,
        given=body.given,
        acting_user=acting_user(request, audit, body.on_behalf),
        base_version=body.base_version,
        required=held.code in required_consents(audit),
    )


@router.get("/contact", response={200: ReachOut, 404: Problem}, summary="How to reach the person")
def read_contact(request: Any, case_uid: Path[uuid.UUID]) -> Person:
    return find_case(request, case_uid).person


@router.patch("/contact", response={200: ReachOut, **REFUSALS}, summary="Correct how to reach the person")
def change_contact(request: Any, case_uid: Path[uuid.UUID], body: ReachIn) -> Person:
    audit = find_case(request, case_uid)
    contact = body.dict(exclude={"on_behalf", "base_version"}, exclude_none=True)
    acting = acting_user(request, audit, body.on_behalf)
    correct_contact(person=audit.person, contact=contact, acting_user=acting, base_version=body.base_version)
    return Person.objects.get(pk=audit.person_id)


@router.post("/link-code", response={200: LinkCodeOut, **REFUSALS}, summary="A code to carry to another institution")
def link_code(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, str]:
    audit = find_case(request, case_uid)
    _own(request, audit)
    return {"code": give_link_code(person=audit.person, acting_user=acting_user(request, audit, False))}


@router.get("/readings", response={200: list[ReadingOut], 404: Problem}, summary="Who looked, newest first")
def list_readings(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    audit = find_case(request, case_uid)
    rows = AccessLog.objects.filter(case_uid=audit.uid).select_related("account").order_by("-at")[:MOST]
    return [{"at": row.at, "who": row.account.name if row.account else "", "part": row.part} for row in rows]


@router.get("/history", response={200: list[HistoryEntryOut], 404: Problem}, summary="The history, oldest first")
def read_history(request: Any, case_uid: Path[uuid.UUID], page: Query[After]) -> list[dict[str, Any]]:
    audit = find_case(request, case_uid)
    entries = HistoryEntry.objects.filter(stream=audit.uid, seq__gt=page.after).select_related("actor", "payload")
    return [
        {
            "seq": one.seq, "at": one.at, "kind": one.kind, "who": one.actor.name if one.actor else "",
            "on_behalf": one.on_behalf_of is not None, "subject": one.subject,
            "data": one.payload.data if hasattr(one, "payload") else None,
        }
        for one in entries.order_by("seq")[:MOST]
    ]  # fmt: skip


@router.get("/export", response={404: Problem}, summary="Everything held on the person, as one archive")
def export(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    audit = find_case(request, case_uid)
    _own(request, audit)
    archive = export_archive(audit.person)
    return FileResponse(archive, as_attachment=True, filename="dorobek.zip", content_type="application/zip")


@router.get("/erasure", response={200: list[ErasureOut], 404: Problem}, summary="Requests to be erased")
def list_erasures(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    audit = find_case(request, case_uid)
    _own(request, audit)
    return ErasureRequest.objects.filter(person=audit.person).order_by("-asked_at")


@router.post("/erasure", response={201: ErasureOut, **REFUSALS}, summary="Ask to be erased")
def ask(request: Any, case_uid: Path[uuid.UUID], body: ErasureIn) -> Status[ErasureRequest]:
    audit = find_case(request, case_uid)
    made = ask_for_erasure(person=audit.person, reason=body.reason, acting_user=acting_user(request, audit))
    return Status(201, made)


def _shown(request: Any, one: Share) -> dict[str, Any]:
    token = sharing.token_of(one) if one.is_open and one.institution_id is None else ""
    plain = ("uid", "label", "created_at", "valid_until", "revoked_at")
    return {
        **{name: getattr(one, name) for name in plain},
        "to": one.institution.name if one.institution else "",
        "address": request.build_absolute_uri(reverse("shared", args=[token])) if token else "",
        "things": one.items.count(),
        "looks": [view.at for view in one.views.order_by("-at")[:MOST]],
    }


@router.get("/shareable", response={200: list[ShareableOut], 404: Problem}, summary="What can be shown")
def list_things(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    audit = find_case(request, case_uid)
    return [{"uid": one.uid, "kind": one.kind, "title": one.title} for one in shareable(audit.uid).whole]


@router.get("/shares", response={200: list[ShareOut], 404: Problem}, summary="What is shown to whom")
def list_shares(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    audit = find_case(request, case_uid)
    _own(request, audit)
    return [_shown(request, one) for one in shares_of(request.user, audit)]


@router.post("/shares", response={201: ShareOut, **REFUSALS}, summary="Show something to somebody")
def add_share(request: Any, case_uid: Path[uuid.UUID], body: ShareIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    employer = employer_who_referred(audit) if body.to_employer else None
    if body.to_employer and employer is None:
        raise NotAllowed
    made = sharing.share(
        audit=audit,
        label=body.label,
        things=body.things,
        valid_until=body.valid_until,
        acting_user=acting_user(request, audit, body.on_behalf),
        institution=employer,
    )
    return Status(201, _shown(request, made))


@router.delete("/shares/{uid}", response={200: ShareOut, **REFUSALS}, summary="Take a share back")
def end_share(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = shares_of(request.user, audit).filter(uid=uid).first()
    if held is None:
        raise Http404
    return _shown(request, sharing.end_share(share=held, audit=audit, acting_user=acting_user(request, audit)))
