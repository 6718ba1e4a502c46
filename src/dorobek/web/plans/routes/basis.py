"""What a page of routes is made from: the goal, its picture, the limits with moved sliders, the problem."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.http import Http404

from dorobek.audits.models import SkillsAudit
from dorobek.kernel.errors import RuleBroken
from dorobek.offers.rules import price_from_text
from dorobek.people.models import Account
from dorobek.plans.actions.limits import BETWEEN, MOST_MONEY, check_limits
from dorobek.plans.gaps.queries import picture_of, target_of
from dorobek.plans.models import Goal, PlanLimits
from dorobek.plans.planning.building import Given, basis_for, goal_of
from dorobek.plans.planning.shapes import Basis
from dorobek.plans.queries_routes import limits_of
from dorobek.vouchers.models import VoucherRight

SALT = "dorobek.plans.route"
AGE = 60 * 60 * 24
CHECKED = ("home", "own_money", "most_minutes", "work", *BETWEEN)
# slider -> (column of the limits, least, most)
SLIDERS: dict[str, tuple[str, int, int]] = {
    "zlote": ("own_money", 0, MOST_MONEY // 100), "miesiace": ("months", 1, 60), "godziny": ("hours_week", 1, 80),
}  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """`basis` is None while something is missing: `target` or `limits`. `moved`: sliders off their place."""

    goal: Goal
    limits: PlanLimits
    target: Any = None
    basis: Basis | None = None
    moved: Mapping[str, int] = field(default_factory=dict)


def find_goal(user: Account, audit: SkillsAudit, goal_uid: uuid.UUID) -> Goal:
    """The goal of this case; 404 for a stranger's and a missing one."""
    visible = Goal.objects.visible_to(user).filter(case_uid=audit.uid, uid=goal_uid)
    found: Goal | None = visible.select_related("plan", "plan__person", "plan__chosen_scenario").first()
    if found is None:
        raise Http404
    return found


def ground(
    user: Account, audit: SkillsAudit, goal: Goal, moved: Mapping[str, int], exact: Mapping[str, int] | None = None
) -> Ground:
    """Everything for the goal with the sliders where they are; `exact` sets columns of the limits for this one time.

    Raises RuleBroken for an `exact` value that cannot be.
    """
    limits = limits_of(user, audit.person, audit.uid)
    target = target_of(user, audit.uid, goal.uid)
    if target is None or limits.pk is None:
        return Ground(goal, limits, target, None, moved)
    for name, value in moved.items():
        setattr(limits, SLIDERS[name][0], value * 100 if name == "zlote" else value)
    for column, value in (exact or {}).items():
        setattr(limits, column, value)
    if exact:
        check_limits({name: getattr(limits, name) for name in CHECKED})
    visible = VoucherRight.objects.visible_to(user).filter(case_uid=audit.uid)
    right = visible.select_related("programme_version").prefetch_related("vouchers").first()
    given = Given(goal_of(picture_of(target)), limits, audit.rules.vouchers, right)
    return Ground(goal, limits, target, basis_for(given), moved)


def sliders_of(sent: Mapping[str, Any]) -> dict[str, int]:
    """Sliders that were moved, within their ends; what is no number leaves the slider where it was."""
    found = {}
    for name, (_column, least, most) in SLIDERS.items():
        text = str(sent.get(name) or "").strip()
        try:
            value = price_from_text(text) // 100 if name == "zlote" else int(text)
        except (ValueError, RuleBroken):
            continue
        found[name] = min(max(value, least), most)
    return found


def sealed(name: str, codes: list[str], proof: Mapping[str, Any], moved: Mapping[str, int]) -> str:
    """A route as the page showed it, for the button that chooses it: nobody can make a proof of their own."""
    return signing.dumps({"name": name, "codes": codes, "proof": dict(proof), "moved": dict(moved)}, salt=SALT)


def opened(text: str) -> dict[str, Any]:
    """What was sealed. Raises 404 for what was not, or long ago."""
    try:
        found: dict[str, Any] = signing.loads(text, salt=SALT, max_age=AGE)
    except signing.BadSignature as bad:
        raise Http404 from bad
    return found
