"""Credentials of a wallet put before a commission, and every check the machine made of them (VA-4, MC-4)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dorobek.credentials.enums import Standing
from dorobek.credentials.models import Credential
from dorobek.kernel.tables import DataClass, Row
from dorobek.people.models import Account
from dorobek.portfolio.models import Evidence, HeldCredential
from dorobek.validation.enums import CheckMoment
from dorobek.validation.models.applications import Application
from dorobek.validation.rules.crediting import EXPIRED_ELSEWHERE

# What the newest check found is no evidence: such a piece is shown, and counts for nothing.
VOID = (Standing.EXPIRED, Standing.SUSPENDED, Standing.REVOKED, Standing.REPLACED, Standing.INVALID)


def gone(path: str = "evidence__") -> Q:
    """Pieces whose credential its owner has taken out of the wallet. `path`: from the table asked to the evidence."""
    at = f"{path}credential_piece__"
    return Q(**{f"{at}pk__isnull": False, f"{at}issued": None, f"{at}held": None})


def void(path: str = "evidence__") -> Q:
    """Pieces whose credential counts for nothing by the newest check. `path`: as for `gone`."""
    return Q(**{f"{path}credential_piece__standing__in": VOID})


class CredentialPiece(Row):
    """Which credential of the wallet a piece of evidence is; neither, once its owner has taken it out.

    What it says stays in the wallet and is typed nowhere again. `standing`: by the newest check, made at `checked_at`.
    """

    data_class = DataClass.PERSON
    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="credential_piece")
    issued = models.OneToOneField(Credential, null=True, on_delete=models.SET_NULL, related_name="+")
    held = models.OneToOneField(HeldCredential, null=True, on_delete=models.SET_NULL, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing.choices)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_piece_is_one_credential", condition=Q(issued=None) | Q(held=None))
        ]

    @property
    def told(self) -> str:
        """How it stands, for the checklist: only of one issued here does its past day leave no doubt whose it is."""
        elsewhere = self.standing == Standing.EXPIRED and self.issued_id is None
        return EXPIRED_ELSEWHERE if elsewhere else str(self.standing)

    @property
    def document(self) -> str:
        """What is to be checked; "" once it was taken out of the wallet or erased."""
        held = self.issued or self.held
        return held.document if held is not None else ""


class CredentialCheck(Row):
    """One check of a credential for one application. `report`: as `HeldCredential.report`."""

    data_class = DataClass.PERSON
    erase = ("report",)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="credential_checks")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=10, choices=CheckMoment.choices)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    report = models.JSONField(default=list)
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["application", "evidence"], name="checks_of_credential")]


class AwaitedTraining(Row):
    """A training that somebody of the pool led, with a participant who is nobody here yet.

    Of the participant only a keyed digest of the address is kept: it says nothing to a reader and is recognised when
    that person applies; then the row becomes a `LedTraining` and is gone.
    """

    data_class = DataClass.INSTITUTION
    trainer = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    participant = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    ended_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "trainer", "title", "ended_on"], name="awaited_training_once"
            )
        ]
