"""REST: institutions with units, roles, programmes, keys; requests to be erased; employers and specialists."""

import json
import uuid
from datetime import date, datetime
from typing import Any

from django.http import Http404
from ninja import ModelSchema, Path, Router, Schema, Status

from dorobek.api.schemas import REFUSALS, OpinionIn, Problem
from dorobek.audits.actions.consultations import give_opinion
from dorobek.audits.actions.rights import answer_erasure
from dorobek.audits.actions.sharing import make_slip
from dorobek.audits.models import Consultation, ReferralSlip
from dorobek.audits.queries.rights import erasure_requests
from dorobek.audits.queries.sharing import contents, shared_with, slips_of
from dorobek.kernel.errors import NotAllowed
from dorobek.people.acting import ActingUser
from dorobek.people.actions.institutions import create_unit, end_role, give_role
from dorobek.people.actions.tokens import make_token, revoke_token
from dorobek.people.enums import Role
from dorobek.people.models import ApiToken, ErasureRequest, Institution, Membership, Unit
from dorobek.people.perms import administers
from dorobek.programmes.actions import import_programme, set_programme_open
from dorobek.programmes.models import Programme, ProgrammeVersion

router = Router()
employers = Router()
specialists = Router()


class InstitutionOut(ModelSchema):
    class Meta:
        model = Institution
        fields = ["uid", "name", "short_name", "kind", "address", "phone", "email"]


class UnitOut(ModelSchema):
    class Meta:
        model = Unit
        fields = ["uid", "name", "place", "path"]


class UnitIn(Schema):
    name: str
    place: str = ""
    parent: uuid.UUID | None = None


class RoleOut(Schema):
    """A role held: `key` names it when it ends."""

    key: int
    account: uuid.UUID
    name: str
    email: str
    role: str
    unit: str
    since: date
    until: date | None


class RoleIn(Schema):
    """An account is opened when the address has none; the API mails no invitation."""

    unit: uuid.UUID
    role: str
    email: str
    name: str = ""
    title: str = ""


class ProgrammeVersionOut(ModelSchema):
    class Meta:
        model = ProgrammeVersion
        fields = ["number", "published_at", "note"]


class ProgrammeOut(Schema):
    uid: uuid.UUID
    code: str
    name: str
    open: bool
    versions: list[ProgrammeVersionOut]


class ProgrammeIn(Schema):
    """The rules as one JSON object; audits that run stay with their version."""

    rules: dict[str, Any]
    note: str = ""


class RulesOut(Schema):
    number: int
    rules: dict[str, Any]


class OpenIn(Schema):
    open: bool


class TokenOut(ModelSchema):
    class Meta:
        model = ApiToken
        fields = ["uid", "name", "prefix", "read_only", "created_at", "expires_at", "last_used_at", "revoked_at"]


class NewToken(Schema):
    """The secret is answered once and kept nowhere."""

    uid: uuid.UUID
    secret: str


class TokenIn(Schema):
    name: str
    unit: uuid.UUID
    role: str
    days: int = 180
    read_only: bool = True


class RequestOut(Schema):
    uid: uuid.UUID
    version: int
    person: str
    asked_at: datetime
    reason: str
    answered_at: datetime | None
    answer: str
    erased: bool


class ErasureAnswerIn(Schema):
    erase: bool
    answer: str
    base_version: int | None = None


class SlipOut(ModelSchema):
    class Meta:
        model = ReferralSlip
        fields = ["uid", "code", "note", "valid_until"]


class SlipIn(Schema):
    institution: uuid.UUID
    note: str = ""
    days: int = 90


class SharedThingOut(Schema):
    kind: str
    uid: uuid.UUID
    title: str
    state: str


class SharedOut(Schema):
    """What one person shows to the employer who referred them."""

    uid: uuid.UUID
    person: str
    valid_until: datetime
    things: list[SharedThingOut]


class QuestionOut(Schema):
    """A question that waits for this specialist."""

    uid: uuid.UUID
    version: int
    person: str
    speciality: str
    question: str
    asked_on: date


def find_institution(request: Any, uid: uuid.UUID) -> Institution:
    found = Institution.objects.filter(uid=uid).first()
    if found is None or not administers(request.user, found):
        raise Http404
    return found


def _administered(request: Any) -> Any:
    if request.user.is_operator:
        return Institution.objects.order_by("name")
    held = [m.institution_id for m in request.user.active_memberships if m.role == Role.ADMINISTRATOR]
    if not held:
        raise NotAllowed
    return Institution.objects.filter(pk__in=held).order_by("name")


