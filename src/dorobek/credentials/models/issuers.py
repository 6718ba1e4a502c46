"""Who issues: the issuer as the world sees it, the keys it signs with, the lists that say what was revoked (MC-5)."""

from typing import Self

from django.db import models
from django.utils import timezone

from dorobek.credentials.enums import KeyState, Purpose
from dorobek.kernel.tables import DataClass, Public, Versioned
from dorobek.people.models import Institution

LIST_BITS = 131_072  # the smallest list the standard allows: a reader cannot tell which of so many is asked about


class Issuer(Versioned):
    """An institution as issuer. `did` stands in every credential and never changes: did:web, or did:key of its first key."""

    data_class = DataClass.INSTITUTION
    institution = models.OneToOneField(Institution, on_delete=models.PROTECT, related_name="issuer")
    slug = models.SlugField(max_length=60, unique=True)
    did = models.CharField(max_length=300, unique=True)
    name_pl = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    description_pl = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    url = models.URLField(max_length=300, blank=True)
    country = models.CharField(max_length=2, default="PL")
    region = models.CharField(max_length=120, blank=True)
    quality_pl = models.TextField(blank=True)  # how its quality is assured, the beginning of every new template
    quality_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name_pl

    def name(self, language: str) -> str:
        return (self.name_en if language == "en" else "") or self.name_pl


class SigningKey(Public):
    """An Ed25519 key. `sealed` is the secret half, encrypted with the installation's key; it never leaves the server."""

    data_class = DataClass.INSTITUTION
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="keys")
    label = models.CharField(max_length=120)
    public = models.CharField(max_length=64, unique=True)  # Multikey, z6Mk...
    sealed = models.TextField()
    state = models.CharField(max_length=12, choices=KeyState.choices, default=KeyState.ACTIVE)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer"], condition=models.Q(state=KeyState.ACTIVE), name="one_active_key_per_issuer"
            )
        ]
        ordering = ["-created_at"]

    @property
    def method(self) -> str:
        """The verification method that proofs name: a fragment of the issuer's DID."""
        return f"{self.issuer.did}#{self.public}"


class ListQuerySet(models.QuerySet["StatusList"]):
    def open_for(self, issuer: Issuer, purpose: str) -> Self:
        """Lists with room left, fullest first, so that few are kept open."""
        return self.filter(issuer=issuer, purpose=purpose, used__lt=LIST_BITS).order_by("-used", "pk")


class StatusList(Public):
    """One list of bits, as published. The bits are read from the credentials, so that list and register never differ.

    Places are given out in an order only `secret` tells: a neighbour's place says nothing (MC-5).
    """

    data_class = DataClass.INSTITUTION
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="lists")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    secret = models.BinaryField(max_length=32)
    used = models.PositiveIntegerField(default=0)  # places given out
    document = models.TextField(blank=True)  # the signed list, as last published
    etag = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)  # newer than `published_at`: to be published

    objects = ListQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["issuer", "purpose", "used"], name="status_list_with_room")]
