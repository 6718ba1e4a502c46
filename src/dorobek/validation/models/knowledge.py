"""The knowledge test: the bank of a body, blueprints, sittings with their answers, marks of open answers (VA-4)."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorobek.kernel.tables import DataClass, Public, Row, Versioned
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution
from dorobek.register.models import Qualification
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models.applications import Application
from dorobek.validation.rules.testing.answers import Held
from dorobek.validation.rules.testing.questions import Question, from_json
from dorobek.validation.rules.testing.timing import Hours


class QuestionForm(models.TextChoices):
    """`rules.testing.questions.Form` with its words."""

    SINGLE = "single", _("jedna dobra odpowiedź")
    MULTIPLE = "multiple", _("kilka dobrych odpowiedzi")
    ORDERING = "ordering", _("ułożenie po kolei")
    MATCHING = "matching", _("dobranie w pary")
    SHORT = "short", _("krótka odpowiedź")
    NUMBER = "number", _("liczba")
    OPEN = "open", _("dłuższa odpowiedź, ocenia dwoje ludzi")


class BankQuerySet(models.QuerySet["QuestionBank"]):
    def visible_to(self, user: Account) -> Self:
        """Awarding officers of the body; never of a qualification for which they are a candidate there themselves."""
        if not user.is_authenticated:
            return self.none()
        office = [m.institution_id for m in user.active_memberships if m.role == Role.AWARDING_OFFICER]
        if not office:
            return self.none()
        over = (ApplicationState.WITHDRAWN, ApplicationState.CERTIFIED)
        own = Application.objects.filter(
            person__account_id=user.pk,
            opening__institution=models.OuterRef("institution"),
            opening__qualification=models.OuterRef("qualification"),
        ).exclude(state__in=over)
        return self.filter(~models.Exists(own), institution__in=office)


class QuestionBank(Versioned):
    """The questions of a body for one qualification."""

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="question_banks")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="+")

    objects = BankQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "qualification"], name="one_bank")]


class BankItem(Versioned):
    """A question through all its versions; retired, it is drawn no more."""

    data_class = DataClass.INSTITUTION
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="items")
    retired_at = models.DateTimeField(null=True)
    retired_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["bank", "retired_at"], name="items_of_bank")]


class ItemVersion(Public):
    """One wording of a question. From the moment it stood in somebody's test (`used_at`) it never changes.

    `content`: what `rules.testing.questions.to_json` makes. `criterion`: the one for which a plan draws it, as 1.2.a;
    `also`: further ones that the same answer verifies.
    """

    data_class = DataClass.INSTITUTION
    item = models.ForeignKey(BankItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    criterion = models.CharField(max_length=20)
    also = models.JSONField(default=list)
    form = models.CharField(max_length=10, choices=QuestionForm.choices)
    prompt = models.TextField()
    content = models.JSONField(default=dict)
    points = models.PositiveSmallIntegerField(default=1)
    difficulty = models.PositiveSmallIntegerField(default=3)
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_version_once")]

    @property
    def criteria(self) -> tuple[str, ...]:
        """Every criterion that it verifies, the one it is drawn for first."""
        return (self.criterion, *self.also)

    @property
    def question(self) -> Question:
        return from_json(self.form, self.prompt, self.points, self.content)


class Blueprint(Versioned):
    """What a test asks for. `rows`: [[criterion or outcome, points, difficulty or null]]; `pass_by_outcome`: {1.2: 60}.

    `all_on_one`: the whole test on one page instead of a page for each question.
    """

    data_class = DataClass.INSTITUTION
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="blueprints")
    title = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    pass_by_outcome = models.JSONField(default=dict)
    all_on_one = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)  # retired: no new test is drawn from it
    closed_why = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.title


class FinishedHow(models.TextChoices):
    HAND = "hand", _("oddany")
    TIME = "time", _("skończył się czas")


class KnowledgeTestQuerySet(models.QuerySet["KnowledgeTest"]):
    def visible_to(self, user: Account) -> Self:
        """One's own; officers of the body (not their own); members of the commission and markers, once it is over."""
        if not user.is_authenticated:
            return self.none()
        of = {
            role: [m.institution_id for m in user.active_memberships if m.role == role]
            for role in (Role.AWARDING_OFFICER, Role.ASSESSOR)
        }
        own = Q(application__person__account_id=user.pk)
        office = Q(application__opening__institution__in=of[Role.AWARDING_OFFICER])
        judged = Q(application__opening__institution__in=of[Role.ASSESSOR], finished_at__isnull=False)
        marks = self.model.objects.filter(markers__account_id=user.pk).values("pk")
        sits = self.model.objects.filter(
            application__commission__members__record__account_id=user.pk, round=F("application__round")
        ).values("pk")
        return self.filter(own | (~own & (office | (judged & (Q(pk__in=marks) | Q(pk__in=sits))))))


