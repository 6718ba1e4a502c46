"""Competences, the evidence that supports them, and what the owner shares."""

from typing import Self

from django.db import models
from django.utils import timezone

from dorobek.kernel.models import StoredFile
from dorobek.kernel.tables import DataClass, Public, Row, Versioned
from dorobek.people.enums import Scope
from dorobek.people.models import Account, Institution, PersonalRow
from dorobek.portfolio.enums import CONFIRMED_STATES, CompetenceState, EvidenceKind, HeldSource, Mark
from dorobek.register.enums import OutcomeKind
from dorobek.register.models import LearningOutcome


class Competence(PersonalRow):
    """A claim that a person has a learning outcome (SA-9). The person's words and the adviser's stand side by side."""

    apart = True
    # what is said of a competence and what was answered to it go together: nobody answers words they did not read
    together = (
        ("wording", "adviser_wording", "participant_wording", "comment", "state", "asked_at", "answered_at",
         "answered_assisted_by"),
    )  # fmt: skip
    erase = ("wording", "adviser_wording", "participant_wording", "comment")
    opened_by = (Scope.CASE, Scope.SUPERVISION, Scope.CONSULTATION)
    outcome = models.ForeignKey(LearningOutcome, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=OutcomeKind.choices)
    wording = models.CharField(max_length=500)  # what stands in the documents
    adviser_wording = models.CharField(max_length=500, blank=True)
    participant_wording = models.CharField(max_length=500, blank=True)
    comment = models.TextField(blank=True)  # why the participant disputes it, in their words
    state = models.CharField(max_length=10, choices=CompetenceState.choices, default=CompetenceState.CLAIMED)
    for_analysis = models.BooleanField(default=False)
    worth_developing = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_assisted_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["case_uid", "state"], name="competence_of_case")]

    def __str__(self) -> str:
        return self.wording

    @property
    def is_confirmed(self) -> bool:
        return self.state in CONFIRMED_STATES

    @property
    def is_disputed(self) -> bool:
        return self.state == CompetenceState.DISPUTED


class Evidence(PersonalRow):
    """What supports a competence (PF-1): a file, a link, a statement, a thing that somebody saw."""

    erase = ("title", "description", "url", "seen_note")
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=500, blank=True)
    made_on = models.CharField(max_length=40, blank=True)  # partial date, EDTF
    seen_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    seen_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    seen_note = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    competences = models.ManyToManyField(Competence, through="EvidenceLink", related_name="evidence")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class EvidenceLink(Row):
    """Which competence a piece of evidence supports."""

    data_class = DataClass.PERSON
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="links")
    competence = models.ForeignKey(Competence, on_delete=models.CASCADE, related_name="evidence_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "competence"], name="evidence_linked_once")]


class EvidenceRating(Row):
    """An adviser's answer to four questions, with the reason; a newer one stands beside the older (PF-2)."""

    data_class = DataClass.PERSON
    erase = ("reason",)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="ratings")
    validity = models.CharField(max_length=6, choices=Mark.choices)
    currency = models.CharField(max_length=6, choices=Mark.choices)
    sufficiency = models.CharField(max_length=6, choices=Mark.choices)
    authenticity = models.CharField(max_length=6, choices=Mark.choices)
    reason = models.TextField()
    rated_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-rated_at", "-id"]

    @property
    def supports(self) -> bool:
        """True when no question is answered with no."""
        return Mark.NO not in (self.validity, self.currency, self.sufficiency, self.authenticity)


class Share(Public):
    """What the owner lets somebody see, until when (PF-4): by a link, or to an employer who referred them (SA-19)."""

    data_class = DataClass.PERSON
    erase = ("label",)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="shares")
    case_uid = models.UUIDField()
    label = models.CharField(max_length=200)
    institution = models.ForeignKey(Institution, null=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.valid_until > timezone.now()


class ShareItem(Row):
    """One thing shared: a competence, a piece of evidence, a document, by its uid."""

    data_class = DataClass.PERSON
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=20)
    object_uid = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "object_uid"], name="shared_once")]


class ShareView(Row):
    """Somebody opened a share; the owner sees when."""

    data_class = DataClass.PERSON
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="views")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class HeldQuerySet(models.QuerySet["HeldCredential"]):
    def visible_to(self, user: Account) -> Self:
        """The holder alone: what is in a wallet is shown by its owner, piece by piece."""
        return self.filter(person__account_id=user.pk) if user.is_authenticated else self.none()


class HeldCredential(Versioned):
    """A credential of another issuer that the owner keeps here (MC-6). `document` is as it came; `report` holds every
    check made at `checked_at`: [{"name", "outcome", "detail", "faults": [{"code", "path", "message"}]}]."""

    data_class = DataClass.PERSON
    erase = ("document", "title", "issuer_name", "source_url", "words", "report")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="held_credentials")
    source = models.CharField(max_length=10, choices=HeldSource.choices)
    source_url = models.URLField(max_length=500, blank=True)
    document = models.TextField()
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=250)
    issuer_name = models.CharField(max_length=250, blank=True)
    awarded_on = models.DateField(null=True)
    valid_until = models.DateTimeField(null=True)
    words = models.JSONField(default=dict)  # what a person reads, see vc.words
    decided = models.CharField(max_length=20)
    report = models.JSONField(default=list)
    checked_at = models.DateTimeField(default=timezone.now)

    objects = HeldQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="held_once")]
        indexes = [models.Index(fields=["person", "-created_at"], name="newest_held")]


class MatchChoice(Row):
    """How often advisers here took a suggested outcome, or put it aside, when a word with this stem met it (MT-4).

    Counts of the whole installation: no person, no case, no sentence; only stems that the matcher's own words hold.
    """

    data_class = DataClass.INSTITUTION
    language = models.CharField(max_length=2)
    outcome = models.CharField(max_length=121)  # framework:code
    stem = models.CharField(max_length=60)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "outcome", "stem"], name="match_choice_once")]
