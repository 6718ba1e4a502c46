"""What an analysis of the whole register found, kept so that its pages stay bounded (RG-7)."""

from django.db import models

from dorobek.kernel.tables import DataClass, Public, Row
from dorobek.register.analysis.kinds import FindingKind
from dorobek.register.models.qualifications import Qualification


class AnalysisRun(Public):
    """One analysis of the register as it stood at `newest` (key and digest of its newest version)."""

    data_class = DataClass.PUBLIC
    newest = models.CharField(max_length=100)
    made_at = models.DateTimeField(auto_now_add=True)
    entries = models.PositiveIntegerField(default=0)  # with outcomes; the others have nothing to analyse
    seconds = models.FloatField(default=0)
    left_out = models.JSONField(default=dict)  # what was too common or too much to compare


class Finding(Row):
    """One entry that an analysis has something to say about; for pairs, a row for either entry.

    `score` orders a kind, worst or nearest first. `data` by kind: faults; the pair explained; the level proposed.
    """

    data_class = DataClass.PUBLIC
    run = models.ForeignKey(AnalysisRun, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=12, choices=FindingKind.choices)
    qualification = models.ForeignKey(Qualification, on_delete=models.CASCADE, related_name="findings")
    other = models.ForeignKey(Qualification, null=True, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(default=0)
    serious = models.BooleanField(default=True)
    first = models.BooleanField(default=True)  # a pair is listed once: by the row of its first entry
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["run", "kind", "first", "-score", "id"], name="finding_in_order"),
            models.Index(fields=["qualification", "kind"], name="finding_of_entry"),
        ]
