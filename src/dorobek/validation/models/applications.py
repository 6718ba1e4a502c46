"""A person's application with the evidence it stands on, and the methods through which it was verified."""

from typing import Self

from django.db import models

from dorobek.kernel.models import StoredFile
from dorobek.kernel.tables import DataClass, Row, Versioned
from dorobek.people.enums import Role
from dorobek.people.models import Account, Person
from dorobek.portfolio.models import Evidence
from dorobek.register.enums import ValidationMethod
from dorobek.validation.enums import AdjustmentKind, ApplicationState, MethodHow
from dorobek.validation.models.bodies import Commission, ValidationOpening

OFFICE = (Role.AWARDING_OFFICER, Role.VALIDATION_ADVISER, Role.APPEALS_OFFICER)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Account) -> Self:
        """One's own; those of the body one works for, once submitted; those one's commission judges."""
        if not user.is_authenticated:
            return self.none()
        office = [m.institution_id for m in user.active_memberships if m.role in OFFICE]
        judging = [m.institution_id for m in user.active_memberships if m.role == Role.ASSESSOR]
        own = models.Q(person__account_id=user.pk)
        sits = models.Q(
            pk__in=self.model.objects.filter(
                commission__members__record__account_id=user.pk, opening__institution__in=judging
            ).values("pk")
        )
        unsent = models.Q(state=ApplicationState.DRAFT) | models.Q(
            state=ApplicationState.WITHDRAWN, submitted_at__isnull=True
        )
        sent = models.Q(opening__institution__in=office) & ~unsent
        return self.filter(own | sits | sent)


class Application(Versioned):
    """A person asks a body to validate. `round` counts assessments: an appeal upheld begins the next.

    `carried`: codes of outcomes confirmed earlier, in another validation or in an earlier round. Its history stands in the person's own chain, under its uid.
    """

    data_class = DataClass.PERSON
    erase = ("adjustments",)
    has_forms = True
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="validations")
    opening = models.ForeignKey(ValidationOpening, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    round = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True)
    adjustment_kinds = models.JSONField(default=list)  # AdjustmentKind; `adjustments` says more in the person's words
    adjustments = models.TextField(blank=True)
    carried = models.JSONField(default=list)
    commission = models.ForeignKey(Commission, null=True, on_delete=models.PROTECT, related_name="applications")
    appointed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    documented_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    letters_off = models.BooleanField(default=False)  # the candidate wants only the letters that the law asks for

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "opening"],
                condition=~models.Q(state=ApplicationState.WITHDRAWN),
                name="one_application_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["opening", "state"], name="applications_of_opening")]

    @property
    def wishes(self) -> list[str]:
        """What the candidate needs, in words for whoever prepares the validation."""
        known = {str(one): str(one.label) for one in AdjustmentKind}
        return [
            *(known.get(one, one) for one in self.adjustment_kinds),
            *([self.adjustments] if self.adjustments else []),
        ]


class MappedEvidence(Row):
    """A piece of the portfolio put beside a criterion; the piece itself stays where it is, nothing is typed again."""

    data_class = DataClass.PERSON
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="mapped")
    criterion = models.CharField(max_length=20)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "criterion", "evidence"], name="mapped_once")]


class MethodRecord(Row):
    """A method was used for these criteria in one round. `how`: what that rests on.

    Kept on paper: `file` is the paper, `led_by` who carried it out on `used_on`, `failed` the outcomes whose pass mark a
    test on paper did not reach. `recorded_by` brought it in.
    """

    data_class = DataClass.PERSON
    erase = ("led_by", "note")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="methods")
    round = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=30, choices=ValidationMethod.choices)
    criteria = models.JSONField()
    used_on = models.DateField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=12, choices=MethodHow.choices, default=MethodHow.WRITTEN)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    led_by = models.CharField(max_length=200, blank=True)
    failed = models.JSONField(default=list)
    note = models.TextField(blank=True)
