"""Reads of the bank and of tests: lists for the office, figures of questions, results for those who judge (VA-4)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from dorobek.people.models import Account
from dorobek.validation import knowledge, perms
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import (
    Application,
    ItemVersion,
    KnowledgeAnswer,
    KnowledgeTest,
    QuestionBank,
    ValidationOpening,
)
from dorobek.validation.models.knowledge import decimal_of
from dorobek.validation.rules.testing.figures import Bad, Figures, Given, figures_of, reasons
from dorobek.validation.rules.testing.marking import Got
from dorobek.validation.rules.testing.questions import Form


@dataclass(frozen=True)
class CriterionStock:
    """What the bank holds for a criterion. `points`: difficulty -> points of questions drawn for it; `also`: questions
    drawn for another that verify this one too."""

    code: str
    text: str
    questions: int
    points: dict[int, int] = field(default_factory=dict)
    also: int = 0

    @property
    def by_difficulty(self) -> list[tuple[int, int]]:
        return [(difficulty, self.points.get(difficulty, 0)) for difficulty in range(1, 6)]

    @property
    def total(self) -> int:
        return sum(self.points.values())


def banks_of(user: Account) -> QuerySet[QuestionBank]:
    """Banks the user keeps, with how many questions are in force. One statement."""
    found = QuestionBank.objects.visible_to(user).select_related("qualification", "institution")
    live = Count("items", filter=Q(items__retired_at=None))
    return found.annotate(live=live).order_by("institution_id", "qualification__code")


def openings_without_bank(user: Account) -> list[ValidationOpening]:
    """One opening for each qualification that the user's body validates and has no bank for yet."""
    office = [one.institution_id for one in user.active_memberships if perms.may_open(user, one.institution)]
    held = set(QuestionBank.objects.filter(institution__in=office).values_list("institution_id", "qualification_id"))
    openings = ValidationOpening.objects.filter(institution__in=office).select_related("qualification", "institution")
    fresh: dict[tuple[int, int], ValidationOpening] = {}
    for one in openings.order_by("qualification__code", "pk"):
        key = (one.institution_id, one.qualification_id)
        if key not in held:
            fresh.setdefault(key, one)
    return list(fresh.values())


def stock_of(bank: QuestionBank) -> list[CriterionStock]:
    """Every criterion of the entry with what the bank holds for it, those without questions too."""
    texts = knowledge.criterion_texts(bank.qualification)
    points: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    count: dict[str, int] = defaultdict(int)
    further: Counter[str] = Counter()
    for one in knowledge.newest_versions(bank):
        points[one.criterion][one.difficulty] += one.points
        count[one.criterion] += 1
        further.update(one.also)
    return [
        CriterionStock(code, texts.get(code, ""), count[code], dict(points[code]), further[code])
        for code in knowledge.criteria_of(bank.qualification)
    ]


def items_of(bank: QuestionBank, criterion: str = "", form: str = "", retired: bool = False) -> list[ItemVersion]:
    """The version in force of each question, by criterion; of retired ones the last. One statement."""
    listed = ItemVersion.objects.filter(item__bank=bank, item__retired_at__isnull=not retired).select_related("item")
    newest = {one.item_id: one for one in listed.order_by("item_id", "number")}
    found = [one for one in newest.values() if criterion in ("", *one.criteria) and form in ("", one.form)]
    return sorted(found, key=lambda one: (one.criterion, one.item_id))


@dataclass(frozen=True)
class ItemFigures:
    """One version of a question with its figures and what is wrong with it."""

    version: ItemVersion
    figures: Figures
    bad: list[Bad]


def figures_of_bank(bank: QuestionBank) -> list[ItemFigures]:
    """Figures of every version that somebody was asked; the worst first. Two statements."""
    given = list(_given(bank))
    found = figures_of(given)
    versions = ItemVersion.objects.filter(item__bank=bank, pk__in=[int(key) for key in found]).select_related("item")
    rows = []
    for version in versions.order_by("criterion", "item_id", "number"):
        one = found[str(version.pk)]
        rows.append(ItemFigures(version, one, _bad(version, one)))
    return sorted(rows, key=lambda row: -len(row.bad))


