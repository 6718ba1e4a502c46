"""Evidence on a phone: take a picture, say what it shows (PF-1)."""

import uuid

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.portfolio.actions import remove_evidence
from dorobek.portfolio.queries_evidence import evidence_of_case
from dorobek.web.audits.evidence import find_evidence
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.evidence_forms import EvidenceForm, RemovalForm, save_evidence
from dorobek.web.files import file_response


@own_page
def evidence_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """What was gathered so far."""
    evidence = evidence_of_case(request.user, audit.uid)
    return render(request, "participant/evidence.html", {"audit": audit, "evidence": evidence})


@own_page
def add(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """One piece of evidence."""
    form = form_for(request, EvidenceForm, audit=audit, user=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: save_evidence(audit, form, request.acting))
    ):
        finish(request)
        messages.success(request, _("Dodano „%s”.") % form.cleaned_data["title"])
        return redirect("own-evidence", audit.uid)
    return render(request, "participant/evidence_form.html", {"audit": audit, "form": form})


@own_page
def remove(request: CaseRequest, audit: SkillsAudit, evidence_uid: uuid.UUID) -> HttpResponse:
    """Ask, then take it away."""
    evidence = find_evidence(request, audit, evidence_uid)
    form = form_for(request, RemovalForm)
    if request.method == "POST" and form.is_valid():
        remove_evidence(evidence=evidence, reason=form.cleaned_data["reason"], acting_user=request.acting)
        finish(request)
        messages.success(request, _("Usunięto „%s”.") % evidence.title)
        return redirect("own-evidence", audit.uid)
    return render(request, "participant/evidence_removal.html", {"audit": audit, "form": form, "item": evidence})


@own_page
def open_file(request: CaseRequest, audit: SkillsAudit, evidence_uid: uuid.UUID) -> FileResponse:
    """The file itself."""
    evidence = find_evidence(request, audit, evidence_uid)
    if evidence.file is None:
        raise Http404
    return file_response(evidence.file, download="pobierz" in request.GET)
