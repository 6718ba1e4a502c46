"""REST for those who judge: the desk, one's own sheet, observation, conversation, agreement."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404
from ninja import Path, Router, Status

from dorobek.api.schemas import REFUSALS
from dorobek.api.validation import assessing_scenarios
from dorobek.api.validation.assessing_shapes import (
    AgreedMarkIn,
    AgreementAnswerIn,
    AssessingDeskOut,
    CheckOut,
    ComparedOut,
    ComparisonOut,
    ConversationIn,
    DeclarationIn,
    GuideQuestionOut,
    MarkOut,
    MethodIn,
    ObservationIn,
    ObservationOut,
    PointerOut,
    SheetIn,
    SheetOut,
    TalkIn,
    TapsIn,
    TimeMarkOut,
)
from dorobek.people.acting import ActingUser
from dorobek.people.actions import log_reading
from dorobek.people.enums import Role
from dorobek.portfolio.models import Evidence
from dorobek.validation import facts
from dorobek.validation.actions import agreeing, assessing, methods, observing, sheets, talking
from dorobek.validation.models import (
    Application,
    Assessment,
    CriterionNote,
    Mark,
    Observation,
    TimeMark,
)
from dorobek.validation.pointing import choices
from dorobek.validation.queries.assessing import (
    Compared,
    Comparison,
    comparison,
    conversation_guide,
    coverage,
    evidence_of,
    others_to_play,
    own_sheet,
    scenarios_for,
)
from dorobek.validation.queries.judging import desk, to_declare
from dorobek.validation.rules import Verdict

router = Router()
router.add_router("/scenarios", assessing_scenarios.router)
CASE = "/cases/{uid}"
# ---- doors ----


def _assessor(request: Any) -> None:
    if not request.user.has_role(Role.ASSESSOR):
        raise Http404


def _sheet(request: Any, uid: uuid.UUID) -> Assessment:
    """One's own sheet, the reading logged; a stranger's and a missing one are both 404."""
    sheet = own_sheet(request.user, uid)
    if sheet is None:
        raise Http404
    case = sheet.application
    log_reading(account=request.user, person=case.person, case_uid=case.uid, part="walidacja: API")
    return sheet


def _observation(sheet: Assessment, uid: uuid.UUID) -> Observation:
    held = sheet.application.observations.filter(round=sheet.round, uid=uid).select_related("scenario", "application")
    found: Observation | None = held.first()
    if found is None:
        raise Http404
    return found


# ---- shapes ----


def _mark(mark: Mark) -> MarkOut:
    evidence = mark.evidence.uid if mark.evidence else None
    return MarkOut(
        criterion=mark.criterion, verdict=mark.verdict, reason=mark.reason, method=mark.method, evidence=evidence,
        pointer=mark.pointer,
    )  # fmt: skip


def _sheet_out(sheet: Assessment) -> SheetOut:
    case = sheet.application
    rules, names = case.opening.rules, facts.names_of(case)
    same = ("criterion", "validity", "currency", "sufficiency", "authenticity", "note")
    return SheetOut(
        uid=case.uid, state=case.state, round=case.round, closed_at=sheet.closed_at, to_mark=assessing.to_mark(case),
        marks=[_mark(one) for one in sheet.marks.select_related("evidence").order_by("criterion")],
        checks=[
            CheckOut(**{name: getattr(one, name) for name in same}) for one in sheet.checks.order_by("criterion")
        ],
        evidence={code: [one.uid for one in listed] for code, listed in evidence_of(case).items()},
        methods={code: sorted(criteria) for code, criteria in coverage(case).items()},
        pointers={
            code: [PointerOut(value=one.value, method=one.method, label=one.label) for one in listed]
            for code, listed in choices(sheet, assessing.to_mark(case)).items()
        },
        lacking=[facts.in_words(one, names) for one in facts.method_faults(rules, case)],
    )  # fmt: skip


def _observation_out(one: Observation, sheet: Assessment) -> ObservationOut:
    marks = TimeMark.objects.filter(observation=one, assessment=sheet, removed_at=None).order_by("at", "pk")
    return ObservationOut(
        uid=one.uid, scenario=one.scenario.uid, place=one.place, begun_at=one.begun_at, ended_at=one.ended_at,
        marks=[TimeMarkOut(uid=m.uid, criterion=m.criterion, words=m.words, at=m.at) for m in marks],
    )  # fmt: skip


# ---- the desk and the declaration ----


@router.get("", response=list[AssessingDeskOut])
def assessing_desk(request: Any) -> list[AssessingDeskOut]:
    """Everything that waits for the assessor, and what is finished."""
    _assessor(request)
    return [
        AssessingDeskOut(
            uid=one.application.uid, candidate=one.application.person.name,
            qualification=one.application.opening.qualification.code, move=one.move, due_on=one.due_on, done=one.done,
            total=one.total, left=one.left, silent=list(one.silent),
        )
        for one in desk(request.user)
    ]  # fmt: skip


@router.post(f"{CASE}/declaration", response={201: DeclarationIn, **REFUSALS})
def assessing_declaration(request: Any, uid: Path[uuid.UUID], body: DeclarationIn) -> Any:
    """One's word on the candidate, given once."""
    application = to_declare(request.user).filter(uid=uid).first()
    if application is None:
        raise Http404
    sheets.declare_impartiality(application=application, acting_user=ActingUser(request.user), **body.dict())
    return Status(201, body)


