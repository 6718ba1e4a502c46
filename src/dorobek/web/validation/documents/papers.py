"""/walidacja/dokumenty/…/: what there is of a case on paper, its archive, its credentials, its certificate revoked."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.kernel.errors import RuleBroken
from dorobek.people.actions import log_reading
from dorobek.people.perms import is_own
from dorobek.validation import perms
from dorobek.validation.actions.archives import take_archive
from dorobek.validation.actions.credentials import award_credentials, missing_for, scopes_due
from dorobek.validation.actions.documents import endings, file_name, revoke_certificate, write_files
from dorobek.validation.archive import name_of
from dorobek.validation.documents import case_number
from dorobek.validation.models import Application, AwardedCredential, CaseDocument, Certificate
from dorobek.validation.queries.papers import find_case, find_paper, papers_of
from dorobek.validation.rules.carrying import outcomes_told
from dorobek.web.doors import CaseRequest, attempt, signed_in
from dorobek.web.drafts import finish, form_for
from dorobek.web.files import file_response
from dorobek.web.forms import DorobekForm, LongText, ManyChoices

PART = "dokumenty walidacji"


class ArchiveForm(DorobekForm):
    evidence = forms.BooleanField(label=gettext_lazy("Razem z plikami dowodów"), required=False, initial=True)


class RevokeForm(DorobekForm):
    outcomes = ManyChoices(
        label=gettext_lazy("Które efekty przestają się liczyć?"), required=False,
        help_text=gettext_lazy("W następnej walidacji trzeba będzie je pokazać jeszcze raz. Wrócą, jeśli odwołanie będzie uwzględnione."),
    )  # fmt: skip
    reason = LongText(
        label=gettext_lazy("Dlaczego?"), rows=5, max_length=4000,
        help_text=gettext_lazy("Przeczyta to osoba, której certyfikat dotyczy. Powód nie jest pokazywany publicznie."),
    )  # fmt: skip


def found_case(request: CaseRequest, uid: uuid.UUID, *, running: bool = False) -> Application:
    """The case of the page, the reading told to the person; 404 for strangers and, with `running`, for all but officers."""
    application = find_case(request.user, uid)
    if application is None or (running and not perms.may_run(request.user, application)):
        raise Http404
    if not is_own(request.user, application.person):
        log_reading(account=request.user, person=application.person, case_uid=application.uid, part=PART)
    return application


@signed_in
def case(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Every document that the user may open; for officers also the archive, the credentials and the certificate."""
    application = found_case(request, uid)
    runs = perms.may_run(request.user, application)
    context: dict[str, Any] = {
        "application": application, "number": case_number(application), "own": is_own(request.user, application.person),
        "rows": [_row(one) for one in papers_of(request.user, application)], "runs": runs,
    }  # fmt: skip
    if runs:
        context |= {"archive": ArchiveForm(), **_proofs(application)}
    return render(request, "validation/documents/case.html", context)


def _row(document: CaseDocument) -> dict[str, Any]:
    return {"document": document, "endings": endings(document)}


def _proofs(application: Application) -> dict[str, Any]:
    """Certificate and credentials, what is due, and what is missing to issue it."""
    certificate = Certificate.objects.filter(application=application).first()
    awarded = AwardedCredential.objects.filter(decision__application=application).select_related("credential")
    decision = application.decisions.order_by("-round").first()
    due = bool(decision and scopes_due(decision))
    held = {one.scope for one in awarded}
    waiting = due and decision is not None and any(scope not in held for scope in scopes_due(decision))
    return {
        "certificate": certificate, "awarded": list(awarded.order_by("pk")), "waiting": waiting,
        "missing": missing_for(application) if waiting else "",
    }  # fmt: skip


@signed_in
def file(request: CaseRequest, uid: uuid.UUID, ending: str) -> FileResponse:
    """One document as PDF or DOCX; written now, when the worker has not yet come to it."""
    document = find_paper(request.user, uid)
    if document is None or ending not in endings(document):
        raise Http404
    person = document.application.person
    log_reading(account=request.user, person=person, case_uid=document.application.uid, part=PART)
    stored = getattr(write_files(document=document), ending)
    if stored is None:
        raise Http404
    return file_response(stored, download=bool(request.GET.get("pobierz")), name=file_name(document, ending))


@signed_in
@require_POST
def archive(request: CaseRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The whole case as one file, for an inspection."""
    application = found_case(request, uid, running=True)
    form = ArchiveForm(request.POST)
    evidence = form.is_valid() and form.cleaned_data["evidence"]
    taken, _made = take_archive(application=application, acting_user=request.acting, evidence=evidence)
    response = FileResponse(taken, as_attachment=True, filename=name_of(application), content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_POST
def credentials(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """What the newest decision gives credentials for, issued now."""
    application = found_case(request, uid, running=True)
    decision = application.decisions.order_by("-round").first()
    if decision is None:
        raise RuleBroken(_("W tej sprawie nie ma jeszcze decyzji."))
    made = award_credentials(decision=decision, acting_user=request.acting)
    text = _("Wystawione poświadczenia: %d. Są w portfelu tej osoby.") % len(made)
    messages.success(request, text if made else _("Ta osoba ma już wszystkie poświadczenia z tej decyzji."))
    return redirect("papers", uid=application.uid)


@signed_in
def revoke(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """The reason, and what it brings about, before it is done."""
    application = found_case(request, uid, running=True)
    certificate = Certificate.objects.filter(application=application).first()
    if certificate is None:
        raise Http404
    titles = {code: title for code, (title, _digest) in outcomes_told(application.opening.entry_version.entry).items()}
    every = [code for code in certificate.decision.outcomes if code in titles]
    form = form_for(request, RevokeForm, initial={"outcomes": every})
    form.fields["outcomes"].choices = [(code, f"{code} {titles[code]}") for code in every]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        revoking = partial(
            revoke_certificate, certificate=certificate, reason=form.cleaned_data["reason"],
            outcomes=form.cleaned_data["outcomes"], acting_user=request.acting,
        )  # fmt: skip
        if attempt(form, revoking):
            finish(request)
            messages.success(request, _("Certyfikat jest unieważniony."))
            return redirect("papers", uid=application.uid)
    context = {"form": form, "application": application, "certificate": certificate}
    return render(request, "validation/documents/revoke.html", context, status=422 if form.errors else 200)
