"""Where things of a route and steps of a plan lead: the date in the offer, the opening of validation, the award."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from dorobek.plans.enums import ActionState
from dorobek.plans.models import ScenarioAction
from dorobek.plans.planning import sources
from dorobek.plans.planning.shapes import Offered
from dorobek.validation import options as validation
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application


@dataclass(frozen=True)
class Link:
    """`apply`: where one press applies; `mine`: the application that is there already. Either is "" where there is none."""

    url: str
    words: str
    apply: str = ""
    mine: str = ""


def link_of_option(offered: Offered) -> str:
    """The page of a thing of the offer, of an opening, of a micro-credential; "" for none."""
    if offered.edition:
        return reverse("offer-edition", args=[offered.edition])
    uid = _opening(offered.code)
    return reverse("validation-opening", args=[uid]) if uid else offered.url


def links_of_steps(steps: Iterable[ScenarioAction], person: int, own: bool) -> dict[int, Link]:
    """By the key of the step. At most three statements: openings, applications of the person."""
    openings = {step: uid for step in steps if (uid := _opening(step.option))}
    if not openings:
        return {}
    now = sources.now(step.option for step in openings)
    held = _applications(person, openings.values()) if own else {}
    found = {}
    for step, uid in openings.items():
        thing = now.get(step.option)
        if thing is None:
            continue
        mine = held.get(uid)
        may = own and mine is None and not thing.gone and step.state in (ActionState.PLANNED, ActionState.STARTED)
        found[step.pk] = Link(
            reverse("validation-opening", args=[uid]), _("Ten termin walidacji"),
            reverse("validation-apply", args=[uid]) if may else "",
            reverse("validation-case", args=[mine]) if mine else "",
        )  # fmt: skip
    return found


def _applications(person: int, openings: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Opening -> the person's application to it. One statement."""
    rows = Application.objects.filter(person=person, opening__uid__in=list(openings))
    return dict(rows.exclude(state=ApplicationState.WITHDRAWN).values_list("opening__uid", "uid"))


def _opening(code: str) -> uuid.UUID | None:
    prefix, _colon, uid = code.partition(":")
    try:
        return uuid.UUID(uid) if prefix == validation.PREFIX else None
    except ValueError:
        return None
