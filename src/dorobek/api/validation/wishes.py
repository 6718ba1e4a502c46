"""REST: a candidate's wishes about the fee and letters, how they meet the conditions, a refusal by the adviser."""

import uuid
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Path, Router, Status

from dorobek.api.schemas import REFUSALS
from dorobek.api.validation.candidate import conditions_out, find_own
from dorobek.api.validation.candidate_shapes import (
    EntryConditionOut,
    FeeWishIn,
    LettersIn,
    RefusalIn,
    ShownConditionIn,
    ValidationFeeOut,
)
from dorobek.people.acting import ActingUser
from dorobek.people.actions import log_reading
from dorobek.portfolio.models import Evidence
from dorobek.validation import perms
from dorobek.validation.actions.conditions import show_condition
from dorobek.validation.actions.fees import ask_fee
from dorobek.validation.actions.letters import choose_letters
from dorobek.validation.actions.refusing import refuse_application
from dorobek.validation.enums import ConditionHow, RefusalGround
from dorobek.validation.queries.candidate import application_of

router = Router()
Uid = Path[uuid.UUID]


@router.post("/applications/{uid}/fee-wish", response={200: ValidationFeeOut, **REFUSALS}, summary="Ask to pay less")
def wish(request: Any, uid: Uid, body: FeeWishIn) -> Any:
    """The office answers; until then nothing is demanded, and a refusal can be appealed."""
    return ask_fee(application=find_own(request, uid), words=body.words, acting_user=ActingUser(request.user))


@router.put("/applications/{uid}/letters", response={204: None, **REFUSALS}, summary="Which letters to get")
def letters(request: Any, uid: Uid, body: LettersIn) -> Any:
    choose_letters(application=find_own(request, uid), off=body.off, acting_user=ActingUser(request.user))
    return Status(204, None)


@router.put("/applications/{uid}/conditions", response={200: EntryConditionOut, **REFUSALS}, summary="A condition")
def show(request: Any, uid: Uid, body: ShownConditionIn) -> Any:
    """How the candidate meets one condition of the entry; the adviser confirms it with the documentation."""
    found = find_own(request, uid)
    own = Evidence.objects.visible_to(request.user).filter(person=found.person)
    piece = get_object_or_404(own, uid=body.evidence) if body.evidence else None
    show_condition(
        application=found, place=body.place, how=ConditionHow(body.how), evidence=piece, words=body.words,
        acting_user=ActingUser(request.user),
    )  # fmt: skip
    return conditions_out(found)[body.place]


@router.post("/applications/{uid}/refusal", response={204: None, **REFUSALS}, summary="Do not admit")
def refuse(request: Any, uid: Uid, body: RefusalIn) -> Any:
    """By the adviser, by the entry alone, with the reason that the candidate reads and can appeal against."""
    found = application_of(request.user, uid)
    if found is None or not perms.may_advise(request.user, found):
        raise Http404
    log_reading(account=request.user, person=found.person, case_uid=found.uid, part="API")
    refuse_application(
        application=found, ground=RefusalGround(body.ground), reason=body.reason, acting_user=ActingUser(request.user)
    )
    return Status(204, None)
