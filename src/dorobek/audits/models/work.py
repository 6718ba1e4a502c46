"""Agreement, card notes, basic direction, synthesis, consultations."""

from django.db import models
from django.utils import timezone

from dorobek.audits.enums import ConsultationState
from dorobek.audits.models.audit import SkillsAudit
from dorobek.people.enums import Scope
from dorobek.people.models import Account, PersonalRow


class CardNote(PersonalRow):
    """Free words of a card section: present work, interests, anything else the person finds important (SA-3)."""

    erase = ("text",)
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="card_notes")
    section = models.SlugField(max_length=40)
    text = models.TextField(blank=True)
    nothing_to_add = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "section"], name="card_section_once")]


class Agreement(PersonalRow):
    """What adviser and participant agreed, and that both accepted it (SA-5). A change takes acceptance back."""

    # one text, accepted whole: nobody accepts by saving what somebody else wrote meanwhile, so it is not `apart`
    erase = (
        "main_goal",
        "intermediate_goals",
        "adviser_tasks",
        "participant_tasks",
        "difficulties",
        "rules",
        "confidentiality",
    )
    audit = models.OneToOneField(SkillsAudit, on_delete=models.CASCADE, related_name="agreement")
    main_goal = models.TextField(blank=True)
    intermediate_goals = models.TextField(blank=True)
    adviser_tasks = models.TextField(blank=True)
    participant_tasks = models.TextField(blank=True)
    difficulties = models.TextField(blank=True)
    rules = models.TextField(blank=True)
    confidentiality = models.TextField(blank=True)
    adviser_accepted_at = models.DateTimeField(null=True)
    participant_accepted_at = models.DateTimeField(null=True)
    participant_assisted_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    @property
    def accepted(self) -> bool:
        return bool(self.adviser_accepted_at and self.participant_accepted_at)


class BasicDirection(PersonalRow):
    """The basic variant: present work, the training wished for and what it is good for, the direction (SA-4)."""

    apart = True
    erase = ("present_work", "wished_training", "usefulness", "direction", "next_steps")
    audit = models.OneToOneField(SkillsAudit, on_delete=models.CASCADE, related_name="basic_direction")
    present_work = models.TextField(blank=True)
    wished_training = models.TextField(blank=True)
    usefulness = models.TextField(blank=True)
    direction = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)


class Synthesis(PersonalRow):
    """The adviser's ordering and selection of what was found (SA-11)."""

    apart = True
    erase = ("picture", "strengths", "missing", "conclusions")
    audit = models.OneToOneField(SkillsAudit, on_delete=models.CASCADE, related_name="synthesis")
    picture = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    conclusions = models.TextField(blank=True)


class Consultation(PersonalRow):
    """A question to a specialist and the answer (SA-11)."""

    erase = ("question", "opinion", "specialist_name")
    opened_by = (Scope.CASE, Scope.SUPERVISION, Scope.CONSULTATION)
    audit = models.ForeignKey(SkillsAudit, on_delete=models.CASCADE, related_name="consultations")
    speciality = models.CharField(max_length=200)
    specialist_name = models.CharField(max_length=200, blank=True)
    specialist = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    question = models.TextField()
    state = models.CharField(max_length=10, choices=ConsultationState.choices, default=ConsultationState.PROPOSED)
    asked_on = models.DateField(default=timezone.localdate)
    opinion = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["-asked_on", "-id"]
