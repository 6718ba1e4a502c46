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
from dorobek.validation.carrying import codes_carried
from dorobek.validation.enums import AppealAbout
from dorobek.validation.models import Application, PartialResult
from dorobek.validation.queries.appealing import open_to
from dorobek.validation.queries.candidate import history_of, partial_results
from dorobek.validation.queries.moving import moves_of
from dorobek.validation.rules.carrying import Held, carried, outcomes_now
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
    named = Qualification.objects.filter(code__in={one.qualification for one in held}).select_related("current")
    known = {one.code: one for one in named}
    groups: list[dict[str, Any]] = [
        {
            "code": code, "title": known[code].title_pl if code in known else code, "results": results,
            "left": code in known and outcomes_left(known[code], results),
        }
        for code, found in groupby(held, key=lambda one: one.qualification)
        for results in [list(found)]
    ]  # fmt: skip
    return render(request, "validation/candidate/partial.html", {"groups": groups})


def outcomes_left(qualification: Qualification, results: list[PartialResult]) -> bool:
    """Whether the entry, as it stands, has an outcome that no standing result confirms."""
    if qualification.current is None:
        return False
    now = outcomes_now(qualification.entry)
    told = [Held(one.outcome, one.wording, one.digest) for one in results if one.suspended_at is None]
    return bool(set(now) - set(codes_carried(carried(told, now))))


@own_validation
def appeal(request: CaseRequest, application: Application) -> HttpResponse:
    """The candidate does not agree, in their own words; `?od=` names with what, else the gravest thing."""
    found = open_to(application)
    wanted = request.GET.get("od", "")
    about = AppealAbout(wanted) if wanted in AppealAbout.values else next(iter(found), None)
    if about not in found and request.method != "POST":
        raise Http404
    form = form_for(request, AppealForm)
    if request.method == "POST" and form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "about": about}
        made = attempt(form, lambda: file_appeal(application=application, acting_user=request.acting, **given))
        if made:
            finish(request)
            messages.success(request, _("Odwołanie jest złożone. Odpowiedź będzie tutaj."))
            return redirect("validation-case", application.uid)
    context = {
        "application": application, "opening": application.opening, "form": form,
        "until": found.get(about) if about else None, "about": about.label if about else "",
        "result": about == AppealAbout.RESULT,
        "move": words.told(application, moves_of([application])[application.pk]),
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
