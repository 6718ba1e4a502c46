"""The individual development plan: goals, scenarios of actions, risks, sources (DP)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from dorobek.credentials.models import CredentialTemplate
from dorobek.kernel.tables import DataClass, Row
from dorobek.offers.models import Edition
from dorobek.people.models import Account, PersonalRow
from dorobek.plans.enums import ActionState, ClosedBy, Direction, GoalKind, GoalSubject, LearningForm, Reliability
from dorobek.plans.models_routes import ChosenRoute, PlanFeed, PlanLimits, PlanNotice, PlanRevision, PowiatLink
from dorobek.plans.models_targets import GapSnapshot, LabourFigure, LabourImport, Target, TargetLine
from dorobek.portfolio.models import Competence

__all__ = [
    "ChosenRoute",
    "DevelopmentPlan",
    "GapSnapshot",
    "Goal",
    "GoalProgress",
    "LabourFigure",
    "LabourImport",
    "PlanFeed",
    "PlanLimits",
    "PlanNotice",
    "PlanRevision",
    "PowiatLink",
    "Risk",
    "Scenario",
    "ScenarioAction",
    "ScenarioAnswer",
    "Source",
    "Target",
    "TargetLine",
]


class DevelopmentPlan(PersonalRow):
    """One plan of one case (DP-1)."""

    apart = True
    erase = ("agreed_aim", "agreed_scope", "realised_scope")
    agreed_aim = models.TextField(blank=True)
    agreed_scope = models.TextField(blank=True)
    realised_scope = models.TextField(blank=True)
    direction = models.CharField(max_length=12, choices=Direction.choices, blank=True)
    chosen_scenario = models.ForeignKey("Scenario", null=True, on_delete=models.SET_NULL, related_name="+")
    reminders_off = models.BooleanField(default=False)  # the person wants no letters about steps

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_uid"], name="one_plan_per_case")]


class Goal(PersonalRow):
    """A goal in the person's own words, with forms of learning and a date."""

    apart = True
    erase = ("wording", "measure")
    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="goals")
    kind = models.CharField(max_length=12, choices=GoalKind.choices)
    subject = models.CharField(max_length=12, choices=GoalSubject.choices)
    wording = models.TextField()
    measure = models.TextField(blank=True)
    learning_forms = models.JSONField(default=list)  # of LearningForm
    due_on = models.DateField(null=True, blank=True)
    competences = models.ManyToManyField(Competence, related_name="+", blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    reached_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]

    def learning_labels(self) -> list[str]:
        return [str(LearningForm(form).label) for form in self.learning_forms]


class GoalProgress(Row):
    """Where the person puts themselves on the scale from 1 to 10, on a day."""

    data_class = DataClass.PERSON
    erase = ("note",)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="progress")
    value = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(10)])
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="progress_1_to_10", condition=models.Q(value__gte=1, value__lte=10))]


class Scenario(PersonalRow):
    """One way to the goals (DP-2); alternatives stand side by side."""

    apart = True
    erase = ("name", "note")
    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]


class ScenarioAction(PersonalRow):
    """A step with its dates. `edition`, `template`: what of the offer it is, and the micro-credential it ends with.

    `option`: the code of a thing that another room offers (planning.sources), "" for none.
    """

    apart = True
    together = (("starts_on", "due_on"),)
    erase = ("wording", "support", "responsible", "closed_note")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="actions")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions")
    wording = models.TextField()
    support = models.TextField(blank=True)  # who or what helps
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.PLANNED)
    done_on = models.DateField(null=True, blank=True)
    responsible = models.CharField(max_length=200, blank=True)  # who sees to it
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    template = models.ForeignKey(CredentialTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    option = models.CharField(max_length=80, blank=True, db_index=True)
    own_grosze = models.PositiveIntegerField(null=True, blank=True)
    voucher_grosze = models.PositiveIntegerField(null=True, blank=True)
    closed_by = models.CharField(max_length=10, choices=ClosedBy.choices, blank=True)
    closed_note = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]


class ScenarioAnswer(PersonalRow):
    """An answer to one of the eight questions of the method, kept with the question as it was put."""

    erase = ("answer",)
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="answers")
    question_code = models.CharField(max_length=60)
    question = models.CharField(max_length=500)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["scenario", "question_code"], name="question_answered_once")]


class Risk(PersonalRow):
    """What may go wrong and what is done then."""

    apart = True
    erase = ("wording", "repair")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="risks")
    wording = models.TextField()
    repair = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]


class Source(PersonalRow):
    """Information on occupations, demand or education, with its origin, date and reliability (DP-7)."""

    apart = True
    erase = ("says",)
    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    says = models.TextField()
    dated = models.DateField(null=True, blank=True)
    reliability = models.CharField(max_length=10, choices=Reliability.choices)

    class Meta:
        ordering = ["id"]
