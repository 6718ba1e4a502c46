"""The biographical interview at the desk: the bank of questions, the life line, the answer being written (SA-7)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.audits.actions import biographical
from dorobek.audits.actions.card import change_life_event, remove_life_event
from dorobek.audits.actions.episodes import PART_OF_AREA, episode_from_answer
from dorobek.audits.models import InterviewAnswer, SkillsAudit
from dorobek.audits.queries.interviews import Bank, BankQuestion, Interview, decision_of, interview
from dorobek.audits.queries.time_line import TimeLine, time_line
from dorobek.audits.rules.interviews import PERSONAL_WORDS, next_unanswered
from dorobek.people.acting import ActingUser
from dorobek.programmes.enums import InterviewArea
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.interview_forms import (
    AnswerForm,
    EventForm,
    PersonalForm,
    QuestionForm,
    event_initial,
    kind_choices,
)
from dorobek.web.interview_views import (
    band_name,
    detail_choices,
    drawn,
    find_answer,
    find_event,
    language,
    table_rows,
)

TAB = "case-life"
PART = "droga życia"
AREAS = tuple(str(area) for area in InterviewArea)


@case_page(PART)
def life(request: CaseRequest, audit: SkillsAudit, area: str = "") -> HttpResponse:
    """The line and the bank; which question comes next."""
    talk = interview(request.user, audit, language=language())
    bank = _bank(talk, area)
    following = next_unanswered(bank.codes, bank.done) if bank else None
    context = {
        **_frame(request, audit, talk, bank, time_line(request.user, audit)),
        "following": bank.question(following) if bank and following else None,
    }
    return render(request, "audits/life.html", context)


@case_page(PART)
def question(request: CaseRequest, audit: SkillsAudit, area: str, code: str) -> HttpResponse:
    """One question under work: the answer, an event for the line, then the next."""
    talk = interview(request.user, audit, language=language())
    bank = _bank(talk, area)
    asked = bank.question(code) if bank else None
    if bank is None or asked is None:
        raise Http404
    if bank.area == InterviewArea.PERSONAL and not talk.access.ask:
        return redirect("case-life-area", audit.uid, area)
    line = time_line(request.user, audit)
    held = asked.answer.answer if asked.answer else ""
    form = form_for(
        request, AnswerForm, initial={"answer": held}, base_version=asked.version, area=area, events=line.events
    )
    if request.method == "POST" and (done := _posted(request, audit, bank, asked, form)) is not None:
        return done
    tied = list(asked.answer.life_events.all()) if asked.answer else []
    frame = _frame(request, audit, talk, bank, line, tied[-1].uid if tied else None)
    place = bank.codes.index(code) + 1
    context = {**frame, "question": asked, "place": place, "form": form, "tied": tied}
    return render(request, "audits/life_question.html", context)


def _posted(
    request: CaseRequest, audit: SkillsAudit, bank: Bank, asked: BankQuestion, form: AnswerForm
) -> HttpResponse | None:
    """Save, skip or turn into a story; None when the form has to be shown again."""
    wish = request.POST.get("do", "next")
    common: dict[str, Any] = {
        "audit": audit,
        "area": str(bank.area),
        "question_code": asked.code,
        "acting_user": request.acting,
    }
    if wish == "skip":
        if attempt(form, lambda: biographical.skip_question(**common)) is None:
            return None
        finish(request)
        return _onward(audit, bank, asked)
    if not form.is_valid():
        return None
    given = form.cleaned_data
    saved = attempt(
        form,
        lambda: biographical.answer_question(
            answer=given["answer"], events=form.events(), base_version=given["base_version"] or 0, **common
        ),
    )
    if saved is None:
        return None
    finish(request)
    return _after_saving(request, audit, bank, asked, saved, wish)


def _after_saving(
    request: CaseRequest, audit: SkillsAudit, bank: Bank, asked: BankQuestion, saved: InterviewAnswer, wish: str
) -> HttpResponse:
    if wish == "episode":
        story = episode_from_answer(answer=saved, acting_user=request.acting)
        messages.success(request, _("Z odpowiedzi powstał szkic epizodu. Można go od razu uzupełnić."))
        return redirect("case-episode", audit.uid, story.uid)
    if wish == "stay":
        messages.success(request, _("Zapisano. Można dodać następne wydarzenie."))
        return redirect("case-life-question", audit.uid, str(bank.area), asked.code)
    messages.success(request, _("Zapisano odpowiedź."))
    return _onward(audit, bank, asked)


def _onward(audit: SkillsAudit, bank: Bank, asked: BankQuestion) -> HttpResponse:
    following = next_unanswered(bank.codes, bank.done, asked.code)
    if following is None:
        return redirect("case-life-area", audit.uid, str(bank.area))
    return redirect("case-life-question", audit.uid, str(bank.area), following)


@case_page(PART)
def own_question(request: CaseRequest, audit: SkillsAudit, area: str) -> HttpResponse:
    """A question that the bank does not hold."""
    if area not in AREAS:
        raise Http404
    form = form_for(request, QuestionForm)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["question"]
        added = attempt(
            form,
            lambda: biographical.add_own_question(audit=audit, area=area, question=words, acting_user=request.acting),
        )
        if added:
            finish(request)
            return redirect("case-life-question", audit.uid, area, added.question_code)
    context = {"audit": audit, "tab": TAB, "form": form, "area": area, "leads": request.leads}
    return render(request, "audits/life_own_question.html", context)


@require_POST
@case_page(PART)
def untie(request: CaseRequest, audit: SkillsAudit, answer_uid: uuid.UUID, event_uid: uuid.UUID) -> HttpResponse:
    """The event does not belong to this answer after all."""
    answer = find_answer(request.user, audit, answer_uid)
    event = find_event(request.user, audit, event_uid)
    biographical.untie_event(answer=answer, event=event, acting_user=request.acting)
    messages.success(request, _("Wydarzenie zostało na osi, ale już nie przy tej odpowiedzi."))
    return redirect("case-life-question", audit.uid, answer.area, answer.question_code)


# ---- the voluntary personal area ----


def _with_participant(request: CaseRequest, audit: SkillsAudit) -> ActingUser:
    """In the talk the adviser writes down what the participant decides: their decision, on record who typed it."""
    return ActingUser(request.user, on_behalf_of=audit.person)


@case_page(PART)
def personal(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The notice, and what the participant decides after it; to be changed at any time."""
    decision = decision_of(request.user, audit)
    spec = audit.rules.area(InterviewArea.PERSONAL)
    if spec is None:
        raise Http404
    form = form_for(
        request,
        PersonalForm,
        initial={"detail": decision.personal_detail, "note": decision.detail_note} if decision else {},
        base_version=decision.version if decision else 0,
        choices=detail_choices(audit.rules),
        acknowledged=bool(decision and decision.notice_shown_at),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: biographical.choose_personal_detail(
                audit=audit,
                detail=given["detail"],
                note=given["note"],
                notice_read=given.get("notice_read", False),
                base_version=given["base_version"],
                acting_user=_with_participant(request, audit),
            ),
        )
        if saved:
            finish(request)
            messages.success(request, _("Zapisano decyzję uczestnika."))
            return redirect("case-life-area", audit.uid, str(InterviewArea.PERSONAL))
    notice = spec.notice.text(language()) if spec.notice else ""
    context = {"audit": audit, "tab": TAB, "form": form, "notice": notice, "decision": decision}
    return render(request, "audits/life_personal.html", {**context, "leads": request.leads})


