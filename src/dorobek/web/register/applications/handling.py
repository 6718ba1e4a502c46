"""The desk of editors and of the minister's officers, the step of one application, and one comment (RG-5)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.people.enums import Role
from dorobek.register.applications.consulting import answer_comment, moderate_comment
from dorobek.register.applications.entering import propose_entry
from dorobek.register.applications.enums import ApplicationKind, CommentState
from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.applications.handling import (
    check_formally,
    close_consultation,
    decide_application,
    note_opinion,
)
from dorobek.register.applications.perms import may_decide, may_handle
from dorobek.register.models.applications import ConsultationComment, RegisterApplication
from dorobek.register.queries.applications import waiting_for
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm
from dorobek.web.register.applications import forms
from dorobek.web.register.applications.applying import missing_of
from dorobek.web.register.applications.public import find_application, record_of, row_of

LISTED = 200
HANDLERS = (Role.REGISTER_EDITOR, Role.MINISTER_OFFICER)


@staff(*HANDLERS)
def desk(request: CaseRequest) -> HttpResponse:
    """What waits, the nearest deadline first."""
    rows = [row_of(one) for one in waiting_for(request.user)[:LISTED]]
    return render(request, "register/applications/desk.html", {"rows": rows})


def form_of(application: RegisterApplication) -> type[DorobekForm] | None:
    """The form of the step that comes next; None where there is none for these people."""
    if application.stage == Stage.GRANTED and application.kind == ApplicationKind.INCLUSION:
        return forms.EntryCodeForm
    steps: dict[str, type[DorobekForm]] = {
        Stage.FORMAL: forms.CheckForm,
        Stage.CONSULTATION: forms.ConfirmForm,
        Stage.OPINION: forms.OpinionForm,
        Stage.DECISION: forms.GrantForm,
        Stage.GRANTED: forms.ConfirmForm,
    }
    return steps.get(application.stage)


def action_of(application: RegisterApplication, given: dict[str, Any], acting: Any) -> Callable[[], Any]:
    """The action of the step, ready to be called."""
    if application.stage == Stage.CONSULTATION:
        return lambda: close_consultation(application=application, acting_user=acting)
    if application.stage == Stage.GRANTED:
        values = {"code": "", **given}
        return lambda: propose_entry(application=application, acting_user=acting, **values)
    action: Any = {
        Stage.FORMAL: check_formally,
        Stage.OPINION: note_opinion,
        Stage.DECISION: decide_application,
    }[Stage(application.stage)]
    return lambda: action(application=application, acting_user=acting, **given)


@staff(*HANDLERS)
def work(request: CaseRequest, application_uid: uuid.UUID) -> HttpResponse:
    """The next step of one application, with everything that it rests on."""
    application = find_application(request, application_uid)
    chosen = form_of(application)
    may = (may_decide if application.stage == Stage.DECISION else may_handle)(request.user, application)
    if request.method == "POST" and (chosen is None or not may):
        raise Http404
    form = form_for(request, chosen or forms.ConfirmForm, base_version=application.version)
    if request.method == "POST" and form.is_valid():
        if attempt(form, action_of(application, form.cleaned_data, request.acting)):
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("register-application-work", application.uid)
        application.refresh_from_db()
    context = {
        **record_of(request, application), "form": form, "may": may and chosen is not None,
        "missing": missing_of(application) if application.stage == Stage.FORMAL else [],
    }  # fmt: skip
    return render(request, "register/applications/work.html", context, status=422 if form.errors else 200)


@staff(Role.REGISTER_EDITOR, Role.AWARDING_OFFICER)
def comment(request: CaseRequest, application_uid: uuid.UUID, comment_uid: uuid.UUID) -> HttpResponse:
    """One comment: an editor publishes it or not; then applicant or editor answers."""
    application = find_application(request, application_uid)
    rows = ConsultationComment.objects.visible_to(request.user).select_related("application")
    held = rows.filter(application=application, uid=comment_uid).first()
    record = record_of(request, application)
    if held is None or not record["answers"]:
        raise Http404
    handles = may_handle(request.user, application)
    moderating = held.state == CommentState.WAITING
    chosen = forms.ModerateForm if moderating else forms.AnswerForm
    form = form_for(request, chosen, initial={"answer": held.answer}, base_version=held.version)
    if request.method == "POST" and form.is_valid():
        action: Any = moderate_comment if moderating else answer_comment
        if attempt(form, lambda: action(comment=held, acting_user=request.acting, **form.cleaned_data)):
            finish(request)
            messages.success(request, _("Zapisano."))
            home = "register-application-work" if handles else "register-application"
            return redirect(home, application.uid)
    open_now = application.stage == Stage.CONSULTATION and held.state != CommentState.REFUSED
    context = {**record, "form": form, "comment": held, "handles": handles, "moderating": moderating, "may": open_now}
    return render(request, "register/applications/comment.html", context, status=422 if form.errors else 200)
