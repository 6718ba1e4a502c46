"""The REST API: one module per room, the same actions and permissions as the screens (XX-6)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from dorobek.api.administration import employers, specialists
from dorobek.api.administration import router as administration
from dorobek.api.auth import Session, Token
from dorobek.api.card import router as card
from dorobek.api.case_list import desk_router as desk
from dorobek.api.cases import one_case
from dorobek.api.cases import router as cases
from dorobek.api.course import router as course
from dorobek.api.credentials import router as credentials
from dorobek.api.docs import ReadableDocs
from dorobek.api.documents import router as documents
from dorobek.api.drawing import router as synthesis
from dorobek.api.episodes import router as episodes
from dorobek.api.evidence import router as evidence
from dorobek.api.info import router as info
from dorobek.api.interviews import router as interviews
from dorobek.api.meeting_tables import router as meeting_tables
from dorobek.api.meeting_tables import timesheets
from dorobek.api.offers import router as offers
from dorobek.api.offers_office import kept as offers_kept
from dorobek.api.offers_office import own as offers_own
from dorobek.api.own import router as own
from dorobek.api.plan_routes import router as plan_routes
from dorobek.api.plan_targets import public as labour
from dorobek.api.plan_targets import router as plan_targets
from dorobek.api.plans import router as plans
from dorobek.api.portfolio import router as portfolio
from dorobek.api.programmes import router as programmes
from dorobek.api.readiness import router as readiness
from dorobek.api.register import router as register
from dorobek.api.register_analysis import public as register_skills
from dorobek.api.register_analysis import router as register_analysis
from dorobek.api.register_applications import public as register_record
from dorobek.api.register_applications import router as register_applications
from dorobek.api.register_words import router as register_words
from dorobek.api.validation.assessing import router as validation_assessing
from dorobek.api.validation.candidate import router as validation_candidate
from dorobek.api.validation.documents import public as validation_certificates
from dorobek.api.validation.documents import router as validation_documents
from dorobek.api.validation.knowledge import router as validation_knowledge
from dorobek.api.validation.office import router as validation_office
from dorobek.api.validation.own_evidence import router as validation_own_evidence
from dorobek.api.validation.wishes import router as validation_wishes
from dorobek.api.vouchers import router as vouchers
from dorobek.api.vouchers_office import router as vouchers_office
from dorobek.api.wallet import router as wallet
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.tables import plain

api = NinjaAPI(
    title="Dorobek",
    version="1",
    description=(
        "Skills audits, competences, evidence and plans. Sign in with a browser session or with "
        "`Authorization: Bearer <token>` of an institution. What you may not see answers 404."
    ),
    urls_namespace="api",
    docs=ReadableDocs(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    auth=[Token(), Session()],
)
api.add_router("", desk, tags=["desk"])
api.add_router("", timesheets, tags=["desk"])
api.add_router("/institutions", administration, tags=["administration"])
api.add_router("/institutions", programmes, tags=["administration"])
api.add_router("/employer", employers, tags=["employer"])
api.add_router("/consultations", specialists, tags=["consultations"])
api.add_router("/credentials", credentials, tags=["credentials"])
api.add_router("/info", info, tags=["info centre"], auth=None)  # public: no account is needed
api.add_router("/register/analysis", register_analysis, tags=["register"])
api.add_router("/register/frameworks", register_words, tags=["register"], auth=None)
api.add_router("/register", register_skills, tags=["register"], auth=None)
api.add_router("/register", register, tags=["register"], auth=None)  # public: no account is needed
api.add_router("/register-applications", register_applications, tags=["register"])
api.add_router("/register-applications", register_record, tags=["register"], auth=None)  # the public record
api.add_router("/wallet", wallet, tags=["wallet"])
api.add_router("/providers", offers_kept, tags=["offer"])
api.add_router("/provider", offers_own, tags=["offer"])
api.add_router("/vouchers", vouchers_office, tags=["vouchers"])
api.add_router("/offer", offers, tags=["offer"], auth=None)  # public: no account is needed
api.add_router("/validation/office", validation_office, tags=["validation"])
api.add_router("/validation/assessing", validation_assessing, tags=["validation"])
api.add_router("/validation/tests", validation_knowledge, tags=["validation"])
api.add_router("/validation/documents", validation_documents, tags=["validation"])
api.add_router("/validation/certificates", validation_certificates, tags=["validation"], auth=None)  # public
api.add_router("/validation", validation_candidate, tags=["validation"])
api.add_router("/validation", validation_own_evidence, tags=["validation"])
api.add_router("/validation", validation_wishes, tags=["validation"])
api.add_router("/cases", cases, tags=["cases"])
api.add_router("/cases/{case_uid}", one_case, tags=["cases"])
api.add_router("/cases/{case_uid}", card, tags=["card"])
api.add_router("/cases/{case_uid}", documents, tags=["documents"])
api.add_router("/cases/{case_uid}", interviews, tags=["interviews"])
api.add_router("/cases/{case_uid}", episodes, tags=["interviews"])
api.add_router("/cases/{case_uid}", meeting_tables, tags=["course"])
api.add_router("/cases/{case_uid}", course, tags=["course"])
api.add_router("/cases/{case_uid}", evidence, tags=["evidence"])
api.add_router("/labour", labour, tags=["plan"], auth=None)  # public: no account is needed
api.add_router("/cases/{case_uid}", plan_targets, tags=["plan"])
api.add_router("/cases/{case_uid}", plan_routes, tags=["plan"])
api.add_router("/cases/{case_uid}", plans, tags=["plan"])
api.add_router("/cases/{case_uid}", own, tags=["own data"])
api.add_router("/cases/{case_uid}", vouchers, tags=["vouchers"])
api.add_router("/cases/{case_uid}", synthesis, tags=["competences"])
api.add_router("/cases/{case_uid}/readiness", readiness, tags=["readiness"])
api.add_router("/cases/{case_uid}/competences", portfolio, tags=["competences"])


@api.exception_handler(NotAllowed)
@api.exception_handler(Http404)
def not_found(request: HttpRequest, _refusal: Any) -> HttpResponse:
    return api.create_response(request, {"detail": "Nie ma takiej rzeczy albo nie jest dla Pani/Pana."}, status=404)


@api.exception_handler(RuleBroken)
def rule_broken(request: HttpRequest, refusal: Any) -> HttpResponse:
    body = {"detail": str(refusal.message), "field": refusal.field}
    return api.create_response(request, body, status=422)


@api.exception_handler(Conflict)
def conflict(request: HttpRequest, refusal: Any) -> HttpResponse:
    body = {
        "detail": "Ktoś zmienił to w międzyczasie.",
        "theirs": plain(refusal.theirs),
        "yours": plain(refusal.yours),
        "kept": {name: plain(theirs) for name, (theirs, _sent) in refusal.kept.items()},
        "version": refusal.version,
        "author": refusal.author,
        "at": plain(refusal.at),
    }
    return api.create_response(request, body, status=409)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, refusal: Any) -> HttpResponse:
    problems = [{"field": ".".join(map(str, e["loc"])), "problem": e["msg"]} for e in refusal.errors]
    return api.create_response(request, {"detail": "Dane mają zły kształt.", "problems": problems}, status=422)
