"""Letters about steps of a case and their deadlines: each told once."""

from django.db import models
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Public
from dorobek.people.models import Account
from dorobek.validation.models.applications import Application


class CaseNotice(Public):
    """A letter about one case to one reader. `account`: null when the candidate reads it. `key` names what it is about,
    so that nobody is told the same twice; `sent_at`: null while it waits in the queue.
    """

    data_class = DataClass.PERSON
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notices")
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="told_once")]