def _bad(version: ItemVersion, one: Figures) -> list[Bad]:
    if version.form not in (Form.SINGLE, Form.MULTIPLE):
        return reasons(one)
    question = version.question
    wrong = [choice.key for choice in question.choices if choice.key not in question.right]
    return reasons(one, wrong, question.right if version.form == Form.SINGLE else ())


def _given(bank: QuestionBank) -> Iterator[Given]:
    """Answers of all finished tests with questions of this bank; those not marked yet are left out."""
    rows = KnowledgeAnswer.objects.filter(
        item_version__item__bank=bank, test__finished_at__isnull=False, test__cancelled_at=None, points__isnull=False
    ).values_list(
        "test_id", "item_version_id", "points", "item_version__points", "item_version__form", "answer"
    )  # fmt: skip
    for test, version, points, of, form, answer in rows.order_by("pk").iterator(chunk_size=5000):
        chosen: tuple[str, ...] = ()
        if answer is not None and form in (Form.SINGLE, Form.MULTIPLE):
            chosen = (answer,) if isinstance(answer, str) else tuple(answer)
        yield Given(test, str(version), float(points or 0), float(of), chosen, answer is None)


def may_sit(user: Account) -> QuerySet[Application]:
    """Applications that the user's office may let sit a test: documented or before a commission, with none let yet."""
    office = [one.institution_id for one in user.active_memberships if perms.may_open(user, one.institution)]
    wait = Application.objects.filter(
        opening__institution__in=office, state__in=(ApplicationState.DOCUMENTED, ApplicationState.APPOINTED)
    ).exclude(person__account_id=user.pk)
    return wait.select_related("person", "opening__qualification").order_by("opening__begins_on", "person__sort_key")


def office_tests(user: Account) -> QuerySet[KnowledgeTest]:
    """Tests of the user's office, the newest first."""
    office = [one.institution_id for one in user.active_memberships if perms.may_open(user, one.institution)]
    listed = KnowledgeTest.objects.visible_to(user).filter(application__opening__institution__in=office)
    listed = listed.exclude(application__person__account_id=user.pk)
    return listed.select_related("application__person", "blueprint__bank__qualification").order_by("-opens_at", "-pk")


def own_tests(user: Account) -> QuerySet[KnowledgeTest]:
    """The user's own tests as a candidate, the newest first."""
    own = KnowledgeTest.objects.filter(application__person__account_id=user.pk)
    return own.select_related("application__opening__qualification", "application__opening__institution").order_by(
        "-opens_at", "-pk"
    )


def may_read_result(user: Account, test: KnowledgeTest) -> bool:
    """Whoever judges and the office, once it is settled; the candidate once the decision of that round stands."""
    if test.settled_at is None or test.cancelled_at is not None:
        return False
    if perms.is_candidate(user, test.application):
        return test.application.decisions.filter(round=test.round).exists()
    return perms.may_run(user, test.application) or perms.judges(user, test.application)


def sheet_facts(application: Application, user: Account) -> dict[str, Got]:
    """For an assessor's sheet: points by criterion in the knowledge test of this round; {} while there is no result.

    Nothing for somebody who may not read it.
    """
    test = application.knowledge_tests.filter(round=application.round, cancelled_at=None).first()
    if test is None or not may_read_result(user, test):
        return {}
    return got_by_criterion(test)


def outcome_facts(application: Application, user: Account) -> dict[str, dict[str, Any]]:
    """Outcome -> whether this round's test passes it: `passed`, `share` in percent, `needed`; {} as `sheet_facts`."""
    test = application.knowledge_tests.filter(round=application.round, cancelled_at=None).first()
    if test is None or not may_read_result(user, test):
        return {}
    return {
        code: {
            "passed": passed,
            "share": int(decimal_of(got) * 100 / decimal_of(of)) if decimal_of(of) else 0,
            "needed": needed,
        }
        for code, (got, of, needed, passed) in (test.result or {}).get("outcomes", {}).items()
    }


def got_by_criterion(test: KnowledgeTest) -> dict[str, Got]:
    held = (test.result or {}).get("criteria", {})
    return {code: Got(decimal_of(got), decimal_of(of)) for code, (got, of) in held.items()}
