"""The case itself: who, under which rules, how far, who has the next move."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from dorobek.audits.enums import OPEN_STAGES, Channel, ContactKind, Mover, Stage, Variant
from dorobek.kernel.tables import DataClass, Public
from dorobek.people.models import Account, Institution, PersonalQuerySet, PersonalRow, Unit
from dorobek.programmes.models import ProgrammeVersion


class AuditQuerySet(PersonalQuerySet):
    def open(self) -> Self:
        return self.filter(stage__in=OPEN_STAGES)

    def for_list(self) -> Self:
        """Rows with what a list shows of them, in one statement."""
        return self.select_related("person", "adviser", "programme_version__programme")


class SkillsAudit(PersonalRow):
    """One skills audit of one person. Its `uid` is the `case_uid` of everything in it and the name of its history."""

    case_column = "uid"
    case_uid = None  # type: ignore[assignment]  # a case does not belong to a case
    erase = ("interrupted_reason", "late_reason")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="audits")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="audits")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="audits")
    programme_version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="audits")
    adviser = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="audits")
    number = models.CharField(max_length=30)
    support_number = models.CharField(max_length=60, blank=True)
    variant = models.CharField(max_length=10, choices=Variant.choices, default=Variant.UNDECIDED)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.TALK)
    registered_on = models.DateField(default=timezone.localdate)
    deadline_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    interrupted_reason = models.CharField(max_length=500, blank=True)
    # Computed by rules.next_move after every action, so that a desk is one bounded query on an index.
    mover = models.CharField(max_length=12, choices=Mover.choices, default=Mover.ADVISER)
    move = models.CharField(max_length=40, blank=True)
    move_count = models.PositiveIntegerField(default=0)
    move_since = models.DateField(default=timezone.localdate)
    due_on = models.DateField(null=True)
    late_reason = models.CharField(max_length=500, blank=True)
    sort_key = models.CharField(max_length=120, default="")
    search_text = models.CharField(max_length=360, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "number"], name="case_number_once")]
        indexes = [
            models.Index(fields=["adviser", "stage", "due_on"], name="audit_desk"),
            models.Index(fields=["adviser", "sort_key", "id"], name="audit_list_adviser"),
            models.Index(fields=["institution", "sort_key", "id"], name="audit_list_institution"),
            models.Index(fields=["unit", "sort_key", "id"], name="audit_list_unit"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def rules(self) -> Any:
        """The rules of the programme version this audit began under."""
        return self.programme_version.parsed


class Registration(PersonalRow):
    """What eligibility was decided on, and how, rule by rule (SA-2, SA-17). Kept apart from interviews."""

    erase = ("exception_reason",)
    audit = models.OneToOneField(SkillsAudit, on_delete=models.CASCADE, related_name="registration")
    facts = models.JSONField()
    decision = models.JSONField()
    eligible = models.BooleanField()
    decided_on = models.DateField()
    exception_reason = models.CharField(max_length=1000, blank=True)
    exception_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    referred_by = models.ForeignKey(Institution, null=True, on_delete=models.SET_NULL, related_name="+")


class Contact(PersonalRow):
    """A call, a letter, help with e-mail, accounts and portals."""

    erase = ("note",)
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=14, choices=ContactKind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    at = models.DateTimeField(default=timezone.now)
    minutes = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]


class Referral(PersonalRow):
    """Help of another kind was needed, and where the person was directed (SA-14)."""

    erase = ("need", "directed_to", "note")
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="referrals")
    need = models.CharField(max_length=500)
    directed_to = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]


class HandOver(PersonalRow):
    """The case passes to a colleague for good, or to a substitute for dates (SA-18)."""

    erase = ("note",)
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="hand_overs")
    from_adviser = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    to_adviser = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    for_good = models.BooleanField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-starts_on", "-id"]


class ReferralSlip(Public):
    """What an employer hands to staff so that they may come to an audit (SA-19): a code, naming nobody."""

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    note = models.CharField(max_length=200, blank=True)  # for the employer's own use: „kasy, zmiana nocna"
    valid_until = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