@require_POST
@case_page(PART)
def stop(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The participant ends the personal area, now."""
    biographical.stop_personal_area(audit=audit, acting_user=_with_participant(request, audit))
    messages.success(request, _("Ta część rozmowy jest przerwana. Pytania o życie osobiste są zamknięte."))
    return redirect("case-life-area", audit.uid, str(InterviewArea.PERSONAL))


@case_page(PART)
def withdraw(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Ask once, then remove the personal answers."""
    if request.method == "POST":
        count = biographical.withdraw_personal_answers(audit=audit, acting_user=_with_participant(request, audit))
        messages.success(request, _("Usunięte odpowiedzi: %(count)d.") % {"count": count})
        return redirect("case-life-area", audit.uid, str(InterviewArea.PERSONAL))
    return render(request, "audits/life_withdraw.html", {"audit": audit, "tab": TAB, "leads": request.leads})


# ---- events of the line ----


@case_page(PART)
def event(request: CaseRequest, audit: SkillsAudit, event_uid: uuid.UUID | None = None, area: str = "") -> HttpResponse:
    """Add an event to the line, or correct one."""
    found = find_event(request.user, audit, event_uid) if event_uid else None
    if found is None and area not in AREAS:
        raise Http404
    form = form_for(
        request,
        EventForm,
        initial=event_initial(found) if found else {},
        base_version=found.version if found else 0,
        kinds=() if found else kind_choices(area),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _saved(request, audit, form, found, area))
    ):
        finish(request)
        messages.success(request, _("Zapisano wydarzenie."))
        return redirect(TAB, audit.uid)
    part = str(PART_OF_AREA[InterviewArea(found.area if found else area)])
    context = {"audit": audit, "tab": TAB, "form": form, "event": found, "leads": request.leads, "episode_part": part}
    return render(request, "audits/life_event.html", context)


