"""REST: competences of a case and the participant's word on each."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.http import Http404
from ninja import Path, Router, Schema

from dorobek.api.doors import acting_user, find_case
from dorobek.api.schemas import Clash, Problem
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.weave import Weave, weaves
from dorobek.portfolio import actions
from dorobek.portfolio.models import Competence

router = Router()


class CompetenceOut(Schema):
    """A competence with what it rests on, what shows it, and what is missing."""

    uid: uuid.UUID
    version: int
    kind: Literal["knowledge", "skill", "social"]
    wording: str
    adviser_wording: str
    participant_wording: str
    comment: str
    state: str
    for_analysis: bool
    answered_at: datetime | None
    episodes: list[uuid.UUID]
    life_events: list[uuid.UUID]
    evidence: list[uuid.UUID]
    missing: list[str]


class CompetenceAnswerIn(Schema):
    """The participant's word. `on_behalf`: typed by the adviser in assisted mode."""

    answer: Literal["confirm", "dispute", "reword"]
    wording: str = ""
    comment: str = ""
    base_version: int | None = None
    on_behalf: bool = False


def shown(weave: Weave) -> dict[str, Any]:
    competence = weave.competence
    plain = ("uid", "version", "kind", "wording", "adviser_wording", "participant_wording", "comment", "state")
    return {
        **{name: getattr(competence, name) for name in (*plain, "for_analysis", "answered_at")},
        "episodes": [episode.uid for episode in weave.episodes],
        "life_events": [event.uid for event in weave.events],
        "evidence": [proof.evidence.uid for proof in weave.proofs],
        "missing": weave.missing,
    }


def find_weave(request: Any, audit: SkillsAudit, uid: uuid.UUID) -> Weave:
    for weave in weaves(request.user, audit):
        if weave.competence.uid == uid:
            return weave
    raise Http404


@router.get("", response=list[CompetenceOut], summary="Competences of a case")
def list_competences(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    return [shown(weave) for weave in weaves(request.user, find_case(request, case_uid))]


@router.post(
    "/{uid}/answer",
    response={200: CompetenceOut, 404: Problem, 409: Clash, 422: Problem},
    summary="Confirm, dispute or reword a competence",
)
def answer(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: CompetenceAnswerIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    competence = find_weave(request, audit, uid).competence
    _answer(competence, body, acting_user(request, audit, body.on_behalf))
    return shown(find_weave(request, audit, uid))


def _answer(competence: Competence, body: CompetenceAnswerIn, acting: Any) -> None:
    common = {"competence": competence, "acting_user": acting, "base_version": body.base_version}
    if body.answer == "confirm":
        actions.confirm_competence(**common)
    elif body.answer == "dispute":
        actions.dispute_competence(comment=body.comment, **common)
    else:
        actions.reword_competence(wording=body.wording, **common)
