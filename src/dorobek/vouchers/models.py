"""Tables of vouchers. Money is integer grosze; an account holds no balance, its movements do."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from dorobek.kernel.models import StoredFile
from dorobek.kernel.tables import DataClass, Public, Row
from dorobek.offers.models import Edition, Provider
from dorobek.offers.perms import provider_institutions
from dorobek.people.models import Account, Institution, PersonalQuerySet, PersonalRow
from dorobek.programmes.models import Programme, ProgrammeVersion
from dorobek.programmes.schema import VoucherTerms
from dorobek.vouchers.enums import (
    AccountKind,
    MovementKind,
    PaperKind,
    Participation,
    Reason,
    RightState,
    VoucherState,
)


class VoucherRight(PersonalRow):
    """What an audit that ended opened: money for training until a day. Its terms are those of the audit's programme.

    `reminded`: days before the end on which a reminder went out. `teryt`: the powiat of home, for the figures.
    """

    erase = ("reason", "not_bought_note")
    programme_version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    adviser = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    total_grosze = models.PositiveIntegerField()
    opened_on = models.DateField()
    expires_on = models.DateField()  # the last day on which a training may be bought
    state = models.CharField(max_length=10, choices=RightState.choices, default=RightState.OPEN)
    reason = models.TextField(blank=True)
    not_bought = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    not_bought_note = models.TextField(blank=True)
    reminded = models.JSONField(default=list)
    teryt = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_uid"], name="one_right_per_case")]
        indexes = [models.Index(fields=["institution", "state", "expires_on"], name="rights_about_to_lapse")]

    @property
    def terms(self) -> VoucherTerms:
        terms = self.programme_version.parsed.vouchers
        assert terms is not None, "a right is opened only where the programme has vouchers"
        return terms


class VoucherQuerySet(PersonalQuerySet):
    def of_provider(self, user: Account) -> Self:
        """Vouchers bound to a date of a provider that the user speaks for; the buyer's name is all it opens."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(edition__service__provider__institution__in=provider_institutions(user))


class Voucher(PersonalRow):
    """One voucher: `value_grosze` is what it may pay for, always `support_grosze` + `own_grosze`.

    `covered_grosze` is the part of the value that the programme shares in; the rest is the participant's alone.
    """

    erase = ("reason",)
    right = models.ForeignKey(VoucherRight, on_delete=models.PROTECT, related_name="vouchers")
    number = models.CharField(max_length=40, unique=True)
    value_grosze = models.PositiveIntegerField()
    covered_grosze = models.PositiveIntegerField()
    support_grosze = models.PositiveIntegerField()
    own_grosze = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VoucherState.choices, default=VoucherState.GRANTED)
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="vouchers")
    participation = models.CharField(max_length=14, choices=Participation.choices, default=Participation.WAITING)
    reported_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # of the last change
    # one more place of the same person on the same date, bought before that was refused
    second_place = models.BooleanField(default=False, editable=False)

    objects: ClassVar[Any] = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="voucher_shares_make_its_value",
                condition=models.Q(value_grosze=models.F("support_grosze") + models.F("own_grosze")),
            ),
            models.CheckConstraint(
                name="voucher_bound_has_an_edition",
                condition=models.Q(edition__isnull=False) | ~models.Q(state__in=["bound", "used", "settled"]),
            ),
            models.UniqueConstraint(
                fields=["person", "edition"],
                condition=models.Q(state__in=["bound", "used", "settled"], second_place=False),
                name="one_place_of_a_person_on_a_date",
            ),
        ]
        indexes = [models.Index(fields=["state", "edition"], name="vouchers_by_state")]

    def __str__(self) -> str:
        return self.number


class VoucherChange(Row):
    """One step in a voucher's life, with its reason and the document it rests on. Only added, never changed."""

    data_class = DataClass.PERSON
    erase = ("reason",)
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, choices=VoucherState.choices)
    reason = models.TextField()
    document = models.CharField(max_length=120)  # its number: of a decision, a transfer, an invoice
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class VoucherPaper(PersonalRow):
    """The document of a step, as it stood: of the right (`voucher` is null) or of a voucher; never changed.

    `tree`: the neutral document, frozen; `content_sha256` its checksum; `pdf` the file, made when first asked for.
    """

    erase = ("tree",)
    right = models.ForeignKey(VoucherRight, on_delete=models.PROTECT, related_name="papers")
    voucher = models.ForeignKey(Voucher, null=True, on_delete=models.PROTECT, related_name="papers")
    change = models.OneToOneField(VoucherChange, null=True, on_delete=models.PROTECT, related_name="paper")
    kind = models.CharField(max_length=16, choices=PaperKind.choices)
    number = models.CharField(max_length=60, unique=True)
    tree = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class LedgerAccount(Row):
    """An account of the ledger; `key` names it once: "programme:7", "committed:<uid of the voucher>"."""

    data_class = DataClass.INSTITUTION
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=AccountKind.choices)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    voucher = models.ForeignKey(Voucher, null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.key


class NeverChanged(RuntimeError):
    """Somebody tried to change or to delete a movement: books are corrected by a movement the other way."""


class MovementQuerySet(models.QuerySet["Movement"]):
    def update(self, **_values: Any) -> int:
        raise NeverChanged

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanged

    def of_programme(self, programme: Programme) -> Self:
        return self.filter(source__programme=programme)


class Movement(Public):
    """Money goes from one account to another: both sides stand in one row, so one is never written without the other.

    Never changed, never deleted: refused here and by triggers of the database (`vouchers.guard`).
    """

    data_class = DataClass.INSTITUTION
    kind = models.CharField(max_length=12, choices=MovementKind.choices)
    source = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="out")
    target = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="into")
    grosze = models.PositiveIntegerField()
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="movements")
    document = models.CharField(max_length=120)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = MovementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="movement_is_of_something", condition=models.Q(grosze__gt=0)),
            models.CheckConstraint(name="movement_has_two_sides", condition=~models.Q(source=models.F("target"))),
            # a voucher is granted once and pays once, whatever happens at the same time
            models.UniqueConstraint(
                fields=["voucher", "kind"],
                condition=models.Q(kind__in=["grant", "own-in", "pay-support", "pay-own"]),
                name="voucher_pays_once",
            ),
        ]
        indexes = [models.Index(fields=["at", "id"], name="movements_in_order")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanged
