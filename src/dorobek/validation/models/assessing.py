"""What an assessor keeps beside the marks: checklists, notes of observation and conversation; the commission's talk."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Row
from dorobek.people.models import Account
from dorobek.portfolio.enums import Mark as Answer
from dorobek.register.enums import ValidationMethod
from dorobek.validation.models.applications import Application
from dorobek.validation.models.judging import Assessment

# A person takes their data away with what a sheet says once its round is decided; before, the sheet is blind (VA-5).
SHEET_DECIDED = Q(assessment__application__decisions__round=F("assessment__round"))


class OfSheetQuerySet(models.QuerySet[models.Model]):
    def visible_to(self, user: Account) -> Self:
        """With the sheet it belongs to, and no sooner (VA-5)."""
        return self.filter(assessment__in=Assessment.objects.visible_to(user))


class CriterionCheck(Row):
    """An assessor's checklist on the evidence for one criterion: on the point, current, enough, genuine (VA-4, PF-2).

    An empty answer was not given yet.
    """

    data_class = DataClass.PERSON
    erase = ("note",)
    told_when = SHEET_DECIDED
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="checks")
    criterion = models.CharField(max_length=20)
    validity = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    currency = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    sufficiency = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    authenticity = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    note = models.TextField(blank=True)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="one_checklist_each")]


class CriterionNote(Row):
    """What an assessor noted on one criterion while a method was used. `question`: asked from the guide, as it read."""

    data_class = DataClass.PERSON
    erase = ("text", "question")
    told_when = SHEET_DECIDED
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="notes")
    criterion = models.CharField(max_length=20)
    method = models.CharField(max_length=30, choices=ValidationMethod.choices)
    question = models.CharField(max_length=1200, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion", "method"], name="one_note_each")]


class TalkNote(Row):
    """What was said when the commission talked about a difference; added to, never changed."""

    data_class = DataClass.PERSON
    erase = ("text",)
    told_when = Q(application__decisions__round=F("round"))
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="talk")
    round = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=20)
    text = models.TextField()
    written_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
