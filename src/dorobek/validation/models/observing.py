"""Observation in a simulation: the body's scenarios, each use of one, and what an assessor saw minute by minute."""

from typing import Self

from django.db import models
from django.utils import timezone

from dorobek.kernel.ids import uuid7
from dorobek.kernel.tables import DataClass, Public, Versioned
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution
from dorobek.register.models import Qualification, QualificationVersion
from dorobek.validation.models.applications import Application
from dorobek.validation.models.assessing import SHEET_DECIDED, OfSheetQuerySet
from dorobek.validation.models.judging import Assessment


class ScenarioQuerySet(models.QuerySet["ObservationScenario"]):
    def visible_to(self, user: Account) -> Self:
        """Awarding officers of the body: all; its assessors: what is published."""
        if not user.is_authenticated:
            return self.none()
        of = {
            role: [m.institution_id for m in user.active_memberships if m.role == role]
            for role in (Role.AWARDING_OFFICER, Role.ASSESSOR)
        }
        published = models.Q(institution__in=of[Role.ASSESSOR], published_at__isnull=False)
        return self.filter(models.Q(institution__in=of[Role.AWARDING_OFFICER]) | published)


class ObservationScenario(Versioned):
    """One edition of a scenario: what happens, who plays whom, and what to look for. Published, it never changes.

    `family` joins the editions of one scenario, `number` counts them. `anchors`: {criterion: {"met": text, "not_met":
    text, "cues": [text]}} for the criteria of `entry_version` that the simulation lets be seen; a cue is one tap.
    """

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="scenarios")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="+")
    entry_version = models.ForeignKey(QualificationVersion, on_delete=models.PROTECT, related_name="+")
    family = models.UUIDField(default=uuid7)
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    situation = models.TextField(blank=True)
    task = models.TextField(blank=True)
    client_role = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    equipment = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=30)
    anchors = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "number"], name="scenario_edition_once"),
            models.UniqueConstraint(
                fields=["family"], condition=models.Q(published_at__isnull=True), name="one_scenario_draft"
            ),
        ]
        indexes = [models.Index(fields=["institution", "qualification"], name="scenarios_of_body")]

    def __str__(self) -> str:
        return self.title


class Observation(Versioned):
    """A scenario played once with one candidate before the commission. The client is an extra, or another candidate."""

    data_class = DataClass.PERSON
    erase = ("client_name", "equipment_note")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="observations")
    round = models.PositiveSmallIntegerField()
    scenario = models.ForeignKey(ObservationScenario, on_delete=models.PROTECT, related_name="uses")
    place = models.CharField(max_length=200)
    equipment_ready = models.BooleanField(default=False)
    equipment_note = models.CharField(max_length=500, blank=True)
    client_name = models.CharField(max_length=200, blank=True)
    client = models.ForeignKey(Application, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")


class TimeMark(Public):
    """One tap: at this moment this was seen, about this criterion. Its `uid` is made on the device, so that what is
    sent twice is kept once; `at` is the moment of the tap, whenever it arrived. `moved`: the device told a moment
    outside the scene, and the mark stands at its edge."""

    data_class = DataClass.PERSON
    erase = ("words",)
    told_when = SHEET_DECIDED
    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="marks")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="time_marks")
    criterion = models.CharField(max_length=20)
    words = models.CharField(max_length=300)
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    moved = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["assessment", "observation", "at"], name="time_marks_in_order")]
