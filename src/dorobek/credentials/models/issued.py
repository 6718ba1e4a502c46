"""What was awarded to whom: each credential as signed, and the batches they were signed in (MC-3, MC-5)."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils import timezone

from dorobek.credentials.enums import BatchState, CredentialState
from dorobek.credentials.models.issuers import Issuer, SigningKey, StatusList
from dorobek.credentials.models.templates import TemplateVersion
from dorobek.credentials.perms import ISSUING_ROLES
from dorobek.kernel.models import Job, StoredFile
from dorobek.kernel.tables import DataClass, Versioned
from dorobek.people.models import Account, Person


class IssuingBatch(Versioned):
    """A list of people who get the same micro-credential. `source` is the list as uploaded; its rows are read in order."""

    data_class = DataClass.INSTITUTION
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="batches")
    template_version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="batches")
    title = models.CharField(max_length=200)
    source = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    awarded_on = models.DateField()
    invite = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.WAITING)
    rows = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)  # rows at fault, named twice, or holding it already
    signed = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["issuer", "-created_at"], name="newest_batches")]


class CredentialQuerySet(models.QuerySet["Credential"]):
    def visible_to(self, user: Account) -> Self:
        """The holder's own, and those issued by an institution for which the user issues."""
        if not user.is_authenticated:
            return self.none()
        issuing = [m.institution_id for m in user.active_memberships if m.role in ISSUING_ROLES]
        return self.filter(models.Q(person__account_id=user.pk) | models.Q(issuer__institution__in=issuing))


class Credential(Versioned):
    """One credential as signed. `document` is what the holder has, byte for byte; erasure empties it, the place on the
    status list and the dates stay, since the issuer must still answer for it."""

    data_class = DataClass.PERSON
    erase = ("document", "holder_name")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="credentials")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="credentials")
    template_version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="credentials")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(IssuingBatch, null=True, on_delete=models.SET_NULL, related_name="credentials")
    row = models.PositiveIntegerField(null=True)  # of the batch
    holder_name = models.CharField(max_length=250)
    document = models.TextField()
    state = models.CharField(max_length=10, choices=CredentialState.choices, default=CredentialState.VALID)
    reason = models.CharField(max_length=500, blank=True)  # of the last change of state, as the holder reads it
    awarded_on = models.DateField()
    valid_until = models.DateTimeField(null=True)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="credentials")
    status_index = models.PositiveIntegerField()
    invited_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    sort_key = models.CharField(max_length=120, editable=False, default="")

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="one_credential_per_row"),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="one_place_on_a_list"),
        ]
        indexes = [
            models.Index(fields=["issuer", "-created_at"], name="newest_credentials"),
            models.Index(fields=["issuer", "sort_key"], name="credentials_in_order"),
        ]

    def expired(self, at: dt.datetime | None = None) -> bool:
        return self.valid_until is not None and self.valid_until <= (at or timezone.now())
