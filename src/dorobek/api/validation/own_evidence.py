"""REST: a candidate adds evidence within an application, and puts credentials of their wallet beside criteria (VA-1)."""

import datetime as dt
import uuid
from typing import Any, Literal

from django.http import Http404
from ninja import File, Form, Path, Router, Schema, Status, UploadedFile

from dorobek.api.schemas import REFUSALS, Problem
from dorobek.api.validation.candidate import find_own
from dorobek.people.acting import ActingUser
from dorobek.validation.actions.candidate import add_own_evidence, attach_credential
from dorobek.validation.models import Application
from dorobek.validation.queries.crediting import checks_of_case, offers
from dorobek.validation.queries.evidencing import own_words
from dorobek.validation.queries.proposing import criteria_met

router = Router()
Uid = Path[uuid.UUID]


class OwnEvidenceIn(Schema):
    """Sent as multipart/form-data, with `file` when the kind is a file."""

    kind: Literal["file", "link", "statement", "object"]
    title: str
    description: str = ""
    url: str = ""
    made_on: str = ""


class OwnEvidenceOut(Schema):
    """The new piece, and codes of the criteria that its own words fit, nearest first: proposals, nothing is mapped."""

    uid: uuid.UUID
    title: str
    kind: str
    fits: list[str]


class CredentialCheckOut(Schema):
    """What the machine found and when: at mapping, or when the documentation closed."""

    moment: str
    standing: str
    checked_at: dt.datetime


class OfferedCredentialOut(Schema):
    """A credential of one's own wallet. `fits`: code of criterion -> because it names its outcome, its set, or by words.

    `standing`: as the wallet knows it; `checks`: made for this application, newest first.
    """

    uid: uuid.UUID
    title: str
    issuer: str
    standing: str
    counts: bool
    fits: dict[str, str]
    checks: list[CredentialCheckOut]


class AttachCredentialIn(Schema):
    """`criteria`: codes; empty for all that the credential fits."""

    credential: uuid.UUID
    criteria: list[str] = []


@router.post(
    "/applications/{uid}/pieces", response={201: OwnEvidenceOut, **REFUSALS}, summary="Add a piece of evidence"
)
def add_piece(request: Any, uid: Uid, data: Form[OwnEvidenceIn], file: File[UploadedFile | None] = None) -> Any:
    """Until the documentation is closed. Where it goes is said by mapping it."""
    found = find_own(request, uid)
    upload = file if data.kind == "file" else None
    given = {**data.dict(), "upload": upload}
    made = add_own_evidence(application=found, acting_user=ActingUser(request.user), **given)
    fits = criteria_met(found.opening.entry_version.entry, own_words(made))
    return Status(201, {"uid": made.uid, "title": made.title, "kind": made.kind, "fits": fits})


@router.get(
    "/applications/{uid}/credentials", response={200: list[OfferedCredentialOut], 404: Problem},
    summary="One's wallet against the entry",
)  # fmt: skip
def list_offered(request: Any, uid: Uid) -> Any:
    """The whole wallet, what fits best first, with every check made for this application."""
    return _offered(request, find_own(request, uid))


@router.post(
    "/applications/{uid}/credentials", response={200: list[OfferedCredentialOut], **REFUSALS},
    summary="Put a credential beside criteria",
)  # fmt: skip
def put_credential(request: Any, uid: Uid, body: AttachCredentialIn) -> Any:
    """Besides what stands there already; checked by the machine at once."""
    found = find_own(request, uid)
    offer = next(
        (one for one in offers(request.user, found.opening.entry_version.entry) if one.uid == body.credential), None
    )
    if offer is None:
        raise Http404
    attach_credential(
        application=found, credential=body.credential, criteria=body.criteria or list(offer.criteria),
        acting_user=ActingUser(request.user),
    )  # fmt: skip
    return _offered(request, found)


def _offered(request: Any, found: Application) -> list[dict[str, Any]]:
    checks = checks_of_case(found)
    return [
        {
            "uid": one.uid, "title": one.title, "issuer": one.issuer, "standing": one.standing, "counts": one.counts,
            "fits": {code: str(why) for code, why in one.criteria.items()},
            "checks": [
                {"moment": each.moment, "standing": each.standing, "checked_at": each.checked_at}
                for each in (checks.get(one.piece.pk, []) if one.piece else [])
            ],
        }
        for one in offers(request.user, found.opening.entry_version.entry)
    ]  # fmt: skip
