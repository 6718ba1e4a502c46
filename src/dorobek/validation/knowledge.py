"""What the tables of the knowledge test say, as the plain data that its rules are about. Reads only."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from dorobek.people.models import Person
from dorobek.register.models import Qualification
from dorobek.validation.models import Blueprint, ItemVersion, KnowledgeAnswer, QuestionBank
from dorobek.validation.rules.building import sets_of
from dorobek.validation.rules.testing.drawing import CannotDraw, PoolItem, Row
from dorobek.validation.rules.testing.questions import Fault


def criteria_of(qualification: Qualification) -> tuple[str, ...]:
    """Codes of the criteria of the newest version of the entry, in order."""
    return tuple(code for group in sets_of(qualification.entry) for code in group.criteria)


def criterion_texts(qualification: Qualification) -> dict[str, str]:
    """Criteria by code with their words: 1.2.a -> „prowadzi księgę"; outcomes by code as well."""
    found: dict[str, str] = {}
    for group in qualification.entry.sets:
        for outcome in group.outcomes:
            code = f"{group.number}.{outcome.number}"
            found[code] = outcome.pl
            found |= {f"{code}.{one.letter}": one.pl for one in outcome.criteria}
    return found


def newest_versions(bank: QuestionBank) -> list[ItemVersion]:
    """The version in force of each question that is not retired. One statement."""
    listed = ItemVersion.objects.filter(item__bank=bank, item__retired_at=None).select_related("item")
    newest = {one.item_id: one for one in listed.order_by("item_id", "number")}
    return list(newest.values())


def pool_of(bank: QuestionBank) -> dict[PoolItem, ItemVersion]:
    """What may be drawn from the bank."""
    return {
        PoolItem(
            f"{one.item_id:09d}", str(one.item_id), one.criterion, one.points, one.difficulty, tuple(one.also)
        ): one
        for one in newest_versions(bank)
    }


def seen_by(person: Person) -> set[str]:
    """Families of the questions that this person was ever asked."""
    asked = KnowledgeAnswer.objects.filter(test__application__person=person, test__started_at__isnull=False)
    return {str(pk) for pk in asked.values_list("item_version__item_id", flat=True)}


def rows_of(blueprint: Blueprint) -> list[Row]:
    return [Row(target, points, difficulty) for target, points, difficulty in blueprint.rows]


def in_words(faults: Collection[Fault]) -> str:
    return " ".join(dict.fromkeys(one.words for one in faults))


def shortages_in_words(refusal: CannotDraw) -> str:
    """Which criterion lacks questions, and by how much."""
    said = []
    for one in refusal.shortages:
        hard = _(" o trudności %d") % one.difficulty if one.difficulty else ""
        if one.have < one.wanted:
            words = _("%(code)s%(hard)s: potrzeba %(wanted)d p., a pytania dają %(have)d p.")
        else:
            words = _("%(code)s%(hard)s: z punktów tych pytań nie da się złożyć dokładnie %(wanted)d p.")
        said.append(words % {"code": one.criterion, "hard": hard, "wanted": one.wanted, "have": one.have})
    return _("W banku brakuje pytań. %s Proszę dodać pytania albo zmienić plan testu.") % ("; ".join(said) + ".")


def total_points(rows: Sequence[Row]) -> int:
    return sum(row.points for row in rows)
