"""Who may come in: awarding officers to what is their body's; a stranger's and a missing one are both 404."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dorobek.people.actions import log_reading
from dorobek.people.enums import Role
from dorobek.people.models import Institution
from dorobek.register.models import Qualification
from dorobek.validation.models import Application, Sitting, StaffRecord, ValidationOpening
from dorobek.validation.queries.desk import bodies
from dorobek.web.doors import CaseRequest, staff

officer = staff(Role.AWARDING_OFFICER)
appeals_officer = staff(Role.APPEALS_OFFICER)


def own_body(request: CaseRequest) -> Institution:
    """The body the officer works for; of several, the one that `?instytucja=` names. 404 without one."""
    held = bodies(request.user)
    wanted = request.GET.get("instytucja", "")
    rows = Institution.objects.filter(pk__in=held).order_by("pk")
    chosen = next((one for one in rows if str(one.uid) == wanted), None) or rows.first()
    if chosen is None:
        raise Http404
    return chosen


def find_opening(request: CaseRequest, uid: uuid.UUID) -> ValidationOpening:
    rows = ValidationOpening.objects.filter(institution__in=bodies(request.user), uid=uid)
    found = rows.select_related("institution", "qualification", "entry_version").first()
    if found is None:
        raise Http404
    return found


def find_sitting(request: CaseRequest, uid: uuid.UUID) -> Sitting:
    rows = Sitting.objects.filter(opening__institution__in=bodies(request.user), uid=uid)
    related = ("opening__institution", "opening__qualification", "opening__entry_version", "commission", "composed_by")
    found = rows.select_related(*related).first()
    if found is None:
        raise Http404
    return found


def find_case(request: CaseRequest, uid: uuid.UUID) -> Application:
    """A case of the officer's body, sent and not their own; the reading is logged for the candidate to see."""
    rows = Application.objects.visible_to(request.user).filter(opening__institution__in=bodies(request.user), uid=uid)
    related = (
        "person__account",
        "opening__institution",
        "opening__qualification",
        "opening__entry_version",
        "commission",
    )
    found = rows.exclude(person__account=request.user).exclude(state="draft").select_related(*related).first()
    if found is None:
        raise Http404
    log_reading(account=request.user, person=found.person, case_uid=found.uid, part=_("walidacja: biuro"))
    return found


def find_staff(request: CaseRequest, uid: uuid.UUID) -> StaffRecord:
    rows = StaffRecord.objects.filter(institution__in=bodies(request.user), uid=uid)
    found = rows.select_related("account", "institution", "qualification").first()
    if found is None:
        raise Http404
    return found


def find_qualification(code: str) -> Qualification:
    found = Qualification.objects.select_related("current").filter(code=code).first()
    if found is None:
        raise Http404
    return found


TABS = (
    ("office", lambda: _("Biurko")),
    ("office-planning", lambda: _("Komisje")),
    ("office-pool", lambda: _("Osoby")),
    ("office-trainings", lambda: _("Szkolenia")),
    ("office-certificates", lambda: _("Certyfikaty")),
    ("office-agreement", lambda: _("Zgodność ocen")),
)


def page(request: CaseRequest, template: str, tab: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the office with its tabs."""
    tabs = [(str(label()), reverse(name), name == tab) for name, label in TABS]
    return render(request, f"validation/office/{template}.html", {**context, "tabs": tabs}, status=status)


def one_form(
    request: CaseRequest, form: Any, tab: str, *, title: str, button: str, back: str, **more: Any
) -> HttpResponse:
    """A page that is one form; 422 with its errors."""
    context = {"form": form, "title": title, "button": button, "back": back, **more}
    return page(request, "form", tab, context, 422 if form.errors else 200)