# ---- one's own sheet ----


@router.get(CASE, response=SheetOut)
def assessing_sheet(request: Any, uid: Path[uuid.UUID]) -> SheetOut:
    """One's own sheet with the candidate's evidence."""
    return _sheet_out(_sheet(request, uid))


@router.put(f"{CASE}/sheet", response={200: SheetOut, **REFUSALS})
def assessing_fill(request: Any, uid: Path[uuid.UUID], body: SheetIn) -> SheetOut:
    """Marks and checklists of the criteria that are named."""
    sheet = _sheet(request, uid)
    pieces: dict[uuid.UUID, Evidence] = {
        one.uid: one for listed in evidence_of(sheet.application).values() for one in listed
    }
    rows = []
    for one in body.rows:
        if one.evidence is not None and one.evidence not in pieces:
            raise Http404
        verdict = Verdict(one.verdict) if one.verdict else None
        piece = pieces[one.evidence] if one.evidence else None
        checks = {str(name): str(value) for name, value in one.checks.items()}
        rows.append(sheets.Filled(one.criterion, verdict, one.reason, one.method, piece, checks, one.note, one.pointer))
    sheets.fill_sheet(assessment=sheet, rows=rows, acting_user=ActingUser(request.user))
    return _sheet_out(sheet)


@router.post(f"{CASE}/close", response={200: SheetOut, **REFUSALS})
def assessing_close(request: Any, uid: Path[uuid.UUID]) -> SheetOut:
    """Close one's sheet for good."""
    sheet = _sheet(request, uid)
    closed = assessing.close_sheet(assessment=sheet, acting_user=ActingUser(request.user))
    closed.application = sheet.application
    return _sheet_out(closed)


@router.post(f"{CASE}/methods", response={201: SheetOut, **REFUSALS})
def assessing_method(request: Any, uid: Path[uuid.UUID], body: MethodIn) -> Any:
    """Evidence was analysed today, or a method used that has no form of its own; the others write themselves down."""
    sheet = _sheet(request, uid)
    methods.record_method(application=sheet.application, acting_user=ActingUser(request.user), **body.dict())
    return Status(201, _sheet_out(sheet))


# ---- conversation ----


@router.get(f"{CASE}/conversation", response=list[GuideQuestionOut])
def assessing_questions(request: Any, uid: Path[uuid.UUID]) -> list[GuideQuestionOut]:
    """What is still open on one's own sheet, with a question about each."""
    sheet = _sheet(request, uid)
    notes = dict(sheet.notes.filter(method="conversation").values_list("criterion", "text"))
    return [
        GuideQuestionOut(criterion=one.criterion, question=one.text, why=one.why, note=notes.get(one.criterion, ""))
        for one in conversation_guide(sheet)
    ]


@router.put(f"{CASE}/conversation", response={200: list[GuideQuestionOut], **REFUSALS})
def assessing_conversation(request: Any, uid: Path[uuid.UUID], body: ConversationIn) -> list[GuideQuestionOut]:
    """Notes by criterion."""
    sheet = _sheet(request, uid)
    questions = {one.criterion: one.text for one in conversation_guide(sheet)}
    acting = ActingUser(request.user)
    if body.ended:
        sheets.finish_conversation(assessment=sheet, notes=body.notes, questions=questions, acting_user=acting)
    else:
        sheets.note_criteria(
            assessment=sheet, method="conversation", notes=body.notes, questions=questions, acting_user=acting
        )
    held = CriterionNote.objects.filter(assessment=sheet, method="conversation").order_by("criterion")
    return [
        GuideQuestionOut(criterion=one.criterion, question=one.question, why="noted", note=one.text) for one in held
    ]


# ---- observation ----


@router.get(f"{CASE}/observations", response=list[ObservationOut])
def assessing_observations(request: Any, uid: Path[uuid.UUID]) -> list[ObservationOut]:
    """Observations of this round with one's own time marks."""
    sheet = _sheet(request, uid)
    held = sheet.application.observations.filter(round=sheet.round).select_related("scenario").order_by("pk")
    return [_observation_out(one, sheet) for one in held]


@router.post(f"{CASE}/observations", response={201: ObservationOut, **REFUSALS})
def assessing_observe(request: Any, uid: Path[uuid.UUID], body: ObservationIn) -> Any:
    """Begin one."""
    sheet = _sheet(request, uid)
    case, given = sheet.application, body.dict()
    given["scenario"] = scenarios_for(request.user, case).filter(uid=body.scenario).first()
    client: Application | None = None
    if body.client is not None:
        client = others_to_play(request.user, case).filter(uid=body.client).first()
    if given["scenario"] is None or (body.client is not None and client is None):
        raise Http404
    given["client"] = client
    made = observing.begin_observation(application=case, acting_user=ActingUser(request.user), **given)
    return Status(201, _observation_out(made, sheet))


