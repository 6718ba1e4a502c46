"""REST: the participant card: sections, entries one by one or a thousand at once, words, variant, direction."""

import uuid
from typing import Any, Literal

from django.http import Http404
from django.utils import timezone
from ninja import Path, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.actions import card as actions
from dorobek.audits.actions.direction import write_direction
from dorobek.audits.actions.variant import choose_variant
from dorobek.audits.models import BasicDirection, LifeEvent, SkillsAudit
from dorobek.audits.queries.card import card_of, remarks_of

router = Router()
KIND = Literal[
    "school", "course", "job", "activity", "care", "family", "interest", "language", "digital", "other"
]  # fmt: skip


class EntryFields(Schema):
    """What an entry says. Dates as a person says them ("wiosna 2009") or in EDTF."""

    title: str | None = None
    organisation: str | None = None
    place: str | None = None
    starts: str | None = None
    ends: str | None = None
    ongoing: bool | None = None
    duration_said: str | None = None
    finished: bool | None = None
    employment_form: str | None = None
    duties: str | None = None
    outcomes: str | None = None
    entitlements: str | None = None
    note: str | None = None
    details: dict[str, str] | None = None


class EntryIn(EntryFields):
    """A new entry; `uid` may be proposed, the same one sent twice is one entry."""

    kind: KIND
    title: str
    uid: uuid.UUID | None = None


class EntryChange(EntryFields):
    """Fields to change; what is left out stays."""

    base_version: int | None = None


class CardEntryOut(Schema):
    """An entry of the card. `starts` and `ends` are EDTF, `*_said` the person's own words."""

    uid: uuid.UUID
    version: int
    kind: str
    area: str
    title: str
    organisation: str
    place: str
    starts: str
    starts_said: str
    ends: str
    ends_said: str
    ongoing: bool
    duration_said: str
    finished: bool | None
    employment_form: str
    duties: str
    outcomes: str
    entitlements: str
    details: dict[str, str]
    note: str
    from_card: bool


class Batch(Schema):
    """Entries added all or none."""

    entries: list[EntryIn]


class CardSectionOut(Schema):
    """A section of the programme's card."""

    section: str
    name: dict[str, str]
    required: bool
    answered: bool
    text: str
    nothing_to_add: bool
    note_version: int
    entries: list[CardEntryOut]


class RemarkOut(Schema):
    """Something to talk about: a gap between entries, or jobs side by side."""

    kind: Literal["gap", "overlap"]
    first_day: str
    last_day: str
    months: int
    titles: list[str]


class CardOut(Schema):
    """The whole card."""

    sections: list[CardSectionOut]
    remarks: list[RemarkOut]


class NoteIn(Schema):
    """Words of a section, or that there is nothing to add."""

    text: str = ""
    nothing_to_add: bool = False
    base_version: int | None = None


class NoteOut(Schema):
    section: str
    text: str
    nothing_to_add: bool
    version: int


class VariantIn(Schema):
    """The participant's choice. `on_behalf`: typed by the adviser in assisted mode."""

    variant: Literal["basic", "in-depth"]
    base_version: int | None = None
    on_behalf: bool = False


class CaseState(Schema):
    """How far a case is."""

    uid: uuid.UUID
    version: int
    variant: str
    stage: str


class DirectionIn(Schema):
    """The basic variant; what is left out stays."""

    present_work: str | None = None
    wished_training: str | None = None
    usefulness: str | None = None
    direction: str | None = None
    next_steps: str | None = None
    base_version: int | None = None


class DirectionOut(Schema):
    version: int
    present_work: str
    wished_training: str
    usefulness: str
    direction: str
    next_steps: str


def find_event(request: Any, audit: SkillsAudit, uid: uuid.UUID) -> LifeEvent:
    event = LifeEvent.objects.visible_to(request.user).filter(audit=audit, uid=uid).first()
    if event is None:
        raise Http404
    return event


