"""From answers to a result: marking by machine, and the record of the method once every point is known (VA-4)."""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.utils import timezone

from dorobek.kernel import history
from dorobek.people.acting import ActingUser
from dorobek.register.enums import ValidationMethod
from dorobek.validation.enums import MethodHow
from dorobek.validation.models import ItemVersion, KnowledgeAnswer, KnowledgeTest, MethodRecord
from dorobek.validation.models.knowledge import decimal_of
from dorobek.validation.rules.testing.marking import Result, result_of, score


def mark_by_machine(test: KnowledgeTest, acting_user: ActingUser | None) -> None:
    """Points for everything that needs nobody's judgement; the history gets a digest of all answers as handed in.

    Runs inside the transaction that ends the test.
    """
    rows = list(test.answers.select_related("item_version").order_by("place"))
    for row in rows:
        row.points = score(row.item_version.question, row.answer)
    KnowledgeAnswer.objects.bulk_update(rows, ["points"])
    said = json.dumps([[str(row.item_version.uid), row.answer] for row in rows], ensure_ascii=False, sort_keys=True)
    answered = sum(row.answer is not None for row in rows)
    digest = hashlib.sha256(f"{test.uid}:{said}".encode()).hexdigest()
    tell(test, "validation.test-finished", acting_user, how=test.finished_how, answered=answered, digest=digest)


def settle_if_marked(test: KnowledgeTest, acting_user: ActingUser | None) -> bool:
    """With every point known: the result, and the method recorded for its criteria. True when it was done now.

    The history keeps that it is settled and nothing of the points: the candidate reads it before the decision.
    """
    rows = list(test.answers.select_related("item_version"))
    if test.settled_at is not None or test.finished_at is None or any(row.points is None for row in rows):
        return False
    asked = set(asked_of(test))
    marked = [
        (_verified(row.item_version, asked), decimal_of(row.points), decimal_of(row.item_version.points)) for row in rows
    ]  # fmt: skip
    found = result_of(marked, test.pass_percent, test.pass_by_outcome)
    test.result, test.settled_at = as_json(found), timezone.now()
    test.version += 1
    test.save()
    MethodRecord.objects.create(
        application=test.application, round=test.round, method=ValidationMethod.KNOWLEDGE_TEST,
        criteria=sorted(found.criteria), used_on=timezone.localdate(test.finished_at),
        recorded_by=acting_user.account if acting_user else None, how=MethodHow.TEST,
    )  # fmt: skip
    method = str(ValidationMethod.KNOWLEDGE_TEST)
    tell(test, "validation.method-used", acting_user, method=method, criteria=sorted(found.criteria))
    return True


def _verified(version: ItemVersion, asked: Collection[str]) -> tuple[str, ...]:
    return (version.criterion, *(code for code in version.also if code in asked))


def asked_of(test: KnowledgeTest) -> list[str]:
    """Criteria that a test may verify for this person: of the entry they are judged by, where it lets a test verify
    them, and not confirmed earlier. A question may name others besides."""
    rules = test.application.opening.rules
    method = rules.method(ValidationMethod.KNOWLEDGE_TEST)
    return [
        code
        for group in rules.sets
        for outcome in group.outcomes
        if outcome.code not in test.application.carried and (method is None or method.may_verify(outcome.code))
        for code in outcome.criteria
    ]


def as_json(found: Result) -> dict[str, Any]:
    """The result as the table keeps it: points as text, exact."""
    return {
        "criteria": {code: [str(one.got), str(one.of)] for code, one in found.criteria.items()},
        "outcomes": {code: [str(one.got), str(one.of), one.needed, one.passed] for code, one in found.outcomes.items()},
    }


def tell(test: KnowledgeTest, kind: str, acting_user: ActingUser | None, **data: Any) -> None:
    """An entry in the person's chain, about the application; the clock acts without an account."""
    history.record(
        stream=test.application.person.uid, kind=kind, actor_id=acting_user.account.pk if acting_user else None,
        subject=test.application.uid, data={"test": str(test.uid), **data},
    )  # fmt: skip
