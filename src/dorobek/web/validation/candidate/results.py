"""What stays of validations for ever, an appeal, and the case told from its beginning (VA-6, VA-8)."""

import uuid
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.register.models import Qualification
from dorobek.validation import perms
from dorobek.validation.actions.appeals import file_appeal
from dorobek.validation.models import Application
from dorobek.validation.queries.candidate import can_appeal, history_of, partial_results
from dorobek.validation.queries.moving import appeal_until, moves_of
from dorobek.web.doors import CaseRequest, attempt, signed_in
from dorobek.web.drafts import finish, form_for
from dorobek.web.history_words import tell
from dorobek.web.validation.candidate import words
from dorobek.web.validation.candidate.doors import find_application, own_validation
from dorobek.web.validation.candidate.forms import AppealForm

PER_PAGE = 50


@require_safe
@signed_in
def partial(request: CaseRequest) -> HttpResponse:
    """Every outcome ever confirmed, by qualification, with when and by whom."""
    if request.user.participant is None:
        raise Http404
    held = list(partial_results(request.user))
    titles = dict(
        Qualification.objects.filter(code__in={one.qualification for one in held}).values_list("code", "title_pl")
    )
    groups: list[dict[str, Any]] = [
        {"code": code, "title": titles.get(code, code), "results": list(found)}
        for code, found in groupby(held, key=lambda one: one.qualification)
    ]
    return render(request, "validation/candidate/partial.html", {"groups": groups})


@own_validation
def appeal(request: CaseRequest, application: Application) -> HttpResponse:
    """The candidate does not agree, in their own words."""
    if not can_appeal(application) and request.method != "POST":
        raise Http404
    form = form_for(request, AppealForm)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = attempt(form, lambda: file_appeal(application=application, reason=reason, acting_user=request.acting))
        if made:
            finish(request)
            messages.success(request, _("Odwołanie jest złożone. Odpowiedź będzie tutaj."))
            return redirect("validation-case", application.uid)
    context = {
        "application": application, "opening": application.opening, "form": form,
        "until": appeal_until(application), "move": words.told(application, moves_of([application])[application.pk]),
    }  # fmt: skip
    return render(request, "validation/candidate/appeal.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def history(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """The case from its beginning, for the candidate and for the body's officers and advisers."""
    application = find_application(request.user, uid)
    whole = "calosc" in request.GET
    entries = history_of(application, request.user, whole=whole)
    if entries is None:
        raise Http404
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "application": application, "opening": application.opening, "whole": whole, "page_of": page,
        "told": tell(list(page), reader=request.user, person=application.person),
        "own": perms.is_candidate(request.user, application),
        "advises": perms.may_advise(request.user, application), "runs": perms.may_run(request.user, application),
        "frame": "participant.html" if perms.is_candidate(request.user, application) else "base.html",
    }  # fmt: skip
    return render(request, "validation/candidate/history.html", context)
