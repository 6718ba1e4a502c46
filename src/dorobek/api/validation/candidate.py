"""REST: openings for everybody, one's own applications from draft to appeal, and the validation adviser's part."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Status

from dorobek.api.schemas import REFUSALS, Problem
from dorobek.api.validation.candidate_shapes import (
    AdvisedOut,
    AdviserWordsIn,
    ApplyIn,
    AttachIn,
    ConfirmedOutcomeOut,
    DocumentedIn,
    NeedsIn,
    SendIn,
    ValidationAppealIn,
    ValidationApplicationOut,
    ValidationCaseOut,
    ValidationEntryOut,
    ValidationOpeningOut,
)
from dorobek.people.acting import ActingUser
from dorobek.people.actions import log_reading
from dorobek.people.models import Person
from dorobek.portfolio.models import Evidence
from dorobek.validation import perms
from dorobek.validation.actions.advising import write_note
from dorobek.validation.actions.appeals import file_appeal
from dorobek.validation.actions.applying import close_documentation, withdraw_application
from dorobek.validation.actions.candidate import apply_with_evidence, ask_adjustments, lay_evidence, send_application
from dorobek.validation.actions.conditions import conditions_of, shown_now
from dorobek.validation.enums import AppealAbout
from dorobek.validation.models import Application, ValidationOpening
from dorobek.validation.queries import advising
from dorobek.validation.queries.appealing import open_to
from dorobek.validation.queries.candidate import (
    appeals_of,
    application_of,
    can_appeal,
    history_of,
    own_applications,
    partial_results,
    reasons_of,
    told_data,
)
from dorobek.validation.queries.evidencing import attachable, attached
from dorobek.validation.queries.moving import appeal_until, moves_of
from dorobek.validation.queries.openings import open_now, opening_of
from dorobek.validation.rules.moves import Move

router = Router()
Uid = Path[uuid.UUID]
PART = "walidacja, API"
MOST = 50


# ---- for everybody ----


@router.get("/openings", response=list[ValidationOpeningOut], auth=None, summary="Openings one can apply to now")
def list_openings(request: HttpRequest, qualification: str = "", page: int = Query(1, ge=1, le=1000)) -> Any:
    """Soonest first, fifty on a page; of one qualification when its code is given."""
    first = (page - 1) * MOST
    return [_opening(one) for one in open_now(qualification[:20])[first : first + MOST]]


@router.get(
    "/openings/{uid}", response={200: ValidationOpeningOut, 404: Problem}, auth=None, summary="One opening"
)  # fmt: skip
def read_opening(request: HttpRequest, uid: Uid) -> Any:
    return _opening(_find_opening(uid))


# ---- the candidate ----


@router.get(
    "/applications", response={200: list[ValidationApplicationOut], 404: Problem}, summary="One's own applications"
)
def list_applications(request: Any) -> Any:
    """Newest first, each with whose move it is."""
    _person(request)
    found = list(own_applications(request.user)[:MOST])
    moves = moves_of(found)
    return [_application(one, moves[one.pk]) for one in found]


@router.post("/applications", response={201: ValidationCaseOut, **REFUSALS}, summary="Begin an application")
def begin(request: Any, body: ApplyIn) -> Any:
    """A draft with the evidence that readiness finds already beside the criteria; nothing is sent yet."""
    person, opening = _person(request), _find_opening(body.opening)
    made = apply_with_evidence(person=person, opening=opening, acting_user=ActingUser(request.user))
    return Status(201, _case(request, find_own(request, made.uid)))


@router.get("/applications/{uid}", response={200: ValidationCaseOut, 404: Problem}, summary="One application")
def read_application(request: Any, uid: Uid) -> Any:
    """For the candidate and for the institution's officers and advisers; members of a commission have their own door."""
    found = _find(request, uid)
    if not perms.may_read_history(request.user, found):
        raise Http404
    return _case(request, found)


@router.put("/applications/{uid}/evidence", response={200: ValidationCaseOut, **REFUSALS}, summary="Map evidence")
def put_evidence(request: Any, uid: Uid, body: AttachIn) -> Any:
    """The candidate puts any piece of their own beside criteria; an adviser arranges those attached already."""
    found = _find(request, uid)
    if not perms.may_document(request.user, found):
        raise Http404
    held = {one.uid: one for one in attachable(found, request.user)}
    if any(one not in held for listed in body.evidence.values() for one in listed):
        raise Http404
    mapped = {code: [held[one] for one in listed] for code, listed in body.evidence.items()}
    lay_evidence(application=found, mapped=mapped, acting_user=ActingUser(request.user))
    return _case(request, _find(request, uid))


