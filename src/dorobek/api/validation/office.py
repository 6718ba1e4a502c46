"""REST of the awarding body's office and of those who answer appeals: the same actions and permissions as the screens."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Status

from dorobek.api.schemas import REFUSALS
from dorobek.api.validation import office_out as told
from dorobek.api.validation import office_shapes as shapes
from dorobek.api.validation.office_doors import (
    acting,
    bodies_of,
    body_of,
    case_of,
    opening_of,
    qualification_of,
    records_of,
    sitting_of,
)
from dorobek.api.validation.office_fees import router as fees_router
from dorobek.api.validation.office_judging import router as judging_router
from dorobek.api.validation.office_people import router as people_router
from dorobek.validation.actions import deciding
from dorobek.validation.actions.changing import change_opening, close_opening
from dorobek.validation.actions.commissions import appoint
from dorobek.validation.actions.office import answer_adjustments, note_hand_over
from dorobek.validation.actions.openings import open_validation
from dorobek.validation.actions.sittings import (
    accept_proposal,
    choose_commission,
    move_sitting,
    place_candidates,
    plan_sitting,
    spread_candidates,
)
from dorobek.validation.faults import cases_of
from dorobek.validation.models import Application, Sitting
from dorobek.validation.proof_words import proof_in_words
from dorobek.validation.queries import desk
from dorobek.validation.queries.planning import Planned, open_sittings, planned
from dorobek.validation.rules import OwnRule
from dorobek.validation.rules.proposing import Impossible, Proposal

router = Router()
router.add_router("", people_router)
router.add_router("", fees_router)
router.add_router("", judging_router)


# ---- desk and openings ----


@router.get("/desk", response=shapes.OfficeDeskOut)
def office_desk(request: HttpRequest) -> Any:
    """How many cases stand in each state, and how many run late."""
    bodies_of(request)
    user: Any = request.user
    return {"states": desk.states(user), "late": desk.late_count(user)}


@router.get("/applications", response=shapes.OfficeCasesOut)
def office_applications(request: HttpRequest, state: str = "", q: str = "", late: bool = False, page: int = 1) -> Any:
    """Cases with who has the next move, 50 a page."""
    bodies_of(request)
    rows = desk.cases(request.user, state=state, words=q, late=late)  # type: ignore[arg-type]
    first = (max(1, min(page, 100_000)) - 1) * shapes.PER_PAGE
    listed = list(rows[first : first + shapes.PER_PAGE])
    return {"total": rows.count(), "items": [told.case_out(row) for row in desk.with_moves(listed)]}


@router.get("/openings", response=list[shapes.OfficeOpeningOut])
def office_openings(request: HttpRequest, page: int = 1) -> Any:
    """Openings of the caller's bodies, those to come first, 50 a page."""
    bodies_of(request)
    first = (max(1, min(page, 100_000)) - 1) * shapes.PER_PAGE
    rows = desk.openings_of(request.user)[first : first + shapes.PER_PAGE]  # type: ignore[arg-type]
    return [told.opening_out(one) for one in rows]


@router.post("/openings", response={201: shapes.OfficeOpeningOut, **REFUSALS})
def open_an_opening(request: HttpRequest, body: shapes.OfficeOpeningIn) -> Any:
    """Open a validation. Refused without the right in the register, or without the body's own documents."""
    institution = body_of(request, body.institution)
    given = body.dict(exclude={"institution", "qualification", "own_rules"})
    made = open_validation(
        institution=institution, qualification=qualification_of(body.qualification), acting_user=acting(request),
        own_rules=[OwnRule(one) for one in body.own_rules], **given,
    )  # fmt: skip
    return Status(201, told.opening_out(made))


@router.get("/openings/{uid}", response=shapes.OfficeOpeningRulesOut)
def office_opening(request: HttpRequest, uid: uuid.UUID) -> Any:
    """One opening with every rule in words, the outcomes each method covers, and its sittings."""
    return told.opening_rules_out(opening_of(request, uid))


@router.post("/openings/{uid}/change", response={200: shapes.OfficeOpeningOut, **REFUSALS})
def change_an_opening(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeChangeIn) -> Any:
    """Other dates, place or number of places; candidates are told the reason."""
    held = opening_of(request, uid)
    return told.opening_out(change_opening(opening=held, acting_user=acting(request), **body.dict()))


@router.post("/openings/{uid}/close", response={200: shapes.OfficeOpeningOut, **REFUSALS})
def close_an_opening(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeReasonIn) -> Any:
    """No more applications."""
    held = opening_of(request, uid)
    return told.opening_out(close_opening(opening=held, reason=body.reason, acting_user=acting(request)))


# ---- sittings and commissions ----


@router.post("/openings/{uid}/sittings", response={201: shapes.OfficeSittingOut, **REFUSALS})
def plan_a_sitting(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeSittingIn) -> Any:
    """A day and hours on which a commission sits."""
    made = plan_sitting(opening=opening_of(request, uid), acting_user=acting(request), **body.dict())
    return Status(201, told.sitting_out(made))


@router.post("/openings/{uid}/spread", response={200: shapes.OfficeCountOut, **REFUSALS})
def spread_over_sittings(request: HttpRequest, uid: uuid.UUID) -> Any:
    """Documented cases without a sitting take free seats, first come first."""
    return {"count": spread_candidates(opening=opening_of(request, uid), acting_user=acting(request))}


@router.get("/sittings/{uid}", response=shapes.OfficeSittingOut)
def office_sitting(request: HttpRequest, uid: uuid.UUID) -> Any:
    """A sitting with its cases and its commission."""
    return told.sitting_out(sitting_of(request, uid))


