"""The card on the participant's side: one section, one entry at a time; „nie mam nic do dodania" counts (SA-3, SA-13)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.audits.actions.card import remove_life_event
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.card import SectionView, card_of
from dorobek.web.card_views import (
    entry_form,
    find_entry,
    find_section,
    note_form,
    saved_entry,
    saved_note,
    shown_entry,
)
from dorobek.web.doors import CaseRequest, own_page
from dorobek.web.drafts import finish


@own_page
def card(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Sections as a list of tasks."""
    sections = card_of(request.user, audit)
    left = sum(view.missing for view in sections)
    return render(request, "participant/card.html", {"audit": audit, "sections": sections, "left": left})


@own_page
def section(request: CaseRequest, audit: SkillsAudit, section: str) -> HttpResponse:
    """One section: what is there, add another, nothing to add; or its words."""
    view = find_section(request, audit, section)
    form = note_form(request, view)
    if saved_note(request, audit, view, form):
        finish(request)
        messages.success(request, _("Zapisano."))
        return _after(audit, card_of(request.user, audit), view)
    context = {
        "audit": audit,
        "view": view,
        "form": form,
        "entries": [shown_entry(view.section, event) for event in view.entries],
        "following": _following(card_of(request.user, audit), view),
    }
    return render(request, "participant/card_section.html", context)


@own_page
def entry(
    request: CaseRequest, audit: SkillsAudit, section: str = "", event_uid: uuid.UUID | None = None
) -> HttpResponse:
    """One entry."""
    event = None
    if event_uid is not None:
        event, spec = find_entry(request, audit, event_uid)
        kind = event.kind
    else:
        view = find_section(request, audit, section)
        if view.kind is None:
            raise Http404
        spec, kind = view.section, view.kind
    form = entry_form(request, spec, event)
    if saved_entry(request, audit, kind, form, event):
        finish(request)
        messages.success(request, _("Zapisano. Można dodać następny wpis albo iść dalej."))
        return redirect("own-card-section", audit.uid, str(spec.kind))
    context = {"audit": audit, "form": form, "section": spec, "event": event}
    return render(request, "participant/card_entry.html", context)


@own_page
def remove(request: CaseRequest, audit: SkillsAudit, event_uid: uuid.UUID) -> HttpResponse:
    """Ask, then remove an entry."""
    event, spec = find_entry(request, audit, event_uid)
    if request.method == "POST":
        remove_life_event(event=event, acting_user=request.acting)
        messages.success(request, _("Usunięto wpis."))
        return redirect("own-card-section", audit.uid, str(spec.kind))
    context = {"audit": audit, "entry": shown_entry(spec, event), "section": spec}
    return render(request, "participant/card_removal.html", context)


def _following(sections: list[SectionView], here: SectionView) -> SectionView | None:
    codes = [view.code for view in sections]
    place = codes.index(here.code) + 1
    return sections[place] if place < len(sections) else None


def _after(audit: SkillsAudit, sections: list[SectionView], here: SectionView) -> HttpResponse:
    following = _following(sections, here)
    if following is None:
        return redirect("own-card", audit.uid)
    return redirect("own-card-section", audit.uid, following.code)
