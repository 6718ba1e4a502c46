"""A programme's rules as versioned data (SA-1). An audit keeps the version it began under."""

import uuid

from django.db import models
from django.utils import timezone

from dorobek.kernel.models import StoredFile
from dorobek.kernel.tables import DataClass, Versioned
from dorobek.people.models import Account, Institution
from dorobek.programmes.schema import Rules, load_rules


class Programme(Versioned):
    """The frame an audit is run in."""

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="programmes")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    open = models.BooleanField(default=True)
    logo = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "code"], name="programme_code_once")]

    def __str__(self) -> str:
        return self.name

    def current(self) -> "ProgrammeVersion":
        """The newest published version; audits registered today begin under it."""
        return self.versions.filter(published_at__lte=timezone.now()).latest("number")


class ProgrammeVersion(Versioned):
    """One edition of the rules; never changed once published. Without a day of publication it is the draft."""

    apart = True
    data_class = DataClass.INSTITUTION
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rules = models.JSONField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_version_once"),
            models.UniqueConstraint(
                fields=["programme"], condition=models.Q(published_at=None), name="programme_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.name}, wersja {self.number}"

    @property
    def parsed(self) -> Rules:
        """The rules as dataclasses; parsed once per process for each published version."""
        return _parsed(self)


_cache: dict[tuple[uuid.UUID, int], Rules] = {}


def _parsed(version: ProgrammeVersion) -> Rules:
    if version.published_at is None or version.pk is None:
        return load_rules(version.rules)
    key = (version.uid, version.version)  # a key of the table may come back after a restore, a uid never
    if key not in _cache:
        _cache[key] = load_rules(version.rules)
    return _cache[key]
