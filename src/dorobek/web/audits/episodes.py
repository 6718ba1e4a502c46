"""The behavioural interview at the desk: three parts, stories in four steps, what shows them (SA-8)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.audits.actions import episodes as actions
from dorobek.audits.models import Episode, SkillsAudit
from dorobek.audits.queries.interviews import access_from, decision_of, stories, story_of
from dorobek.audits.queries.time_line import time_line
from dorobek.audits.rules.interviews import lacking_words
from dorobek.programmes.enums import EpisodePart
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.interview_forms import EpisodeForm, StoryForm, episode_texts
from dorobek.web.interview_views import chosen_event, episode_values, evidence_held, find_episode, language

TAB = "case-episodes"
PART = "epizody"


@case_page(PART)
def episode_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The three parts with their prompts and the stories told so far."""
    told = stories(request.user, audit)
    access = access_from(decision_of(request.user, audit))
    behavioural = audit.rules.behavioural
    parts = [
        {
            "code": str(spec.part),
            "name": spec.name.text(language()),
            "intro": spec.intro.text(language()),
            "notice": spec.voluntary_notice.text(language()) if spec.voluntary_notice else "",
            "prompts": [(prompt.code, prompt.text.text(language())) for prompt in spec.prompts],
            "stories": [(story, lacking_words(story.missing)) for story in told if story.episode.part == spec.part],
            "closed": spec.part == EpisodePart.PERSONAL and not access.ask and not access.notice,
        }
        for spec in (behavioural.parts if behavioural else ())
    ]
    context = {
        **_frame(request, audit),
        "parts": parts,
        "opening": behavioural.opening.text(language()) if behavioural else "",
        "count": len(told),
    }
    return render(request, "audits/episodes.html", context)


@case_page(PART)
def begin(request: CaseRequest, audit: SkillsAudit, part: str) -> HttpResponse:
    """A title, and which event of life it belongs to; the story itself comes next."""
    spec = audit.rules.episode_part(EpisodePart(part)) if part in list(EpisodePart) else None
    if spec is None:
        raise Http404
    events = time_line(request.user, audit).events
    form = form_for(request, StoryForm, initial={"life_event": request.GET.get("wydarzenie", "")}, events=events)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        story = attempt(
            form,
            lambda: actions.add_episode(
                audit=audit,
                part=part,
                title=given["title"],
                life_event=chosen_event(events, given["life_event"]),
                uid=given["uid"],
                acting_user=request.acting,
            ),
        )
        if story:
            finish(request)
            return redirect("case-episode", audit.uid, story.uid)
    prompts = {prompt.code: prompt.text.text(language()) for prompt in spec.prompts}
    picked = prompts.get(request.GET.get("pytanie", ""), "")
    context = {**_frame(request, audit), "form": form, "spec": spec, "name": spec.name.text(language())}
    return render(request, "audits/episodes_begin.html", {**context, "picked": picked, "prompts": prompts})


@case_page(PART)
def episode(request: CaseRequest, audit: SkillsAudit, episode_uid: uuid.UUID) -> HttpResponse:
    """One story: the four steps, what was useful, what shows it. Half a story is fine."""
    row = find_episode(request.user, audit, episode_uid)
    events = time_line(request.user, audit).events
    evidence = evidence_held(request.user, audit)
    form = form_for(
        request,
        EpisodeForm,
        initial=episode_initial(row),
        base_version=row.version,
        rules=audit.rules,
        events=events,
        evidence=evidence,
    )
    if request.method == "POST" and form.is_valid():
        values = episode_values(form, events, evidence)
        base = form.cleaned_data["base_version"] or 0
        saved = attempt(
            form,
            lambda: actions.change_episode(episode=row, values=values, acting_user=request.acting, base_version=base),
        )
        if saved:
            finish(request)
            messages.success(request, _("Zapisano epizod „%(title)s”.") % {"title": saved.title})
            return redirect("case-episode" if request.POST.get("do") == "stay" else TAB, *_where(request, audit, saved))
    story = story_of(row)
    context = {**_frame(request, audit), "form": form, "story": story, "lacking": lacking_words(story.missing)}
    return render(request, "audits/episodes_one.html", context)


def _where(request: CaseRequest, audit: SkillsAudit, saved: Episode) -> tuple[Any, ...]:
    return (audit.uid, saved.uid) if request.POST.get("do") == "stay" else (audit.uid,)


def episode_initial(row: Any) -> dict[str, Any]:
    """Stored values as the form of the whole story shows them."""
    return {
        **episode_texts(row),
        "part": row.part,
        "life_event": str(row.life_event.uid) if row.life_event else "",
        "evidence": [str(piece.uid) for piece in row.held],
    }


@require_POST
@case_page(PART)
def remove(request: CaseRequest, audit: SkillsAudit, episode_uid: uuid.UUID) -> HttpResponse:
    """Take a story away; the history keeps its words."""
    row = find_episode(request.user, audit, episode_uid)
    actions.remove_episode(episode=row, acting_user=request.acting)
    messages.success(request, _("Usunięto epizod „%(title)s”.") % {"title": row.title})
    return redirect(TAB, audit.uid)


def _frame(request: CaseRequest, audit: SkillsAudit) -> dict[str, Any]:
    return {"audit": audit, "tab": TAB, "leads": request.leads, "writable": request.leads and audit.is_open}
