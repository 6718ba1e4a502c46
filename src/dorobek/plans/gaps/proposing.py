"""From a wish in words to outcomes for confirmation (DP-3, MT-1): the matcher proposes, the person decides."""

import re
from dataclasses import dataclass

from dorobek.matching import Suggestion
from dorobek.plans.gaps.asked import line_code
from dorobek.register.actions.adopting import ESCO, code_of
from dorobek.register.actions.catalogue import CATALOGUE
from dorobek.register.models import LearningOutcome
from dorobek.register.queries.esco import words_in_esco
from dorobek.register.queries.outcomes import outcome_index

MOST = 12  # proposals for one wish
FROM_ESCO = 5
LEAST = 0.25  # score from which an outcome is proposed
LETTERS = 2000
_PART = re.compile(r"[.!?…;\n]+")


@dataclass(frozen=True)
class Proposal:
    """An outcome that the words may mean. `reason`: [[words of the wish, words of the outcome], ...]."""

    code: str
    title: str
    score: float
    reason: list[list[str]]


def proposals_for(wish: str) -> list[Proposal]:
    """The best outcomes for a wish, each once: of the catalogue, then of ESCO. Nine statements at most."""
    text = wish[:LETTERS]
    found: dict[str, Proposal] = {}
    for one in _of_catalogue(text):
        found.setdefault(one.code, one)
    titles = {one.title.lower() for one in found.values()}
    for one in _of_esco(text):
        if one.title.lower() not in titles:
            found.setdefault(one.code, one)
    return list(found.values())[:MOST]


def _of_catalogue(text: str) -> list[Proposal]:
    """Each sentence by itself and all of it together: words far apart mean little."""
    index = outcome_index("pl")
    parts = [part.strip() for part in _PART.split(text) if part.strip()]
    best: dict[str, Suggestion] = {}
    for part in dict.fromkeys([text, *parts]):
        for one in index.suggest(part, limit=MOST):
            if one.score >= LEAST and (one.code not in best or best[one.code].score < one.score):
                best[one.code] = one
    ordered = sorted(best.values(), key=lambda one: (-one.score, one.code))[: MOST - FROM_ESCO + 2]
    rows = LearningOutcome.objects.filter(framework=CATALOGUE, pk__in=[int(one.code) for one in ordered])
    held = {str(row.pk): row for row in rows}
    return [
        Proposal(line_code(CATALOGUE, held[one.code].code), held[one.code].title_pl, round(one.score, 3), _reason(one))
        for one in ordered
        if one.code in held
    ]


def _of_esco(text: str) -> list[Proposal]:
    return [
        Proposal(line_code(ESCO, code_of(one.concept.uri)), one.concept.label("pl"), round(one.led.score, 3), [])
        for one in words_in_esco(text, "pl", FROM_ESCO).skills
    ]


def _reason(one: Suggestion) -> list[list[str]]:
    return [[match.words_in_text, match.words_in_concept] for match in one.matches]