@router.put("/applications/{uid}/adjustments", response={200: ValidationCaseOut, **REFUSALS}, summary="Adjustments")
def put_adjustments(request: Any, uid: Uid, body: NeedsIn) -> Any:
    """What the candidate needs for an equal chance."""
    found = find_own(request, uid)
    ask_adjustments(
        application=found, kinds=body.kinds, words=body.words, acting_user=ActingUser(request.user)
    )  # fmt: skip
    return _case(request, find_own(request, uid))


@router.post("/applications/{uid}/submission", response={200: ValidationCaseOut, **REFUSALS}, summary="Send it")
def submit(request: Any, uid: Uid, body: SendIn) -> Any:
    found = find_own(request, uid)
    send_application(application=found, acting_user=ActingUser(request.user), **body.dict())
    return _case(request, find_own(request, uid))


@router.post("/applications/{uid}/withdrawal", response={200: ValidationCaseOut, **REFUSALS}, summary="Take it back")
def withdraw(request: Any, uid: Uid) -> Any:
    withdraw_application(application=find_own(request, uid), acting_user=ActingUser(request.user))
    return _case(request, find_own(request, uid))


@router.post("/applications/{uid}/appeals", response={201: ValidationCaseOut, **REFUSALS}, summary="Appeal")
def appeal(request: Any, uid: Uid, body: ValidationAppealIn) -> Any:
    """At every step after sending; after a decision within the days that the institution gives."""
    held = find_own(request, uid)
    about = AppealAbout(body.about) if body.about else next(iter(open_to(held)), None)
    file_appeal(application=held, reason=body.reason, about=about, acting_user=ActingUser(request.user))
    return Status(201, _case(request, find_own(request, uid)))


@router.get("/applications/{uid}/history", response={200: list[ValidationEntryOut], 404: Problem}, summary="History")
def read_history(request: Any, uid: Uid, page: int = Query(1, ge=1, le=1000)) -> Any:
    """The case from its beginning, fifty entries on a page, ticks of single criteria included."""
    held = _find(request, uid)
    entries = history_of(held, request.user, whole=True)
    if entries is None:
        raise Http404
    first = (page - 1) * MOST
    return [
        {
            "seq": one.seq, "at": one.at, "kind": one.kind, "by": str(one.actor or ""),
            "data": told_data(one, request.user, held),
        }
        for one in entries[first : first + MOST]
    ]  # fmt: skip


@router.get(
    "/confirmed-outcomes", response={200: list[ConfirmedOutcomeOut], 404: Problem}, summary="What stays for ever"
)
def list_confirmed(request: Any) -> Any:
    """Every outcome that a commission confirmed to the caller."""
    _person(request)
    return [
        {
            "qualification": one.qualification, "outcome": one.outcome, "wording": one.wording,
            "confirmed_on": one.confirmed_on, "counts": one.suspended_at is None,
            "institution": one.decision.application.opening.institution.name,
        }
        for one in partial_results(request.user)
    ]  # fmt: skip


# ---- the validation adviser ----


@router.get("/advising", response={200: list[AdvisedOut], 404: Problem}, summary="What waits for the adviser")
def list_advised(request: Any, waiting: bool = True, page: int = Query(1, ge=1, le=1000)) -> Any:
    """Fifty on a page, soonest first; `waiting=false`: those further on."""
    if not perms.advises(request.user):
        raise Http404
    first = (page - 1) * MOST
    found = list(advising.advised(request.user, waiting=waiting)[first : first + MOST])
    moves, asked = moves_of(found), advising.asked_of(found)
    return [
        {
            **_application(one, moves[one.pk]), "person": one.person.name,
            "criteria_with_evidence": getattr(one, "pieces", 0), "criteria_to_show": asked[one.pk].to_show,
            "notes": getattr(one, "notes", 0),
        }
        for one in found
    ]  # fmt: skip


@router.put("/applications/{uid}/notes", response={200: ValidationCaseOut, **REFUSALS}, summary="A note of the adviser")
def put_note(request: Any, uid: Uid, body: AdviserWordsIn) -> Any:
    write_note(application=_advised(request, uid), acting_user=ActingUser(request.user), **body.dict())
    return _case(request, _find(request, uid))


@router.post(
    "/applications/{uid}/documentation", response={200: ValidationCaseOut, **REFUSALS}, summary="Close documentation"
)
def close(request: Any, uid: Uid, body: DocumentedIn) -> Any:
    """The adviser meets the entry's requirements, has checked its conditions, and sends the case on."""
    met = body.conditions_met
    close_documentation(
        application=_advised(request, uid), conditions_met=met, acting_user=ActingUser(request.user), basis=body.basis
    )  # fmt: skip
    return _case(request, _find(request, uid))


