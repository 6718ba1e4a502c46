"""REST: the biographical interview with its time line, and the voluntary personal area (SA-7)."""

import uuid
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from ninja import Path, Router, Status

from dorobek.api.doors import acting_user, find_case
from dorobek.api.interview_shapes import (
    AREA,
    BiographicalRecordOut,
    EventChange,
    EventIn,
    EventOut,
    InterviewAnswerIn,
    InterviewAnswerOut,
    InterviewOut,
    LineOut,
    NewEvent,
    OnBehalf,
    PersonalIn,
    PersonalOut,
    QuestionIn,
    Removed,
)
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.actions import biographical
from dorobek.audits.actions.card import change_life_event
from dorobek.audits.models import InterviewAnswer, LifeEvent, SkillsAudit
from dorobek.audits.queries.interviews import (
    answers_of_case,
    biographical_record,
    interview,
)
from dorobek.audits.queries.time_line import events_of_case, time_line

router = Router()


# ---- finding ----


def find_event(request: Any, audit: SkillsAudit, uid: uuid.UUID | None) -> LifeEvent | None:
    """The event; None for none; 404 for one that is not there or not to be seen."""
    if uid is None:
        return None
    event = events_of_case(request.user, audit).filter(uid=uid).first()
    if event is None:
        raise Http404
    return event


def find_answer(request: Any, audit: SkillsAudit, uid: uuid.UUID) -> InterviewAnswer:
    answer = answers_of_case(request.user, audit).filter(uid=uid).first()
    if answer is None:
        raise Http404
    return answer


def personal_state(request: Any, audit: SkillsAudit) -> dict[str, Any]:
    talk = interview(request.user, audit)
    row = talk.decision
    return {
        "detail": str(talk.detail),
        "note": row.detail_note if row else "",
        "version": row.version if row else 0,
        "notice_shown_at": row.notice_shown_at if row else None,
        "stopped_at": row.stopped_at if row else None,
        "may_ask": talk.access.ask,
        "notice_first": talk.access.notice,
    }


def given(event: EventIn) -> dict[str, Any]:
    return event.dict(exclude_none=True, exclude={"base_version"})


# ---- the biographical interview ----


