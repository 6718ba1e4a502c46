"""REST: what a person is closest to, and one qualification criterion by criterion."""

import uuid
from typing import Any, Literal

from django.http import Http404
from ninja import Path, Router, Schema

from dorobek.api.doors import find_case
from dorobek.api.schemas import Problem
from dorobek.audits.queries.readiness import Near, closest, readiness_for
from dorobek.portfolio.readiness import Meeting, OutcomeReadiness

router = Router()
Word = Literal["proved", "held", "told", "missing"]


class CoverageOut(Schema):
    """How many outcomes stand how; `share` is what is confirmed, 0 to 1."""

    proved: int
    held: int
    told: int
    missing: int
    total: int
    share: float


class NearOut(Schema):
    code: str
    title: str
    level: int | None
    status: str
    coverage: CoverageOut


class MeetingOfReadiness(Schema):
    """What meets it: a competence or an episode by its uid, through which of its words, on what evidence."""

    kind: Literal["competence", "episode", "credential"]
    uid: uuid.UUID
    title: str
    standing: Word
    score: float
    words: list[str]
    evidence: list[str]
    evidence_not_rated: list[str]


class CriterionReadinessOut(Schema):
    """`with_whole_outcome`: nothing meets it by itself; the outcome held as a whole holds it."""

    letter: str
    text: str
    standing: Word
    with_whole_outcome: bool
    because: list[MeetingOfReadiness]


class OutcomeReadinessOut(Schema):
    code: str
    title: str
    standing: Word
    because: list[MeetingOfReadiness]
    criteria: list[CriterionReadinessOut]


class ReadinessOut(NearOut):
    outcomes: list[OutcomeReadinessOut]


@router.get("", response={200: list[NearOut], 404: Problem}, summary="The ten qualifications a person is closest to")
def list_closest(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    return [_near(one) for one in closest(request.user, find_case(request, case_uid)).rows]


@router.get("/{code}", response={200: ReadinessOut, 404: Problem}, summary="One qualification, criterion by criterion")
def read_one(request: Any, case_uid: Path[uuid.UUID], code: str) -> dict[str, Any]:
    found = readiness_for(request.user, find_case(request, case_uid), code)
    if found is None:
        raise Http404
    _confirmed, near = found
    return {**_near(near), "outcomes": [_outcome(one) for one in near.readiness.outcomes]}


def _near(one: Near) -> dict[str, Any]:
    counted, held = one.readiness.coverage, one.qualification
    names = ("proved", "held", "told", "missing", "total", "share")
    return {
        "code": held.code,
        "title": held.title_pl,
        "level": held.level,
        "status": held.status,
        "coverage": {name: getattr(counted, name) for name in names},
    }


def _outcome(one: OutcomeReadiness) -> dict[str, Any]:
    return {
        "code": one.wanted.code,
        "title": one.wanted.title,
        "standing": one.standing.word,
        "because": [_meeting(each) for each in one.because],
        "criteria": [
            {
                "letter": each.wanted.letter,
                "text": each.wanted.text,
                "standing": each.standing.word,
                "with_whole_outcome": each.whole,
                "because": [_meeting(meeting) for meeting in each.because],
            }
            for each in one.criteria
        ],
    }


def _meeting(one: Meeting) -> dict[str, Any]:
    return {
        "kind": one.piece.kind.value,
        "uid": one.piece.uid,
        "title": one.piece.title,
        "standing": one.standing.word,
        "score": one.score,
        "words": list(one.words),
        "evidence": list(one.piece.proofs),
        "evidence_not_rated": list(one.piece.unrated),
    }
