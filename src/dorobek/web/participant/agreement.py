"""The participant reads and accepts the agreement; sees meetings and homework."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.audits.actions.agreement import FIELDS, accept_agreement
from dorobek.audits.actions.meetings import hand_in_homework
from dorobek.audits.models import Agreement, Meeting, SkillsAudit
from dorobek.web.audits.agreement import AgreementForm
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import form_for
from dorobek.web.forms import DorobekForm


class AcceptForm(DorobekForm):
    accept = forms.BooleanField(
        label=gettext_lazy("Znam te zasady i zgadzam się na nie"),
        error_messages={"required": gettext_lazy("Proszę zaznaczyć zgodę albo porozmawiać o zmianach z doradcą.")},
    )


@own_page
def agreement(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Read it whole, then accept it."""
    held = Agreement.objects.visible_to(request.user).filter(audit=audit).first()
    form = form_for(request, AcceptForm, base_version=held.version if held else 0)
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["base_version"] or 0
        if attempt(form, lambda: accept_agreement(audit=audit, read_version=read, acting_user=request.acting)):
            messages.success(request, _("Przyjęto kontrakt."))
            return redirect("own-home", audit.uid)
    labels = AgreementForm.base_fields
    sections = [(labels[name].label, getattr(held, name)) for name in FIELDS] if held else []
    context = {"audit": audit, "held": held, "form": form, "sections": [s for s in sections if s[1]]}
    return render(request, "participant/agreement.html", context)


@own_page
def meetings(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """When and where, what was agreed for next time."""
    found = list(Meeting.objects.visible_to(request.user).filter(audit=audit).select_related("adviser"))
    now = timezone.now()
    coming = [m for m in found if m.state == "planned" and m.starts_at >= now]
    return render(
        request,
        "participant/meetings.html",
        {"audit": audit, "coming": coming, "past": [m for m in reversed(found) if m not in coming]},
    )


@require_POST
@own_page
def homework(request: CaseRequest, audit: SkillsAudit, meeting_uid: uuid.UUID) -> HttpResponse:
    """Done, or not."""
    meeting = Meeting.objects.visible_to(request.user).filter(audit=audit, uid=meeting_uid).first()
    if meeting is None:
        raise Http404
    hand_in_homework(audit=audit, meeting=meeting, done="done" in request.POST, acting_user=request.acting)
    messages.success(request, _("Zapisano."))
    return redirect("own-meetings", audit.uid)


@own_page
def calendar_file(request: CaseRequest, audit: SkillsAudit, meeting_uid: uuid.UUID) -> HttpResponse:
    """One meeting as an iCalendar file (RFC 5545), for the phone's calendar."""
    meeting = Meeting.objects.visible_to(request.user).filter(audit=audit, uid=meeting_uid).first()
    if meeting is None:
        raise Http404
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dorobek//PL",
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}",
        f"DTSTAMP:{timezone.now():%Y%m%dT%H%M%SZ}",
        f"DTSTART:{meeting.starts_at:%Y%m%dT%H%M%SZ}",
        f"DURATION:PT{meeting.minutes}M",
        f"SUMMARY:{_escaped(str(meeting.get_kind_display()))}",
        f"LOCATION:{_escaped(meeting.place)}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    response = HttpResponse("\r\n".join(lines), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="spotkanie.ics"'
    return response


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n").replace("\r", "")
