"""Decisions, what stays of them for ever, appeals and certificates."""

import secrets
from typing import Self

from django.db import models
from django.utils import timezone

from dorobek.kernel.tables import DataClass, Row, Versioned
from dorobek.people.models import Account, Person
from dorobek.validation.enums import AppealAbout, AppealState, RefusalGround, VerdictChoice
from dorobek.validation.models.applications import Application
from dorobek.validation.models.bodies import Commission


class Decision(Versioned):
    """The decision of one round: {code: verdict} by criterion, outcome and set, and of the whole. Never changed.

    `carried`: outcomes that were confirmed before this round and were not judged in it; `commission` judged the rest.
    """

    data_class = DataClass.PERSON
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    criteria = models.JSONField()
    outcomes = models.JSONField()
    sets = models.JSONField()
    whole = models.CharField(max_length=10, choices=VerdictChoice.choices)
    carried = models.JSONField(default=list)
    commission = models.ForeignKey(Commission, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="one_decision_a_round")]


class Refusal(Row):
    """The body did not admit the candidate: by which ground, why, who said so. An upheld appeal opens the case again."""

    data_class = DataClass.PERSON
    erase = ("reason",)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="refusals")
    ground = models.CharField(max_length=12, choices=RefusalGround.choices)
    reason = models.TextField()
    refused_at = models.DateTimeField(default=timezone.now)
    refused_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")


class PartialResultQuerySet(models.QuerySet["PartialResult"]):
    def standing(self) -> Self:
        """Those that count: not the ones that fell with a revoked certificate."""
        return self.filter(suspended_at=None)


class PartialResult(Row):
    """An outcome confirmed: it stays, whatever becomes of the whole, and counts in a later validation (VA-8).

    `digest`: `rules.carrying.digest_of` the outcome with its criteria as they read then. Suspended: it fell with
    `suspended_with`, for a reason, and comes back when an appeal undoes that revocation.
    """

    data_class = DataClass.PERSON
    erase = ("suspension_reason",)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="confirmed_outcomes")
    qualification = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    wording = models.CharField(max_length=1000)  # the outcome as it read when it was confirmed
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="confirmed")
    confirmed_on = models.DateField(default=timezone.localdate)
    digest = models.CharField(max_length=64, blank=True)
    suspended_at = models.DateTimeField(null=True)
    suspended_with = models.ForeignKey("Certificate", null=True, on_delete=models.SET_NULL, related_name="suspended")
    suspension_reason = models.TextField(blank=True)

    objects = PartialResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "qualification", "outcome", "digest"],
                condition=models.Q(suspended_at=None),
                name="confirmed_once",
            )
        ]


class Appeal(Versioned):
    """The candidate does not accept something. `about`: what; `step`: the state in which it was filed; `due_on`: the last
    day for the answer. Several may be open at once, one about each thing: waiting for one takes no other right away.
    """

    data_class = DataClass.PERSON
    erase = ("reason", "answer")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="appeals")
    round = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12)
    about = models.CharField(max_length=12, choices=AppealAbout.choices, default=AppealAbout.COURSE)
    reason = models.TextField()
    filed_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=AppealState.choices, default=AppealState.FILED)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "about"],
                condition=models.Q(state=AppealState.FILED),
                name="one_open_appeal_about_each",
            )
        ]


CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another on paper


def new_code() -> str:
    """Twelve letters and digits (60 bits) that stand on the paper alone: who knows them holds it."""
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(12))


class Certificate(Versioned):
    """The certificate of a qualification, from the decision that confirmed all of it.

    `code` is printed on it and opens its public check; a revoked one stays in the register and says so.
    """

    data_class = DataClass.PERSON
    erase = ("revocation_reason",)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="certificate")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=16, default=new_code, editable=False)
    issued_on = models.DateField(default=timezone.localdate)
    issued_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    revocation_reason = models.TextField(blank=True)