def _saved(request: CaseRequest, audit: SkillsAudit, form: EventForm, found: Any, area: str) -> Any:
    if found is None:
        values = {**form.values(), "area": area}
        return biographical.place_on_line(
            audit=audit, kind=form.cleaned_data["kind"], values=values, acting_user=request.acting
        )
    return change_life_event(
        event=found, values=form.values(), acting_user=request.acting, base_version=form.cleaned_data["base_version"]
    )


@require_POST
@case_page(PART)
def remove_event(request: CaseRequest, audit: SkillsAudit, event_uid: uuid.UUID) -> HttpResponse:
    """Take an event off the line; the history keeps it."""
    found = find_event(request.user, audit, event_uid)
    remove_life_event(event=found, acting_user=request.acting)
    messages.success(request, _("Usunięto z osi: %(title)s.") % {"title": found.title})
    return redirect(TAB, audit.uid)


# ---- shared ----


def _bank(talk: Interview, area: str) -> Bank | None:
    """The area asked for; otherwise the first with an open question."""
    if area:
        found = talk.bank(area)
        if found is None:
            raise Http404
        return found
    unfinished = (bank for bank in talk.banks if bank.asked < len(bank.questions))
    return next(unfinished, talk.banks[0] if talk.banks else None)


def _frame(
    request: CaseRequest,
    audit: SkillsAudit,
    talk: Interview,
    bank: Bank | None,
    line: TimeLine,
    picked: uuid.UUID | None = None,
) -> dict[str, Any]:
    """What every page of the interview shows around its middle."""
    rules = audit.rules
    return {
        "audit": audit,
        "tab": TAB,
        "leads": request.leads,
        "writable": request.leads and audit.is_open,
        "talk": talk,
        "banks": [(one, band_name(one.area)) for one in talk.banks],
        "bank": bank,
        "opening": rules.biographical.opening.text(language()) if rules.biographical else "",
        "personal_area": bank is not None and bank.area == InterviewArea.PERSONAL,
        "statement": PERSONAL_WORDS[talk.detail],
        "line": line,
        "picture": drawn(line, picked) if line.pieces else "",
        "rows": table_rows(line),
        "minutes_from": rules.meetings.interview_minutes_from,
        "minutes_to": rules.meetings.interview_minutes_to,
    }
