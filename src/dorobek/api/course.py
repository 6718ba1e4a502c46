"""REST: how an audit runs: agreement, meetings, contacts, referrals, hand-over, consultations."""

import uuid
from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404
from ninja import File, ModelSchema, Path, Router, Schema, Status, UploadedFile

from dorobek.api.doors import acting_user, find_case, find_row, rows_of_case
from dorobek.api.schemas import REFUSALS, OpinionIn, Problem, Reason
from dorobek.audits.actions import consultations as consulting
from dorobek.audits.actions import meetings as meeting
from dorobek.audits.actions.agreement import accept_agreement, write_agreement
from dorobek.audits.actions.contacts import explain_lateness, log_contact, refer
from dorobek.audits.actions.hand_over import hand_over_case
from dorobek.audits.models import Agreement, Consultation, Contact, HandOver, Meeting, Referral
from dorobek.people.models import Account

router = Router()


class AgreementOut(ModelSchema):
    class Meta:
        model = Agreement
        fields = [
            "version", "main_goal", "intermediate_goals", "adviser_tasks", "participant_tasks", "difficulties",
            "rules", "confidentiality", "adviser_accepted_at", "participant_accepted_at",
        ]  # fmt: skip


class AgreementIn(Schema):
    """What is agreed; a change takes acceptance back."""

    main_goal: str | None = None
    intermediate_goals: str | None = None
    adviser_tasks: str | None = None
    participant_tasks: str | None = None
    difficulties: str | None = None
    rules: str | None = None
    confidentiality: str | None = None
    base_version: int | None = None


class AcceptIn(Schema):
    """`read_version`: the version that was read. `on_behalf`: the participant's word, typed in assisted mode."""

    read_version: int
    on_behalf: bool = False


class MeetingOut(ModelSchema):
    class Meta:
        model = Meeting
        fields = [
            "uid", "version", "kind", "state", "starts_at", "minutes", "place", "teryt", "away", "online", "note",
            "done", "homework", "homework_state", "cancelled_reason",
        ]  # fmt: skip


class MeetingIn(Schema):
    """A meeting arranged. `away`: outside the office."""

    kind: str
    starts_at: datetime
    minutes: int
    place: str
    teryt: str = ""
    away: bool = False
    online: bool = False
    note: str = ""
    base_version: int | None = None


class HeldIn(Schema):
    minutes: int
    done: str
    homework: str = ""
    base_version: int | None = None


class CancelIn(Schema):
    """`missed`: the participant did not come."""

    reason: str
    missed: bool = False


class HomeworkIn(Schema):
    done: bool


class ContactOut(ModelSchema):
    class Meta:
        model = Contact
        fields = ["uid", "kind", "channel", "at", "minutes", "note"]


class ContactIn(Schema):
    kind: Literal["contact", "email-help", "account-help", "portal-help", "other-help"]
    channel: str
    minutes: int = 0
    note: str = ""
    at: datetime | None = None


class ReferralOut(ModelSchema):
    class Meta:
        model = Referral
        fields = ["uid", "need", "directed_to", "note", "on"]


class ReferralIn(Schema):
    need: str
    directed_to: str
    note: str = ""


class HandOverOut(ModelSchema):
    class Meta:
        model = HandOver
        fields = ["uid", "for_good", "starts_on", "ends_on", "note"]


class CaseHandOverIn(Schema):
    """`to`: uid of the colleague's account. For good, or to a substitute until a day."""

    to: uuid.UUID
    for_good: bool
    starts_on: date
    ends_on: date | None = None
    note: str = ""


class ConsultationOut(ModelSchema):
    class Meta:
        model = Consultation
        fields = [
            "uid", "version", "speciality", "specialist_name", "question", "state", "asked_on", "opinion", "answered_on",
        ]  # fmt: skip


class ConsultationIn(Schema):
    """`specialist`: uid of an account that answers here; otherwise a name, and the adviser enters the opinion."""

    speciality: str
    question: str
    specialist: uuid.UUID | None = None
    specialist_name: str = ""


class AgreeIn(Schema):
    agreed: bool
    on_behalf: bool = False


