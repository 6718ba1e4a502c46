"""The participant's stories: one step per page, back and forth, anything may wait (SA-8, SA-13)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.actions import episodes as actions
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.interviews import stories, story_of
from dorobek.audits.queries.time_line import time_line
from dorobek.audits.rules.interviews import lacking_words
from dorobek.programmes.schema.shapes import PromptPart
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.interview_forms import StepForm, StoryForm, star_hints
from dorobek.web.interview_views import chosen_event, find_episode, language

# (address, short name, columns written on that page, their labels)
STEPS: tuple[tuple[str, Any, tuple[str, ...], tuple[Any, ...]], ...] = (
    ("sytuacja", gettext_lazy("Sytuacja"), ("situation",), (gettext_lazy("Co się działo"),)),
    ("zadanie", gettext_lazy("Zadanie"), ("task",), (gettext_lazy("Co było do zrobienia"),)),
    ("dzialanie", gettext_lazy("Działanie"), ("action",), (gettext_lazy("Co zostało zrobione"),)),
    ("wynik", gettext_lazy("Wynik"), ("result",), (gettext_lazy("Jak to się skończyło"),)),
    ("przydalo-sie", gettext_lazy("Co się przydało"), ("useful",), (gettext_lazy("Co się przydało"),)),
    (
        "dowod",
        gettext_lazy("Dowód"),
        ("documentable", "evidence_missing"),
        (gettext_lazy("Co może to pokazać"), gettext_lazy("Czego jeszcze brakuje")),
    ),
)
NAMES = tuple(step[0] for step in STEPS)


@own_page
def episode_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Stories told so far, by part; what each still lacks."""
    told = stories(request.user, audit)
    parts = [
        (_name(spec), [(story, lacking_words(story.missing)) for story in told if story.episode.part == spec.part])
        for spec in _parts(audit)
    ]
    return render(request, "participant/episodes.html", {"audit": audit, "parts": parts, "told": told})


@own_page
def choose_part(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """First question: where is the story from?"""
    parts = [
        {
            "code": str(spec.part),
            "name": _name(spec),
            "intro": spec.intro.text(language()),
            "notice": spec.voluntary_notice.text(language()) if spec.voluntary_notice else "",
        }
        for spec in _parts(audit)
    ]
    return render(request, "participant/episodes_part.html", {"audit": audit, "parts": parts})


@own_page
def begin(request: CaseRequest, audit: SkillsAudit, part: str) -> HttpResponse:
    """Second question: what shall we call it? With prompts that help to remember."""
    spec = next((one for one in _parts(audit) if one.part == part), None)
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
            return redirect("own-episode-step", audit.uid, story.uid, NAMES[0])
    prompts = [prompt.text.text(language()) for prompt in spec.prompts]
    notice = spec.voluntary_notice.text(language()) if spec.voluntary_notice else ""
    context = {"audit": audit, "form": form, "name": _name(spec), "prompts": prompts, "notice": notice}
    return render(request, "participant/episodes_begin.html", {**context, "has_events": bool(events)})


@own_page
def step(request: CaseRequest, audit: SkillsAudit, episode_uid: uuid.UUID, name: str) -> HttpResponse:
    """One step of the story."""
    if name not in NAMES:
        raise Http404
    place = NAMES.index(name)
    columns, labels = STEPS[place][2:]
    row = find_episode(request.user, audit, episode_uid)
    form = form_for(
        request,
        StepForm,
        initial={column: getattr(row, column) for column in columns},
        base_version=row.version,
        names=columns,
        labels=labels,
    )
    following = NAMES[place + 1] if place + 1 < len(NAMES) else ""
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: actions.change_episode(
                episode=row,
                values=form.values(),
                acting_user=request.acting,
                base_version=form.cleaned_data["base_version"] or 0,
            ),
        )
        if saved:
            finish(request)
            if following and "koniec" not in request.POST:
                return redirect("own-episode-step", audit.uid, row.uid, following)
            messages.success(request, _("Zapisano historię."))
            return redirect("own-episode", audit.uid, row.uid)
    context = {
        "audit": audit,
        "form": form,
        "episode": row,
        "place": place + 1,
        "count": len(NAMES),
        "question": star_hints(audit.rules, language()).get(columns[0], ""),
        "before": NAMES[place - 1] if place else "",
        "following": following,
        "path": _path(row, place),
    }
    return render(request, "participant/episodes_step.html", context)


@own_page
def episode(request: CaseRequest, audit: SkillsAudit, episode_uid: uuid.UUID) -> HttpResponse:
    """The whole story to read, each step with a way to change it."""
    row = find_episode(request.user, audit, episode_uid)
    story = story_of(row)
    steps = [(name, label, [getattr(row, column) for column in columns]) for name, label, columns, _words in STEPS]
    context = {"audit": audit, "story": story, "steps": steps, "lacking": lacking_words(story.missing)}
    first = next((name for name, _l, columns, _w in STEPS if columns[0] in story.missing), "")
    return render(request, "participant/episodes_one.html", {**context, "first_missing": first})


@own_page
def rename(request: CaseRequest, audit: SkillsAudit, episode_uid: uuid.UUID) -> HttpResponse:
    """Change the title, or the event it belongs to."""
    row = find_episode(request.user, audit, episode_uid)
    events = time_line(request.user, audit).events
    initial = {"title": row.title, "life_event": str(row.life_event.uid) if row.life_event else ""}
    form = form_for(request, StoryForm, initial=initial, base_version=row.version, events=events)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        values = {"title": given["title"], "life_event": chosen_event(events, given["life_event"])}
        base = given["base_version"] or 0
        if attempt(
            form,
            lambda: actions.change_episode(episode=row, values=values, acting_user=request.acting, base_version=base),
        ):
            finish(request)
            return redirect("own-episode", audit.uid, row.uid)
    context = {"audit": audit, "form": form, "name": row.title, "episode": row, "has_events": bool(events)}
    return render(request, "participant/episodes_begin.html", context)


@own_page
def remove(request: CaseRequest, audit: SkillsAudit, episode_uid: uuid.UUID) -> HttpResponse:
    """Ask, then take the story away."""
    row = find_episode(request.user, audit, episode_uid)
    if request.method == "POST":
        actions.remove_episode(episode=row, acting_user=request.acting)
        messages.success(request, _("Usunięto historię „%(title)s”.") % {"title": row.title})
        return redirect("own-episodes", audit.uid)
    return render(request, "participant/episodes_removal.html", {"audit": audit, "episode": row})


def _parts(audit: SkillsAudit) -> tuple[PromptPart, ...]:
    return audit.rules.behavioural.parts if audit.rules.behavioural else ()


def _name(spec: PromptPart) -> str:
    return spec.name.text(language())


def _path(row: Any, place: int) -> list[tuple[Any, str]]:
    """(label, "done" | "now" | "") of the steps, for the thread on top of the page."""
    return [
        (label, "now" if n == place else "done" if getattr(row, columns[0]).strip() else "")
        for n, (_name_, label, columns, _labels) in enumerate(STEPS)
    ]
