"""What may be awarded: a micro-credential as designed, and every version of it that was published (MC-1, MC-2)."""

from django.db import models

from dorobek.credentials.design import Design
from dorobek.credentials.enums import TemplateState
from dorobek.credentials.models.issuers import Issuer
from dorobek.kernel.tables import DataClass, Public, Versioned
from dorobek.people.models import Account

# How addresses of templates begin from which only a commission's decision issues; no title makes such a beginning.
DECIDED = "walidacja--"


class CredentialTemplate(Versioned):
    """A micro-credential being designed. `data` is the draft; what was published lies in its versions and never changes."""

    data_class = DataClass.INSTITUTION
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="templates")
    slug = models.SlugField(max_length=80)
    title_pl = models.CharField(max_length=250)
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=TemplateState.choices, default=TemplateState.DRAFT)
    current = models.ForeignKey("TemplateVersion", null=True, on_delete=models.SET_NULL, related_name="+")
    sort_key = models.CharField(max_length=120, editable=False, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "slug"], name="one_template_per_address")]
        indexes = [models.Index(fields=["issuer", "sort_key"], name="templates_in_order")]

    def __str__(self) -> str:
        return self.title_pl

    @property
    def design(self) -> Design:
        return Design.from_data(self.data)


class TemplateVersion(Public):
    """A template as published. Its address stands in every credential issued from it."""

    data_class = DataClass.PUBLIC
    template = models.ForeignKey(CredentialTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="one_template_version")]
        ordering = ["-number"]

    @property
    def design(self) -> Design:
        return Design.from_data(self.data)
