"""How a candidate meets the entry's conditions of validation, and who confirmed it (VA-1, VA-7)."""

from django.db import models

from dorobek.kernel.tables import DataClass, Row
from dorobek.people.models import Account
from dorobek.portfolio.models import Evidence
from dorobek.validation.enums import ConditionHow
from dorobek.validation.models.applications import Application


class ShownCondition(Row):
    """One condition of the entry, by its `place` in the list: how it is met, by what, and the adviser's confirmation."""

    data_class = DataClass.PERSON
    erase = ("words",)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conditions")
    place = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=10, choices=ConditionHow.choices)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["application", "place"], name="condition_shown_once")]
