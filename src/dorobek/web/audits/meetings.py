"""Meetings of a case: planned, held, called off; schedule, attendance and participation record from one entry (SA-6)."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dorobek.audits.actions import meetings as actions
from dorobek.audits.enums import MeetingKind
from dorobek.audits.models import Meeting, SkillsAudit
from dorobek.audits.queries.meetings import CASE_TABLES, meetings_of
from dorobek.audits.rules.meetings import Held, overlap, tally
from dorobek.kernel.csv_text import download
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.files import file_response
from dorobek.web.forms import ClockField, DayField, DorobekForm, LongText, ShortText

PART = "spotkania"
REMARKS = {
    "too-many": gettext_lazy("Spotkań jest więcej, niż przewiduje program."),
    "too-long": gettext_lazy("Spotkania trwają razem dłużej, niż przewiduje program."),
    "talk-too-long": gettext_lazy("Pierwsza rozmowa trwała dłużej, niż przewiduje program."),
}


class MeetingForm(DorobekForm):
    kind = forms.ChoiceField(label=gettext_lazy("Jakie spotkanie?"), choices=MeetingKind.choices)
    day = DayField(label=gettext_lazy("Dzień"))
    clock = ClockField(label=gettext_lazy("Godzina"))
    minutes = forms.IntegerField(label=gettext_lazy("Ile minut?"), min_value=5, max_value=480, initial=90)
    place = ShortText(label=gettext_lazy("Miejsce"), required=False)
    online = forms.BooleanField(label=gettext_lazy("Przez internet"), required=False)
    away = forms.BooleanField(label=gettext_lazy("Poza urzędem (dyżur lokalny)"), required=False)
    note = ShortText(label=gettext_lazy("Wskazówka dla uczestnika"), max_length=300, required=False)

    def starts_at(self) -> dt.datetime:
        given = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(given["day"], given["clock"]))


class HeldForm(DorobekForm):
    minutes = forms.IntegerField(label=gettext_lazy("Ile minut trwało?"), min_value=5, max_value=480)
    done = LongText(label=gettext_lazy("Co zrobiliśmy?"), rows=3)
    homework = LongText(label=gettext_lazy("Co uczestnik zrobi sam do następnego razu?"), required=False, rows=2)


class CancelForm(DorobekForm):
    missed = forms.TypedChoiceField(
        label=gettext_lazy("Co się stało?"),
        choices=[("0", gettext_lazy("odwołane")), ("1", gettext_lazy("uczestnik nie przyszedł"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = ShortText(label=gettext_lazy("Powód"), max_length=300)


class ScanForm(DorobekForm):
    file = forms.FileField(label=gettext_lazy("Podpisany arkusz: zdjęcie albo PDF"))


def find_meeting(request: CaseRequest, audit: SkillsAudit, uid: uuid.UUID) -> Meeting:
    meeting: Meeting | None = Meeting.objects.visible_to(request.user).filter(audit=audit, uid=uid).first()
    if meeting is None:
        raise Http404
    return meeting


@case_page(PART)
def meeting_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Schedule and participation record on one sheet, ready to print and sign."""
    meetings = meetings_of(request.user, audit)
    found = tally([Held(m.kind, m.state, m.minutes) for m in meetings], audit.rules.meetings)
    context = {
        "audit": audit,
        "tab": "case-meetings",
        "leads": request.leads,
        "meetings": meetings,
        "tally": found,
        "remarks": [REMARKS[code] for code in found.remarks],
        "limits": audit.rules.meetings,
        "now": timezone.now(),
    }
    return render(request, "audits/meetings.html", context)


@case_page(PART)
@require_safe
def table(request: CaseRequest, audit: SkillsAudit, kind: str) -> HttpResponse:
    """Schedule, attendance list or participation record as a spreadsheet."""
    return download(CASE_TABLES[kind](audit, meetings_of(request.user, audit)), f"{kind}-{slugify(audit.number)}")