# ---- doors and shapes ----


def _person(request: Any) -> Person:
    """The caller's own person; 404 for whoever is no participant."""
    person: Person | None = request.user.participant
    if person is None:
        raise Http404
    return person


def _find_opening(uid: uuid.UUID) -> ValidationOpening:
    found = opening_of(uid)
    if found is None:
        raise Http404
    return found


def _find(request: Any, uid: uuid.UUID) -> Application:
    """The application when the caller may see it, the reading logged."""
    found = application_of(request.user, uid)
    if found is None:
        raise Http404
    log_reading(account=request.user, person=found.person, case_uid=found.uid, part=PART)
    return found


def find_own(request: Any, uid: uuid.UUID) -> Application:
    """The caller's own application; 404 for anybody else's."""
    found = application_of(request.user, uid)
    if found is None or not perms.is_candidate(request.user, found):
        raise Http404
    return found


def _advised(request: Any, uid: uuid.UUID) -> Application:
    found = _find(request, uid)
    if not perms.may_advise(request.user, found):
        raise Http404
    return found


def _opening(one: ValidationOpening) -> dict[str, Any]:
    same = (
        "uid", "place", "applications_until", "begins_on", "ends_on", "places", "fee_grosze", "appeal_days",
        "answer_days",
    )  # fmt: skip
    left: int = getattr(one, "left", 0)
    named = {"qualification": one.qualification.code, "title": one.qualification.title_pl}
    return {
        **{name: getattr(one, name) for name in same}, **named, "institution": one.institution.name,
        "left": max(0, left),
    }  # fmt: skip


def _application(one: Application, move: Move) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("uid", "version", "state", "round", "carried")},
        "opening": one.opening.uid,
        "qualification": one.opening.qualification.code,
        "institution": one.opening.institution.name,
        "move": {"mover": move.mover.value, "step": move.step.value, "due": move.due},
    }


def _case(request: Any, one: Application) -> dict[str, Any]:
    pieces = attached(one, request.user)
    return {
        **_application(one, moves_of([one])[one.pk]),
        "adjustment_kinds": one.adjustment_kinds,
        "adjustments": one.adjustments,
        "evidence": {
            code: [{"uid": each.uid, "title": each.title, "kind": each.kind, **_credential(each)} for each in listed]
            for code, listed in pieces.items()
        },
        "notes": [
            {"criterion": each.criterion, "text": each.text, "by": str(each.written_by or ""), "at": each.written_at}
            for each in one.adviser_notes.select_related("written_by").order_by("criterion")
        ],
        "results": [_result(request, one, each) for each in one.decisions.all()],
        "appeals": [
            {
                name: getattr(each, name)
                for name in ("uid", "round", "step", "about", "state", "reason", "due_on", "answer")
            }
            for each in appeals_of(one)
        ],
        "may_appeal": perms.is_candidate(request.user, one) and can_appeal(one),
        "appeal_until": appeal_until(one),
        "open_appeals": {str(about): last for about, last in open_to(one).items()},
        "letters_off": one.letters_off,
        "conditions": conditions_out(one),
    }


def conditions_out(one: Application) -> list[dict[str, Any]]:
    """Conditions of the entry, each with how it is met."""
    held = shown_now(one)
    found = []
    for place, text in enumerate(conditions_of(one.opening.entry_version.entry)):
        shown = held.get(place)
        piece = shown.evidence if shown else None
        found.append(
            {
                "place": place, "text": text, "how": shown.how if shown else "", "words": shown.words if shown else "",
                "evidence": piece.uid if piece else None, "confirmed_at": shown.confirmed_at if shown else None,
            }
        )  # fmt: skip
    return found


def _credential(piece: Evidence) -> dict[str, Any]:
    """How a credential stands by the machine's newest check; nothing for any other piece."""
    held = getattr(piece, "credential_piece", None)
    return {"standing": held.standing, "checked_at": held.checked_at} if held is not None else {}


def _result(request: Any, one: Application, decision: Any) -> dict[str, Any]:
    reasons = reasons_of(one, decision.round, request.user)
    return {
        **{name: getattr(decision, name) for name in ("round", "decided_at", "whole", "sets", "outcomes", "criteria")},
        "reasons": {
            code: [{"words": each.words, "agreed": each.agreed, "dissent": each.dissent} for each in listed]
            for code, listed in reasons.items()
        },
    }