@router.get("/interview", response={200: InterviewOut, 404: Problem}, summary="The bank of questions and its state")
def read_interview(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    talk = interview(request.user, audit, language=get_language() or "pl")
    banks = [
        {
            "area": str(bank.area),
            "name": bank.name,
            "intro": bank.intro,
            "notice": bank.notice,
            "asked": bank.asked,
            "total": len(bank.questions),
            "questions": [
                {"code": q.code, "text": q.text, "hint": q.hint, "state": q.state, "version": q.version}
                for q in bank.questions
            ],
        }
        for bank in talk.banks
    ]
    state = personal_state(request, audit)
    return {"banks": banks, "personal": state, "asked": talk.asked, "total": talk.total, "last_saved": talk.last_saved}


@router.get(
    "/interview/answers", response={200: list[InterviewAnswerOut], 404: Problem}, summary="Answers with their events"
)
def read_answers(request: Any, case_uid: Path[uuid.UUID]) -> Any:
    return answers_of_case(request.user, find_case(request, case_uid))


@router.put(
    "/interview/questions/{area}/{question_code}",
    response={200: InterviewAnswerOut, **REFUSALS},
    summary="Answer or correct a question",
)
def answer(request: Any, case_uid: Path[uuid.UUID], area: AREA, question_code: str, body: InterviewAnswerIn) -> Any:
    audit = find_case(request, case_uid)
    return biographical.answer_question(
        audit=audit,
        area=area,
        question_code=question_code,
        answer=body.answer,
        events=[given(event) for event in body.events],
        uid=body.uid,
        base_version=body.base_version,
        acting_user=acting_user(request, audit, body.on_behalf),
    )


@router.post(
    "/interview/questions/{area}/{question_code}/skip",
    response={200: InterviewAnswerOut, **REFUSALS},
    summary="Skip a question",
)
def skip(request: Any, case_uid: Path[uuid.UUID], area: AREA, question_code: str) -> Any:
    audit = find_case(request, case_uid)
    return biographical.skip_question(
        audit=audit, area=area, question_code=question_code, acting_user=acting_user(request, audit)
    )


@router.post(
    "/interview/questions/{area}", response={201: InterviewAnswerOut, **REFUSALS}, summary="Add a question of one's own"
)
def own_question(request: Any, case_uid: Path[uuid.UUID], area: AREA, body: QuestionIn) -> Status[InterviewAnswer]:
    audit = find_case(request, case_uid)
    row = biographical.add_own_question(
        audit=audit, area=area, question=body.question, uid=body.uid, acting_user=acting_user(request, audit)
    )
    return Status(201, row)


@router.delete(
    "/interview/answers/{uid}/events/{event_uid}",
    response={204: None, **REFUSALS},
    summary="Untie an event from an answer",
)
def untie(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, event_uid: uuid.UUID) -> Status[None]:
    audit = find_case(request, case_uid)
    event = find_event(request, audit, event_uid)
    if event is not None:
        biographical.untie_event(
            answer=find_answer(request, audit, uid), event=event, acting_user=acting_user(request, audit)
        )
    return Status(204, None)


# ---- the voluntary personal area ----


@router.get(
    "/interview/personal/choice", response={200: PersonalOut, 404: Problem}, summary="The personal area: choice"
)
def read_personal(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, Any]:
    return personal_state(request, find_case(request, case_uid))


@router.put(
    "/interview/personal/choice", response={200: PersonalOut, **REFUSALS}, summary="Choose how much to talk about"
)
def choose_personal(request: Any, case_uid: Path[uuid.UUID], body: PersonalIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    biographical.choose_personal_detail(
        audit=audit, acting_user=acting_user(request, audit, body.on_behalf), **body.dict(exclude={"on_behalf"})
    )
    return personal_state(request, audit)


@router.post("/interview/personal/stop", response={200: PersonalOut, **REFUSALS}, summary="Stop the personal area")
def stop_personal(request: Any, case_uid: Path[uuid.UUID], body: OnBehalf) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    biographical.stop_personal_area(audit=audit, acting_user=acting_user(request, audit, body.on_behalf))
    return personal_state(request, audit)


@router.post("/interview/personal/withdraw", response={200: Removed, **REFUSALS}, summary="Remove personal answers")
def withdraw_personal(request: Any, case_uid: Path[uuid.UUID], body: OnBehalf) -> dict[str, int]:
    audit = find_case(request, case_uid)
    who = acting_user(request, audit, body.on_behalf)
    return {"removed": biographical.withdraw_personal_answers(audit=audit, acting_user=who)}


# ---- the time line and the record ----


@router.get("/time-line", response={200: LineOut, 404: Problem}, summary="The time line of a life")
def read_line(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, Any]:
    line = time_line(request.user, find_case(request, case_uid))
    pieces = [
        {
            "uid": piece.moment.key,
            "area": piece.moment.area,
            **{name: getattr(piece, name) for name in ("first_day", "last_day", "lane", "vague", "point")},
        }
        for piece in line.pieces
    ]
    return {"events": list(line.events), "pieces": pieces, "silences": list(line.silences)}


@router.post("/time-line", response={201: EventOut, **REFUSALS}, summary="Add an event to the time line")
def add_event(request: Any, case_uid: Path[uuid.UUID], body: NewEvent) -> Status[LifeEvent]:
    audit = find_case(request, case_uid)
    values = {name: value for name, value in given(body).items() if name not in ("kind", "uid")}
    event = biographical.place_on_line(
        audit=audit, kind=body.kind, values=values, uid=body.uid, acting_user=acting_user(request, audit)
    )
    return Status(201, event)


@router.patch("/time-line/{uid}", response={200: EventOut, **REFUSALS}, summary="Correct an event of the time line")
def change_event(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: EventChange) -> LifeEvent:
    audit = find_case(request, case_uid)
    event = find_event(request, audit, uid)
    if event is None:
        raise Http404
    values = body.dict(exclude={"base_version", "kind", "uid"}, exclude_unset=True)
    return change_life_event(
        event=event, values=values, acting_user=acting_user(request, audit), base_version=body.base_version
    )


@router.get(
    "/interview/record", response={200: BiographicalRecordOut, 404: Problem}, summary="Record of the biographical talk"
)
def read_biographical_record(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, Any]:
    record = biographical_record(request.user, find_case(request, case_uid))
    areas = [
        {
            "area": str(area.area),
            "statement": area.statement,
            "answers": [
                {
                    "question": one.question,
                    "answer": one.answer,
                    "skipped": one.skipped,
                    "events": [event.uid for event in one.events],
                }
                for one in area.answers
            ],
            "events": [event.uid for event in area.events],
        }
        for area in record.areas
    ]
    return {
        "areas": areas,
        "silences": list(record.silences),
        "first_at": record.first_at,
        "last_at": record.last_at,
    }
