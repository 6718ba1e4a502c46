"""Documents: the sections an adviser writes, and what was handed over, frozen."""

from django.db import models

from dorobek.audits.models.audit import SkillsAudit
from dorobek.kernel.models import StoredFile
from dorobek.people.models import Account, PersonalRow
from dorobek.programmes.enums import DocumentKind


class ReportSection(PersonalRow):
    """Words of the adviser in one section of a document: feedback report, preliminary and final report."""

    erase = ("text",)
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="report_sections")
    kind = models.CharField(max_length=24, choices=DocumentKind.choices())
    section = models.SlugField(max_length=40)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "kind", "section"], name="report_section_once")]


class HandedDocument(PersonalRow):
    """A document as handed over: its files with their checksums, never changed; a later one gets the next number."""

    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=24, choices=DocumentKind.choices())
    language = models.CharField(max_length=5)
    number = models.PositiveSmallIntegerField()
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    docx = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    html = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")  # to read on a screen
    content_sha256 = models.CharField(max_length=64)  # of the neutral tree: equal content, equal sum
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_assisted_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    comment = models.TextField(blank=True)  # the participant's remark
    erase = ("comment",)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "kind", "language", "number"], name="document_version_once")
        ]
