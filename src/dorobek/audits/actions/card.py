"""The participant card: life events and free words (SA-3). Interviews write the same rows through the same actions."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import refresh, writing
from dorobek.audits.actions.personal_wish import respect_wish
from dorobek.audits.enums import AREA_OF, EventKind
from dorobek.audits.models import CardNote, CompetenceSource, LifeEvent, SkillsAudit
from dorobek.audits.rules.card import ENTRIES_AT_MOST, NOTE_LIMIT, OWN_COLUMNS, checked_entry, checked_text
from dorobek.kernel.errors import Conflict, RuleBroken
from dorobek.people.acting import ActingUser

STORED = (
    "kind", "area", "title", "organisation", "place", "starts", "starts_said", "ends", "ends_said", "ongoing",
    "duration_said", "finished", "employment_form", "duties", "outcomes", "entitlements", "details", "note",
)  # fmt: skip


@transaction.atomic
def add_life_event(
    *,
    audit: SkillsAudit,
    kind: str,
    values: Mapping[str, Any],
    acting_user: ActingUser,
    from_card: bool = True,
    uid: uuid.UUID | None = None,
) -> LifeEvent:
    """Add one entry. `values`: title, organisation, place, starts, ends (as said), ongoing, duration_said, finished,
    employment_form, duties, outcomes, entitlements, note, area, details (further fields by code).

    The same `uid` sent twice is one entry. Raises NotAllowed, RuleBroken (with the field).
    """
    writing(audit, acting_user)
    known = _sent_before(audit, uid)
    if known is not None:
        return known
    event = _built(audit, kind, values, acting_user, from_card, uid)
    respect_wish(event, acting_user)
    event.save(force_insert=True)
    acting_user.record("life-event.added", stream=audit.uid, subject=event.uid, **_content(event))
    refresh(audit)
    return event


@transaction.atomic
def add_life_events(
    *, audit: SkillsAudit, entries: Sequence[Mapping[str, Any]], acting_user: ActingUser, from_card: bool = True
) -> list[LifeEvent]:
    """Add many entries at once: all or none, one history entry. Each holds `kind`, its values, and `uid` at will.

    Raises NotAllowed, RuleBroken: the message tells which entry is at fault, `field` is `entries.<n>.<field>`.
    """
    writing(audit, acting_user)
    if len(entries) > ENTRIES_AT_MOST:
        raise RuleBroken(_("Naraz można dodać najwyżej %(limit)d wpisów.") % {"limit": ENTRIES_AT_MOST}, "entries")
    built = [_numbered(audit, number, entry, acting_user, from_card) for number, entry in enumerate(entries)]
    uids = [event.uid for event in built]
    if len(set(uids)) < len(uids) or LifeEvent.objects.filter(uid__in=uids).exists():
        raise RuleBroken(_("Jeden z wpisów już jest zapisany. Nic nie dodano."), "entries")
    if built:
        for event in built:
            event.check_fit()
        LifeEvent.objects.bulk_create(built, batch_size=200)
        content = [{"uid": event.uid, **_content(event)} for event in built]
        acting_user.record("life-events.added", stream=audit.uid, entries=content)
        refresh(audit)
    return built


@transaction.atomic
def change_life_event(
    *, event: LifeEvent, values: Mapping[str, Any], acting_user: ActingUser, base_version: int | None = None
) -> LifeEvent:
    """Change the fields given; others stay. Raises NotAllowed, RuleBroken, Conflict."""
    event = event.locked()
    writing(event.audit, acting_user)
    held = {name: getattr(event, name) for name in OWN_COLUMNS}
    written = checked_entry(
        event.kind, _typed(event.kind, values), held=held, birth=event.person.birth_date, today=timezone.localdate()
    )
    try:
        changes = event.write(written, base_version=base_version)
    except Conflict as clash:
        raise _as_said(event, clash) from clash
    if changes:
        respect_wish(event, acting_user)
        changes.pop("sort_day", None)
        acting_user.record("life-event.changed", stream=event.case_uid, subject=event.uid, **changes)
        refresh(event.audit)
    return event


@transaction.atomic
def remove_life_event(*, event: LifeEvent, acting_user: ActingUser, base_version: int | None = None) -> None:
    """Remove an entry; the history keeps what it said. Raises RuleBroken while a competence rests on it."""
    event = event.locked()
    writing(event.audit, acting_user)
    resting = CompetenceSource.objects.filter(life_event=event).select_related("competence").first()
    if resting is not None:
        raise RuleBroken(
            _("Na tym wpisie opiera się kompetencja „%(wording)s”. Najpierw trzeba zmienić jej źródło.")
            % {"wording": resting.competence.wording}
        )
    if base_version is not None and base_version != event.version:
        raise RuleBroken(_("Ten wpis zmienił się w międzyczasie. Proszę przeczytać go jeszcze raz."))
    acting_user.record("life-event.removed", stream=event.case_uid, subject=event.uid, **_content(event))
    audit = event.audit
    event.delete()
    refresh(audit)


@transaction.atomic
def write_card_note(
    *,
    audit: SkillsAudit,
    section: str,
    text: str = "",
    nothing_to_add: bool = False,
    acting_user: ActingUser,
    base_version: int | None = None,
) -> CardNote:
    """Words of a section, or that there is nothing to add. Raises NotAllowed, RuleBroken, Conflict."""
    writing(audit, acting_user)
    if section not in {str(one.kind) for one in audit.rules.card.sections}:
        raise RuleBroken(_("Karta tego programu nie ma takiej części."), "section")
    text = checked_text("text", text, NOTE_LIMIT)
    note, _made = CardNote.objects.get_or_create(
        audit=audit, section=section, defaults={"person": audit.person, "case_uid": audit.uid}
    )
    note = note.locked()
    values = {"text": text, "nothing_to_add": nothing_to_add and not text}
    # an empty note was made by opening the section, not by anybody's words: version 0 of a form means "none yet"
    base = None if base_version == 0 and note.version == 1 else base_version
    changes = note.write(values, base_version=base)
    if changes:
        acting_user.record("card-note.written", stream=audit.uid, subject=note.uid, section=section, **changes)
        refresh(audit)
    return note


def _sent_before(audit: SkillsAudit, uid: uuid.UUID | None) -> LifeEvent | None:
    known = LifeEvent.objects.filter(uid=uid).first() if uid else None
    if known is not None and known.audit_id != audit.pk:
        raise RuleBroken(_("Ten wpis już jest zapisany."), "uid")
    return known


def _built(
    audit: SkillsAudit,
    kind: str,
    values: Mapping[str, Any],
    acting_user: ActingUser,
    from_card: bool,
    uid: uuid.UUID | None,
) -> LifeEvent:
    if kind not in EventKind.values:
        raise RuleBroken(_("Nie ma takiego rodzaju wpisu."), "kind")
    columns = checked_entry(
        kind, _typed(kind, values), held={}, birth=audit.person.birth_date, today=timezone.localdate()
    )
    columns.setdefault("area", AREA_OF[EventKind(kind)])
    named = {"uid": uid} if uid else {}
    return LifeEvent(
        audit=audit,
        person=audit.person,
        case_uid=audit.uid,
        kind=kind,
        from_card=from_card,
        author=acting_user.account,
        **named,
        **columns,
    )


def _typed(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with the area checked; its kind decides where none is given."""
    found = dict(values)
    area = found.get("area")
    if not area:
        found.pop("area", None)
    elif area not in {str(one) for one in AREA_OF.values()}:
        raise RuleBroken(_("Nie ma takiego obszaru."), "area")
    return found


