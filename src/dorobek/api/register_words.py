"""REST: what a person's own words mean in ESCO, for everybody: likely occupations and skills, each with why (MT-1)."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from dorobek.matching.types import Language, Match
from dorobek.register.models import Concept
from dorobek.register.queries.esco import FromEsco, words_in_esco

router = Router()
MOST = 20


class WordsQuery(Schema):
    """`q`: a word, a name or a sentence; 500 characters of it at most. `limit`: of skills."""

    q: str = Field("", max_length=500)
    language: Language = "pl"
    limit: int = Field(10, ge=1, le=MOST)


class WordMatch(Schema):
    """Words of the text, from `start` to `end` in it, and the words of the concept that they met."""

    start: int
    end: int
    said: str
    meant: str


class NearConcept(Schema):
    """`score`: 0 to 1, the same scale for every text. `through`: labels of occupations that a skill came through."""

    uri: str
    label_pl: str
    label_en: str
    score: float
    strength: str
    matches: list[WordMatch]
    through: list[str]


class NearConcepts(Schema):
    """Best first; both empty when nothing fits. `ready` is false while ESCO is not imported or not yet learned."""

    ready: bool
    occupations: list[NearConcept]
    skills: list[NearConcept]
    notice: str


@router.get("/near", response=NearConcepts, summary="Occupations and skills of ESCO that a person's words lead to")
def near_words(request: HttpRequest, query: Query[WordsQuery]) -> Any:
    """Five statements at most."""
    found = words_in_esco(query.q, query.language, query.limit)
    return {
        "ready": found.ready,
        "notice": found.notice,
        "occupations": [
            near(one.concept, one.suggestion.score, one.suggestion.strength, one.suggestion.matches)
            for one in found.occupations
        ],
        "skills": skills(found, query.language),
    }


def skills(found: FromEsco, language: Language) -> list[dict[str, Any]]:
    """Skills as NearConcept has them."""
    return [
        near(one.concept, one.led.score, one.led.strength, one.led.matches)
        | {"through": [occupation.label(language) for occupation in one.through]}
        for one in found.skills
    ]


def near(concept: Concept, score: float, strength: str, matches: tuple[Match, ...]) -> dict[str, Any]:
    """A concept as NearConcept has it."""
    return {
        "uri": concept.uri,
        "label_pl": concept.label_pl,
        "label_en": concept.label_en,
        "score": score,
        "strength": strength,
        "matches": [
            {"start": m.text_start, "end": m.text_end, "said": m.words_in_text, "meant": m.words_in_concept}
            for m in matches
        ],
        "through": [],
    }
