"""How the office's REST finds its rows: only what is the caller's body's; a stranger's and a missing one are both 404."""

import uuid
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from dorobek.people.acting import ActingUser
from dorobek.people.actions import log_reading
from dorobek.people.models import Institution
from dorobek.register.models import Qualification
from dorobek.validation.models import Application, Sitting, StaffRecord, ValidationOpening
from dorobek.validation.queries import desk


def bodies_of(request: Any, *roles: str) -> list[int]:
    """Keys of the bodies the caller works for; 404 for anybody else."""
    held = desk.bodies(request.user, *roles)
    if not held:
        raise Http404
    return held


def body_of(request: Any, uid: uuid.UUID | None = None) -> Institution:
    rows = Institution.objects.filter(pk__in=bodies_of(request)).order_by("pk")
    found = rows.filter(uid=uid).first() if uid else rows.first()
    if found is None:
        raise Http404
    return found


def qualification_of(code: str) -> Qualification:
    return get_object_or_404(Qualification.objects.select_related("current"), code=code)


def opening_of(request: Any, uid: uuid.UUID) -> ValidationOpening:
    rows = ValidationOpening.objects.select_related("institution", "qualification", "entry_version")
    return get_object_or_404(rows, institution__in=bodies_of(request), uid=uid)


def sitting_of(request: Any, uid: uuid.UUID) -> Sitting:
    related = ("opening__institution", "opening__qualification", "opening__entry_version", "commission")
    rows = Sitting.objects.select_related(*related)
    return get_object_or_404(rows, opening__institution__in=bodies_of(request), uid=uid)


def case_of(request: Any, uid: uuid.UUID) -> Application:
    """A case of the caller's body, never their own; the reading is logged."""
    rows = Application.objects.visible_to(request.user).filter(opening__institution__in=bodies_of(request))
    related = (
        "person__account",
        "opening__institution",
        "opening__qualification",
        "opening__entry_version",
        "commission",
    )
    rows = rows.exclude(person__account=request.user).exclude(state="draft").select_related(*related)
    found = get_object_or_404(rows, uid=uid)
    log_reading(account=request.user, person=found.person, case_uid=found.uid, part="API")
    return found


def records_of(institution: Institution, wanted: list[uuid.UUID]) -> list[StaffRecord]:
    found = {one.uid: one for one in StaffRecord.objects.filter(institution=institution, uid__in=wanted)}
    if len(found) < len(set(wanted)):
        raise Http404
    return [found[one] for one in wanted]


def acting(request: Any) -> ActingUser:
    return ActingUser(request.user)
