"""Institutions of the register and what they may do with a qualification, over time (RG-4)."""

import datetime as dt

from django.db import models

from dorobek.kernel.tables import DataClass, Public, Row
from dorobek.register.enums import BodyRole
from dorobek.register.models.qualifications import Qualification


class RegisterBody(Public):
    """An institution named in the register. `name_key` is the name made comparable, one row per key."""

    data_class = DataClass.PUBLIC
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300, unique=True, editable=False)
    place = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class Entitlement(Row):
    """A role of a body for a qualification. `since` and `until` are days; None is not known, or still lasting."""

    data_class = DataClass.PUBLIC
    body = models.ForeignKey(RegisterBody, on_delete=models.CASCADE, related_name="entitlements")
    qualification = models.ForeignKey(Qualification, on_delete=models.CASCADE, related_name="entitlements")
    role = models.CharField(max_length=20, choices=BodyRole.choices)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "body", "role", "since"], name="entitlement_once")
        ]
        indexes = [models.Index(fields=["role", "body"], name="entitlement_by_role")]

    def lasts_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)
