"""What a person lived and did: life events, answers, episodes, and the competences drawn from them."""

from django.db import models

from dorobek.audits.enums import EmploymentForm, EventKind, PersonalDetail
from dorobek.audits.models.audit import SkillsAudit
from dorobek.kernel.tables import DataClass, Row
from dorobek.people.models import Account, PersonalRow
from dorobek.portfolio.models import Competence, Evidence
from dorobek.programmes.enums import EpisodePart, InterviewArea
from dorobek.register.models import LearningOutcome


class LifeEvent(PersonalRow):
    """Something with a place on the time line. The participant card lists the same rows: nothing is typed twice.

    `starts` and `ends` are partial dates in EDTF (kernel.partial_dates); `*_said` keep the person's own words.
    """

    apart, opened = True, ("details",)
    together = (("starts", "starts_said", "ends", "ends_said", "ongoing", "duration_said", "sort_day"),)
    erase = ("title", "organisation", "place", "duties", "outcomes", "entitlements", "note", "starts_said", "ends_said")
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="life_events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    area = models.CharField(max_length=10, choices=InterviewArea.choices())
    title = models.CharField(max_length=250)
    organisation = models.CharField(max_length=250, blank=True)
    place = models.CharField(max_length=120, blank=True)
    starts = models.CharField(max_length=40, blank=True)
    starts_said = models.CharField(max_length=80, blank=True)
    ends = models.CharField(max_length=40, blank=True)
    ends_said = models.CharField(max_length=80, blank=True)
    ongoing = models.BooleanField(default=False)
    duration_said = models.CharField(max_length=80, blank=True)  # „około dwóch lat", „40 godzin"
    finished = models.BooleanField(null=True)  # schools and courses: was it completed
    employment_form = models.CharField(max_length=12, choices=EmploymentForm.choices, blank=True)
    duties = models.TextField(blank=True)
    outcomes = models.TextField(blank=True)
    entitlements = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)  # further fields of the programme's card, by their code
    note = models.TextField(blank=True)
    from_card = models.BooleanField(default=True)
    sort_day = models.DateField(null=True)  # earliest day of `starts`, for ordering
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["sort_day", "id"]

    def __str__(self) -> str:
        return self.title


class BiographicalInterview(PersonalRow):
    """The course of the interview, and what the participant decided about the personal area (SA-7)."""

    erase = ("detail_note",)
    audit = models.OneToOneField(SkillsAudit, on_delete=models.CASCADE, related_name="biographical")
    personal_detail = models.CharField(max_length=10, choices=PersonalDetail.choices, default=PersonalDetail.NOT_ASKED)
    notice_shown_at = models.DateTimeField(null=True)
    detail_note = models.CharField(max_length=300, blank=True)
    stopped_at = models.DateTimeField(null=True)


class InterviewAnswer(PersonalRow):
    """A question picked from the bank, kept as it was put, and the answer in the person's words."""

    erase = ("answer",)
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="answers")
    area = models.CharField(max_length=10, choices=InterviewArea.choices())
    question_code = models.CharField(max_length=60)
    question = models.CharField(max_length=500)
    answer = models.TextField(blank=True)
    skipped = models.BooleanField(default=False)
    life_events = models.ManyToManyField(LifeEvent, related_name="answers", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["audit", "question_code"], name="question_asked_once")]


class Episode(PersonalRow):
    """A situation told in four steps (SA-8), with what it takes to show it."""

    apart = True
    erase = ("title", "situation", "task", "action", "result", "useful", "documentable", "evidence_missing")
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="episodes")
    part = models.CharField(max_length=10, choices=EpisodePart.choices())
    life_event = models.ForeignKey(LifeEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="episodes")
    title = models.CharField(max_length=200)
    situation = models.TextField(blank=True)
    task = models.TextField(blank=True)
    action = models.TextField(blank=True)
    result = models.TextField(blank=True)
    useful = models.TextField(blank=True)  # competences that were useful, in the person's words
    documentable = models.TextField(blank=True)  # how it can be documented
    evidence = models.ManyToManyField(Evidence, related_name="episodes", blank=True)  # held already
    evidence_missing = models.TextField(blank=True)
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        """Everything told, for the matcher."""
        told = (self.situation, self.task, self.action, self.result, self.useful)
        return "\n".join(part for part in told if part)


class CompetenceSource(Row):
    """What a competence rests on: an episode or a life event."""

    data_class = DataClass.PERSON
    competence = models.ForeignKey(Competence, on_delete=models.CASCADE, related_name="sources")
    episode = models.ForeignKey(Episode, null=True, on_delete=models.CASCADE, related_name="sources")
    life_event = models.ForeignKey(LifeEvent, null=True, on_delete=models.CASCADE, related_name="sources")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="source_is_one_thing",
                condition=models.Q(episode__isnull=False, life_event__isnull=True)
                | models.Q(episode__isnull=True, life_event__isnull=False),
            ),
            models.UniqueConstraint(fields=["competence", "episode"], name="source_episode_once"),
            models.UniqueConstraint(fields=["competence", "life_event"], name="source_event_once"),
        ]


class RejectedSuggestion(PersonalRow):
    """A suggestion the adviser put aside; it is not made again in this case."""

    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="rejected_suggestions")
    outcome = models.ForeignKey(LearningOutcome, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "outcome"], name="suggestion_rejected_once")]
