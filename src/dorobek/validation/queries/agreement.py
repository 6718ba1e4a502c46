"""How far a body's assessors agree."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import F

from dorobek.people.models import Account, Institution
from dorobek.register.models import Qualification
from dorobek.validation import perms
from dorobek.validation.models import Assessment
from dorobek.validation.rules import Kappa, cohen, fleiss


@dataclass(frozen=True)
class Agreement:
    """Cohen's kappa of each pair of assessors (keys of accounts, the smaller first), Fleiss' kappa of all together."""

    pairs: Mapping[tuple[int, int], Kappa]
    whole: Kappa


def agreement(*, institution: Institution, qualification: Qualification, user: Account) -> Agreement | None:
    """Agreement over sheets of rounds whose decision is out: marks stay blind until then. Two statements.

    None for a user who is not an awarding officer of the institution.
    """
    if not perms.may_open(user, institution):
        return None
    decided = Assessment.objects.counting().filter(
        closed_at__isnull=False,
        application__opening__institution=institution,
        application__opening__qualification=qualification,
        application__decisions__round=F("round"),
    )
    together: dict[tuple[int, int], list[Assessment]] = defaultdict(list)
    for one in decided.prefetch_related("marks"):
        together[one.application_id, one.round].append(one)
    pairs: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    subjects: list[Sequence[str]] = []
    for sheets in together.values():
        for first, second in combinations(sorted(sheets, key=lambda one: one.assessor_id), 2):
            pairs[first.assessor_id, second.assessor_id] += _both(first, second)
        subjects += _by_criterion(sheets)
    return Agreement({pair: cohen(marks) for pair, marks in pairs.items()}, fleiss(subjects))


def _both(first: Assessment, second: Assessment) -> Sequence[tuple[str, str]]:
    theirs = {one.criterion: one.verdict for one in second.marks.all()}
    return [(one.verdict, theirs[one.criterion]) for one in first.marks.all() if one.criterion in theirs]


def _by_criterion(sheets: Sequence[Assessment]) -> list[list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        for one in sheet.marks.all():
            found[one.criterion].append(one.verdict)
    return list(found.values())