DATES = ("starts", "ends")
DERIVED = ("sort_day", "starts_said", "ends_said")


def _as_said(event: LifeEvent, clash: Conflict) -> Conflict:
    """The clash in the fields a person sees: dates in the words they were told in."""
    held = {name: getattr(event, f"{name}_said") or getattr(event, name) for name in DATES}
    theirs = _shown(clash.theirs, held)
    yours = _shown(clash.yours, {name: clash.yours.get(f"{name}_said") or clash.yours.get(name, "") for name in DATES})
    sent = {name: pair[1] for name, pair in clash.kept.items()}
    kept = _shown({name: pair[0] for name, pair in clash.kept.items()}, held)
    pairs = {name: (value, sent.get(f"{name}_said") or sent.get(name, "")) for name, value in kept.items()}
    return Conflict(theirs, yours, clash.version, at=clash.at, author=clash.author, kept=pairs)


def _shown(found: Mapping[str, Any], dates: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: dates[name] for name in DATES if name in found or f"{name}_said" in found}
    return {name: value for name, value in found.items() if name not in DERIVED} | told


def _numbered(
    audit: SkillsAudit, number: int, entry: Mapping[str, Any], acting_user: ActingUser, from_card: bool
) -> LifeEvent:
    values = {name: value for name, value in entry.items() if name not in ("kind", "uid")}
    try:
        return _built(audit, str(entry.get("kind", "")), values, acting_user, from_card, entry.get("uid"))
    except RuleBroken as refusal:
        message = _("Wpis %(number)d: %(message)s") % {"number": number + 1, "message": refusal.message}
        raise RuleBroken(message, f"entries.{number}.{refusal.field or 'kind'}") from refusal


def _content(event: LifeEvent) -> dict[str, Any]:
    """What an entry says, for the history; empty fields left out."""
    return {name: value for name in STORED if (value := getattr(event, name)) not in ("", None, {})}
