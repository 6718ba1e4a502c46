"""REST of a body's scenarios of observation, for its awarding officers."""

import uuid
from typing import Any, Literal

from django.http import Http404
from ninja import Path, Router, Status

from dorobek.api.schemas import REFUSALS
from dorobek.api.validation.assessing_shapes import SceneIn, SceneNewIn, SceneOut
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.validation.actions import scenarios
from dorobek.validation.models import ObservationScenario, ValidationOpening
from dorobek.validation.rules.observing import Anchor

router = Router()


def _scenario(request: Any, uid: uuid.UUID) -> ObservationScenario:
    """One of a body where the caller is an awarding officer."""
    bodies = _bodies(request)
    found: ObservationScenario | None = (
        ObservationScenario.objects.visible_to(request.user)
        .filter(uid=uid, institution__in=bodies)
        .select_related("institution", "qualification", "entry_version")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _bodies(request: Any) -> list[int]:
    return [m.institution_id for m in request.user.active_memberships if m.role == Role.AWARDING_OFFICER]


def _scenario_out(one: ObservationScenario) -> SceneOut:
    same = (
        "uid", "version", "family", "number", "title", "situation", "task", "client_role", "place", "equipment",
        "minutes", "anchors", "published_at", "withdrawn_at",
    )  # fmt: skip
    return SceneOut(**{name: getattr(one, name) for name in same}, qualification=one.qualification.code)


@router.get("", response=list[SceneOut])
def scenario_list(request: Any) -> list[SceneOut]:
    """All editions of the bodies where the caller is an awarding officer."""
    bodies = _bodies(request)
    if not bodies:
        raise Http404
    held = ObservationScenario.objects.visible_to(request.user).filter(institution__in=bodies)
    return [_scenario_out(one) for one in held.select_related("qualification").order_by("title", "number")]


@router.post("", response={201: SceneOut, **REFUSALS})
def scenario_begin(request: Any, body: SceneNewIn) -> Any:
    """A draft for a qualification that the body validates."""
    opening = (
        ValidationOpening.objects.filter(institution__in=_bodies(request), qualification__code=body.qualification)
        .select_related("institution", "qualification__current")
        .order_by("pk")
        .first()
    )
    if opening is None:
        raise Http404
    made = scenarios.begin_scenario(
        institution=opening.institution, qualification=opening.qualification, title=body.title,
        acting_user=ActingUser(request.user),
    )  # fmt: skip
    return Status(201, _scenario_out(made))


@router.put("/{uid}", response={200: SceneOut, **REFUSALS})
def scenario_write(request: Any, uid: Path[uuid.UUID], body: SceneIn) -> SceneOut:
    """The draft's texts and anchors."""
    scenario = _scenario(request, uid)
    anchors = {code: Anchor(one.met, one.not_met, tuple(one.cues)) for code, one in body.anchors.items()}
    scenarios.write_scenario(
        scenario=scenario, texts={name: getattr(body, name) for name in scenarios.TEXTS}, minutes=body.minutes,
        anchors=anchors, base_version=body.base_version, acting_user=ActingUser(request.user),
    )  # fmt: skip
    return _scenario_out(_scenario(request, uid))


@router.post("/{uid}/{what}", response={200: SceneOut, **REFUSALS})
def scenario_step(
    request: Any, uid: Path[uuid.UUID], what: Path[Literal["publish", "withdraw", "edition"]]
) -> SceneOut:
    """Publish, withdraw, or begin the next edition."""
    steps = {
        "publish": scenarios.publish_scenario,
        "withdraw": scenarios.withdraw_scenario,
        "edition": scenarios.next_edition,
    }
    return _scenario_out(steps[what](scenario=_scenario(request, uid), acting_user=ActingUser(request.user)))
