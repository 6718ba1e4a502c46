"""Qualifications of the register: what is searched and filtered, and every version an entry ever had (RG-1, RG-3)."""

from django.db import models

from dorobek.kernel.tables import DataClass, Public, Row
from dorobek.register.entry import Entry
from dorobek.register.enums import Category, QualificationKind, Source, Status, ValidationMethod


class Qualification(Public):
    """An entry: the columns that lists and filters need. The whole entry lies in its newest version."""

    data_class = DataClass.PUBLIC
    code = models.CharField(max_length=20, unique=True)
    code_before_2020 = models.CharField(max_length=20, blank=True)
    title_pl = models.CharField(max_length=1000)
    title_en = models.CharField(max_length=1000, blank=True)
    summary_pl = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=10, choices=QualificationKind.choices, blank=True)
    category = models.CharField(max_length=20, choices=Category.choices, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=20, choices=Status.choices, blank=True)
    field_code = models.CharField(max_length=10, blank=True)
    field_label = models.CharField(max_length=200, blank=True)
    activity_code = models.CharField(max_length=12, blank=True)
    activity_label = models.CharField(max_length=250, blank=True)
    hours = models.PositiveIntegerField(null=True)
    effective_from = models.DateField(null=True)
    next_review = models.DateField(null=True)
    awarded_by = models.PositiveIntegerField(default=0)  # bodies entitled to award it today
    outcome_count = models.PositiveIntegerField(default=0)
    criterion_count = models.PositiveIntegerField(default=0)
    search_text = models.TextField(default="", editable=False)
    sort_key = models.CharField(max_length=120, default="", editable=False)
    current = models.ForeignKey("QualificationVersion", null=True, on_delete=models.SET_NULL, related_name="+")
    links_at = models.DateTimeField(null=True, editable=False)  # last decision about links of its outcomes
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="level_between_1_and_8", condition=models.Q(level=None) | models.Q(level__range=(1, 8))
            )
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="qualification_in_order"),
            models.Index(fields=["level", "sort_key"], name="qualification_by_level"),
            models.Index(fields=["next_review"], name="qualification_review"),
        ]

    def __str__(self) -> str:
        return self.title_pl

    def title(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title_pl

    @property
    def entry(self) -> Entry:
        """The whole entry, as its newest version holds it."""
        if self.current is None:
            raise ValueError(f"qualification {self.code} has no version")
        return Entry.from_data(self.current.data)


class QualificationVersion(Row):
    """An entry as it stood. `changes` lists {field path: [before, after]} against the version before; never edited."""

    data_class = DataClass.PUBLIC
    qualification = models.ForeignKey(Qualification, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=10, choices=Source.choices)
    source_name = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["qualification", "number"], name="version_number_once")]
        ordering = ["-number"]

    @property
    def entry(self) -> Entry:
        return Entry.from_data(self.data)


class QualificationMethod(Row):
    """A method that the entry requires or allows; for the filter of the portal."""

    data_class = DataClass.PUBLIC
    qualification = models.ForeignKey(Qualification, on_delete=models.CASCADE, related_name="methods")
    method = models.CharField(max_length=30, choices=ValidationMethod.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["qualification", "method"], name="method_once")]
        indexes = [models.Index(fields=["method", "qualification"], name="qualification_by_method")]
