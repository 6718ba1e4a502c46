"""How far a body's assessors agree."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from dorobek.people.models import Account, Institution
from dorobek.register.models import Qualification
from dorobek.validation import perms
from dorobek.validation.models import Assessment
from dorobek.validation.rules import Kappa, cohen


def agreement(
    *, institution: Institution, qualification: Qualification, user: Account
) -> dict[tuple[int, int], Kappa] | None:
    """Kappa of each pair of assessors (keys of accounts, the smaller first) over closed sheets. Two statements.

    None for a user who is not an awarding officer of the institution.
    """
    if not perms.may_open(user, institution):
        return None
    closed = Assessment.objects.filter(
        closed_at__isnull=False,
        application__opening__institution=institution,
        application__opening__qualification=qualification,
    ).prefetch_related("marks")
    together: dict[tuple[int, int], list[Assessment]] = defaultdict(list)
    for one in closed:
        together[one.application_id, one.round].append(one)
    pairs: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for sheets in together.values():
        for first, second in combinations(sorted(sheets, key=lambda one: one.assessor_id), 2):
            pairs[first.assessor_id, second.assessor_id] += _both(first, second)
    return {pair: cohen(marks) for pair, marks in pairs.items()}


def _both(first: Assessment, second: Assessment) -> Sequence[tuple[str, str]]:
    theirs = {one.criterion: one.verdict for one in second.marks.all()}
    return [(one.verdict, theirs[one.criterion]) for one in first.marks.all() if one.criterion in theirs]