def _unit(institution: Institution, uid: uuid.UUID) -> Unit:
    found = institution.units.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


@router.get("", response={200: list[InstitutionOut], 404: Problem}, summary="Institutions the caller administers")
def list_institutions(request: Any) -> Any:
    return _administered(request)


@router.get("/{uid}/units", response={200: list[UnitOut], 404: Problem}, summary="Units and branches")
def list_units(request: Any, uid: Path[uuid.UUID]) -> Any:
    return find_institution(request, uid).units.order_by("path")


@router.post("/{uid}/units", response={201: UnitOut, **REFUSALS}, summary="Add a unit or a branch")
def add_unit(request: Any, uid: Path[uuid.UUID], body: UnitIn) -> Status[Unit]:
    institution = find_institution(request, uid)
    parent = _unit(institution, body.parent) if body.parent else None
    acting = ActingUser(request.user)
    made = create_unit(institution=institution, name=body.name, place=body.place, parent=parent, acting_user=acting)
    return Status(201, made)


def _role(one: Membership) -> dict[str, Any]:
    return {
        "key": one.pk, "account": one.account.uid, "name": one.account.name, "email": one.account.email,
        "role": one.role, "unit": one.unit.name if one.unit else "", "since": one.since, "until": one.until,
    }  # fmt: skip


@router.get("/{uid}/roles", response={200: list[RoleOut], 404: Problem}, summary="Who holds which role")
def list_roles(request: Any, uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(institution=find_institution(request, uid)).select_related("account", "unit")
    return [_role(one) for one in rows.order_by("account__name", "pk")]


@router.post("/{uid}/roles", response={201: RoleOut, **REFUSALS}, summary="Give a role")
def add_role(request: Any, uid: Path[uuid.UUID], body: RoleIn) -> Status[dict[str, Any]]:
    unit = _unit(find_institution(request, uid), body.unit)
    made = give_role(acting_user=ActingUser(request.user), **{**body.dict(), "unit": unit})
    return Status(201, _role(made))


@router.delete("/{uid}/roles/{key}", response={200: RoleOut, **REFUSALS}, summary="End a role")
def finish_role(request: Any, uid: Path[uuid.UUID], key: int) -> dict[str, Any]:
    held = Membership.objects.filter(pk=key, institution=find_institution(request, uid)).first()
    if held is None:
        raise Http404
    return _role(end_role(membership=held, acting_user=ActingUser(request.user)))


def _programme(institution: Institution, programme: uuid.UUID) -> Programme:
    found = institution.programmes.filter(uid=programme).first()
    if found is None:
        raise Http404
    return found


def _with_versions(one: Programme) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("uid", "code", "name", "open")}
    return {**plain, "versions": list(one.versions.order_by("number"))}


