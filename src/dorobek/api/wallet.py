"""REST: one's own wallet (MC-6). There is no other: what somebody else holds answers 404."""

import datetime as dt
import uuid
from typing import Any, Literal

from django.http import Http404
from ninja import Path, Router, Schema, Status

from dorobek.api.schemas import Problem
from dorobek.credentials.actions.wallet import check_again, import_credentials
from dorobek.credentials.kept import report_data
from dorobek.credentials.queries.wallet import Card, card_of, cards_of, held_card, own_credentials, person_of
from dorobek.credentials.verification import verify_given
from dorobek.people.models import Person
from dorobek.portfolio.actions.wallet import remove_credential
from dorobek.portfolio.models import HeldCredential

router = Router()


class WalletCardOut(Schema):
    """One credential. `own`: issued by this installation; `last_day` is the last day it is valid."""

    uid: uuid.UUID
    own: bool
    title: str
    issuer: str
    awarded_on: dt.date | None
    last_day: dt.date | None
    standing: Literal["valid", "expired", "suspended", "revoked", "replaced", "invalid", "unsure"]
    since: dt.datetime
    checked_at: dt.datetime | None


class CheckFaultOut(Schema):
    code: str
    path: str
    message: str


class WalletCheckOut(Schema):
    """The answer of one check, as the library gives it."""

    name: str
    outcome: Literal["passed", "failed", "unknown"]
    detail: str
    matters: bool = True
    faults: list[CheckFaultOut]


class WalletCredentialOut(WalletCardOut):
    """With the document as signed and every check: made now for one's own, at `checked_at` for others."""

    document: str
    checks: list[WalletCheckOut]


class CredentialIn(Schema):
    """`text`: JSON, a token, an SVG, or an address under which the credential lies."""

    text: str


def _person(request: Any) -> Person:
    person = person_of(request.user)
    if person is None:
        raise Http404
    return person


def _held(request: Any, uid: uuid.UUID) -> HeldCredential:
    held = HeldCredential.objects.visible_to(request.user).select_related("person").filter(uid=uid).first()
    if held is None:
        raise Http404
    return held


def _plain(card: Card, document: str, checks: list[dict[str, Any]]) -> dict[str, Any]:
    return {**vars(card), "document": document, "checks": checks}


def _shown(held: HeldCredential) -> dict[str, Any]:
    return _plain(held_card(held), held.document, held.report)


@router.get("", response={200: list[WalletCardOut], 404: Problem}, summary="Everything in one's wallet, newest first")
def list_wallet(request: Any) -> list[Card]:
    _person(request)
    return cards_of(request.user)


@router.post(
    "",
    response={201: list[WalletCredentialOut], 404: Problem, 422: Problem},
    summary="Check a credential from elsewhere and keep it",
)
def put_in(request: Any, body: CredentialIn) -> Any:
    made = import_credentials(person=_person(request), raw=body.text, acting_user=request.acting)
    return Status(201, [_shown(one) for one in made])


@router.get("/{uid}", response={200: WalletCredentialOut, 404: Problem}, summary="One credential with every check")
def one(request: Any, uid: Path[uuid.UUID]) -> dict[str, Any]:
    _person(request)
    own = own_credentials(request.user).filter(uid=uid).first()
    if own is None:
        return _shown(_held(request, uid))
    return _plain(card_of(own, "pl"), own.document, report_data(verify_given(own.document).report))


@router.post(
    "/{uid}/check", response={200: WalletCredentialOut, 404: Problem}, summary="Check again one from elsewhere"
)
def again(request: Any, uid: Path[uuid.UUID]) -> dict[str, Any]:
    return _shown(check_again(held=_held(request, uid), acting_user=request.acting))


@router.delete("/{uid}", response={204: None, 404: Problem}, summary="Take one from elsewhere out of the wallet")
def take_out(request: Any, uid: Path[uuid.UUID]) -> Any:
    remove_credential(held=_held(request, uid), acting_user=request.acting)
    return Status(204, None)
