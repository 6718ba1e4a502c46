"""Reads of the development plan."""

import uuid

from django.db.models import Prefetch

from dorobek.people.models import Account
from dorobek.plans.models import DevelopmentPlan, Goal, GoalProgress, Scenario


def plan_of_case(user: Account, case_uid: uuid.UUID) -> DevelopmentPlan | None:
    """The whole plan of a case that the user may see, parts prefetched. Ten statements, whatever its length."""
    goals = Goal.objects.prefetch_related(Prefetch("progress", queryset=GoalProgress.objects.order_by("at", "id")))
    scenarios = Scenario.objects.select_related("route").prefetch_related(
        "actions__goal", "actions__edition", "answers", "risks"
    )
    found: DevelopmentPlan | None = (
        DevelopmentPlan.objects.visible_to(user)
        .filter(case_uid=case_uid)
        .select_related("person")
        .prefetch_related(
            Prefetch("goals", queryset=goals.prefetch_related("competences")),
            Prefetch("scenarios", queryset=scenarios),
            "sources",
        )
        .first()
    )
    return found
