"""REST: applications to the register. The record is public; each step takes the same action as its screen (RG-5)."""

import datetime as dt
import uuid
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field, field_validator

from dorobek.api.schemas import REFUSALS, Problem
from dorobek.people.acting import ActingUser
from dorobek.people.models import Institution
from dorobek.register.applications.applying import (
    begin_application,
    lacks_of,
    save_application,
    send_application,
    withdraw_application,
)
from dorobek.register.applications.consulting import answer_comment, comment_on, moderate_comment
from dorobek.register.applications.entering import propose_entry
from dorobek.register.applications.handling import (
    check_formally,
    close_consultation,
    decide_application,
    note_opinion,
)
from dorobek.register.applications.words import lack_in_words
from dorobek.register.models import ConsultationComment, Qualification, RegisterApplication
from dorobek.register.models.applications import applicant_institutions
from dorobek.register.perms import may_edit_register
from dorobek.register.queries.applications import (
    comments_for,
    own_applications,
    public_record,
    time_line,
    waiting_for,
)

public = Router()
router = Router()
PER_PAGE, MOST_PAGES = 50, 100_000


class RegisterApplicationOut(Schema):
    """An application in a list. `move`: applicant, editor, officer, second-editor; empty when it ended."""

    uid: uuid.UUID
    kind: str
    title: str
    institution: str
    qualification: str | None
    stage: str
    move: str
    late: bool
    sent_on: dt.date | None
    due_on: dt.date | None
    version: int


class RegisterApplicationsOut(Schema):
    """A page of applications."""

    total: int
    items: list[RegisterApplicationOut]


class ConsultationCommentOut(Schema):
    """A published comment with its answer; who wrote it is not told."""

    uid: uuid.UUID
    state: str
    text: str
    on: dt.date
    answer: str
    answered_by_applicant: bool
    version: int


class ApplicationStepOut(Schema):
    """A step of the time line; `due`: the last day of the stage that it ended."""

    step: str
    on: dt.date
    due: dt.date | None
    late: bool


class RegisterRecordOut(RegisterApplicationOut):
    """The public record of one application. `content` is empty until the consultation opens."""

    content: dict[str, Any]
    consultation_until: dt.date | None
    opinion_by: str
    opinion_favours: bool | None
    opinion: str
    decided_on: dt.date | None
    decision: str
    comments: list[ConsultationCommentOut]
    steps: list[ApplicationStepOut]


class ApplicationLackOut(Schema):
    """A field of the form and what to do about it."""

    field: str
    problem: str
    words: str


class NewCommentIn(Schema):
    """A comment by anybody; name and e-mail are not published."""

    name: str = Field(max_length=200)
    email: str = Field(max_length=254)
    text: str = Field(max_length=10_000)


class NewRegisterApplicationIn(Schema):
    """`code`: the qualification of a right to award."""

    institution: uuid.UUID
    kind: Literal["inclusion", "right"]
    code: str = ""


class TrainingPeriodIn(Schema):
    """`until` empty: still lasting. `shows`: codes of the entry's requirements, p1, p2; empty for all."""

    since: dt.date
    until: dt.date | None = None
    document: str = Field(max_length=200)
    shows: list[str] = []


