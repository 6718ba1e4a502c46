"""The doors of the screens: who may come in, which case they opened, what happens to a refusal.

    @staff                      any member of staff
    @staff(Role.COORDINATOR)    one of these roles
    @case_page("kompetencje")   a case the user may see as staff; 404 otherwise; the reading is logged
    @own_page                   the participant's own case, or the adviser in charge in assisted mode

A case view gets (request, audit, ...); `request.acting` is the ActingUser for actions. Refusals raised by
actions become answers in `RefusalMiddleware`; a form turns them into messages beside its fields with `attempt`.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from dorobek.audits.models import SkillsAudit
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.actions import log_reading
from dorobek.people.models import Account
from dorobek.people.perms import is_own, leads
from dorobek.web.conflicts import absorb
from dorobek.web.drafts import keep_for_sign_in

View = Callable[..., HttpResponseBase]
ASSISTED = "assisted-case"


class CaseRequest(HttpRequest):
    """A request of a signed-in user, with who acts."""

    user: Account
    acting: ActingUser
    leads: bool
    assisted: bool


def signed_in(view: View) -> View:
    """Anyone with an account. Others sign in first; what they had typed is kept for them."""

    @wraps(view)
    def door(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":
                keep_for_sign_in(request)
            return redirect(f"{reverse('account_login')}?next={request.path}")
        request.acting = ActingUser(request.user)
        return view(request, *args, **kwargs)

    return door


def staff(*roles: Any) -> Any:
    """Staff with one of the roles, or any role when none is named; 404 for everyone else."""
    if len(roles) == 1 and callable(roles[0]) and not isinstance(roles[0], str):
        return staff()(roles[0])

    def decorate(view: View) -> View:
        @wraps(view)
        @signed_in
        def door(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            allowed = request.user.has_role(*roles) if roles else request.user.works_here
            if not allowed and not request.user.is_operator:
                raise Http404
            return view(request, *args, **kwargs)

        return door

    return decorate


def staff_who(may: Callable[[Account], bool]) -> Any:
    """Staff of whom the predicate says that they may: a role in the right kind of institution; 404 for everyone else."""

    def decorate(view: View) -> View:
        @wraps(view)
        @signed_in
        def door(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not (request.user.works_here and may(request.user)):
                raise Http404
            return view(request, *args, **kwargs)

        return door

    return decorate


def find_case(user: Account, uid: uuid.UUID) -> SkillsAudit:
    """The case, when the user may see it; a stranger's and a missing one are the same 404. One statement."""
    audit: SkillsAudit | None = (
        SkillsAudit.objects.visible_to(user)
        .select_related("person", "adviser", "institution", "unit", "programme_version__programme")
        .filter(uid=uid)
        .first()
    )
    if audit is None:
        raise Http404
    return audit


def case_page(part: str) -> Callable[[View], View]:
    """A page of a case on the staff side. `part` names it in the access log, in Polish, for the person to read."""

    def decorate(view: View) -> View:
        @wraps(view)
        @staff
        def door(request: Any, uid: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            audit = find_case(request.user, uid)
            if is_own(request.user, audit.person):
                raise Http404
            log_reading(account=request.user, person=audit.person, case_uid=audit.uid, part=part)
            request.leads = leads(request.user, audit)
            if request.method == "POST" and not request.leads:
                raise Http404
            return view(request, audit, *args, **kwargs)

        return door

    return decorate


def own_page(view: View) -> View:
    """A page of the participant: their own case, or the one an adviser opened in assisted mode (SA-13)."""

    @wraps(view)
    @signed_in
    def door(request: Any, uid: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        audit = find_case(request.user, uid)
        if not is_own(request.user, audit.person):
            if request.session.get(ASSISTED) != str(audit.uid) or not leads(request.user, audit):
                raise Http404
            request.acting = ActingUser(request.user, on_behalf_of=audit.person)
            log_reading(account=request.user, person=audit.person, case_uid=audit.uid, part="tryb wspólny")
        request.assisted = request.acting.on_behalf_of is not None
        return view(request, audit, *args, **kwargs)

    return door


def attempt(form: forms.Form, call: Callable[[], Any]) -> Any:
    """Run an action for a form: its result, or None with the refusal written beside the field it is about."""
    try:
        return call()
    except RuleBroken as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
    except Conflict as conflict:
        absorb(conflict, form)
        form.conflict = conflict  # type: ignore[attr-defined]
    return None


def back(request: HttpRequest, fallback: str) -> HttpResponse:
    """To the page the user came from, when it is ours."""
    target = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else fallback)


class RefusalMiddleware:
    """Refusals nobody caught beside a form: not allowed is 404; a rule's message is shown where the user was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return None
        if isinstance(exception, NotAllowed):
            return render(request, "404.html", status=404)
        if isinstance(exception, RuleBroken):
            messages.error(request, str(exception.message))
            return back(request, "/")
        if isinstance(exception, Conflict):
            return render(request, "conflict.html", {"conflict": exception}, status=409)
        return None
