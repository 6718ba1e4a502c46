"""The card as it is read: section by section, with what there is to talk about. Two statements, whatever its length."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dorobek.audits.enums import KIND_OF_SECTION, TIMELESS, EventKind
from dorobek.audits.models import CardNote, LifeEvent, SkillsAudit
from dorobek.audits.rules.card import COLUMN_OF_FIELD, Entry, Remark, remarks
from dorobek.people.models import Account
from dorobek.programmes.schema import CardSection


@dataclass
class SectionView:
    """A section of the programme with its entries and words. `kind` is None where it holds words alone."""

    section: CardSection
    kind: EventKind | None
    entries: list[LifeEvent] = field(default_factory=list)
    note: CardNote | None = None

    @property
    def code(self) -> str:
        return str(self.section.kind)

    @property
    def answered(self) -> bool:
        """Something was written, or that there is nothing to add."""
        return bool(self.entries) or bool(self.note and (self.note.text or self.note.nothing_to_add))

    @property
    def missing(self) -> bool:
        return self.section.required and not self.answered


def card_of(user: Account, audit: SkillsAudit) -> list[SectionView]:
    """The sections of the programme, in order, filled."""
    events: dict[str, list[LifeEvent]] = defaultdict(list)
    for event in entries_of(user, audit):
        events[event.kind].append(event)
    notes = {note.section: note for note in CardNote.objects.visible_to(user).filter(audit=audit)}
    found = []
    for section in audit.rules.card.sections:
        kind = KIND_OF_SECTION.get(section.kind)
        entries = events[str(kind)] if kind else []
        found.append(SectionView(section, kind, entries, notes.get(str(section.kind))))
    return found


def entries_of(user: Account, audit: SkillsAudit) -> Any:
    """Life events of the case that belong to the card, in order of time."""
    return LifeEvent.objects.visible_to(user).filter(audit=audit, from_card=True)


def section_of(event: LifeEvent) -> CardSection | None:
    """The card section an entry belongs to under its programme; None for one that only interviews know."""
    for section in event.audit.rules.card.sections:
        if KIND_OF_SECTION.get(section.kind) == event.kind:
            return section
    return None


def remarks_of(user: Account, audit: SkillsAudit, *, today: dt.date) -> list[Remark]:
    """Gaps and overlaps over the whole life course, those from interviews included. One statement."""
    rows = LifeEvent.objects.visible_to(user).filter(audit=audit).exclude(kind__in=TIMELESS).exclude(starts="")
    columns = rows.values_list("uid", "kind", "title", "starts", "ends", "ongoing")
    return remarks((Entry(str(row[0]), *row[1:]) for row in columns), today=today)


def field_value(section: CardSection, event: LifeEvent, code: str) -> Any:
    """What an entry holds in a field of the programme, as a person would read it."""
    column = COLUMN_OF_FIELD[section.kind].get(code)
    if column is None:
        return event.details.get(code, "")
    if column == "employment_form":
        return event.get_employment_form_display()
    if column == "finished":
        return {True: _("tak"), False: _("nie")}.get(event.finished, "")  # type: ignore[arg-type]
    if column == "ongoing":
        return _("tak") if event.ongoing else ""
    return getattr(event, column)
