"""Evidence on the adviser's side: what was gathered, what it shows, how good it is (PF-1, PF-2)."""

import uuid

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.portfolio.actions import rate_evidence, remove_evidence
from dorobek.portfolio.models import Evidence
from dorobek.portfolio.queries_evidence import evidence_of_case
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.evidence_forms import EvidenceForm, RatingForm, RemovalForm, save_evidence
from dorobek.web.files import file_response

PART = "dowody"


def find_evidence(request: CaseRequest, audit: SkillsAudit, uid: uuid.UUID) -> Evidence:
    evidence = evidence_of_case(request.user, audit.uid).filter(uid=uid).first()
    if evidence is None:
        raise Http404
    return evidence


@case_page(PART)
def evidence_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Everything gathered, with its newest rating."""
    context = {"audit": audit, "tab": "case-competences", "leads": request.leads}
    return render(request, "audits/evidence.html", {**context, "evidence": evidence_of_case(request.user, audit.uid)})


@case_page(PART)
def add(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The adviser adds evidence, or notes that an original was seen."""
    form = form_for(request, EvidenceForm, audit=audit, user=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: save_evidence(audit, form, request.acting))
    ):
        finish(request)
        messages.success(request, _("Dodano dowód „%s”.") % form.cleaned_data["title"])
        return redirect("case-evidence", audit.uid)
    return render(request, "audits/evidence_form.html", {"audit": audit, "tab": "case-competences", "form": form})


@case_page(PART)
def rate(request: CaseRequest, audit: SkillsAudit, evidence_uid: uuid.UUID) -> HttpResponse:
    """Four questions and the reason."""
    evidence = find_evidence(request, audit, evidence_uid)
    form = form_for(request, RatingForm)
    names = ("validity", "currency", "sufficiency", "authenticity", "reason")
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        if attempt(form, lambda: rate_evidence(evidence=evidence, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano ocenę."))
            return redirect("case-evidence", audit.uid)
    context = {"audit": audit, "tab": "case-competences", "form": form, "item": evidence}
    return render(request, "audits/evidence_rating.html", context)


@case_page(PART)
def remove(request: CaseRequest, audit: SkillsAudit, evidence_uid: uuid.UUID) -> HttpResponse:
    """Ask why, then take it away."""
    evidence = find_evidence(request, audit, evidence_uid)
    form = form_for(request, RemovalForm)
    if request.method == "POST" and form.is_valid():
        remove_evidence(evidence=evidence, reason=form.cleaned_data["reason"], acting_user=request.acting)
        finish(request)
        messages.success(request, _("Usunięto dowód „%s”.") % evidence.title)
        return redirect("case-evidence", audit.uid)
    context = {"audit": audit, "tab": "case-competences", "form": form, "item": evidence}
    return render(request, "audits/evidence_removal.html", context)


@case_page(PART)
def open_file(request: CaseRequest, audit: SkillsAudit, evidence_uid: uuid.UUID) -> FileResponse:
    """The file itself."""
    evidence = find_evidence(request, audit, evidence_uid)
    if evidence.file is None:
        raise Http404
    return file_response(evidence.file, download="pobierz" in request.GET)
