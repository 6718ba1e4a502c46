"""What the card's screens of both sides share: finding, showing and saving an entry or the words of a section."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorobek.audits.actions import card as actions
from dorobek.audits.models import LifeEvent, SkillsAudit
from dorobek.audits.queries.card import SectionView, card_of, entries_of, field_value, section_of
from dorobek.programmes.schema import CardSection
from dorobek.web.card_forms import EntryForm, NoteForm, initial_of, label_of, said
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import form_for

SHOWN = 200
HEADED = ("name", "post", "employer", "organiser", "place", "from", "to", "current", "since", "form")


@dataclass(frozen=True)
class EntryView:
    """An entry as a person reads it: a head, a line of when and where, and the rest in pairs."""

    event: LifeEvent
    line: str
    pairs: list[tuple[Any, Any]]


def shown_entry(section: CardSection, event: LifeEvent) -> EntryView:
    language = get_language() or "pl"
    pairs = []
    for one in section.fields:
        value = field_value(section, event, one.code)
        if value not in ("", None) and one.code not in HEADED:
            pairs.append((one.label.text(language) if one.label else label_of(section, one.code), value))
    form = event.get_employment_form_display() if event.employment_form else ""
    line = ", ".join(str(part) for part in (event.organisation, event.place, period(event), form) if part)
    return EntryView(event, line, pairs)


def period(event: LifeEvent) -> str:
    """From when to when, in the person's words."""
    starts, ends = said(event, "starts"), said(event, "ends")
    if event.ongoing:
        return _("%(start)s, trwa nadal") % {"start": starts} if starts else _("trwa nadal")
    if starts and ends:
        return f"{starts} – {ends}"
    return starts or ends


def find_section(request: CaseRequest, audit: SkillsAudit, code: str) -> SectionView:
    """The section of the programme with that code; 404 where it has none."""
    for view in card_of(request.user, audit):
        if view.code == code:
            return view
    raise Http404


def find_entry(request: CaseRequest, audit: SkillsAudit, uid: uuid.UUID) -> tuple[LifeEvent, CardSection]:
    """An entry of this card with its section; 404 otherwise."""
    event = entries_of(request.user, audit).select_related("audit__programme_version").filter(uid=uid).first()
    section = section_of(event) if event is not None else None
    if event is None or section is None:
        raise Http404
    return event, section


def entry_form(request: CaseRequest, section: CardSection, event: LifeEvent | None) -> Any:
    if event is None:
        return form_for(request, EntryForm, section=section)
    return form_for(request, EntryForm, section=section, initial=initial_of(event, section), base_version=event.version)


def saved_entry(
    request: CaseRequest, audit: SkillsAudit, view_kind: str, form: Any, event: LifeEvent | None
) -> LifeEvent | None:
    """The entry written, or None with the reason beside its field."""
    if request.method != "POST" or not form.is_valid():
        return None
    if event is None:
        values = form.values()
        return attempt(
            form,
            lambda: actions.add_life_event(audit=audit, kind=view_kind, values=values, acting_user=request.acting),
        )
    values, base = form.values(event.details), form.cleaned_data["base_version"]
    return attempt(
        form,
        lambda: actions.change_life_event(event=event, values=values, acting_user=request.acting, base_version=base),
    )


def note_form(request: CaseRequest, view: SectionView) -> Any:
    note = view.note
    initial = {"text": note.text if note else ""}
    return form_for(request, NoteForm, initial=initial, base_version=note.version if note else 0)


def saved_note(request: CaseRequest, audit: SkillsAudit, view: SectionView, form: Any) -> Any:
    """The words of a section written; with the button "nothing to add" that is what is kept."""
    if request.method != "POST" or not form.is_valid():
        return None
    nothing = "nothing" in request.POST
    text = "" if nothing else form.cleaned_data["text"]
    return attempt(
        form,
        lambda: actions.write_card_note(
            audit=audit,
            section=view.code,
            text=text,
            nothing_to_add=nothing,
            acting_user=request.acting,
            base_version=form.cleaned_data["base_version"],
        ),
    )
