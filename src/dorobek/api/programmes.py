"""REST: a programme's next version while it is written: read, change whole or by part, compare, publish (SA-1)."""

import json
import uuid
from typing import Any

from django.http import Http404
from ninja import Path, Query, Router, Schema, Status

from dorobek.api.administration import find_institution
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.people.acting import ActingUser
from dorobek.programmes import actions
from dorobek.programmes.actions.drafts import base_of, draft_faults, newest
from dorobek.programmes.drafting.words import differences
from dorobek.programmes.models import Programme

router = Router()
DRAFT = "/{uid}/programmes/{programme}/draft"


class FaultOut(Schema):
    path: str
    message: str


class ChangeOut(Schema):
    """`where`: the names of the place in words; `what`: changed, added, removed or moved."""

    place: list[str]
    where: list[str]
    what: str
    before: str
    after: str


class DraftOut(Schema):
    """`begun` is false while the draft would still be a copy of the version `over`; `faults` keep it from publishing."""

    begun: bool
    version: int
    over: int
    rules: dict[str, Any]
    faults: list[FaultOut]
    changes: list[ChangeOut]


class DraftIn(Schema):
    """The whole rules, checked as a file is."""

    rules: dict[str, Any]
    base_version: int | None = None


class PartIn(Schema):
    """`place`: steps from the top, an item of a list by its code, kind, area or part (else its number).

    `values`: fields of the object there, deeper ones with dots (`name.pl`); null takes a field out.
    """

    place: list[str]
    values: dict[str, Any]
    base_version: int | None = None


class PublishIn(Schema):
    """`over`: the number of the published version the changes were read against."""

    base_version: int
    over: int
    note: str = ""


class BaseIn(Schema):
    base_version: int | None = None


def _programme(request: Any, uid: uuid.UUID, programme: uuid.UUID) -> Programme:
    found = find_institution(request, uid).programmes.filter(uid=programme).first()
    if found is None:
        raise Http404
    return found


def _shown(programme: Programme) -> dict[str, Any]:
    draft, published = actions.draft_of(programme), newest(programme)
    held = draft or published
    assert held is not None
    faults = draft_faults(draft) if draft else ()
    changes = differences(published.rules, draft.rules) if draft and published else []
    return {
        "begun": draft is not None,
        "version": base_of(programme),
        "over": published.number if published else 0,
        "rules": held.rules,
        "faults": [{"path": one.path, "message": str(one.message)} for one in faults],
        "changes": [
            {"place": one.place, "where": one.where, "what": one.what, "before": one.before, "after": one.after}
            for one in changes
        ],
    }


@router.get(DRAFT, response={200: DraftOut, 404: Problem}, summary="The draft, and what it changes")
def read_draft(request: Any, uid: Path[uuid.UUID], programme: uuid.UUID) -> dict[str, Any]:
    return _shown(_programme(request, uid, programme))


@router.put(DRAFT, response={200: DraftOut, **REFUSALS}, summary="Write the whole draft")
def put_draft(request: Any, uid: Path[uuid.UUID], programme: uuid.UUID, body: DraftIn) -> dict[str, Any]:
    held = _programme(request, uid, programme)
    text = json.dumps(body.rules, ensure_ascii=False)
    who = ActingUser(request.user)
    actions.write_draft(programme=held, text=text, base_version=body.base_version, acting_user=who)
    return _shown(held)


@router.patch(DRAFT, response={200: DraftOut, **REFUSALS}, summary="Change fields of one part of the draft")
def patch_draft(request: Any, uid: Path[uuid.UUID], programme: uuid.UUID, body: PartIn) -> dict[str, Any]:
    held = _programme(request, uid, programme)
    actions.edit_part(
        programme=held,
        place=tuple(body.place),
        values=body.values,
        base_version=body.base_version,
        acting_user=ActingUser(request.user),
    )
    return _shown(held)


@router.post(f"{DRAFT}/publish", response={200: DraftOut, **REFUSALS}, summary="Publish the draft")
def publish(request: Any, uid: Path[uuid.UUID], programme: uuid.UUID, body: PublishIn) -> dict[str, Any]:
    held = _programme(request, uid, programme)
    actions.publish_draft(programme=held, acting_user=ActingUser(request.user), **body.dict())
    return _shown(held)


@router.delete(DRAFT, response={204: None, **REFUSALS}, summary="Give the draft up")
def discard(request: Any, uid: Path[uuid.UUID], programme: uuid.UUID, query: Query[BaseIn]) -> Status[None]:
    held = _programme(request, uid, programme)
    actions.discard_draft(programme=held, base_version=query.base_version, acting_user=ActingUser(request.user))
    return Status(204, None)
