"""Reads for marking by hand: which answers wait, what two markers gave, where they differ."""

from collections.abc import Iterable

from dorobek.people.models import Account
from dorobek.validation.models import KnowledgeAnswer, KnowledgeTest
from dorobek.validation.models.knowledge import QuestionForm
from dorobek.validation.rules.testing.marking import OpenMarks


def waiting_for_hand(test: KnowledgeTest) -> list[KnowledgeAnswer]:
    """Open answers without points yet, in the order of the test, with all their marks."""
    found = test.answers.filter(item_version__form=QuestionForm.OPEN, points=None).select_related("item_version")
    return list(found.prefetch_related("open_marks__marker").order_by("place"))


def marks_of(answer: KnowledgeAnswer) -> OpenMarks:
    """What counts of the marks of one answer: only those of markers who have closed theirs."""
    given = {one.marker.place: one.points for one in answer.open_marks.all() if one.marker.closed_at is not None}
    agreement = getattr(answer, "agreement", None)
    agreed = agreement.points if agreement is not None and agreement.confirmed_at is not None else None
    return OpenMarks(given.get(1), given.get(2), given.get(3), agreed)


def differing(test: KnowledgeTest, answers: Iterable[KnowledgeAnswer] | None = None) -> list[KnowledgeAnswer]:
    """Answers on which the first two markers, both done, differ, and nothing is settled yet."""
    listed = waiting_for_hand(test) if answers is None else answers
    return [one for one in listed if marks_of(one).differ and marks_of(one).points is None]


def marking_of(user: Account) -> list[KnowledgeTest]:
    """Tests in which the user still has something to do as a marker, the oldest first."""
    mine = KnowledgeTest.objects.visible_to(user).filter(
        markers__account=user, finished_at__isnull=False, settled_at=None, cancelled_at=None
    )
    return list(mine.select_related("blueprint__bank__qualification").order_by("finished_at", "pk"))
