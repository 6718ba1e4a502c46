"""Meetings: one entry makes schedule, attendance list, participation record and timesheet (SA-6)."""

from django.db import models

from dorobek.audits.enums import HomeworkState, MeetingKind, MeetingState
from dorobek.audits.models.audit import SkillsAudit
from dorobek.kernel.models import StoredFile
from dorobek.people.models import Account, Institution, PersonalRow


class Meeting(PersonalRow):
    """One meeting with place, time, length, what was done and homework."""

    apart = True
    together = (("starts_at", "minutes"), ("place", "teryt", "away", "online"), ("homework", "homework_state"))
    erase = ("done", "homework", "cancelled_reason", "note")
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="meetings")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    adviser = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=14, choices=MeetingKind.choices)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=250)
    teryt = models.CharField(max_length=7, blank=True)
    away = models.BooleanField(default=False)  # outside the office: local duty
    online = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    done = models.TextField(blank=True)
    homework = models.TextField(blank=True)
    homework_state = models.CharField(max_length=10, choices=HomeworkState.choices, default=HomeworkState.NONE)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["adviser", "starts_at"], name="meeting_of_adviser"),
            models.Index(fields=["audit", "starts_at"], name="meeting_of_audit"),
        ]
