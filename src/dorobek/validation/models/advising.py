"""What a validation adviser tells the candidate about their evidence (VA-7)."""

from django.db import models
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Row
from dorobek.people.models import Account
from dorobek.validation.models.applications import Application


class AdviserNote(Row):
    """The adviser's words on one criterion: what is missing, what would show it. The candidate reads it at once."""

    data_class = DataClass.PERSON
    erase = ("text",)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="adviser_notes")
    criterion = models.CharField(max_length=20)
    text = models.TextField()
    written_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "criterion"], name="one_adviser_note")]