@router.get("/card", response={200: CardOut, 404: Problem}, summary="The participant card, section by section")
def read_card(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    sections = [
        {
            "section": view.code,
            "name": view.section.name.to_dict(),
            "required": view.section.required,
            "answered": view.answered,
            "text": view.note.text if view.note else "",
            "nothing_to_add": bool(view.note and view.note.nothing_to_add),
            "note_version": view.note.version if view.note else 0,
            "entries": view.entries,
        }
        for view in card_of(request.user, audit)
    ]
    found = remarks_of(request.user, audit, today=timezone.localdate())
    remarks = [
        {
            "kind": one.kind,
            "first_day": one.first_day.isoformat(),
            "last_day": one.last_day.isoformat(),
            "months": one.months,
            "titles": list(one.titles),
        }
        for one in found
    ]
    return {"sections": sections, "remarks": remarks}


@router.post("/card/entries", response={201: CardEntryOut, **REFUSALS}, summary="Add an entry to the card")
def add_entry(request: Any, case_uid: Path[uuid.UUID], body: EntryIn) -> Status[LifeEvent]:
    audit = find_case(request, case_uid)
    values = body.dict(exclude={"kind", "uid"}, exclude_none=True)
    event = actions.add_life_event(
        audit=audit, kind=body.kind, values=values, uid=body.uid, acting_user=acting_user(request, audit)
    )
    return Status(201, event)


@router.post("/card/entries/batch", response={201: list[CardEntryOut], **REFUSALS}, summary="Add many entries at once")
def add_entries(request: Any, case_uid: Path[uuid.UUID], body: Batch) -> Status[list[LifeEvent]]:
    audit = find_case(request, case_uid)
    entries = [entry.dict(exclude_none=True) for entry in body.entries]
    made = actions.add_life_events(audit=audit, entries=entries, acting_user=acting_user(request, audit))
    return Status(201, made)


@router.get("/card/entries/{uid}", response={200: CardEntryOut, 404: Problem}, summary="An entry of the card")
def read_entry(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> LifeEvent:
    return find_event(request, find_case(request, case_uid), uid)


@router.patch("/card/entries/{uid}", response={200: CardEntryOut, **REFUSALS}, summary="Change an entry of the card")
def change_entry(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: EntryChange) -> LifeEvent:
    audit = find_case(request, case_uid)
    return actions.change_life_event(
        event=find_event(request, audit, uid),
        values=body.dict(exclude={"base_version"}, exclude_unset=True),
        acting_user=acting_user(request, audit),
        base_version=body.base_version,
    )


@router.delete("/card/entries/{uid}", response={204: None, **REFUSALS}, summary="Remove an entry of the card")
def remove_entry(
    request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, base_version: int | None = None
) -> Status[None]:
    audit = find_case(request, case_uid)
    event = find_event(request, audit, uid)
    actions.remove_life_event(event=event, acting_user=acting_user(request, audit), base_version=base_version)
    return Status(204, None)


@router.put("/card/notes/{section}", response={200: NoteOut, **REFUSALS}, summary="Write the words of a section")
def write_note(request: Any, case_uid: Path[uuid.UUID], section: str, body: NoteIn) -> Any:
    audit = find_case(request, case_uid)
    return actions.write_card_note(audit=audit, section=section, acting_user=acting_user(request, audit), **body.dict())


@router.put("/variant", response={200: CaseState, **REFUSALS}, summary="Choose a variant")
def choose(request: Any, case_uid: Path[uuid.UUID], body: VariantIn) -> SkillsAudit:
    audit = find_case(request, case_uid)
    return choose_variant(
        audit=audit,
        variant=body.variant,
        acting_user=acting_user(request, audit, body.on_behalf),
        base_version=body.base_version,
    )


@router.get("/direction", response={200: DirectionOut, 404: Problem}, summary="The direction of the basic variant")
def read_direction(request: Any, case_uid: Path[uuid.UUID]) -> BasicDirection:
    audit = find_case(request, case_uid)
    row = BasicDirection.objects.visible_to(request.user).filter(audit=audit).first()
    if row is None:
        raise Http404
    return row


@router.put("/direction", response={200: DirectionOut, **REFUSALS}, summary="Write the direction of the basic variant")
def put_direction(request: Any, case_uid: Path[uuid.UUID], body: DirectionIn) -> BasicDirection:
    audit = find_case(request, case_uid)
    values = body.dict(exclude={"base_version"}, exclude_none=True)
    return write_direction(
        audit=audit, values=values, acting_user=acting_user(request, audit), base_version=body.base_version
    )
