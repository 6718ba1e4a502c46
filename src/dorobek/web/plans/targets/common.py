"""What every page of a target needs: its goal, the target itself, addresses in the frame the page stands in."""

import uuid
from typing import Any

from django.http import Http404
from django.urls import reverse

from dorobek.audits.models import SkillsAudit
from dorobek.people.models import Account
from dorobek.plans.gaps.queries import target_of
from dorobek.plans.models import Goal, Target
from dorobek.web.doors import CaseRequest
from dorobek.web.plans.views import Side, context_of

PAGES = {
    "target": "target", "choose": "target-choose", "lines": "target-lines", "proposals": "target-proposals",
    "gaps": "gaps", "history": "gaps-history", "print": "gaps-print", "figure": "target-figure", "routes": "routes",
}  # fmt: skip


def find_goal(user: Account, audit: SkillsAudit, goal_uid: uuid.UUID) -> Goal:
    """The goal of this case; 404 for a stranger's and a missing one. One statement."""
    visible = Goal.objects.visible_to(user).filter(case_uid=audit.uid, uid=goal_uid)
    found: Goal | None = visible.select_related("plan", "person").first()
    if found is None:
        raise Http404
    return found


def find_target(user: Account, audit: SkillsAudit, goal_uid: uuid.UUID) -> tuple[Goal, Target]:
    """The goal with its target; 404 while nothing is chosen. Two statements."""
    found = target_of(user, audit.uid, goal_uid)
    if found is None:
        raise Http404
    return found.goal, found


def address(audit: SkillsAudit, side: Side, goal_uid: uuid.UUID, page: str) -> str:
    """The address of one of PAGES."""
    return reverse(f"{side.name}-{PAGES[page]}", args=[audit.uid, goal_uid])


def frame(request: CaseRequest, audit: SkillsAudit, side: Side, goal: Goal, **more: Any) -> dict[str, Any]:
    """The context of a page: the plan's own, the goal, and addresses of the neighbouring pages as `to.<page>`."""
    to = {page: address(audit, side, goal.uid, page) for page in PAGES if page != "figure"}
    return context_of(request, audit, side, goal=goal, to=to, **more)
