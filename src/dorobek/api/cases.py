"""REST: registering a participant, eligibility rule by rule, the end of a case."""

import uuid
from datetime import date
from typing import Any, Literal

from django.http import Http404
from django.utils import timezone
from ninja import Path, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case
from dorobek.api.schemas import REFUSALS, Problem, Reason
from dorobek.audits.actions.closing import finish_audit, interrupt_audit, reopen_audit
from dorobek.audits.actions.exceptions import let_in_against_rules
from dorobek.audits.actions.registration import (
    Application,
    correct_registration,
    register,
    version_of,
)
from dorobek.audits.actions.stages import change_stage
from dorobek.audits.enums import Stage
from dorobek.audits.models import Registration, SkillsAudit
from dorobek.audits.queries.cases import assess, known_already, open_programmes, units_to_register_in
from dorobek.audits.rules.registration import checked_answers
from dorobek.kernel.errors import NotAllowed
from dorobek.people.acting import ActingUser
from dorobek.people.identity import checked_identity
from dorobek.people.models import Institution, Person
from dorobek.programmes.models import ProgrammeVersion

router = Router()
one_case = Router()


class Identity(Schema):
    """Who the person is."""

    given_names: str
    family_name: str
    birth_date: date
    address_form: Literal["madam", "sir", "neutral"] = "neutral"
    identifier_kind: Literal["pesel", "passport", "other", "none"] = "none"
    identifier: str = ""
    citizenship: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    place: str = ""
    teryt: str = ""
    language: str = "pl"


class Answers(Schema):
    """What eligibility is judged on. `places`: TERYT code by tie (lives, works, learns, serves)."""

    sex: str = ""
    education: str | None = None
    statuses: list[str] | None = None
    services: list[str] | None = None
    residence: str | None = None
    disability: bool | None = None
    places: dict[str, str] = {}
    employer_name: str = ""
    occupation: str = ""
    contact_preference: str = ""
    language_of_service: str = ""
    accessibility_needs: str = ""


class EligibilityIn(Schema):
    """Answers to be judged; nothing is saved."""

    programme: uuid.UUID
    identity: Identity
    answers: Answers
    on: date | None = None


class RegistrationIn(EligibilityIn):
    """A registration. `uid` may be proposed: sent twice it opens one case. `person` or `another` answers a likely
    double; `link_code` is what a person known to another institution brings; no invitation is mailed by the API."""

    uid: uuid.UUID | None = None
    unit: uuid.UUID | None = None
    consents: dict[str, bool] = {}
    person: uuid.UUID | None = None
    another: bool = False
    exception_reason: str = ""
    support_number: str = ""
    slip: str = ""
    link_code: str = ""
    open_account: bool = False


class CaseOut(Schema):
    """A case and whose move it is."""

    uid: uuid.UUID
    version: int
    number: str
    support_number: str
    variant: str
    stage: str
    registered_on: date
    deadline_on: date | None
    finished_on: date | None
    mover: str
    move: str


class KnownOut(Schema):
    """Somebody who may be the same person; `certain`: the same identifier."""

    uid: uuid.UUID
    name: str
    birth_date: date | None
    certain: bool


class EligibilityOut(Schema):
    """The decision rule by rule, and who is known already."""

    decision: dict[str, Any]
    known: list[KnownOut]


class RegistrationOut(Schema):
    """What was decided, on what, under which version."""

    version: int
    facts: dict[str, Any]
    decision: dict[str, Any]
    eligible: bool
    decided_on: date
    exception_reason: str


class CorrectionIn(Schema):
    identity: Identity
    answers: Answers
    base_version: int | None = None


class StageIn(Schema):
    """A stage that goes on; ends have operations of their own."""

    stage: Literal["talk", "initial", "research", "summary"]


class FinishIn(Schema):
    """`refusal_reason`: why the documents are not accepted, when they are not."""

    refusal_reason: str = ""


def _version(request: Any, programme: uuid.UUID) -> ProgrammeVersion:
    version = next((one for one in open_programmes(request.user) if one.programme.uid == programme), None)
    if version is None:
        raise Http404
    return version


def _given(identity: Identity) -> dict[str, Any]:
    return identity.dict(exclude_unset=True)


def _known(request: Any, institution: Institution, identity: Identity) -> list[Any]:
    checked = checked_identity(_given(identity), held={}, today=timezone.localdate())
    return known_already(request.user, institution, checked)


