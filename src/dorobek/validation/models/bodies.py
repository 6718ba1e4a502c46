"""What a body prepares: openings of validation, the people who may judge or advise, commissions."""

import datetime as dt

from django.db import models

from dorobek.kernel.tables import DataClass, Row, Versioned
from dorobek.people.models import Account, Institution
from dorobek.register.models import Qualification, QualificationVersion
from dorobek.validation.enums import FeeWaits
from dorobek.validation.rules import OwnRule, QualificationRules, rules_of


class ValidationOpening(Versioned):
    """A body validates a qualification, by one version of its entry. `fee_grosze` integer; `own_rules`: names of OwnRule.

    `appeal_days`: days for an appeal after a decision; `answer_days`: days for the answer. `provided`: how the body
    provides each thing that the entry asks it to provide, in the order of the entry. `fee_waits`: the body's own rule
    about payment; `fee_days`: days to pay after sending; `fee_to`: where to pay. Who has sent keeps the terms of that day.
    """

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="validations")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="+")
    entry_version = models.ForeignKey(QualificationVersion, on_delete=models.PROTECT, related_name="+")
    applications_until = models.DateField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=200)
    teryt = models.CharField(max_length=4, blank=True)  # of its powiat; "" where the address has to tell
    places = models.PositiveSmallIntegerField()
    fee_grosze = models.PositiveIntegerField(default=0)
    fee_waits = models.CharField(max_length=12, choices=FeeWaits.choices, default=FeeWaits.NOTHING)
    fee_days = models.PositiveSmallIntegerField(default=14)
    fee_to = models.CharField(max_length=300, blank=True)
    own_rules = models.JSONField(default=list)
    provided = models.JSONField(default=list)
    appeal_days = models.PositiveSmallIntegerField(default=14)
    answer_days = models.PositiveSmallIntegerField(default=30)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["qualification", "begins_on"], name="openings_by_date")]

    @property
    def answer_time(self) -> dt.timedelta:
        """How long whoever answers an appeal has."""
        return dt.timedelta(self.answer_days)

    @property
    def rules(self) -> QualificationRules:
        """The rules of the entry and of the body. Raises rules.building.NoRules."""
        return rules_of(self.entry_version.entry, [OwnRule(one) for one in self.own_rules])


class StaffRecord(Versioned):
    """What somebody who judges or advises can show. `shown`: codes of requirements that a document seen here proves."""

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="validation_staff")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="validation_records")
    level = models.PositiveSmallIntegerField(null=True)
    level_document = models.CharField(max_length=200, blank=True)
    shown = models.JSONField(default=list)
    principles_on = models.DateField(null=True)  # the day they declared to keep the principles of validation

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "qualification", "account"], name="one_staff_record")
        ]


class StaffPeriod(Row):
    """A documented time of work; `shows`: codes of the requirements it counts for."""

    data_class = DataClass.INSTITUTION
    record = models.ForeignKey(StaffRecord, on_delete=models.CASCADE, related_name="periods")
    since = models.DateField()
    until = models.DateField(null=True)
    document = models.CharField(max_length=200)
    shows = models.JSONField(default=list)


class Commission(Versioned):
    """People appointed together on a day. What they may be appointed for, the rules say at each appointment."""

    data_class = DataClass.INSTITUTION
    opening = models.ForeignKey(ValidationOpening, on_delete=models.PROTECT, related_name="commissions")
    appointed_on = models.DateField()


class CommissionMember(Row):
    data_class = DataClass.INSTITUTION
    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="members")
    record = models.ForeignKey(StaffRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commission", "record"], name="member_once")]
