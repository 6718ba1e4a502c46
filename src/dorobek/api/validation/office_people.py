"""REST of the office about people and papers: the pool, the body's documents, trainings, certificates, appeals."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from dorobek.api.schemas import REFUSALS, Problem
from dorobek.api.validation import office_out as told
from dorobek.api.validation import office_shapes as shapes
from dorobek.api.validation.office_doors import (
    acting,
    bodies_of,
    body_of,
    qualification_of,
)
from dorobek.people.actions import log_reading
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation import facts
from dorobek.validation.actions.appeals import answer_appeal
from dorobek.validation.actions.body import body_member, keep_body_record
from dorobek.validation.actions.office import keep_availability
from dorobek.validation.actions.openings import entry_rules, keep_staff_record, note_training
from dorobek.validation.actions.trainings import candidates_of, import_trainings
from dorobek.validation.models import LedTraining, StaffRecord
from dorobek.validation.queries import agreement, certificates, desk
from dorobek.validation.queries.agreement import Agreement
from dorobek.validation.queries.appealing import answerable

router = Router()
SURE = 30


# ---- people, documents of the body, trainings ----


@router.get("/staff/{code}", response=list[shapes.OfficeStaffOut])
def office_staff(request: HttpRequest, code: str) -> Any:
    """The pool of a qualification: what each meets and lacks, criterion by criterion."""
    institution, qualification = body_of(request), qualification_of(code)
    rows = StaffRecord.objects.filter(institution=institution, qualification=qualification).select_related("account")
    listed = list(rows.order_by("account__name", "pk")[:1000])
    rules, members = entry_rules(qualification), facts.members_of(listed)
    return [told.staff_out(one, members[one.pk], rules) for one in listed]


@router.put("/staff/{code}", response={200: shapes.OfficeStaffOut, **REFUSALS})
def keep_staff(request: HttpRequest, code: str, body: shapes.OfficeStaffIn) -> Any:
    """What somebody can show, replacing what was noted before."""
    institution, qualification = body_of(request, body.institution), qualification_of(code)
    account = get_object_or_404(
        Account.objects.filter(memberships__institution=institution).distinct(), uid=body.account
    )
    record = keep_staff_record(
        institution=institution, qualification=qualification, account=account, acting_user=acting(request),
        level=body.level, level_document=body.level_document, shown=body.shown, principles_on=body.principles_on,
        periods=told.periods_in(body.periods),
    )  # fmt: skip
    return told.staff_out(record, facts.member_of(record), entry_rules(qualification))


@router.put("/staff/{code}/availability", response={200: shapes.OfficeAvailabilityOut, **REFUSALS})
def put_availability(request: HttpRequest, code: str, body: shapes.OfficeAvailabilityIn) -> Any:
    """When, where and how often somebody can sit."""
    institution = body_of(request, body.institution)
    rows = StaffRecord.objects.filter(institution=institution, qualification__code=code).select_related("account")
    record = get_object_or_404(rows, account__uid=body.account)
    row = keep_availability(
        institution=institution, account=record.account, most=body.most, places=body.places,
        away=[(one.since, one.until) for one in body.away], base_version=body.base_version, acting_user=acting(request),
    )  # fmt: skip
    return {"version": row.version, "most": row.most, "places": row.places, "away": row.away}


@router.get("/body/{code}", response=list[shapes.OfficeStandingOut])
def office_body(request: HttpRequest, code: str) -> Any:
    """What the entry asks of the body itself, and whether its documents show it."""
    institution, qualification = body_of(request), qualification_of(code)
    return told.standings_out(entry_rules(qualification).body, body_member(institution, qualification))


@router.put("/body/{code}", response={200: list[shapes.OfficeStandingOut], **REFUSALS})
def put_body(request: HttpRequest, code: str, body: shapes.OfficeBodyIn) -> Any:
    """Documents that the body has for a qualification."""
    institution, qualification = body_of(request, body.institution), qualification_of(code)
    keep_body_record(
        institution=institution, qualification=qualification, periods=told.periods_in(body.periods),
        shown=body.shown, base_version=body.base_version, acting_user=acting(request),
    )  # fmt: skip
    return told.standings_out(entry_rules(qualification).body, body_member(institution, qualification))


@router.post("/trainings", response={201: shapes.OfficeTrainingOut, **REFUSALS})
def post_training(request: HttpRequest, body: shapes.OfficeTrainingIn) -> Any:
    """A training that somebody of the pool led, and a candidate took part in."""
    institution = body_of(request, body.institution)
    trainers = Account.objects.filter(validation_records__institution=institution).distinct()
    trainer = get_object_or_404(trainers, uid=body.trainer)
    person = next((one for one in candidates_of(institution) if one.uid == body.person), None)
    if person is None:
        raise Http404
    made: LedTraining = note_training(
        institution=institution, trainer=trainer, person=person, title=body.title, ended_on=body.ended_on,
        acting_user=acting(request),
    )  # fmt: skip
    return Status(201, {"title": made.title, "ended_on": made.ended_on})


@router.post("/trainings/import", response={200: list[shapes.OfficeLineOut], **REFUSALS})
def post_trainings(request: HttpRequest, body: shapes.OfficeImportIn) -> Any:
    """Trainings as CSV text; nothing is written unless `dry_run` is false."""
    institution = body_of(request, body.institution)
    lines = import_trainings(institution=institution, text=body.text, acting_user=acting(request), dry_run=body.dry_run)
    return [
        {"number": one.number, "problem": one.problem, "known": one.known, "awaited": bool(one.awaited)}
        for one in lines
    ]


# ---- certificates, agreement, appeals ----


@router.get("/certificates", response=shapes.OfficeCertificatesOut)
def office_certificates(request: HttpRequest, q: str = "", year: int | None = None, page: int = 1) -> Any:
    """The register of the body's certificates, 50 a page."""
    bodies_of(request)
    rows = certificates.certificates(request.user, q, year)  # type: ignore[arg-type]
    first = (max(1, min(page, 100_000)) - 1) * shapes.PER_PAGE
    items = [told.certificate_out(one) for one in rows[first : first + shapes.PER_PAGE]]
    return {"total": rows.count(), "items": items}


