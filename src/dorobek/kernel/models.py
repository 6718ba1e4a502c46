"""Tables that every room uses: history, events, files, jobs, mail shown in the demonstration."""

import uuid

from django.conf import settings
from django.db import models

from dorobek.kernel.tables import DataClass, Public, Row


class HistoryHead(Row):
    """The end of one chain; locked while an entry is added, so that a chain never forks."""

    data_class = DataClass.SYSTEM
    stream = models.UUIDField(primary_key=True)
    seq = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class HistoryEntry(Row):
    """One change: who, when, on whose behalf, what kind. The hash covers all of it and the entry before (XX-4)."""

    data_class = DataClass.SYSTEM
    stream = models.UUIDField()
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.UUIDField(null=True)
    kind = models.CharField(max_length=80)
    subject = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="history_one_entry_per_place")]
        indexes = [models.Index(fields=["subject"], name="history_by_subject")]


class HistoryPayload(Row):
    """What changed, before and after, beside the chain: erasing it leaves the chain whole."""

    data_class = DataClass.PERSON
    entry = models.OneToOneField(HistoryEntry, primary_key=True, on_delete=models.CASCADE, related_name="payload")
    salt = models.CharField(max_length=32)
    data = models.JSONField()


class RowEdit(Row):
    """One save of a row two people may edit: which columns, and a keyed digest of what each held before.

    It tells whether a form that began earlier touched a column at all, without keeping anybody's words; swept
    when no form can be that old any more.
    """

    data_class = DataClass.SYSTEM
    subject = models.UUIDField()
    version = models.PositiveIntegerField()  # the row's version after the save
    before = models.JSONField()  # column -> digest
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "version"], name="row_edit_once_per_version")]


class Event(Row):
    """A typed event stored with the change that caused it and delivered once after commit."""

    data_class = DataClass.SYSTEM
    kind = models.CharField(max_length=80)
    data = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="event_waiting", condition=models.Q(delivered_at__isnull=True))]


def stored_path(instance: "StoredFile", _name: str) -> str:
    """Files lie under their uid alone: no name a person gave reaches the disk."""
    return f"{str(instance.uid)[-2:]}/{instance.uid}"


class StoredFile(Public):
    """A file as received: its real type is read from its content, never from its name."""

    data_class = DataClass.PERSON
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=stored_path)
    person_uid = models.UUIDField(null=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)


class JobState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Public):
    """Long work asked for by somebody: what, how far, how it ended. The durable queue runs it by this row's uid."""

    data_class = DataClass.SYSTEM
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True, default=uuid.uuid4)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="job_by_state")]


class OutboxMail(Row):
    """Mail of the demonstration, shown at /outbox instead of being sent."""

    data_class = DataClass.SYSTEM
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)
