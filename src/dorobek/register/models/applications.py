"""Applications to the register, and what the public says about them (RG-5)."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Versioned
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution
from dorobek.register.applications.enums import ApplicationKind, ApplicationStage, CommentState
from dorobek.register.applications.rules import ENDED, MOVES, is_late
from dorobek.register.entry.validation import Requirement
from dorobek.register.models.changes import EntryChange
from dorobek.register.models.qualifications import Qualification


def applicant_institutions(user: Any) -> list[int]:
    """Institutions that the account may apply for."""
    if not user.is_authenticated:
        return []
    return [m.institution_id for m in user.active_memberships if m.role == Role.AWARDING_OFFICER]


class ApplicationQuerySet(models.QuerySet["RegisterApplication"]):
    def visible_to(self, user: Any) -> Self:
        """What was ever sent is public; a draft is its institution's own."""
        return self.filter(models.Q(sent_on__isnull=False) | models.Q(institution__in=applicant_institutions(user)))


class RegisterApplication(Versioned):
    """One application. `content` is what its form holds; `due_on` the last day of the stage it is in."""

    data_class = DataClass.INSTITUTION
    kind = models.CharField(max_length=10, choices=ApplicationKind.choices)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="register_applications")
    qualification = models.ForeignKey(
        Qualification, null=True, on_delete=models.PROTECT, related_name="applications_for_right"
    )
    stage = models.CharField(max_length=15, choices=ApplicationStage.choices, default=ApplicationStage.DRAFT)
    content = models.JSONField(default=dict)
    created_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    returned_for = models.TextField(blank=True)
    checked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    consultation_until = models.DateField(null=True)
    opinion_by = models.CharField(max_length=300, blank=True)
    opinion_favours = models.BooleanField(null=True)
    opinion = models.TextField(blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_on = models.DateField(null=True)
    decision = models.TextField(blank=True)
    change = models.ForeignKey(EntryChange, null=True, on_delete=models.SET_NULL, related_name="applications")
    reminded = models.JSONField(default=list)  # reminders sent: stage, last day and how many days before it

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stage", "due_on"], name="register_application_due")]

    @property
    def title(self) -> str:
        if self.qualification is not None:
            return self.qualification.title_pl
        return str(self.content.get("title_pl") or "")

    @property
    def move(self) -> str:
        """Who has the next move: applicant, editor, officer, second-editor; empty at the end."""
        return MOVES.get(self.stage, "")

    @property
    def is_late(self) -> bool:
        return self.stage not in ENDED and is_late(self.due_on, timezone.localdate())

    @property
    def days_late(self) -> int:
        """Days since the last one of this stage; 0 while it is not over."""
        return (timezone.localdate() - self.due_on).days if self.due_on and self.is_late else 0

    @property
    def is_consulted(self) -> bool:
        """Whether anybody may comment today."""
        return self.stage == ApplicationStage.CONSULTATION and not is_late(
            self.consultation_until, timezone.localdate()
        )

    @property
    def demanded(self) -> tuple[Requirement, ...]:
        """What the entry, as it stands, asks of a body that awards the qualification; nothing for an inclusion."""
        if self.qualification is None or self.qualification.current is None or self.qualification.entry.rules is None:
            return ()
        return self.qualification.entry.rules.body


class CommentQuerySet(models.QuerySet["ConsultationComment"]):
    def visible_to(self, user: Any) -> Self:
        """Everybody reads what was published; register editors read the rest too."""
        if user.is_authenticated and (user.is_operator or user.has_role(Role.REGISTER_EDITOR)):
            return self.all()
        return self.filter(state=CommentState.PUBLISHED)


class ConsultationComment(Versioned):
    """What somebody without an account said. `name` and `email` are read by editors alone and go when the case ends.

    It belongs to the institution's case: it leads to no account and to no person known here.
    """

    data_class = DataClass.INSTITUTION
    erase = ("name", "email", "text")
    application = models.ForeignKey(RegisterApplication, on_delete=models.CASCADE, related_name="comments")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.WAITING)
    refused_for = models.CharField(max_length=1000, blank=True)
    moderated_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(blank=True)
    answered_by_applicant = models.BooleanField(default=False)
    answered_on = models.DateField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