class RegisterContentIn(Schema):
    """The fields of the form; texts and numbers. `periods` of a right: training in the field."""

    content: dict[str, str | int | list[TrainingPeriodIn] | None]
    base_version: int | None = None

    @field_validator("content")
    @classmethod
    def periods_alone_are_a_list(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Every other field is a text or a number."""
        if any(isinstance(value, list) != (name == "periods") for name, value in given.items() if value is not None):
            raise ValueError("periods is a list, every other field a text or a number")
        return given


class FormalCheckIn(Schema):
    complete: bool
    reason: str = ""
    base_version: int | None = None


class RegisterOpinionIn(Schema):
    author: str
    favours: bool
    text: str
    base_version: int | None = None


class RegisterDecisionIn(Schema):
    grant: bool
    reason: str
    base_version: int | None = None


class NewEntryCodeIn(Schema):
    code: str = ""
    base_version: int | None = None


class ModerationIn(Schema):
    publish: bool
    reason: str = ""
    base_version: int | None = None


class CommentAnswerIn(Schema):
    answer: str
    base_version: int | None = None


def row_out(one: RegisterApplication) -> dict[str, Any]:
    """An application as the API tells it."""
    same = ("uid", "kind", "title", "stage", "move", "sent_on", "due_on", "version")
    return {
        **{name: getattr(one, name) for name in same},
        "institution": one.institution.name,
        "qualification": one.qualification.code if one.qualification else None,
        "late": one.is_late,
    }


def comment_out(one: ConsultationComment) -> dict[str, Any]:
    same = ("uid", "state", "text", "answer", "answered_by_applicant", "version")
    return {**{name: getattr(one, name) for name in same}, "on": timezone.localdate(one.created_at)}


def listed(rows: Any, page: int) -> dict[str, Any]:
    """One page of them."""
    first = (max(1, min(page, MOST_PAGES)) - 1) * PER_PAGE
    return {"total": rows.count(), "items": [row_out(one) for one in rows[first : first + PER_PAGE]]}


def application_of(request: HttpRequest, uid: uuid.UUID) -> RegisterApplication:
    """The application when the caller may see it; 404 otherwise."""
    user: Any = request.user
    rows = RegisterApplication.objects.visible_to(user)
    found = rows.select_related("institution", "qualification__current").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def acting(request: HttpRequest) -> ActingUser:
    return ActingUser(request.user)  # type: ignore[arg-type]


# ---- the public record ----


@public.get("", response=RegisterApplicationsOut)
def record_list(request: HttpRequest, stage: str = "", kind: str = "", late: bool = False, page: int = 1) -> Any:
    """Applications ever sent, the newest first, 50 a page; `late`: those alone whose deadline has passed."""
    return listed(public_record(stage, kind, late), page)


@public.get("/{uid}", response={200: RegisterRecordOut, 404: Problem})
def record_one(request: HttpRequest, uid: uuid.UUID) -> Any:
    """One application with its comments, decision and time line."""
    rows = RegisterApplication.objects.filter(sent_on__isnull=False).select_related("institution", "qualification")
    one = rows.filter(uid=uid).first()
    if one is None:
        raise Http404
    same = ("consultation_until", "opinion_by", "opinion_favours", "opinion", "decided_on", "decision")
    steps = [
        {"step": step.kind, "on": timezone.localdate(step.at), "due": step.due, "late": step.late}
        for step in time_line(one, timezone.localdate)
    ]
    return {
        **row_out(one),
        **{name: getattr(one, name) for name in same},
        "content": one.content if one.consultation_until else {},
        "comments": [comment_out(held) for held in comments_for(request.user, one)],
        "steps": steps,
    }


@public.post("/{uid}/comments", response={200: ConsultationCommentOut, **REFUSALS})
def comment_new(request: HttpRequest, uid: uuid.UUID, given: NewCommentIn) -> Any:
    """Comment while the consultation lasts; an editor reads it before it is published."""
    held = application_of(request, uid)
    return comment_out(comment_on(application=held, name=given.name, email=given.email, text=given.text))


# ---- the applicant ----


@router.get("/own", response=RegisterApplicationsOut)
def own_list(request: HttpRequest, page: int = 1) -> Any:
    """Applications of the caller's institutions, drafts too."""
    if not applicant_institutions(request.user):
        raise Http404
    return listed(own_applications(request.user), page)


@router.post("/own", response={200: RegisterApplicationOut, **REFUSALS})
def begin(request: HttpRequest, given: NewRegisterApplicationIn) -> Any:
    """A new draft."""
    body = Institution.objects.filter(pk__in=applicant_institutions(request.user), uid=given.institution).first()
    if body is None:
        raise Http404
    named = Qualification.objects.filter(code=given.code).first() if given.code else None
    return row_out(
        begin_application(institution=body, kind=given.kind, qualification=named, acting_user=acting(request))
    )


@router.put("/own/{uid}", response={200: RegisterApplicationOut, **REFUSALS})
def write(request: HttpRequest, uid: uuid.UUID, given: RegisterContentIn) -> Any:
    """Keep what was written, complete or not."""
    held = application_of(request, uid)
    return row_out(save_application(application=held, acting_user=acting(request), **given.model_dump(mode="json")))


@router.get("/own/{uid}/missing", response={200: list[ApplicationLackOut], 404: Problem})
def missing(request: HttpRequest, uid: uuid.UUID) -> Any:
    """What it still lacks, field by field."""
    held = own_applications(request.user).filter(uid=uid).first()
    if held is None:
        raise Http404
    return [{"field": one.field, "problem": one.problem, "words": lack_in_words(one)} for one in lacks_of(held)]


@router.post("/own/{uid}/send", response={200: RegisterApplicationOut, **REFUSALS})
def send(request: HttpRequest, uid: uuid.UUID) -> Any:
    """Hand it over for the formal check."""
    return row_out(send_application(application=application_of(request, uid), acting_user=acting(request)))


@router.post("/own/{uid}/withdraw", response={200: RegisterApplicationOut, **REFUSALS})
def withdraw(request: HttpRequest, uid: uuid.UUID) -> Any:
    """Take it back, until the decision."""
    return row_out(withdraw_application(application=application_of(request, uid), acting_user=acting(request)))


# ---- editors and the minister's officer ----


@router.get("/waiting", response=RegisterApplicationsOut)
def waiting(request: HttpRequest, page: int = 1) -> Any:
    """What waits for the caller, the nearest deadline first."""
    user: Any = request.user
    if not (may_edit_register(user) or user.has_role("minister-officer")):
        raise Http404
    return listed(waiting_for(user), page)


@router.post("/{uid}/check", response={200: RegisterApplicationOut, **REFUSALS})
def check(request: HttpRequest, uid: uuid.UUID, given: FormalCheckIn) -> Any:
    """The formal check: open the consultation or give it back."""
    held = application_of(request, uid)
    return row_out(check_formally(application=held, acting_user=acting(request), **given.dict()))


@router.post("/{uid}/close", response={200: RegisterApplicationOut, **REFUSALS})
def close(request: HttpRequest, uid: uuid.UUID) -> Any:
    """End the consultation."""
    return row_out(close_consultation(application=application_of(request, uid), acting_user=acting(request)))


@router.post("/{uid}/opinion", response={200: RegisterApplicationOut, **REFUSALS})
def opinion(request: HttpRequest, uid: uuid.UUID, given: RegisterOpinionIn) -> Any:
    """Write down an opinion."""
    held = application_of(request, uid)
    return row_out(note_opinion(application=held, acting_user=acting(request), **given.dict()))


@router.post("/{uid}/decision", response={200: RegisterApplicationOut, **REFUSALS})
def decide(request: HttpRequest, uid: uuid.UUID, given: RegisterDecisionIn) -> Any:
    """Grant or refuse."""
    held = application_of(request, uid)
    return row_out(decide_application(application=held, acting_user=acting(request), **given.dict()))


@router.post("/{uid}/entry", response={200: RegisterApplicationOut, **REFUSALS})
def enter(request: HttpRequest, uid: uuid.UUID, given: NewEntryCodeIn) -> Any:
    """Propose the change of the register; another editor accepts it."""
    held = application_of(request, uid)
    propose_entry(application=held, acting_user=acting(request), **given.dict())
    return row_out(application_of(request, uid))


def comment_of(request: HttpRequest, uid: uuid.UUID) -> ConsultationComment:
    rows = ConsultationComment.objects.visible_to(request.user).select_related("application")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


@router.post("/comments/{uid}/moderation", response={200: ConsultationCommentOut, **REFUSALS})
def moderate(request: HttpRequest, uid: uuid.UUID, given: ModerationIn) -> Any:
    """Publish a comment or leave it out."""
    held = comment_of(request, uid)
    return comment_out(moderate_comment(comment=held, acting_user=acting(request), **given.dict()))


@router.post("/comments/{uid}/answer", response={200: ConsultationCommentOut, **REFUSALS})
def answer(request: HttpRequest, uid: uuid.UUID, given: CommentAnswerIn) -> Any:
    """Answer a published comment."""
    held = comment_of(request, uid)
    return comment_out(answer_comment(comment=held, acting_user=acting(request), **given.dict()))
