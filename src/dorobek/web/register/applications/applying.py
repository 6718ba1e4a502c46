"""The applicant's pages: own applications, a new one, writing with the list of what is missing, sending (RG-5)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.people.enums import Role
from dorobek.people.models import Institution
from dorobek.register.applications.applying import (
    begin_application,
    lacks_of,
    save_application,
    send_application,
    withdraw_application,
)
from dorobek.register.applications.enums import Step
from dorobek.register.applications.perms import may_apply
from dorobek.register.applications.rules import NEXT, WRITABLE
from dorobek.register.applications.words import LABELS, lack_in_words
from dorobek.register.models import Qualification
from dorobek.register.models.applications import RegisterApplication, applicant_institutions
from dorobek.register.queries.applications import own_applications
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.register.applications.forms import CONTENT, ConfirmForm, NewForm, as_content, form_values
from dorobek.web.register.applications.public import find_application, record_of, row_of

LISTED = 200


@staff(Role.AWARDING_OFFICER)
def mine(request: CaseRequest) -> HttpResponse:
    """Applications of one's own institutions."""
    rows = [row_of(one) for one in own_applications(request.user)[:LISTED]]
    return render(request, "register/applications/mine.html", {"rows": rows})


@staff(Role.AWARDING_OFFICER)
def new(request: CaseRequest) -> HttpResponse:
    """What it is about; the draft follows."""
    body = Institution.objects.filter(pk__in=applicant_institutions(request.user)).order_by("pk").first()
    if body is None:
        raise Http404
    form = form_for(request, NewForm)
    if request.method == "POST" and form.is_valid():
        kind, code = form.cleaned_data["kind"], form.cleaned_data["code"].strip()
        named = Qualification.objects.filter(code=code).first() if code else None
        made = attempt(
            form,
            lambda: begin_application(institution=body, kind=kind, qualification=named, acting_user=request.acting),
        )
        if made:
            finish(request)
            return redirect("register-application-write", made.uid)
    context = {"form": form, "body": body}
    return render(request, "register/applications/new.html", context, status=422 if form.errors else 200)


def find_own(request: CaseRequest, uid: uuid.UUID) -> RegisterApplication:
    found = find_application(request, uid)
    if not may_apply(request.user, found.institution_id):
        raise Http404
    return found


@staff(Role.AWARDING_OFFICER)
def write(request: CaseRequest, application_uid: uuid.UUID) -> HttpResponse:
    """The content. „Zapisz" keeps it as it is; „Złóż" checks that nothing is missing."""
    application = find_own(request, application_uid)
    if application.stage not in WRITABLE:
        return redirect("register-application", application.uid)
    start = form_values(application)
    form = form_for(request, CONTENT[application.kind], base_version=application.version, **start)
    if request.method == "POST" and form.is_valid() and _kept(request, form, application):
        if "send" not in request.POST:
            messages.success(request, _("Zapisano. Wniosku jeszcze nie złożono."))
            return redirect("register-application-write", application.uid)
        application.refresh_from_db()
        if _sent(request, form, application):
            messages.success(request, _("Wniosek złożono. Teraz redakcja rejestru sprawdza, czy jest kompletny."))
            return redirect("register-application", application.uid)
    context = {**record_of(request, application), "form": form, "missing": missing_of(application)}
    return render(request, "register/applications/write.html", context, status=422 if form.errors else 200)


def _kept(request: CaseRequest, form: Any, application: RegisterApplication) -> bool:
    base = form.cleaned_data["base_version"]
    saved = attempt(
        form,
        lambda: save_application(
            application=application, content=as_content(form), base_version=base,
            acting_user=request.acting,
        ),
    )  # fmt: skip
    if saved:
        finish(request)
    return saved is not None


def _sent(request: CaseRequest, form: Any, application: RegisterApplication) -> bool:
    """Send it; otherwise each missing thing is written beside its field."""
    if missing := lacks_of(application):
        for lack in missing:
            if lack.field in form.fields:
                form.add_error(lack.field, lack_in_words(lack))
            else:
                form.add_error(None, f"{LABELS[lack.field]}: {lack_in_words(lack)}")
        form.data = form.data.copy()
        form.data["base_version"] = str(application.version)  # what was typed is saved already
        return False
    return attempt(form, lambda: send_application(application=application, acting_user=request.acting)) is not None


def missing_of(application: RegisterApplication) -> list[tuple[str, Any, str]]:
    """(field, its label, what to do) of everything still missing."""
    return [(one.field, LABELS[one.field], lack_in_words(one)) for one in lacks_of(application)]


@staff(Role.AWARDING_OFFICER)
def withdraw(request: CaseRequest, application_uid: uuid.UUID) -> HttpResponse:
    """Ask once more, then take the application back."""
    application = find_own(request, application_uid)
    form = form_for(request, ConfirmForm)
    may = (application.stage, Step.WITHDRAW) in NEXT
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: withdraw_application(application=application, acting_user=request.acting)):
            messages.success(request, _("Wniosek wycofano."))
            return redirect("register-applications-mine")
        application.refresh_from_db()
    context = {"application": application, "form": form, "may": may}
    return render(request, "register/applications/withdraw.html", context, status=422 if form.errors else 200)