@router.get("/report", response=list[shapes.OfficeReportOut])
def office_report(request: HttpRequest) -> Any:
    """How many certificates by body, qualification and year. No personal data."""
    bodies_of(request)
    return certificates.report(request.user)  # type: ignore[arg-type]


@router.get("/agreement/{code}", response=list[shapes.OfficeAgreementOut])
def office_agreement(request: HttpRequest, code: str) -> Any:
    """Cohen's kappa of each pair of assessors in decided cases; `unsure` under 30 criteria that both marked."""
    held = _agreement(request, code)
    pairs = held.pairs if held else {}
    names = {one.pk: str(one) for one in Account.objects.filter(pk__in={key for pair in pairs for key in pair})}
    return [
        {
            "first": names[one], "second": names[other], "kappa": kappa.value, "cases": kappa.cases,
            "alike": kappa.alike, "unsure": kappa.cases < SURE,
        }
        for (one, other), kappa in sorted(pairs.items())
    ]  # fmt: skip


@router.get("/agreement/{code}/whole", response={200: shapes.OfficeWholeAgreementOut, 404: Problem})
def office_whole_agreement(request: HttpRequest, code: str) -> Any:
    """Fleiss' kappa of everybody who judged the qualification in decided cases."""
    held = _agreement(request, code)
    if held is None:
        raise Http404
    whole = held.whole
    return {"kappa": whole.value, "cases": whole.cases, "alike": whole.alike, "unsure": whole.cases < SURE}


def _agreement(request: HttpRequest, code: str) -> Agreement | None:
    user: Any = request.user
    return agreement(institution=body_of(request), qualification=qualification_of(code), user=user)


@router.get("/appeals", response=list[shapes.OfficeAppealOut])
def office_appeals(request: HttpRequest, page: int = 1) -> Any:
    """Appeals that the caller's bodies answer, open ones first by their last day, 50 a page."""
    bodies_of(request, Role.APPEALS_OFFICER)
    user: Any = request.user
    first = (max(1, min(page, 100_000)) - 1) * shapes.PER_PAGE
    rows = desk.appeals_of(user, Role.APPEALS_OFFICER)[first : first + shapes.PER_PAGE]
    listed = list(rows)
    may = answerable(user, listed)
    return [told.appeal_out(one, one.pk in may) for one in listed]


@router.post("/appeals/{uid}/answer", response={200: shapes.OfficeAppealOut, **REFUSALS})
def post_answer(request: HttpRequest, uid: uuid.UUID, body: shapes.OfficeAnswerIn) -> Any:
    """Uphold or reject, with reasons; by somebody who took no part in the case before."""
    user: Any = request.user
    bodies_of(request, Role.APPEALS_OFFICER)
    found = get_object_or_404(desk.appeals_of(user, Role.APPEALS_OFFICER), uid=uid)
    log_reading(account=user, person=found.application.person, case_uid=found.application.uid, part="API")
    done = answer_appeal(appeal=found, uphold=body.uphold, answer=body.answer, acting_user=acting(request))
    return told.appeal_out(done, False)