@router.post("/sittings/{uid}/move", response={200: shapes.OfficeSittingOut, **REFUSALS})
def move_a_sitting(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeMoveIn) -> Any:
    """Another day, hours or place; candidates are told the reason."""
    return told.sitting_out(move_sitting(sitting=sitting_of(request, uid), acting_user=acting(request), **body.dict()))


@router.put("/sittings/{uid}/candidates", response={200: shapes.OfficeSittingOut, **REFUSALS})
def put_candidates(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeCandidatesIn) -> Any:
    """Exactly these cases are judged at the sitting."""
    sitting = sitting_of(request, uid)
    cases = [case_of(request, one) for one in body.applications]
    return told.sitting_out(place_candidates(sitting=sitting, applications=cases, acting_user=acting(request)))


@router.put("/sittings/{uid}/commission", response={200: shapes.OfficeSittingOut, **REFUSALS})
def put_commission(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeCommissionIn) -> Any:
    """The commission of the sitting; 422 names every broken rule, or who chose meanwhile."""
    sitting = sitting_of(request, uid)
    records = records_of(sitting.opening.institution, body.members)
    done = choose_commission(
        sitting=sitting, records=records, base_version=body.base_version, acting_user=acting(request)
    )  # fmt: skip
    return told.sitting_out(done)


@router.post("/sittings/{uid}/proposal", response=shapes.OfficeProposalOut)
def propose_for_sitting(request: HttpRequest, uid: uuid.UUID) -> Any:
    """A lawful commission, fair in load and free of conflicts; or the proof that none exists. Nothing is written."""
    sitting = sitting_of(request, uid)
    return _proposal(planned(sittings=[sitting], institution=sitting.opening.institution, user=request.user))  # type: ignore[arg-type]


@router.post("/planning", response=shapes.OfficeProposalOut)
def propose_for_many(request: HttpRequest, body: shapes.OfficePlanningIn) -> Any:
    """Commissions for all sittings to come that have none, or those of some openings. Nothing is written."""
    user: Any = request.user
    institution = body_of(request, body.institution)
    chosen = [opening_of(request, one).pk for one in body.openings] or None
    return _proposal(
        planned(sittings=open_sittings(institution, user, chosen), institution=institution, user=user)
    )  # fmt: skip


@router.put("/planning", response={200: shapes.OfficeCountOut, **REFUSALS})
def accept_many(request: HttpRequest, body: shapes.OfficeAcceptIn) -> Any:
    """Accept commissions of many sittings: all of them or none."""
    institution = body_of(request, body.institution)
    rows = [
        (sitting_of(request, one.sitting), records_of(institution, one.members), one.base_version) for one in body.rows
    ]
    return {"count": len(accept_proposal(rows=rows, acting_user=acting(request)))}


def _proposal(found: Planned | None) -> dict[str, Any]:
    if found is None:
        raise Http404
    answer, sittings = found.answer, list(found.plan.sittings)
    if isinstance(answer, Proposal):
        rows = [
            {"sitting": one.uid, "base_version": one.version, "members": [r.uid for r in found.members(one)]}
            for one in sittings
        ]  # fmt: skip
        return {"outcome": "proposal", "fairest": answer.fairest, "rows": rows, "proof": []}
    impossible = isinstance(answer, Impossible)
    proof = proof_in_words(answer, sittings) if isinstance(answer, Impossible) else []
    return {"outcome": "impossible" if impossible else "undecided", "fairest": None, "rows": [], "proof": proof}


# ---- one case ----


@router.get("/cases/{uid}", response=shapes.OfficeCaseOut)
def office_case(request: HttpRequest, uid: uuid.UUID) -> Any:
    """One case with its next move."""
    return told.case_out(desk.with_moves([case_of(request, uid)])[0])


@router.put("/cases/{uid}/adjustment", response={200: shapes.OfficeAdjustmentOut, **REFUSALS})
def put_adjustment(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeAdjustmentIn) -> Any:
    """The answer to an adjustment asked for, with its reason."""
    return answer_adjustments(application=case_of(request, uid), acting_user=acting(request), **body.dict())


@router.post("/cases/{uid}/hand-overs", response={201: shapes.OfficeHandOverOut, **REFUSALS})
def post_hand_over(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeHandOverIn) -> Any:
    """A document was given to the candidate."""
    made = note_hand_over(application=case_of(request, uid), acting_user=acting(request), **body.dict())
    return Status(201, made)


@router.post("/cases/{uid}/appointment", response={200: shapes.OfficeCaseOut, **REFUSALS})
def post_appointment(request: HttpRequest, uid: uuid.UUID) -> Any:
    """The commission of the sitting takes the case."""
    case = case_of(request, uid)
    placed = next((one for one in _placed(case) if case in cases_of(one)), None)
    if placed is None or placed.commission is None:
        raise Http404
    appoint(application=case, commission=placed.commission, acting_user=acting(request))
    return office_case(request, uid)


def _placed(case: Application) -> list[Sitting]:
    rows = Sitting.objects.filter(candidates__application=case, candidates__round=case.round)
    return list(rows.select_related("commission", "opening"))


@router.post("/cases/{uid}/decision", response={200: shapes.OfficeDecisionOut, **REFUSALS})
def post_decision(request: HttpRequest, uid: uuid.UUID) -> Any:
    """Publish the result."""
    return deciding.publish_decision(application=case_of(request, uid), acting_user=acting(request))


@router.post("/cases/{uid}/certificate", response={201: shapes.OfficeCertificateOut, **REFUSALS})
def post_certificate(request: HttpRequest, uid: uuid.UUID) -> Any:
    """Issue the certificate."""
    made = deciding.issue_certificate(application=case_of(request, uid), acting_user=acting(request))
    return Status(201, told.certificate_out(made))
