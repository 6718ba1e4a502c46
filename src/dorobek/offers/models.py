"""Tables of the training offer. What anyone may read; written by imports and by offices."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Public, Versioned
from dorobek.kernel.text import normalised
from dorobek.offers.enums import Ending, Field, HourForm, PartOfWeek, QualityKind, ServiceKind, Source
from dorobek.offers.times import ClassTimes, remark
from dorobek.people.models import Account, Institution


class Provider(Versioned):
    """Who trains, examines or validates. `contract_until`: the last day of its contract with the office, if any."""

    apart = True
    data_class = DataClass.PUBLIC
    source = models.CharField(max_length=10, choices=Source.choices)
    number = models.CharField(max_length=80)  # of the source: „BUR 1234"
    name = models.CharField(max_length=250)
    tax_number = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    url = models.URLField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    about = models.TextField(blank=True)
    institution = models.ForeignKey(Institution, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    contract_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="provider_of_source_once")]

    def __str__(self) -> str:
        return self.name


class TrainingService(Versioned):
    """What is offered, whenever it takes place: a training, an exam alone, a validation."""

    data_class = DataClass.PUBLIC
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    source = models.CharField(max_length=10, choices=Source.choices)
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=ServiceKind.choices, default=ServiceKind.TRAINING)
    field = models.CharField(max_length=40, choices=Field.choices, default=Field.OTHER)
    goal = models.TextField(blank=True)
    outcomes = models.JSONField(default=list)  # texts, in the provider's words
    register_code = models.CharField(max_length=20, blank=True, db_index=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, default=Ending.NOTHING)
    certificate = models.CharField(max_length=250, blank=True)
    hours = models.PositiveSmallIntegerField(default=0)
    hour_form = models.CharField(max_length=10, choices=HourForm.choices, default=HourForm.GROUP)
    requires = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="service_of_source_once")]

    def __str__(self) -> str:
        return self.title


class EditionQuerySet(models.QuerySet["Edition"]):
    def offered(self, day: dt.date | None = None) -> Self:
        """What can still be joined: not withdrawn, and enrolment open on the day."""
        return self.filter(withdrawn_at=None, enrol_until__gte=day or timezone.localdate())


class Edition(Versioned):
    """One date of a service. `price_grosze` is what one participant pays, tax included; 0 is free of charge.

    `class_times`: [weekday or day, start, end] as `offers.times` tells; `part_of_week` follows from it, for searching.
    An edition that is no longer in its source is withdrawn, never deleted: a plan or a voucher may name it.
    """

    data_class = DataClass.PUBLIC
    service = models.ForeignKey(TrainingService, on_delete=models.PROTECT, related_name="editions")
    source = models.CharField(max_length=10, choices=Source.choices)
    number = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    enrol_until = models.DateField()  # the day before the start unless the source says otherwise
    place = models.CharField(max_length=120, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    remote = models.BooleanField(default=False)
    price_grosze = models.PositiveIntegerField()
    places = models.PositiveSmallIntegerField(default=0)  # 0: not said
    weekly_hours = models.PositiveSmallIntegerField(default=0)  # 0: not said
    class_times = models.JSONField(default=list)
    part_of_week = models.CharField(max_length=8, choices=PartOfWeek.choices, blank=True, editable=False, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)  # by hand; "" where a newer file left it out
    digest = models.CharField(max_length=64, editable=False, default="")  # of the imported row
    search_text = models.CharField(max_length=900, editable=False, default="")

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="edition_of_source_once"),
            models.CheckConstraint(
                name="edition_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
        ]
        indexes = [
            models.Index(fields=["starts_on", "id"], name="editions_by_start"),
            models.Index(fields=["price_grosze", "id"], name="editions_by_price"),
        ]

    def __str__(self) -> str:
        return f"{self.service.title}, {self.starts_on:%d.%m.%Y}"

    @property
    def times(self) -> ClassTimes:
        return ClassTimes.from_data(self.class_times)

    @property
    def remark(self) -> str:
        """What its provider should look at, though it can be; "" for nothing."""
        return remark(self.times, self.service.hours, self.starts_on, self.ends_on)

    def prepare(self) -> None:
        """Fill the columns that searching uses."""
        self.part_of_week = self.times.part_of_week
        service = self.service
        parts = (service.title, service.provider.name, self.place, service.register_code, service.certificate)
        self.search_text = normalised(" ".join(filter(None, parts)))[:900]


class OfferImport(Public):
    """One file brought in, with its report: how many rows were new, changed, as they were, at fault."""

    data_class = DataClass.SYSTEM
    source = models.CharField(max_length=10, choices=Source.choices)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    report = models.JSONField(default=dict)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)


class QualityCheck(Versioned):
    """A step of the regional quality standard (VO-5): a self-assessment, an outside audit, the mark given after it.

    `answers`: {code of a criterion: {"met": bool, "note": text}}. A mark counts from `done_on` until `valid_until`.
    """

    data_class = DataClass.PUBLIC
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="quality")
    kind = models.CharField(max_length=10, choices=QualityKind.choices)
    answers = models.JSONField(default=dict)
    passed = models.BooleanField()
    by_name = models.CharField(max_length=200)  # who audited, who gave the mark
    done_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)  # a mark taken back
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-done_on", "-id"]

    def holds(self, day: dt.date | None = None) -> bool:
        """Does the mark count on the day?"""
        on = day or timezone.localdate()
        ended = self.ended_on is not None and self.ended_on <= on
        return self.passed and not ended and self.done_on <= on and (self.valid_until is None or on <= self.valid_until)