@router.get("/{uid}/programmes", response={200: list[ProgrammeOut], 404: Problem}, summary="Programmes")
def list_programmes(request: Any, uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    return [_with_versions(one) for one in find_institution(request, uid).programmes.order_by("name")]


@router.post("/{uid}/programmes", response={201: ProgrammeOut, **REFUSALS}, summary="Publish a programme's rules")
def publish(request: Any, uid: Path[uuid.UUID], body: ProgrammeIn) -> Status[dict[str, Any]]:
    version = import_programme(
        institution=find_institution(request, uid),
        text=json.dumps(body.rules, ensure_ascii=False),
        acting_user=ActingUser(request.user),
        note=body.note,
    )
    return Status(201, _with_versions(version.programme))


@router.get("/{uid}/programmes/{programme}", response={200: RulesOut, 404: Problem}, summary="The newest rules")
def read_rules(request: Any, uid: Path[uuid.UUID], programme: uuid.UUID) -> ProgrammeVersion:
    held = _programme(find_institution(request, uid), programme)
    newest = held.versions.exclude(published_at=None).order_by("-number").first()
    if newest is None:
        raise Http404
    return newest


@router.post("/{uid}/programmes/{programme}/open", response={200: ProgrammeOut, **REFUSALS}, summary="Open or close")
def switch(request: Any, uid: Path[uuid.UUID], programme: uuid.UUID, body: OpenIn) -> dict[str, Any]:
    held = _programme(find_institution(request, uid), programme)
    done = set_programme_open(programme=held, is_open=body.open, acting_user=ActingUser(request.user))
    return _with_versions(done)


@router.get("/{uid}/tokens", response={200: list[TokenOut], 404: Problem}, summary="Keys for programs")
def list_tokens(request: Any, uid: Path[uuid.UUID]) -> Any:
    return find_institution(request, uid).tokens.order_by("-created_at")


@router.post("/{uid}/tokens", response={201: NewToken, **REFUSALS}, summary="Make a key")
def add_token(request: Any, uid: Path[uuid.UUID], body: TokenIn) -> Status[dict[str, Any]]:
    unit = _unit(find_institution(request, uid), body.unit)
    token, secret = make_token(acting_user=ActingUser(request.user), **{**body.dict(), "unit": unit})
    return Status(201, {"uid": token.uid, "secret": secret})


@router.delete("/{uid}/tokens/{token}", response={200: TokenOut, **REFUSALS}, summary="Revoke a key")
def drop_token(request: Any, uid: Path[uuid.UUID], token: uuid.UUID) -> ApiToken:
    held = find_institution(request, uid).tokens.filter(uid=token).first()
    if held is None:
        raise Http404
    return revoke_token(token=held, acting_user=ActingUser(request.user))


def _request(one: ErasureRequest) -> dict[str, Any]:
    plain = ("uid", "version", "asked_at", "reason", "answered_at", "answer", "erased")
    return {**{name: getattr(one, name) for name in plain}, "person": one.person.name}


@router.get("/erasure-requests", response={200: list[RequestOut], 404: Problem}, summary="Who asked to be erased")
def list_requests(request: Any) -> list[dict[str, Any]]:
    return [_request(one) for one in erasure_requests(_administered(request))]


@router.post("/erasure-requests/{uid}", response={200: RequestOut, **REFUSALS}, summary="Erase, or say why not")
def answer(request: Any, uid: Path[uuid.UUID], body: ErasureAnswerIn) -> dict[str, Any]:
    held = erasure_requests(_administered(request)).filter(uid=uid).first()
    if held is None:
        raise Http404
    return _request(answer_erasure(request=held, acting_user=ActingUser(request.user), **body.dict()))


def _employers(request: Any) -> list[Institution]:
    held = [m.institution for m in request.user.active_memberships if m.role == Role.EMPLOYER]
    if not held:
        raise NotAllowed
    return held


@employers.get("/shared", response={200: list[SharedOut], 404: Problem}, summary="What staff show to the employer")
def list_shared(request: Any) -> list[dict[str, Any]]:
    return [
        {
            "uid": one.uid, "person": one.person.name, "valid_until": one.valid_until,
            "things": [
                {"kind": thing.kind, "uid": thing.uid, "title": thing.title, "state": thing.state}
                for thing in contents(one).whole
            ],
        }
        for one in shared_with(_employers(request))
    ]  # fmt: skip


@employers.get("/slips", response={200: list[SlipOut], 404: Problem}, summary="Referrals handed to staff")
def list_slips(request: Any) -> Any:
    return slips_of(_employers(request))


@employers.post("/slips", response={201: SlipOut, **REFUSALS}, summary="Issue a referral")
def add_slip(request: Any, body: SlipIn) -> Status[ReferralSlip]:
    held = next((one for one in _employers(request) if one.uid == body.institution), None)
    if held is None:
        raise Http404
    acting = ActingUser(request.user)
    return Status(201, make_slip(institution=held, note=body.note, days=body.days, acting_user=acting))


def _questions(request: Any) -> Any:
    if not request.user.has_role(Role.SPECIALIST):
        raise NotAllowed
    rows = Consultation.objects.visible_to(request.user).filter(specialist=request.user, state="asked")
    return rows.select_related("person").order_by("asked_on", "id")


def _question(one: Consultation) -> dict[str, Any]:
    plain = ("uid", "version", "speciality", "question", "asked_on")
    return {**{name: getattr(one, name) for name in plain}, "person": one.person.name}


@specialists.get("", response={200: list[QuestionOut], 404: Problem}, summary="Questions that wait for an opinion")
def list_questions(request: Any) -> list[dict[str, Any]]:
    return [_question(one) for one in _questions(request)]


@specialists.post("/{uid}/opinion", response={204: None, **REFUSALS}, summary="Give an opinion")
def post_opinion(request: Any, uid: Path[uuid.UUID], body: OpinionIn) -> Status[None]:
    held = _questions(request).filter(uid=uid).first()
    if held is None:
        raise Http404
    give_opinion(consultation=held, acting_user=ActingUser(request.user), **body.dict())
    return Status(204, None)