@router.post("/eligibility", response={200: EligibilityOut, **REFUSALS}, summary="Judge eligibility, save nothing")
def judge(request: Any, body: EligibilityIn) -> dict[str, Any]:
    version = _version(request, body.programme)
    known = _known(request, version.programme.institution, body.identity)
    person = next((one.person for one in known if one.certain), None)
    answers = checked_answers(body.answers.dict(), version.parsed)
    on = body.on or timezone.localdate()
    decision = assess(version, answers, birth_date=body.identity.birth_date, person=person, on=on)
    shown = [
        {"uid": k.person.uid, "name": k.person.name, "birth_date": k.person.birth_date, "certain": k.certain}
        for k in known
    ]
    return {"decision": decision.to_dict(), "known": shown}


@router.post("", response={201: CaseOut, **REFUSALS}, summary="Register a participant and open a case")
def open_new_case(request: Any, body: RegistrationIn) -> Status[SkillsAudit]:
    version = _version(request, body.programme)
    units = units_to_register_in(request.user, version.programme.institution)
    unit = next((one for one in units if body.unit in (None, one.uid)), None)
    if unit is None:
        raise Http404
    application = Application(
        identity=_given(body.identity),
        answers=body.answers.dict(),
        consents=body.consents,
        person=_person(request, version, body),
        another=body.another,
        exception_reason=body.exception_reason,
        support_number=body.support_number,
        slip=body.slip,
        link_code=body.link_code,
        invite=body.open_account,
    )
    audit = register(
        version=version,
        unit=unit,
        application=application,
        acting_user=ActingUser(request.user),
        on=body.on,
        uid=body.uid,
    )
    return Status(201, audit)


def _person(request: Any, version: ProgrammeVersion, body: RegistrationIn) -> Person | None:
    if body.person is None:
        return None
    for one in _known(request, version.programme.institution, body.identity):
        if one.person.uid == body.person:
            return one.person
    raise NotAllowed


@one_case.get("/registration", response={200: RegistrationOut, 404: Problem}, summary="What was decided, and on what")
def read_registration(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    row = Registration.objects.visible_to(request.user).select_related("person").filter(audit=audit).first()
    if row is None:
        raise Http404
    return _shown(row)


@one_case.put(
    "/registration", response={200: RegistrationOut, **REFUSALS}, summary="Correct identity and answers; decide anew"
)
def put_registration(request: Any, case_uid: Path[uuid.UUID], body: CorrectionIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    row = correct_registration(
        audit=audit,
        identity=_given(body.identity),
        answers=body.answers.dict(),
        acting_user=acting_user(request, audit),
        base_version=body.base_version,
    )
    return _shown(row)


@one_case.post(
    "/registration/exception", response={200: RegistrationOut, **REFUSALS}, summary="Let in against the rules"
)
def post_exception(request: Any, case_uid: Path[uuid.UUID], body: Reason) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    row = let_in_against_rules(audit=audit, reason=body.reason, acting_user=acting_user(request, audit))
    return _shown(row)


def _shown(row: Registration) -> dict[str, Any]:
    row = Registration.objects.select_related("person").get(pk=row.pk)
    names = ("facts", "decision", "eligible", "decided_on", "exception_reason")
    return {"version": version_of(row), **{name: getattr(row, name) for name in names}}


@one_case.post("/stage", response={200: CaseOut, **REFUSALS}, summary="Go to another stage")
def go_to_stage(request: Any, case_uid: Path[uuid.UUID], body: StageIn) -> SkillsAudit:
    audit = find_case(request, case_uid)
    return change_stage(audit=audit, stage=Stage(body.stage), acting_user=acting_user(request, audit))


@one_case.post("/finish", response={200: CaseOut, **REFUSALS}, summary="Finish a case")
def finish(request: Any, case_uid: Path[uuid.UUID], body: FinishIn) -> SkillsAudit:
    audit = find_case(request, case_uid)
    return finish_audit(audit=audit, acting_user=acting_user(request, audit), refusal_reason=body.refusal_reason)


@one_case.post("/interrupt", response={200: CaseOut, **REFUSALS}, summary="Break a case off")
def interrupt(request: Any, case_uid: Path[uuid.UUID], body: Reason) -> SkillsAudit:
    audit = find_case(request, case_uid)
    return interrupt_audit(audit=audit, reason=body.reason, acting_user=acting_user(request, audit))


@one_case.post("/reopen", response={200: CaseOut, **REFUSALS}, summary="Go on with a case that ended")
def reopen(request: Any, case_uid: Path[uuid.UUID], body: Reason) -> SkillsAudit:
    audit = find_case(request, case_uid)
    return reopen_audit(audit=audit, reason=body.reason, acting_user=acting_user(request, audit))
