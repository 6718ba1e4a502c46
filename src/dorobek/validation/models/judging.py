"""Who may not judge whom, and what each assessor marked."""

from typing import Self

from django.db import models
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Row, Versioned
from dorobek.people.enums import Role
from dorobek.people.models import Account, Person
from dorobek.portfolio.models import Evidence
from dorobek.register.enums import ValidationMethod
from dorobek.validation.enums import VerdictChoice
from dorobek.validation.models.applications import Application
from dorobek.validation.models.bodies import CommissionMember


class LedTraining(Row):
    """A training that an assessor led and this person took part in: from the records of the body."""

    data_class = DataClass.PERSON
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    trainer = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    ended_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "trainer", "title", "ended_on"], name="training_once")]


class Declaration(Row):
    """A member's word on one candidate before judging: what ties them to each other, or that nothing does."""

    data_class = DataClass.PERSON
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="declarations")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="declarations")
    trained = models.BooleanField(default=False)
    relative = models.BooleanField(default=False)
    subordinate = models.BooleanField(default=False)
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "member"], name="declared_once")]


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def counting(self) -> Self:
        """Those that count: not the sheet of a member who was replaced, which is kept and says nothing any more."""
        return self.filter(voided_at=None)

    def visible_to(self, user: Account) -> Self:
        """Blind (VA-5): one's own; closed ones of the same application and round once one's own is closed.

        The candidate and the office see closed sheets of a round once its decision stands.
        """
        if not user.is_authenticated:
            return self.none()
        closed = self.model.objects.filter(assessor_id=user.pk, closed_at__isnull=False, voided_at=None)
        beside = closed.filter(application=models.OuterRef("application"), round=models.OuterRef("round"))
        roles = (Role.AWARDING_OFFICER, Role.APPEALS_OFFICER)
        office = [m.institution_id for m in user.active_memberships if m.role in roles]
        of_round = Application.objects.filter(
            pk=models.OuterRef("application"), decisions__round=models.OuterRef("round")
        )
        decided = models.Exists(of_round) & models.Q(closed_at__isnull=False)  # an earlier round stays told in the next
        candidate = models.Q(application__person__account_id=user.pk)
        after = decided & (candidate | models.Q(application__opening__institution__in=office))
        others = models.Exists(beside) & models.Q(closed_at__isnull=False, voided_at=None)
        return self.filter(models.Q(assessor_id=user.pk) | others | after)


class Assessment(Versioned):
    """One assessor's sheet on one application in one round; closed once, and then never changed.

    The history gets its digest when it is closed, and the marks and `salt` with the decision: until then the chain,
    which the candidate reads, gives nothing away. `voided_at`: its member was replaced; it is kept and counts for nothing.
    """

    data_class = DataClass.PERSON
    erase = ("void_reason",)
    told_when = models.Q(application__decisions__round=models.F("round"))
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assessments")
    round = models.PositiveSmallIntegerField()
    assessor = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    salt = models.CharField(max_length=32, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "round", "assessor"], name="one_sheet_each")]


class Mark(Row):
    """A mark on one criterion, with its reason, the method it comes from and what it points to: see `pointing`."""

    data_class = DataClass.PERSON
    erase = ("reason",)
    told_when = models.Q(assessment__application__decisions__round=models.F("assessment__round"))
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=20)
    verdict = models.CharField(max_length=10, choices=VerdictChoice.choices)
    reason = models.TextField(blank=True)
    method = models.CharField(max_length=30, choices=ValidationMethod.choices)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    pointer = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="one_mark_each")]


class AgreedQuerySet(models.QuerySet["AgreedMark"]):
    def settled(self) -> Self:
        """What the whole commission agreed, or decided by its body's rule."""
        return self.filter(settled_at__isnull=False, fallen_at=None)

    def open(self) -> Self:
        """Proposals on which not everybody has said yet what they think."""
        return self.filter(settled_at=None, fallen_at=None)


class AgreedMark(Row):
    """What a member proposed where sheets differed; agreed (`settled_at`) only when every member has answered.

    `dissent`: who stays of another mind and why, once it is settled. A proposal that did not pass, or whose commission
    changed, has `fallen_at`: it stays on file and counts for nothing.
    """

    data_class = DataClass.PERSON
    erase = ("reason", "dissent")
    told_when = models.Q(application__decisions__round=models.F("round"))
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="agreed")
    round = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=20)
    verdict = models.CharField(max_length=10, choices=VerdictChoice.choices)
    reason = models.TextField()
    dissent = models.TextField(blank=True)
    written_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    fallen_at = models.DateTimeField(null=True)

    objects = AgreedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "round", "criterion"],
                condition=models.Q(fallen_at=None),
                name="agreed_once",
            )
        ]


class AgreementAnswer(Row):
    """A member's own answer to a proposal, given once: it stands, or does not, and why not."""

    data_class = DataClass.PERSON
    erase = ("reason",)
    told_when = models.Q(agreed__application__decisions__round=models.F("agreed__round"))
    agreed = models.ForeignKey(AgreedMark, on_delete=models.CASCADE, related_name="answers")
    assessor = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    confirms = models.BooleanField()
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreed", "assessor"], name="one_answer_to_a_proposal")]
