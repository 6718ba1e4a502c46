"""What a page of routes is made from: the goal, its picture, the limits with moved sliders, the problem."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
from dorobek.plans.routes import Option
from dorobek.vouchers.models import VoucherRight

SALT = "dorobek.plans.route"
AGE = 60 * 60 * 24
CHECKED = ("home", "own_money", "most_minutes", "work", "work_kind", *BETWEEN)
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
        if name == "zlote" and value == limits.own_money // 100:
            continue  # not moved: the slider counts whole zlotys, the person may have written grosze
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


def sealed(basis: Basis, name: str, codes: list[str], proof: Mapping[str, Any], moved: Mapping[str, int]) -> str:
    """A route as the page showed it, for the button that chooses it: nobody can make a proof of their own."""
    given = {"name": name, "codes": codes, "proof": dict(proof), "moved": dict(moved), "ground": ground_mark(basis)}
    return signing.dumps(given, salt=SALT)


def opened(text: str) -> dict[str, Any] | None:
    """What was sealed; None when that was too long ago. Raises 404 for what was not."""
    try:
        found: dict[str, Any] = signing.loads(text, salt=SALT, max_age=AGE)
    except signing.SignatureExpired:
        return None
    except signing.BadSignature as bad:
        raise Http404 from bad
    return found


def ground_mark(basis: Basis) -> str:
    """A digest of what a proof rests on: the goal's gaps, the person's limits, what is on offer at what price and when."""
    problem, person = basis.problem, basis.problem.person
    limits = replace(person, done=frozenset(), holds=frozenset(), weeks={})
    offer = [_option_mark(one) for one in problem.options]
    rest = (problem.gaps, limits, sorted(person.done), sorted(person.holds), sorted(person.weeks.items()), offer)
    return hashlib.sha256(repr(rest).encode()).hexdigest()[:24]


def _option_mark(one: Option) -> tuple[Any, ...]:
    """Everything of an option that a proof rests on; its meetings as their number and a sum, since there may be many."""
    meetings = sum(meeting.day.toordinal() * 7919 + meeting.start * 1441 + meeting.end for meeting in one.meetings)
    closes = sorted(one.closes.items())
    return (
        one.code, one.course, one.price, one.starts, one.ends, one.hours, one.hours_week, one.place, one.voucher_most, closes,
        one.needs, one.places_left == 0, len(one.meetings), meetings,
    )  # fmt: skip
