"""The public record of applications: the list, and one with its time line, comments and decision (RG-5)."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.register.applications.consulting import comment_on
from dorobek.register.applications.entering import rules_of_application
from dorobek.register.applications.enums import ApplicationKind, ApplicationStage
from dorobek.register.applications.perms import may_answer, may_apply
from dorobek.register.applications.rules import WRITABLE
from dorobek.register.models.applications import RegisterApplication
from dorobek.register.queries.applications import comments_for, public_record, time_line
from dorobek.web.doors import attempt
from dorobek.web.register.applications.forms import CommentForm
from dorobek.web.register.applications.words import MOVES, STEPS, told, tone_of
from dorobek.web.register.rules import rules_read

PER_PAGE = 50


def listing(request: HttpRequest) -> HttpResponse:
    """Every application ever sent, with filters by stage and kind."""
    stage, kind = request.GET.get("stan", ""), request.GET.get("rodzaj", "")
    stage = stage if stage in ApplicationStage.values else ""
    kind = kind if kind in ApplicationKind.values else ""
    late = request.GET.get("po-terminie") == "1"
    shown = Paginator(public_record(stage, kind, late), PER_PAGE).get_page(request.GET.get("page"))
    stages = [one for one in ApplicationStage.choices if one[0] != ApplicationStage.DRAFT]
    context = {
        "page_of": shown, "rows": [row_of(one) for one in shown], "stage": stage, "kind": kind, "stages": stages,
        "kinds": ApplicationKind.choices, "late_only": late, "late": public_record(late=True).count(),
    }  # fmt: skip
    return render(request, "register/applications/list.html", context)


def row_of(application: RegisterApplication) -> dict[str, Any]:
    """An application in a list."""
    return {"one": application, "tone": tone_of(application), "move": MOVES[application.move]}


def find_application(request: Any, uid: uuid.UUID) -> RegisterApplication:
    """The application when the user may see it; 404 otherwise."""
    rows = RegisterApplication.objects.visible_to(request.user)
    found = rows.select_related("institution", "qualification__current", "change").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def record_of(request: Any, application: RegisterApplication) -> dict[str, Any]:
    """What the pages of one application show."""
    line = [(STEPS[one.kind], one) for one in time_line(application, timezone.localdate)]
    user = request.user
    applies = user.is_authenticated and may_apply(user, application.institution_id)
    works = user.is_authenticated and user.works_here
    published = application.consultation_until is not None or works
    return {
        **row_of(application),
        "application": application,
        "line": line,
        "content": told(application) if published else [],
        "read": rules_read(rules_of_application(application)) if published or applies else None,
        "comments": comments_for(user, application),
        "applies": applies,
        "writable": applies and application.stage in WRITABLE,
        "answers": user.is_authenticated and may_answer(user, application),
    }


def show(request: Any, application_uid: uuid.UUID) -> HttpResponse:
    """One application; while the consultation lasts, anybody may leave a comment."""
    application = find_application(request, application_uid)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and not application.is_consulted:
        form = CommentForm()
        messages.error(request, _("Konsultacje tego wniosku nie trwają, więc nie da się dodać uwagi."))
    elif request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "email", "text")}
        if attempt(form, lambda: comment_on(application=application, **given)):
            messages.success(request, _("Dziękujemy. Uwaga pojawi się tutaj, gdy ktoś z redakcji ją przeczyta."))
            return redirect("register-application", application.uid)
    context = {**record_of(request, application), "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "register/applications/record.html", context, status=status)
