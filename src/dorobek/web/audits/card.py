"""The participant card on the adviser's side: one dense page, section by section (SA-3)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.actions.card import remove_life_event
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.card import card_of, remarks_of
from dorobek.web.card_views import (
    SHOWN,
    entry_form,
    find_entry,
    find_section,
    note_form,
    saved_entry,
    saved_note,
    shown_entry,
)
from dorobek.web.doors import CaseRequest, case_page
from dorobek.web.drafts import finish

TAB = "case-card"
PART = "karta uczestnika"


@case_page(PART)
def card(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The whole card, with gaps and overlaps as questions to talk about."""
    whole = "wszystko" in request.GET
    sections = []
    for view in card_of(request.user, audit):
        entries = view.entries if whole else view.entries[:SHOWN]
        shown = [shown_entry(view.section, event) for event in entries]
        sections.append({"view": view, "entries": shown, "more": len(view.entries) - len(shown)})
    remarks = remarks_of(request.user, audit, today=timezone.localdate())
    context = {"audit": audit, "tab": TAB, "sections": sections, "remarks": remarks, "leads": request.leads}
    return render(request, "audits/card.html", context)


@case_page(PART)
def entry(
    request: CaseRequest, audit: SkillsAudit, section: str = "", event_uid: uuid.UUID | None = None
) -> HttpResponse:
    """Add an entry to a section, or change one."""
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
        messages.success(request, _("Zapisano wpis."))
        if "another" in request.POST:
            return redirect("case-card-new", audit.uid, str(spec.kind))
        return redirect(f"{_card_url(audit)}#{spec.kind}")
    context = {"audit": audit, "tab": TAB, "form": form, "section": spec, "event": event}
    return render(request, "audits/card_entry.html", context)


@case_page(PART)
def remove(request: CaseRequest, audit: SkillsAudit, event_uid: uuid.UUID) -> HttpResponse:
    """Ask, then remove an entry."""
    event, section = find_entry(request, audit, event_uid)
    if request.method == "POST":
        remove_life_event(event=event, acting_user=request.acting)
        messages.success(request, _("Usunięto wpis."))
        return redirect(f"{_card_url(audit)}#{section.kind}")
    context = {"audit": audit, "tab": TAB, "entry": shown_entry(section, event), "section": section}
    return render(request, "audits/card_removal.html", context)


@case_page(PART)
def note(request: CaseRequest, audit: SkillsAudit, section: str) -> HttpResponse:
    """Words of a section, or that there is nothing to add."""
    view = find_section(request, audit, section)
    form = note_form(request, view)
    if saved_note(request, audit, view, form):
        finish(request)
        messages.success(request, _("Zapisano."))
        return redirect(f"{_card_url(audit)}#{view.code}")
    context = {"audit": audit, "tab": TAB, "form": form, "section": view.section, "view": view}
    return render(request, "audits/card_note.html", context)


def _card_url(audit: SkillsAudit) -> str:
    return str(redirect(TAB, audit.uid)["Location"])