@router.post(f"{CASE}/observations/{{observation}}/taps", response={200: ObservationOut, **REFUSALS})
def assessing_taps(request: Any, uid: Path[uuid.UUID], observation: Path[uuid.UUID], body: TapsIn) -> ObservationOut:
    """Time marks, as often as they are sent."""
    sheet = _sheet(request, uid)
    found = _observation(sheet, observation)
    taps = [observing.Tap(one.uid, one.criterion, one.words, _aware(one.at)) for one in body.taps]
    observing.keep_taps(
        observation=found, taps=taps, sent_at=_aware(body.sent_at), acting_user=ActingUser(request.user)
    )
    return _observation_out(found, sheet)


def _aware(moment: dt.datetime) -> dt.datetime:
    """A time without a zone is UTC; only differences of the device's own times count."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@router.delete(f"{CASE}/observations/{{observation}}/taps/{{tap}}", response={200: ObservationOut, **REFUSALS})
def assessing_untap(
    request: Any, uid: Path[uuid.UUID], observation: Path[uuid.UUID], tap: Path[uuid.UUID]
) -> ObservationOut:
    """Take back one's own mark."""
    sheet = _sheet(request, uid)
    found = _observation(sheet, observation)
    mark = TimeMark.objects.filter(observation=found, assessment=sheet, uid=tap).first()
    if mark is None:
        raise Http404
    observing.remove_tap(mark=mark, acting_user=ActingUser(request.user))
    return _observation_out(found, sheet)


@router.post(f"{CASE}/observations/{{observation}}/end", response={200: ObservationOut, **REFUSALS})
def assessing_observed(request: Any, uid: Path[uuid.UUID], observation: Path[uuid.UUID]) -> ObservationOut:
    """The simulation is over."""
    sheet = _sheet(request, uid)
    ended = observing.end_observation(
        observation=_observation(sheet, observation), acting_user=ActingUser(request.user)
    )
    return _observation_out(ended, sheet)


# ---- agreement ----


def _answered(row: Compared, found: Comparison) -> list[bool | None]:
    """Each member's answer to the proposal, in the order of `assessors`; null where there is none yet."""
    said = {one.assessor_id: one.confirms for one in row.proposed.answers.all()} if row.proposed else {}
    return [said.get(one.pk) for one in found.assessors]


@router.get(f"{CASE}/comparison", response=ComparisonOut)
def assessing_comparison(request: Any, uid: Path[uuid.UUID]) -> ComparisonOut:
    """Marks side by side; 404 until every sheet is closed."""
    found = comparison(request.user, _sheet(request, uid).application)
    if found is None:
        raise Http404
    rows = [
        ComparedOut(
            criterion=one.code, apart=one.apart, marks=[_mark(mark) if mark else None for mark in one.marks],
            agreed=one.agreed.verdict if one.agreed else None,
            proposed=one.proposed.verdict if one.proposed else None,
            answers=_answered(one, found), talk=[note.text for note in one.talk],
        )
        for one in found.rows
    ]  # fmt: skip
    result = found.result
    return ComparisonOut(
        assessors=[str(one) for one in found.assessors], rows=rows, outcomes=dict(result.outcomes),
        sets={str(number): one for number, one in result.sets.items()}, whole=result.whole,
    )  # fmt: skip


@router.post(f"{CASE}/talk", response={201: ComparisonOut, **REFUSALS})
def assessing_talk(request: Any, uid: Path[uuid.UUID], body: TalkIn) -> Any:
    """What was said about a difference."""
    sheet = _sheet(request, uid)
    talking.note_talk(application=sheet.application, acting_user=ActingUser(request.user), **body.dict())
    return Status(201, assessing_comparison(request, uid))


@router.post(f"{CASE}/agreement", response={201: ComparisonOut, **REFUSALS})
def assessing_agree(request: Any, uid: Path[uuid.UUID], body: AgreedMarkIn) -> Any:
    """What one proposes to agree on; it counts when every other member has answered."""
    sheet = _sheet(request, uid)
    given = {**body.dict(), "verdict": Verdict(body.verdict)}
    agreeing.propose_mark(application=sheet.application, acting_user=ActingUser(request.user), **given)
    return Status(201, assessing_comparison(request, uid))


@router.post(f"{CASE}/agreement/answer", response={201: ComparisonOut, **REFUSALS})
def assessing_answer(request: Any, uid: Path[uuid.UUID], body: AgreementAnswerIn) -> Any:
    """One's own answer to what another member proposed, given once."""
    sheet = _sheet(request, uid)
    agreeing.answer_proposal(application=sheet.application, acting_user=ActingUser(request.user), **body.dict())
    return Status(201, assessing_comparison(request, uid))