@case_page(PART)
def plan(request: CaseRequest, audit: SkillsAudit, meeting_uid: uuid.UUID | None = None) -> HttpResponse:
    """Arrange a meeting, or move one."""
    meeting = find_meeting(request, audit, meeting_uid) if meeting_uid else None
    form = form_for(
        request, MeetingForm, initial=_initial(audit, meeting), base_version=meeting.version if meeting else 0
    )
    clash = None
    if request.method == "POST" and form.is_valid():
        names = ("kind", "minutes", "place", "online", "away", "note")
        given: dict[str, Any] = {name: form.cleaned_data[name] for name in names}
        clash = _clash(request, form, meeting)
        if clash is not None and "mimo-to" not in request.POST:
            form.add_error("clock", _("O tej porze jest już inne spotkanie. Proszę zmienić godzinę albo potwierdzić."))
        elif attempt(
            form,
            lambda: actions.plan_meeting(
                audit=audit,
                meeting=meeting,
                starts_at=form.starts_at(),
                base_version=form.cleaned_data["base_version"] if meeting else None,
                acting_user=request.acting,
                **given,
            ),
        ):
            finish(request)
            messages.success(request, _("Umówiono spotkanie."))
            return redirect("case-meetings", audit.uid)
    context = {"audit": audit, "tab": "case-meetings", "form": form, "clash": clash, "meeting": meeting}
    return render(request, "audits/meeting_form.html", context)


def _initial(audit: SkillsAudit, meeting: Meeting | None) -> dict[str, Any]:
    if meeting is None:
        first = not Meeting.objects.filter(audit=audit).exists()
        return {"kind": MeetingKind.TALK if first else MeetingKind.BIOGRAPHICAL, "place": audit.unit.place}
    local = timezone.localtime(meeting.starts_at)
    names = ("kind", "minutes", "place", "online", "away", "note")
    return {**{name: getattr(meeting, name) for name in names}, "day": local.date(), "clock": local.time()}


def _clash(request: CaseRequest, form: MeetingForm, meeting: Meeting | None) -> Meeting | None:
    """Another meeting of the adviser at the same time."""
    starts, minutes = form.starts_at(), form.cleaned_data["minutes"]
    near = Meeting.objects.visible_to(request.user).filter(
        adviser=request.user,
        state="planned",
        starts_at__gt=starts - dt.timedelta(hours=8),
        starts_at__lt=starts + dt.timedelta(minutes=minutes),
    )
    for other in near.exclude(pk=meeting.pk if meeting else 0).select_related("audit"):
        if overlap(starts, minutes, other.starts_at, other.minutes):
            return other
    return None


@case_page(PART)
def hold(request: CaseRequest, audit: SkillsAudit, meeting_uid: uuid.UUID) -> HttpResponse:
    """Note what was done."""
    meeting = find_meeting(request, audit, meeting_uid)
    initial = {name: getattr(meeting, name) for name in ("minutes", "done", "homework")}
    form = form_for(request, HeldForm, initial=initial, base_version=meeting.version)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("minutes", "done", "homework", "base_version")}
        if attempt(
            form,
            lambda: actions.hold_meeting(audit=audit, meeting=meeting, acting_user=request.acting, **given),
        ):
            finish(request)
            messages.success(request, _("Zapisano spotkanie."))
            return redirect("case-meetings", audit.uid)
    return _meeting_form(request, audit, form, _("Co było na spotkaniu?"), _("Zapisz spotkanie"))


@case_page(PART)
def cancel(request: CaseRequest, audit: SkillsAudit, meeting_uid: uuid.UUID) -> HttpResponse:
    """Called off, or nobody came."""
    meeting = find_meeting(request, audit, meeting_uid)
    form = form_for(request, CancelForm)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("missed", "reason")}
        if attempt(
            form, lambda: actions.cancel_meeting(audit=audit, meeting=meeting, acting_user=request.acting, **given)
        ):
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("case-meetings", audit.uid)
    return _meeting_form(request, audit, form, _("Spotkanie się nie odbyło"), _("Zapisz"))


@case_page(PART)
def scan(request: CaseRequest, audit: SkillsAudit, meeting_uid: uuid.UUID) -> HttpResponse | FileResponse:
    """The signed sheet: attach it, or open it."""
    meeting = find_meeting(request, audit, meeting_uid)
    if request.method == "GET" and meeting.scan is not None:
        return file_response(meeting.scan)
    form = form_for(request, ScanForm)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if attempt(
            form,
            lambda: actions.attach_scan(audit=audit, meeting=meeting, upload=upload, acting_user=request.acting),
        ):
            messages.success(request, _("Dołączono podpisany arkusz."))
            return redirect("case-meetings", audit.uid)
    return _meeting_form(request, audit, form, _("Podpisany arkusz"), _("Dołącz"))


def _meeting_form(request: CaseRequest, audit: SkillsAudit, form: forms.Form, title: str, button: str) -> HttpResponse:
    context = {"audit": audit, "tab": "case-meetings", "form": form, "title": title, "button": button}
    return render(request, "audits/one_form.html", {**context, "back": "case-meetings"})