class KnowledgeTest(Versioned):
    """One candidate's test in one round. What the blueprint said when it was drawn stays with it.

    `result`: {"criteria": {code: [got, of]}, "outcomes": {code: [got, of, needed, passed]}}, once everything is marked.
    """

    data_class = DataClass.PERSON
    told_when = Q(application__decisions__round=F("round"))
    has_forms = True
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="knowledge_tests")
    round = models.PositiveSmallIntegerField()
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="tests")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    extra_percent = models.PositiveSmallIntegerField(default=0)
    all_on_one = models.BooleanField(default=False)
    pass_percent = models.PositiveSmallIntegerField()
    pass_by_outcome = models.JSONField(default=dict)
    let_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_how = models.CharField(max_length=4, choices=FinishedHow.choices, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = KnowledgeTestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "round"],
                condition=Q(cancelled_at__isnull=True),
                name="one_knowledge_test_a_round",
            )
        ]
        indexes = [
            models.Index(
                fields=["ends_at"], condition=Q(finished_at__isnull=True, cancelled_at__isnull=True),
                name="knowledge_tests_to_end",
            )
        ]  # fmt: skip

    @property
    def hours(self) -> Hours:
        return Hours(self.opens_at, self.closes_at, self.minutes, self.extra_percent, self.started_at, self.finished_at)


class KnowledgeAnswer(Public):
    """A question in one candidate's test, with the answer as it came last and its points.

    `seq` numbers messages about this answer, `device` says whose was the last; `shown`: the order of choices.
    """

    data_class = DataClass.PERSON
    erase = ("answer",)
    told_when = Q(test__application__decisions__round=F("test__round"))
    test = models.ForeignKey(KnowledgeTest, on_delete=models.CASCADE, related_name="answers")
    place = models.PositiveSmallIntegerField()
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="uses")
    shown = models.JSONField(default=dict)
    answer = models.JSONField(null=True)
    seq = models.PositiveIntegerField(default=0)
    device = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["test", "place"], name="knowledge_place_once")]

    @property
    def held(self) -> Held:
        return Held(self.seq, self.device, self.answer)


class KnowledgeMarker(Row):
    """Who marks the open answers of a test: places 1 and 2 apart from each other, 3 where those two differ."""

    data_class = DataClass.PERSON
    test = models.ForeignKey(KnowledgeTest, on_delete=models.CASCADE, related_name="markers")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["test", "place"], name="one_marker_a_place"),
            models.UniqueConstraint(fields=["test", "account"], name="marker_once"),
        ]


class OpenMark(Row):
    """Points a marker gave one open answer, with the reason."""

    data_class = DataClass.PERSON
    erase = ("reason",)
    told_when = Q(test__application__decisions__round=F("test__round"))
    test = models.ForeignKey(KnowledgeTest, on_delete=models.CASCADE, related_name="open_marks")
    answer = models.ForeignKey(KnowledgeAnswer, on_delete=models.CASCADE, related_name="open_marks")
    marker = models.ForeignKey(KnowledgeMarker, on_delete=models.CASCADE, related_name="marks")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "marker"], name="one_open_mark_each")]


class OpenAgreement(Row):
    """Points on which the two markers agreed after they had differed: one proposes, the other confirms."""

    data_class = DataClass.PERSON
    erase = ("reason",)
    told_when = Q(test__application__decisions__round=F("test__round"))
    test = models.ForeignKey(KnowledgeTest, on_delete=models.CASCADE, related_name="agreements")
    answer = models.OneToOneField(KnowledgeAnswer, on_delete=models.CASCADE, related_name="agreement")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.TextField()
    proposed_by = models.ForeignKey(KnowledgeMarker, on_delete=models.CASCADE, related_name="+")
    confirmed_at = models.DateTimeField(null=True)


def decimal_of(value: Any) -> Decimal:
    """A stored number as points."""
    return Decimal(str(value))
