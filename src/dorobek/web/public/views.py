"""The front page and the pages linked in every footer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dorobek.credentials.queries.wallet import holds_something
from dorobek.people.enums import Role
from dorobek.validation.models import Application
from dorobek.web.context import CASE_ROLES, address, own_audit

FIRST_PAGES: tuple[tuple[tuple[Role, ...], str], ...] = (
    (CASE_ROLES, "desk"),
    ((Role.UNIT_HEAD,), "figures"),
    ((Role.SPECIALIST,), "consultations"),
    ((Role.AWARDING_OFFICER,), "office"),
    ((Role.VALIDATION_ADVISER,), "validation-advising"),
    ((Role.ASSESSOR,), "assessing"),
    ((Role.APPEALS_OFFICER,), "office-appeals"),
    ((Role.ISSUER,), "issuing"),
    ((Role.REGISTER_EDITOR,), "register-changes"),
    ((Role.MINISTER_OFFICER,), "register-applications-desk"),
    ((Role.EMPLOYER,), "employer-home"),
    ((Role.PROVIDER,), "provider-home"),
    ((Role.ADMINISTRATOR,), "administration"),
)


def home(request: Any) -> HttpResponse:
    """Strangers read what this is; everybody else goes straight to their own first page."""
    if request.user.is_authenticated:
        first = first_page(request.user)
        if first:
            return redirect(first)
    return render(request, "public/home.html")


def first_page(user: Any) -> str:
    """The address where the account's work begins; nothing for somebody who has neither role, case nor credential."""
    for roles, name in FIRST_PAGES:
        if user.has_role(*roles) and address(name):
            return address(name)
    if user.is_operator and address("administration"):
        return address("administration")
    audit = own_audit(user)
    if audit is not None:
        return address("own-home", audit.uid)
    if Application.objects.visible_to(user).filter(person__account_id=user.pk).exists():
        return address("validation-mine")
    return address("wallet") if holds_something(user) else ""


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "public/help.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")
