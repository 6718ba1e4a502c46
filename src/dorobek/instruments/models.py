"""Results of tests taken elsewhere (IN-8)."""

from django.db import models

from dorobek.instruments.enums import Level, Validity
from dorobek.kernel.models import StoredFile
from dorobek.kernel.tables import DataClass, Row
from dorobek.people.models import Account, PersonalRow
from dorobek.portfolio.models import Competence


class ExternalResult(PersonalRow):
    """One sitting of a tool elsewhere: what, which version, when, who ran it and by what right."""

    erase = ("conclusions", "validity_note", "run_by")
    tool = models.CharField(max_length=200)
    tool_version = models.CharField(max_length=60, blank=True)
    taken_on = models.DateField()
    run_by = models.CharField(max_length=200)
    entitlement = models.CharField(max_length=300)
    validity = models.CharField(max_length=16, choices=Validity.choices, default=Validity.VALID)
    validity_note = models.CharField(max_length=500, blank=True)
    conclusions = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-taken_on", "-id"]

    def __str__(self) -> str:
        return self.tool


class ScaleResult(Row):
    """One scale of a result: a score as printed, a level, or both; set beside a competence where one fits."""

    data_class = DataClass.PERSON
    result = models.ForeignKey(ExternalResult, on_delete=models.CASCADE, related_name="scales")
    scale = models.CharField(max_length=200)
    score = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=1, choices=Level.choices, blank=True)
    competence = models.ForeignKey(
        Competence, null=True, blank=True, on_delete=models.SET_NULL, related_name="scale_results"
    )

    class Meta:
        ordering = ["id"]
