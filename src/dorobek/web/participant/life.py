"""The participant's own line of life: events, what was said in the talk, the voluntary part (SA-7, SA-13)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.audits.actions import biographical
from dorobek.audits.actions.card import change_life_event, remove_life_event
from dorobek.audits.enums import AREA_OF, EventKind
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.interviews import access_from, answers_of_case, decision_of
from dorobek.audits.queries.time_line import time_line
from dorobek.programmes.enums import InterviewArea
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.interview_forms import EventForm, OwnAnswerForm, PersonalForm, event_initial
from dorobek.web.interview_views import detail_choices, drawn, find_answer, find_event, language, table_rows

OWN_KINDS = (
    EventKind.SCHOOL, EventKind.COURSE, EventKind.JOB, EventKind.ACTIVITY, EventKind.CARE, EventKind.FAMILY,
    EventKind.INTEREST, EventKind.OTHER,
)  # fmt: skip


@own_page
def life(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Events in order, quiet stretches among them; the drawing in a fold; the voluntary part."""
    line = time_line(request.user, audit)
    decision = decision_of(request.user, audit)
    context = {
        "audit": audit,
        "line": line,
        "rows": table_rows(line),
        "picture": drawn(line) if line.pieces else "",
        "answers": answers_of_case(request.user, audit).exclude(answer="").count(),
        "decision": decision,
        "access": access_from(decision),
        "has_personal": audit.rules.area(InterviewArea.PERSONAL) is not None,
    }
    return render(request, "participant/life.html", context)


@own_page
def choose_kind(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """First question: what was it?"""
    kinds = [(str(kind.value), kind.label) for kind in OWN_KINDS]
    return render(request, "participant/life_kind.html", {"audit": audit, "kinds": kinds})


@own_page
def event(request: CaseRequest, audit: SkillsAudit, kind: str = "", event_uid: uuid.UUID | None = None) -> HttpResponse:
    """Second question: what it is called and when it was; or the same, corrected."""
    found = find_event(request.user, audit, event_uid) if event_uid else None
    if found is None and kind not in OWN_KINDS:
        raise Http404
    sort = EventKind(found.kind if found else kind)
    form = form_for(
        request,
        EventForm,
        initial=event_initial(found) if found else {},
        base_version=found.version if found else 0,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _saved(request, audit, form, found, kind))
    ):
        finish(request)
        messages.success(request, _("Zapisano: %(title)s.") % {"title": form.cleaned_data["title"]})
        return redirect("own-life", audit.uid)
    area = found.area if found else AREA_OF[sort]
    context = {"audit": audit, "form": form, "event": found, "kind": sort, "voluntary": area == InterviewArea.PERSONAL}
    return render(request, "participant/life_event.html", context)


def _saved(request: CaseRequest, audit: SkillsAudit, form: EventForm, found: Any, kind: str) -> Any:
    if found is None:
        return biographical.place_on_line(audit=audit, kind=kind, values=form.values(), acting_user=request.acting)
    return change_life_event(
        event=found, values=form.values(), acting_user=request.acting, base_version=form.cleaned_data["base_version"]
    )


@own_page
def remove(request: CaseRequest, audit: SkillsAudit, event_uid: uuid.UUID) -> HttpResponse:
    """Ask, then take it off the line."""
    found = find_event(request.user, audit, event_uid)
    if request.method == "POST":
        remove_life_event(event=found, acting_user=request.acting)
        messages.success(request, _("Usunięto: %(title)s.") % {"title": found.title})
        return redirect("own-life", audit.uid)
    return render(request, "participant/life_removal.html", {"audit": audit, "event": found})


# ---- what was said in the talk ----


@own_page
def answers(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Every answer written down, to read and to correct."""
    given = [answer for answer in answers_of_case(request.user, audit) if answer.answer]
    specs = audit.rules.biographical.areas if audit.rules.biographical else ()
    areas = [(spec.name.text(language()), [a for a in given if a.area == spec.area]) for spec in specs]
    access = access_from(decision_of(request.user, audit))
    context = {"audit": audit, "areas": [area for area in areas if area[1]], "access": access}
    return render(request, "participant/life_answers.html", context)


@own_page
def answer(request: CaseRequest, audit: SkillsAudit, answer_uid: uuid.UUID) -> HttpResponse:
    """Correct one answer. Both versions are shown when the adviser changed it meanwhile."""
    found = find_answer(request.user, audit, answer_uid)
    closed = found.area == InterviewArea.PERSONAL and not access_from(decision_of(request.user, audit)).ask
    form = form_for(request, OwnAnswerForm, initial={"answer": found.answer}, base_version=found.version)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: biographical.answer_question(
                audit=audit,
                area=found.area,
                question_code=found.question_code,
                answer=form.cleaned_data["answer"],
                base_version=form.cleaned_data["base_version"] or 0,
                acting_user=request.acting,
            ),
        )
        if saved:
            finish(request)
            messages.success(request, _("Zapisano odpowiedź."))
            return redirect("own-answers", audit.uid)
    context = {"audit": audit, "form": form, "answer": found, "closed": closed}
    return render(request, "participant/life_answer.html", context)


# ---- the voluntary part ----


@own_page
def personal(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """How much to say of personal life: the participant's decision, to be changed at any time."""
    spec = audit.rules.area(InterviewArea.PERSONAL)
    if spec is None:
        raise Http404
    decision = decision_of(request.user, audit)
    form = form_for(
        request,
        PersonalForm,
        initial={"detail": decision.personal_detail, "note": decision.detail_note} if decision else {},
        base_version=decision.version if decision else 0,
        choices=detail_choices(audit.rules),
        acknowledged=bool(decision and decision.notice_shown_at),
    )
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _decided(request, audit, form)):
        finish(request)
        messages.success(request, _("Zapisano decyzję. Doradca ją zobaczy i będzie jej przestrzegać."))
        return redirect("own-life", audit.uid)
    notice = spec.notice.text(language()) if spec.notice else ""
    context = {"audit": audit, "form": form, "notice": notice, "decision": decision}
    return render(request, "participant/life_personal.html", context)


def _decided(request: CaseRequest, audit: SkillsAudit, form: PersonalForm) -> Any:
    given = form.cleaned_data
    return biographical.choose_personal_detail(
        audit=audit,
        detail=given["detail"],
        note=given["note"],
        notice_read=given.get("notice_read", False),
        base_version=given["base_version"],
        acting_user=request.acting,
    )


@own_page
def stop(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """End the personal part, without a reason."""
    if request.method == "POST":
        biographical.stop_personal_area(audit=audit, acting_user=request.acting)
        messages.success(request, _("Ta część rozmowy jest zakończona. Doradca nie będzie o nią pytać."))
    return redirect("own-life", audit.uid)


@own_page
def withdraw(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Ask once, then remove the personal answers."""
    if request.method == "POST":
        count = biographical.withdraw_personal_answers(audit=audit, acting_user=request.acting)
        messages.success(request, _("Usunięte odpowiedzi: %(count)d.") % {"count": count})
        return redirect("own-life", audit.uid)
    return render(request, "participant/life_withdraw.html", {"audit": audit})
