"""What an awarding body's officer keeps: sittings, who can come when, the body's own documents, fees, adjustments."""

from django.db import models
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Row, Versioned
from dorobek.people.models import Account, Institution
from dorobek.register.models import Qualification
from dorobek.validation.enums import FeeState, FeeWaits, HandedHow, HandedWhat
from dorobek.validation.models.applications import Application
from dorobek.validation.models.bodies import Commission, ValidationOpening


class Sitting(Versioned):
    """A day and hours on which a commission sits. `commission` is chosen here, and judges once it is appointed to a case.

    Whoever chooses saves over the version they saw, so that two officers never overrule each other in silence.
    """

    data_class = DataClass.INSTITUTION
    opening = models.ForeignKey(ValidationOpening, on_delete=models.PROTECT, related_name="sittings")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=200)
    seats = models.PositiveSmallIntegerField(default=1)
    commission = models.ForeignKey(Commission, null=True, on_delete=models.PROTECT, related_name="sittings")
    composed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["opening", "begins"], name="sittings_in_order")]


class SittingCandidate(Row):
    """Whose case is judged at the sitting, in which round."""

    data_class = DataClass.PERSON
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="candidates")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sittings")
    round = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="one_sitting_a_round")]


class Availability(Versioned):
    """When and where somebody who judges can come. `away`: [[first day, last day]] in ISO; `places` empty: anywhere.

    `most`: sittings still to come that they may have at one time.
    """

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    most = models.PositiveSmallIntegerField(default=10)
    places = models.JSONField(default=list)
    away = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "account"], name="one_availability")]


class BodyRecord(Versioned):
    """What the body itself can show for a qualification: the entry's requirements of a body that awards it (RG-4)."""

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="+")
    shown = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "qualification"], name="one_body_record")]


class BodyPeriod(Row):
    """A documented time in which the body trained people in the field; `shows`: codes of the requirements it counts for."""

    data_class = DataClass.INSTITUTION
    record = models.ForeignKey(BodyRecord, on_delete=models.CASCADE, related_name="periods")
    since = models.DateField()
    until = models.DateField(null=True)
    document = models.CharField(max_length=200)
    shows = models.JSONField(default=list)


class Fee(Versioned):
    """What the candidate pays for one application: `grosze` due; paid with its document, or waived with a reason.

    `waits` and `due_on` are the opening's terms on the day of sending. `asked`: the candidate asks to pay less or nothing;
    `granted` with the body's `answer`, null until there is one.
    """

    data_class = DataClass.PERSON
    erase = ("reason", "asked", "answer")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="fee")
    state = models.CharField(max_length=10, choices=FeeState.choices, default=FeeState.DUE)
    grosze = models.PositiveIntegerField()
    settled_on = models.DateField(null=True)
    document = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    waits = models.CharField(max_length=12, choices=FeeWaits.choices, default=FeeWaits.NOTHING)
    due_on = models.DateField(null=True)
    asked = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")


class AdjustmentAnswer(Versioned):
    """The body's answer to an adjustment that the candidate asked for. `extra_percent`: more time in a timed part."""

    data_class = DataClass.PERSON
    erase = ("reason",)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="adjustment_answer")
    granted = models.BooleanField()
    extra_percent = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField()
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")


class HandOver(Row):
    """A document given to the candidate: what, how, when, by whom."""

    data_class = DataClass.PERSON
    erase = ("note",)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="hand_overs")
    what = models.CharField(max_length=12, choices=HandedWhat.choices)
    how = models.CharField(max_length=12, choices=HandedHow.choices)
    handed_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
