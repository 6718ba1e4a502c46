"""Documents of a case as frozen, and the credentials that came of its decisions."""

from typing import Self

from django.db import models

from dorobek.credentials.models import Credential
from dorobek.kernel.models import StoredFile
from dorobek.kernel.tables import DataClass, Public, Row
from dorobek.people.enums import Role
from dorobek.people.models import Account, Person
from dorobek.validation.enums import PaperKind
from dorobek.validation.models.applications import Application
from dorobek.validation.models.results import Certificate, Decision

# What the candidate gets; declarations are their authors' and the office's.
TO_CANDIDATE = (
    PaperKind.APPOINTMENT, PaperKind.PROTOCOL, PaperKind.LETTER, PaperKind.APPEAL_ANSWER, PaperKind.CERTIFICATE,
    PaperKind.REVOCATION, PaperKind.REFUSAL,
)  # fmt: skip
TO_COMMISSION = (PaperKind.APPOINTMENT, PaperKind.PROTOCOL)


class CaseDocumentQuerySet(models.QuerySet["CaseDocument"]):
    def visible_to(self, user: Account) -> Self:
        """The candidate: all but declarations. Officers and appeals officers of the body: all, never of their own case.

        A member of the commission: their own declaration, and appointment and protocol of the round that they judged.
        The protocol is made with the decision, so that nobody reads a mark in it before.
        """
        if not user.is_authenticated:
            return self.none()
        roles = (Role.AWARDING_OFFICER, Role.APPEALS_OFFICER)
        office = [m.institution_id for m in user.active_memberships if m.role in roles]
        own = models.Q(application__person__account_id=user.pk)
        of_office = models.Q(application__opening__institution__in=office) & ~own
        judged = Application.objects.filter(
            pk=models.OuterRef("application"),
            assessments__assessor_id=user.pk,
            assessments__round=models.OuterRef("round"),
            assessments__voided_at=None,
        )
        of_member = models.Q(member_id=user.pk) | (models.Q(kind__in=TO_COMMISSION) & models.Exists(judged))
        return self.filter((own & models.Q(kind__in=TO_CANDIDATE)) | of_office | (of_member & ~own))


class CaseDocument(Public):
    """A document as it stood when it arose: `content` is the neutral tree (`kernel.papers.frozen`), `content_sha256`
    the sum of exactly this text. Files are written from it once and never again; nothing here is ever changed.

    `key` names what it is about within the case, so that it arises once. `member`: whose declaration it is.
    """

    data_class = DataClass.PERSON
    erase = ("content",)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    key = models.CharField(max_length=80)
    round = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=200)  # in the footer; the title carries no name of a person
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    docx = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)

    objects = CaseDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "kind", "key"], name="case_document_once")]


class AwardedCredential(Row):
    """A credential that came of a decision (VA-8). `scope`: "" the whole qualification, "2" a set, "2.1" an outcome."""

    data_class = DataClass.PERSON
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    qualification = models.CharField(max_length=20)
    scope = models.CharField(max_length=20, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="credentials")
    certificate = models.ForeignKey(Certificate, null=True, on_delete=models.PROTECT, related_name="credentials")
    credential = models.OneToOneField(Credential, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "scope"], name="one_credential_of_a_decision")]
        indexes = [models.Index(fields=["person", "qualification"], name="awarded_to_person")]
