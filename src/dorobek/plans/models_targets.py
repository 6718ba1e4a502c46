"""Tables of targets: what a goal leads to, its lines, the picture over time; figures of the labour market (DP-3, DP-7)."""

from django.db import models
from django.utils import timezone

from dorobek.credentials.models import CredentialTemplate
from dorobek.kernel.tables import DataClass, Public, Row
from dorobek.people.models import Account, PersonalRow
from dorobek.plans.enums import Reliability
from dorobek.plans.gaps.enums import Cause, Classification, Forecast, LineState, LineWeight, Measure, TargetKind
from dorobek.register.models import Concept, Qualification


class Target(PersonalRow):
    """What one goal leads to. `concept` is an occupation of ESCO or KZiS; `skills_of` the occupation of ESCO whose skills
    stand for one of KZiS, which has none; `title` is what it was called when it was chosen."""

    erase = ("title", "wish")
    goal = models.OneToOneField("plans.Goal", on_delete=models.CASCADE, related_name="target")
    kind = models.CharField(max_length=14, choices=TargetKind.choices)
    title = models.CharField(max_length=1000)
    wish = models.TextField(blank=True)
    concept = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    skills_of = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    qualification = models.ForeignKey(Qualification, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(CredentialTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)
    chosen_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class TargetLine(PersonalRow):
    """A line that somebody decided about: a weight other than the source's, an outcome added or taken out, one that the
    matcher proposed for a wish. Lines of a source that nobody touched are read from the source.

    `code`: `framework:code`, or `own:<uid>` for own words. `reason`: [[words of the wish, words of the outcome], ...].
    """

    erase = ("title", "reason")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField(max_length=130)
    title = models.CharField(max_length=1000)
    weight = models.CharField(max_length=10, choices=LineWeight.choices, default=LineWeight.OWN)
    state = models.CharField(max_length=10, choices=LineState.choices, default=LineState.TAKEN)
    score = models.FloatField(default=0)
    reason = models.JSONField(default=list)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["target", "code"], name="one_line_of_a_target")]


class GapSnapshot(PersonalRow):
    """The counts of a picture on a day on which they changed; never edited, so that "what was missing when" can be drawn.

    `points` and `closed` as in gaps.shapes.GapPicture.
    """

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="snapshots")
    at = models.DateTimeField(default=timezone.now)
    cause = models.CharField(max_length=12, choices=Cause.choices)
    missing = models.PositiveIntegerField()
    partly = models.PositiveIntegerField()
    unproven = models.PositiveIntegerField()
    contradicted = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    points = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["target", "at"], name="gap_snapshots_in_order")]


class LabourImport(Public):
    """One file of figures brought in, with its report: how many were new, changed, as they were."""

    data_class = DataClass.SYSTEM
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    report = models.JSONField(default=dict)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]


class LabourFigure(Row):
    """One figure on one occupation in one region, as its source gives it (DP-7). Never computed here.

    `region`: TERYT of two digits (voivodeship) or four (powiat), "" for the country. `value` or, where a forecast is
    told in words, `forecast`. `period`: 2025, 2025-10, 2025-Q3 or 2025-2030.
    """

    data_class = DataClass.PUBLIC
    classification = models.CharField(max_length=4, choices=Classification.choices)
    occupation = models.CharField(max_length=80)
    label = models.CharField(max_length=300, blank=True)
    region = models.CharField(max_length=4, blank=True)
    measure = models.CharField(max_length=8, choices=Measure.choices)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    forecast = models.CharField(max_length=12, choices=Forecast.choices, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=9)
    source = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500, blank=True)
    dated = models.DateField()
    reliability = models.CharField(max_length=10, choices=Reliability.choices)
    brought_by = models.ForeignKey(LabourImport, null=True, on_delete=models.SET_NULL, related_name="figures")

    class Meta:
        ordering = ["measure", "region", "-period", "unit", "source", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["classification", "occupation", "region", "measure", "unit", "period", "source"],
                name="labour_figure_once",
            ),
            models.CheckConstraint(
                name="figure_says_one_thing",
                condition=models.Q(value__isnull=False, forecast="") | (models.Q(value=None) & ~models.Q(forecast="")),
            ),
        ]
