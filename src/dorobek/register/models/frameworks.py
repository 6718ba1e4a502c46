"""Frameworks imported from official files: ESCO, KZiS by edition, PRK, fields of education, activities (MT-2)."""

from django.db import models

from dorobek.kernel.tables import DataClass, Public, Row
from dorobek.people.models import Account
from dorobek.register.enums import ConceptKind, RelationKind
from dorobek.register.models.outcomes import LearningOutcome


class Framework(Public):
    """One edition of one framework. `notice` is the notice its licence asks for, shown wherever it is used."""

    data_class = DataClass.PUBLIC
    code = models.SlugField(max_length=20)
    edition = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    notice = models.CharField(max_length=300, blank=True)
    imported_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)  # counts imports; an index built from an older one is stale

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "edition"], name="framework_edition_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.edition})"


class Concept(Row):
    """An occupation, a skill, a group, a level: one labelled thing of a framework. `uri` is its outer name."""

    data_class = DataClass.PUBLIC
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="concepts")
    uri = models.CharField(max_length=200)
    code = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=ConceptKind.choices)
    label_pl = models.CharField(max_length=400, blank=True)
    label_en = models.CharField(max_length=400, blank=True)
    plain_pl = models.CharField(max_length=400, blank=True)  # the label as searched: kernel.text.normalised
    plain_en = models.CharField(max_length=400, blank=True)
    other_pl = models.JSONField(default=list)
    other_en = models.JSONField(default=list)
    description_pl = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    group_code = models.CharField(max_length=40, blank=True)  # ISCO group of an occupation
    retired = models.BooleanField(default=False)  # the newest import no longer has it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "uri"], name="concept_uri_once")]
        indexes = [
            models.Index(fields=["framework", "kind", "code"], name="concept_by_code"),
            models.Index(fields=["code"], name="concept_code"),
        ]

    def __str__(self) -> str:
        return self.label_pl or self.label_en

    def label(self, language: str) -> str:
        return (self.label_en if language == "en" else self.label_pl) or self.label_pl or self.label_en


class ConceptRelation(Row):
    """`source` relates to `target`: an occupation to a skill it needs, a concept to a broader one."""

    data_class = DataClass.PUBLIC
    source = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="relations")
    target = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="related_by")
    kind = models.CharField(max_length=10, choices=RelationKind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "kind"], name="relation_once")]


class OutcomeLink(Row):
    """A learning outcome of the register linked to a concept; proposed by the matcher, accepted by a person (RG-7).

    `wording` is the outcome as it read when the link was proposed or decided: after a change of it the link waits for
    another look and is not shown in public. `reason` lists [words of the outcome, words of the concept].
    """

    data_class = DataClass.PUBLIC
    outcome = models.ForeignKey(LearningOutcome, on_delete=models.CASCADE, related_name="links")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(default=0)
    reason = models.JSONField(default=list)
    wording = models.CharField(max_length=1000, blank=True)
    accepted = models.BooleanField(null=True)  # None: nobody has looked yet
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "concept"], name="outcome_link_once")]
