"""REST: the behavioural interview with its episodes, from the first words to the record (SA-8)."""

import uuid
from typing import Any, Literal

from django.http import Http404
from ninja import Path, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case
from dorobek.api.interviews import find_answer, find_event
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.actions import episodes
from dorobek.audits.models import Episode, SkillsAudit
from dorobek.audits.queries.interviews import behavioural_record, episodes_of_case, stories, story_of
from dorobek.portfolio.models import Evidence

router = Router()
PART = Literal["work", "personal", "key"]


class EpisodeTexts(Schema):
    """Texts of a story; what is left out stays."""

    title: str | None = None
    situation: str | None = None
    task: str | None = None
    action: str | None = None
    result: str | None = None
    useful: str | None = None
    documentable: str | None = None
    evidence_missing: str | None = None


class EpisodeIn(EpisodeTexts):
    """A new story. The same `uid` sent twice is one story."""

    part: PART
    title: str
    life_event: uuid.UUID | None = None
    evidence: list[uuid.UUID] = []
    uid: uuid.UUID | None = None


class EpisodeChange(EpisodeTexts):
    """Changes to a story; `evidence` is the whole list of pieces held. `base_version` is the version that was read."""

    part: PART | None = None
    life_event: uuid.UUID | None = None
    evidence: list[uuid.UUID] | None = None
    base_version: int


class EpisodeOut(Schema):
    """A story with what it lacks, what is held for it and how many competences were drawn from it."""

    uid: uuid.UUID
    version: int
    part: str
    title: str
    situation: str
    task: str
    action: str
    result: str
    useful: str
    documentable: str
    evidence_missing: str
    life_event: uuid.UUID | None
    evidence: list[uuid.UUID]
    missing: list[str]
    competences: int


class RecordedPartOut(Schema):
    part: str
    name: dict[str, str]
    episodes: list[EpisodeOut]


def find_episode(request: Any, audit: SkillsAudit, uid: uuid.UUID) -> Episode:
    episode = episodes_of_case(request.user, audit).filter(uid=uid).first()
    if episode is None:
        raise Http404
    return episode


def find_evidence(request: Any, audit: SkillsAudit, uids: list[uuid.UUID]) -> list[Evidence]:
    pieces = Evidence.objects.visible_to(request.user).filter(case_uid=audit.uid, removed_at=None, uid__in=uids)
    found = list(pieces)
    if len(found) != len(set(uids)):
        raise Http404
    return found


def shown(row: Any) -> dict[str, Any]:
    """An episode of `episodes_of_case` as the API returns it."""
    story = story_of(row)
    return {
        "uid": row.uid,
        "version": row.version,
        "part": row.part,
        **{name: getattr(row, name) for name in episodes.TEXTS},
        "life_event": row.life_event.uid if row.life_event else None,
        "evidence": [piece.uid for piece in story.evidence],
        "missing": story.missing,
        "competences": story.competences,
    }


@router.get("/episodes", response={200: list[EpisodeOut], 404: Problem}, summary="Episodes of a case")
def list_episodes(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    return [shown(story.episode) for story in stories(request.user, find_case(request, case_uid))]


@router.get("/episodes/record", response={200: list[RecordedPartOut], 404: Problem}, summary="Record of the episodes")
def read_behavioural_record(request: Any, case_uid: Path[uuid.UUID]) -> list[dict[str, Any]]:
    record = behavioural_record(request.user, find_case(request, case_uid))
    return [
        {
            "part": str(part.part),
            "name": part.name.to_dict(),
            "episodes": [shown(story.episode) for story in part.stories],
        }
        for part in record.parts
    ]


@router.post("/episodes", response={201: EpisodeOut, **REFUSALS}, summary="Begin an episode")
def add_episode(request: Any, case_uid: Path[uuid.UUID], body: EpisodeIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    apart = {"part", "title", "life_event", "evidence", "uid"}
    story = episodes.add_episode(
        audit=audit,
        part=body.part,
        title=body.title,
        told=body.dict(exclude=apart, exclude_none=True),
        life_event=find_event(request, audit, body.life_event),
        evidence=find_evidence(request, audit, body.evidence),
        uid=body.uid,
        acting_user=acting_user(request, audit),
    )
    return Status(201, shown(find_episode(request, audit, story.uid)))


@router.get("/episodes/{uid}", response={200: EpisodeOut, 404: Problem}, summary="An episode")
def read_episode(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> dict[str, Any]:
    return shown(find_episode(request, find_case(request, case_uid), uid))


@router.patch("/episodes/{uid}", response={200: EpisodeOut, **REFUSALS}, summary="Change an episode")
def change_episode(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: EpisodeChange) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    sent = body.dict(exclude={"base_version"}, exclude_unset=True)
    values = {name: value for name, value in sent.items() if value is not None or name == "life_event"}
    if "life_event" in values:
        values["life_event"] = find_event(request, audit, values["life_event"])
    if "evidence" in values:
        values["evidence"] = find_evidence(request, audit, values["evidence"])
    episodes.change_episode(
        episode=find_episode(request, audit, uid),
        values=values,
        acting_user=acting_user(request, audit),
        base_version=body.base_version,
    )
    return shown(find_episode(request, audit, uid))


@router.delete("/episodes/{uid}", response={204: None, **REFUSALS}, summary="Remove an episode")
def remove_episode(
    request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, base_version: int | None = None
) -> Status[None]:
    audit = find_case(request, case_uid)
    episodes.remove_episode(
        episode=find_episode(request, audit, uid), acting_user=acting_user(request, audit), base_version=base_version
    )
    return Status(204, None)


@router.post(
    "/interview/answers/{uid}/episode", response={201: EpisodeOut, **REFUSALS}, summary="Make an episode of an answer"
)
def make_episode(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    row = find_answer(request, audit, uid)
    story = episodes.episode_from_answer(answer=row, acting_user=acting_user(request, audit))
    return Status(201, shown(find_episode(request, audit, story.uid)))
