"""Learning outcomes: what can be known or done. The catalogue of competences and the sets of qualifications."""

from django.db import models

from dorobek.kernel.tables import DataClass, Public
from dorobek.register.enums import OutcomeKind
from dorobek.register.models.qualifications import Qualification


class OutcomeSet(Public):
    """A set of learning outcomes of a qualification. `withdrawn` when the newest version no longer has it."""

    data_class = DataClass.PUBLIC
    qualification = models.ForeignKey(Qualification, on_delete=models.CASCADE, related_name="sets")
    number = models.PositiveSmallIntegerField()
    title_pl = models.CharField(max_length=1000)
    title_en = models.CharField(max_length=1000, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    hours = models.PositiveIntegerField(null=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["qualification", "number"], name="outcome_set_once")]


class LearningOutcome(Public):
    """One outcome of one framework, in Polish and English, with the words people use for it.

    Outcomes of a qualification have the framework "zrk" and the code `<qualification>-<set>-<outcome>`; whoever holds
    evidence for one keeps it when a later version of the entry drops it (`withdrawn`).
    """

    data_class = DataClass.PUBLIC
    framework = models.SlugField(max_length=40)
    code = models.SlugField(max_length=80)
    area = models.SlugField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=OutcomeKind.choices, blank=True)
    title_pl = models.CharField(max_length=1000)
    title_en = models.CharField(max_length=1000, blank=True)
    hint_pl = models.CharField(max_length=500, blank=True)
    hint_en = models.CharField(max_length=500, blank=True)
    words_pl = models.JSONField(default=list)
    words_en = models.JSONField(default=list)
    evidence_pl = models.JSONField(default=list)
    evidence_en = models.JSONField(default=list)
    outcome_set = models.ForeignKey(OutcomeSet, null=True, on_delete=models.CASCADE, related_name="outcomes")
    number = models.PositiveSmallIntegerField(null=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="outcome_code_once")]

    def __str__(self) -> str:
        return self.title_pl

    def title(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title_pl


class Criterion(Public):
    """What shows that an outcome is achieved; `letter` as in the entry: a, b, c."""

    data_class = DataClass.PUBLIC
    outcome = models.ForeignKey(LearningOutcome, on_delete=models.CASCADE, related_name="criteria")
    letter = models.CharField(max_length=4)
    position = models.PositiveSmallIntegerField()
    text_pl = models.TextField()
    text_en = models.TextField(blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "letter"], name="criterion_letter_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text_pl

    def text(self, language: str) -> str:
        return (self.text_en if language == "en" else "") or self.text_pl
