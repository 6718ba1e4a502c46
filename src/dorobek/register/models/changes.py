"""Edits of the register that two people agree on, and the pages of the info centre (RG-6, RG-9)."""

from django.db import models

from dorobek.kernel.tables import DataClass, Row, Versioned
from dorobek.people.models import Account
from dorobek.register.enums import ChangeState, InfoSection
from dorobek.register.models.qualifications import Qualification


class EntryChange(Versioned):
    """A change of an entry that one editor proposes and another accepts. `data` is the entry as it would stand."""

    data_class = DataClass.PUBLIC
    qualification = models.ForeignKey(Qualification, null=True, on_delete=models.CASCADE, related_name="proposals")
    base_number = models.PositiveIntegerField(default=0)  # the version it was written against
    data = models.JSONField()
    reason = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    proposed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)


class InfoPage(Versioned):
    """A page of the info centre: a term of the glossary, a chapter of the guide, a good practice (RG-9).

    `related` holds names of pages ("slownik/dowod") for "see also", one in a line; `search_text` the stems of all its words.
    """

    data_class = DataClass.PUBLIC
    apart = True  # one editor may write Polish while another writes English
    section = models.SlugField(max_length=20, choices=InfoSection.choices)
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    title_pl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    text_pl = models.TextField()
    text_en = models.TextField(blank=True)
    related = models.TextField(blank=True)
    published = models.BooleanField(default=False)
    reviewed_on = models.DateField(null=True)  # the day somebody last read it and found it right
    edited = models.BooleanField(default=False)  # changed here: an upgrade leaves it alone
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "slug"], name="info_page_once")]
        ordering = ["section", "position", "pk"]

    def __str__(self) -> str:
        return self.title_pl

    @property
    def name(self) -> str:
        """What other pages call it: "slownik/dowod"."""
        return f"{self.section}/{self.slug}"

    def title(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title_pl

    def text(self, language: str) -> str:
        return (self.text_en if language == "en" else "") or self.text_pl


class InfoVersion(Row):
    """A page as it stood after one change, with who made it; no author for what came with a release."""

    data_class = DataClass.PUBLIC
    page = models.ForeignKey(InfoPage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title_pl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    text_pl = models.TextField()
    text_en = models.TextField(blank=True)
    related = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    published = models.BooleanField(default=False)
    reviewed_on = models.DateField(null=True)
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="info_version_once")]
        ordering = ["-number"]
