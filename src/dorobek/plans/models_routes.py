"""Tables of routes: a person's limits, the route chosen, revisions of the plan, its calendar, what was reminded of.

Results of the solver are never kept as a problem: a chosen route is codes, sums and payments (DP-4).
"""

from django.db import models
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Row
from dorobek.people.models import Account, PersonalRow
from dorobek.plans.enums import RouteName, WorkKind


class PlanLimits(PersonalRow):
    """What a person can spend and manage: asked once on one short page, used for every route of the case (DP-4).

    `home` is a powiat of four digits, `own_money` grosze. `work`: [weekday, start, end] with Monday 0 and minutes of
    the day, where `work_kind` is "fixed"; with "shifts" nothing can be said of it. `farthest`: 0 same powiat, 1 neighbouring, 2 farther; `most_minutes` one way, None where it does not matter.
    """

    apart = True
    home = models.CharField(max_length=4)
    own_money = models.PositiveIntegerField(default=0)
    hours_week = models.PositiveSmallIntegerField(default=10)
    months = models.PositiveSmallIntegerField(default=12)
    at_once = models.PositiveSmallIntegerField(default=2)
    farthest = models.PositiveSmallIntegerField(default=1)
    most_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    work_kind = models.CharField(max_length=8, choices=WorkKind.choices, blank=True, default="")  # "": not asked yet
    work = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_uid"], name="one_set_of_limits_per_case")]


class ChosenRoute(PersonalRow):
    """The route that a scenario was made from.

    `taken`: one dict an option, in the order of the calendar: code, title, kind, provider, place, starts, ends, price,
    own, voucher, closes. `sums`: price, own, voucher, hours, starts, ends, closed, points. `gaps`: the gap table as it
    stood: title, weight, held, closed, proof. `proof`: proven, and otherwise how far from best at most. Money in grosze.
    """

    erase = ("target", "gaps")
    scenario = models.OneToOneField("plans.Scenario", on_delete=models.CASCADE, related_name="route")
    goal = models.ForeignKey("plans.Goal", on_delete=models.CASCADE, related_name="routes")
    name = models.CharField(max_length=12, choices=RouteName.choices)
    target = models.CharField(max_length=300, blank=True)
    taken = models.JSONField(default=list)
    sums = models.JSONField(default=dict)
    gaps = models.JSONField(default=list)
    proof = models.JSONField(default=dict)
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class PlanRevision(PersonalRow):
    """The plan as it stood when somebody closed a version of it; never changed. `changes` are sentences."""

    erase = ("content", "changes", "reason")
    plan = models.ForeignKey("plans.DevelopmentPlan", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_plan_revision_of_a_number")]


class PlanFeed(PersonalRow):
    """The address of a plan's calendar. The secret is derived, not stored: the database holds its checksum alone."""

    plan = models.ForeignKey("plans.DevelopmentPlan", on_delete=models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]


class PlanNotice(Row):
    """A reminder that went out; `key` says of what and for which day, so that each goes out once."""

    data_class = DataClass.PERSON
    plan = models.ForeignKey("plans.DevelopmentPlan", on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plan_reminder_once")]


class PowiatLink(Row):
    """How far two powiats are, as an operator imported it: `start` < `end`. `minutes` one way, None when not known."""

    data_class = DataClass.PUBLIC
    start = models.CharField(max_length=4)
    end = models.CharField(max_length=4)
    minutes = models.PositiveSmallIntegerField(null=True)
    neighbours = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["start", "end"], name="powiats_linked_once")]