@router.get("/agreement", response={200: AgreementOut, 404: Problem}, summary="The agreement")
def read_agreement(request: Any, case_uid: Path[uuid.UUID]) -> Agreement:
    found = rows_of_case(request, Agreement, find_case(request, case_uid)).first()
    if found is None:
        raise Http404
    return found


@router.put("/agreement", response={200: AgreementOut, **REFUSALS}, summary="Write the agreement")
def put_agreement(request: Any, case_uid: Path[uuid.UUID], body: AgreementIn) -> Agreement:
    audit = find_case(request, case_uid)
    values = body.dict(exclude={"base_version"}, exclude_none=True)
    acting = acting_user(request, audit)
    return write_agreement(audit=audit, values=values, acting_user=acting, base_version=body.base_version)


@router.post("/agreement/accept", response={200: AgreementOut, **REFUSALS}, summary="Accept the agreement")
def accept(request: Any, case_uid: Path[uuid.UUID], body: AcceptIn) -> Agreement:
    audit = find_case(request, case_uid)
    acting = acting_user(request, audit, body.on_behalf)
    return accept_agreement(audit=audit, read_version=body.read_version, acting_user=acting)


@router.get("/meetings", response={200: list[MeetingOut], 404: Problem}, summary="Meetings of a case")
def list_meetings(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    return rows_of_case(request, Meeting, find_case(request, case_uid))


@router.post("/meetings", response={201: MeetingOut, **REFUSALS}, summary="Arrange a meeting")
def arrange(request: Any, case_uid: Path[uuid.UUID], body: MeetingIn) -> Status[Meeting]:
    audit = find_case(request, case_uid)
    values = body.dict(exclude={"base_version"})
    return Status(201, meeting.plan_meeting(audit=audit, acting_user=acting_user(request, audit), **values))


@router.put("/meetings/{uid}", response={200: MeetingOut, **REFUSALS}, summary="Move a meeting")
def move(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: MeetingIn) -> Meeting:
    audit = find_case(request, case_uid)
    held = find_row(request, Meeting, audit, uid)
    return meeting.plan_meeting(audit=audit, meeting=held, acting_user=acting_user(request, audit), **body.dict())


@router.post("/meetings/{uid}/held", response={200: MeetingOut, **REFUSALS}, summary="Write down what was done")
def hold(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: HeldIn) -> Meeting:
    audit = find_case(request, case_uid)
    held = find_row(request, Meeting, audit, uid)
    return meeting.hold_meeting(audit=audit, meeting=held, acting_user=acting_user(request, audit), **body.dict())


@router.post("/meetings/{uid}/cancel", response={200: MeetingOut, **REFUSALS}, summary="Cancel, or note an absence")
def cancel(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: CancelIn) -> Meeting:
    audit = find_case(request, case_uid)
    held = find_row(request, Meeting, audit, uid)
    return meeting.cancel_meeting(audit=audit, meeting=held, acting_user=acting_user(request, audit), **body.dict())


@router.post("/meetings/{uid}/homework", response={200: MeetingOut, **REFUSALS}, summary="Homework done or not")
def homework(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: HomeworkIn) -> Meeting:
    audit = find_case(request, case_uid)
    held = find_row(request, Meeting, audit, uid)
    acting = acting_user(request, audit)
    return meeting.hand_in_homework(audit=audit, meeting=held, done=body.done, acting_user=acting)


@router.post("/meetings/{uid}/scan", response={200: MeetingOut, **REFUSALS}, summary="Attach the signed sheet")
def scan(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, file: File[UploadedFile]) -> Meeting:
    audit = find_case(request, case_uid)
    held = find_row(request, Meeting, audit, uid)
    return meeting.attach_scan(audit=audit, meeting=held, upload=file, acting_user=acting_user(request, audit))


@router.get("/contacts", response={200: list[ContactOut], 404: Problem}, summary="Contacts and help")
def list_contacts(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    return rows_of_case(request, Contact, find_case(request, case_uid))


@router.post("/contacts", response={201: ContactOut, **REFUSALS}, summary="Log a contact")
def add_contact(request: Any, case_uid: Path[uuid.UUID], body: ContactIn) -> Status[Contact]:
    audit = find_case(request, case_uid)
    return Status(201, log_contact(audit=audit, acting_user=acting_user(request, audit), **body.dict()))


@router.get("/referrals", response={200: list[ReferralOut], 404: Problem}, summary="Referrals for other help")
def list_referrals(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    return rows_of_case(request, Referral, find_case(request, case_uid))


@router.post("/referrals", response={201: ReferralOut, **REFUSALS}, summary="Refer for other help")
def add_referral(request: Any, case_uid: Path[uuid.UUID], body: ReferralIn) -> Status[Referral]:
    audit = find_case(request, case_uid)
    return Status(201, refer(audit=audit, acting_user=acting_user(request, audit), **body.dict()))


@router.put("/late-reason", response={200: Reason, **REFUSALS}, summary="Say why the case is late")
def late(request: Any, case_uid: Path[uuid.UUID], body: Reason) -> dict[str, str]:
    audit = find_case(request, case_uid)
    said = explain_lateness(audit=audit, reason=body.reason, acting_user=acting_user(request, audit))
    return {"reason": said.late_reason}


@router.get("/hand-overs", response={200: list[HandOverOut], 404: Problem}, summary="Hand-overs of a case")
def list_hand_overs(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    return rows_of_case(request, HandOver, find_case(request, case_uid))


@router.post("/hand-overs", response={201: HandOverOut, **REFUSALS}, summary="Hand a case over")
def hand_over(request: Any, case_uid: Path[uuid.UUID], body: CaseHandOverIn) -> Status[HandOver]:
    audit = find_case(request, case_uid)
    colleague = _colleague(audit.institution_id, body.to)
    given = body.dict(exclude={"to"})
    made = hand_over_case(audit=audit, to_adviser=colleague, acting_user=acting_user(request, audit), **given)
    return Status(201, made)


def _colleague(institution: int, uid: uuid.UUID) -> Account:
    found = Account.objects.filter(uid=uid, memberships__institution=institution, is_active=True).distinct().first()
    if found is None:
        raise Http404
    return found


@router.get("/consultations", response={200: list[ConsultationOut], 404: Problem}, summary="Questions to specialists")
def list_consultations(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    return rows_of_case(request, Consultation, find_case(request, case_uid))


@router.post("/consultations", response={201: ConsultationOut, **REFUSALS}, summary="Propose to ask a specialist")
def propose(request: Any, case_uid: Path[uuid.UUID], body: ConsultationIn) -> Status[Consultation]:
    audit = find_case(request, case_uid)
    specialist = _colleague(audit.institution_id, body.specialist) if body.specialist else None
    given = body.dict(exclude={"specialist"})
    acting = acting_user(request, audit)
    return Status(201, consulting.propose_consultation(audit=audit, specialist=specialist, acting_user=acting, **given))


@router.post("/consultations/{uid}/answer", response={200: ConsultationOut, **REFUSALS}, summary="Agree, or not")
def agree(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: AgreeIn) -> Consultation:
    audit = find_case(request, case_uid)
    held = find_row(request, Consultation, audit, uid)
    acting = acting_user(request, audit, body.on_behalf)
    return consulting.answer_proposal(consultation=held, agreed=body.agreed, acting_user=acting)


@router.post("/consultations/{uid}/opinion", response={200: ConsultationOut, **REFUSALS}, summary="Enter an opinion")
def opinion(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: OpinionIn) -> Consultation:
    audit = find_case(request, case_uid)
    held = find_row(request, Consultation, audit, uid)
    return consulting.give_opinion(consultation=held, acting_user=acting_user(request, audit), **body.dict())


@router.delete("/consultations/{uid}", response={200: ConsultationOut, **REFUSALS}, summary="Take a question back")
def withdraw(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> Consultation:
    audit = find_case(request, case_uid)
    held = find_row(request, Consultation, audit, uid)
    return consulting.withdraw_consultation(consultation=held, acting_user=acting_user(request, audit))
