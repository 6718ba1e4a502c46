"""/walidacja/ocena/…/obserwacja/: a simulation begun with its roles, a sheet of anchors, time marks by one tap (VA-4).

Taps are kept in the form's own box, so that the device's outbox (autosave.js) holds them like any text; taps.js sends
them on as soon as there is a connection, and a tap that arrives twice is kept once.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.ids import uuid7
from dorobek.validation.actions.observing import (
    METHOD,
    Tap,
    begin_observation,
    end_observation,
    keep_taps,
    remove_tap,
)
from dorobek.validation.actions.sheets import note_criteria
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Assessment, Observation, TimeMark
from dorobek.validation.queries.assessing import others_to_play, scenarios_for, wordings
from dorobek.validation.queries.judging import sitting_of
from dorobek.validation.rules.observing import Anchor, anchors_of
from dorobek.web.doors import attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, ShortText
from dorobek.web.typography import clock
from dorobek.web.validation.assessing.doors import JudgeRequest, judging
from dorobek.web.validation.assessing.forms import NotesForm, notes_of, seen_mark
from dorobek.web.validation.assessing.looks import OBSERVATION, allows, frame

SEPARATOR = "\t"
LARGEST = 200_000  # bytes of one message of taps


class BeginForm(DorobekForm):
    scenario = forms.ChoiceField(label=gettext_lazy("Scenariusz"), widget=forms.RadioSelect)
    place = ShortText(label=gettext_lazy("Miejsce"), max_length=200)
    equipment_ready = forms.BooleanField(
        label=gettext_lazy("Miejsce i wyposażenie są gotowe"),
        error_messages={
            "required": gettext_lazy("Zanim zacznie się scenka, trzeba przygotować miejsce i wyposażenie.")
        },
    )
    equipment_note = ShortText(label=gettext_lazy("Uwagi do wyposażenia"), max_length=500, required=False)
    client_name = ShortText(
        label=gettext_lazy("Kto gra klienta?"), help_text=gettext_lazy("Imię i nazwisko statysty."),
        max_length=200, required=False,
    )  # fmt: skip
    client = forms.ChoiceField(label=gettext_lazy("Albo inny kandydat z tego terminu"), required=False)


class ObservationForm(NotesForm):
    """Notes by criterion, and taps that no server has confirmed yet: a line each, uid, criterion, milliseconds, words."""

    taps = forms.CharField(
        label=gettext_lazy("Znaczniki, które czekają na wysłanie"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "readonly": True, "data-taps": ""}),
    )  # fmt: skip


@judging("obserwacja")
def listed(request: JudgeRequest, sheet: Assessment) -> HttpResponse:
    """Observations of this round, and a form to begin another."""
    application = sheet.application
    if not allows(application.opening.rules, OBSERVATION):
        raise Http404
    offered = list(scenarios_for(request.user, application))
    others = list(others_to_play(request.user, application))
    sitting = sitting_of(application)
    form = form_for(request, BeginForm, initial={"place": sitting.place if sitting else application.opening.place})
    form.fields["scenario"].choices = [(str(one.uid), one.title) for one in offered]  # type: ignore[attr-defined]
    form.fields["client"].choices = [("", _("nie, gra statysta")), *((str(one.uid), one.person.name) for one in others)]  # type: ignore[attr-defined]
    if not others:
        del form.fields["client"]
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("base_version", None)
        given["scenario"] = next(one for one in offered if str(one.uid) == given["scenario"])
        given["client"] = next((one for one in others if str(one.uid) == given.pop("client", "")), None)
        made = attempt(form, lambda: begin_observation(application=application, acting_user=request.acting, **given))
        if made:
            finish(request)
            return redirect("assessing-observation", application.uid, made.uid)
    held = application.observations.filter(round=application.round).select_related(
        "scenario", "client__person", "begun_by"
    )
    context = frame(
        sheet, "assessing-observations", form=form, offered=offered, held=list(held.order_by("-pk")),
        open=application.state == ApplicationState.APPOINTED and sheet.closed_at is None,
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "validation/assessing/observations.html", context, status=status)


@judging("obserwacja: arkusz")
def show(request: JudgeRequest, sheet: Assessment, observation_uid: uuid.UUID) -> HttpResponse:
    """The scenario, and each criterion with its anchors, its taps and a note. Sent without scripts it does the same."""
    found = _observation(sheet, observation_uid)
    texts, anchors = wordings(sheet.application.opening), anchors_of(found.scenario.anchors)
    names = [(code, _("Notatka (%s)") % code) for code in anchors]
    notes = notes_of(sheet, METHOD)
    stored = {"taps": "", "seen": seen_mark(notes), **notes}
    form = form_for(request, ObservationForm, names=names, rows=1, initial=stored)
    if form.draft_saved_at and all(
        (form.initial.get(name) or "") == stored.get(name, "") for name in form.fields if name != "base_version"
    ):
        finish(request)  # its taps have arrived since, and nothing else in it is new
        form.draft_saved_at = None
    if (
        request.method == "POST"
        and form.is_valid()
        and not form.overtaken(notes)
        and _saved(request, sheet, found, form)
    ):
        finish(request)
        messages.success(request, _("Zapisano."))
        return redirect("assessing-observation", sheet.application.uid, found.uid)
    marks = list(TimeMark.objects.filter(observation=found, assessment=sheet, removed_at=None).order_by("at", "pk"))
    context = frame(
        sheet, "assessing-observations", form=form, observation=found, scenario=found.scenario, marks=marks,
        parts=[_part(form, code, texts[code].text, one, marks) for code, one in anchors.items() if code in texts],
        open=sheet.application.state == ApplicationState.APPOINTED and sheet.closed_at is None,
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "validation/assessing/observation.html", context, status=status)


def _part(form: ObservationForm, code: str, text: str, anchor: Anchor, marks: Iterable[TimeMark]) -> dict[str, Any]:
    own = [one for one in marks if one.criterion == code]
    return {"code": code, "text": text, "anchor": anchor, "box": form.box(code), "marks": own}


def _saved(request: JudgeRequest, sheet: Assessment, found: Observation, form: ObservationForm) -> bool:
    """The notes, the taps that waited in the box, and the one pressed without scripts (`now`: criterion, words)."""
    waiting = lines(form.cleaned_data["taps"])
    code, _sep, words = request.POST.get("now", "").partition(SEPARATOR)
    if code:
        waiting.append(Tap(uuid7(), code, words or _("znacznik"), timezone.now()))
    return bool(
        attempt(
            form,
            lambda: (
                keep_taps(observation=found, taps=waiting, sent_at=timezone.now(), acting_user=request.acting),
                note_criteria(assessment=sheet, method=METHOD, notes=form.notes, acting_user=request.acting),
            ),
        )
    )


def lines(text: str) -> list[Tap]:
    """Taps from the box of a form. A line that holds none is passed over: nobody typed it by hand."""
    found = []
    for line in text.splitlines():
        parts = line.split(SEPARATOR, 3)
        if len(parts) == 4:
            found.append(_tap(parts[0], parts[1], parts[3], parts[2]))
    return found


def _tap(uid: Any, criterion: Any, words: Any, at: Any) -> Tap:
    """Raises RuleBroken for what is no tap."""
    try:
        moment = dt.datetime.fromtimestamp(int(at) / 1000, tz=dt.UTC)
        return Tap(uuid.UUID(str(uid)), str(criterion), str(words)[:300], moment)
    except (ValueError, OverflowError, OSError) as fault:
        raise RuleBroken(_("Nie udało się odczytać znacznika.")) from fault


@require_POST
@judging("obserwacja: znaczniki")
def taps(request: JudgeRequest, sheet: Assessment, observation_uid: uuid.UUID) -> HttpResponse:
    """{sent_at, taps: [{uid, criterion, words, at}]} in milliseconds of the device -> {kept: [{uid, clock}]}."""
    found = _observation(sheet, observation_uid)
    if len(request.body) > LARGEST:
        return JsonResponse({"error": _("Za dużo znaczników naraz.")}, status=413)
    try:
        sent = json.loads(request.body)
        given = [_tap(one["uid"], one["criterion"], one["words"], one["at"]) for one in sent["taps"]]
        sent_at = dt.datetime.fromtimestamp(int(sent["sent_at"]) / 1000, tz=dt.UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError, RuleBroken):
        return JsonResponse({"error": _("Nie udało się odczytać znaczników.")}, status=400)
    try:
        kept = keep_taps(observation=found, taps=given, sent_at=sent_at, acting_user=request.acting)
    except RuleBroken as refusal:
        return JsonResponse({"error": str(refusal.message)}, status=422)
    rows = TimeMark.objects.filter(assessment=sheet, uid__in=kept)
    return JsonResponse({"kept": [{"uid": str(one.uid), "clock": clock(one.at)} for one in rows]})


@require_POST
@judging("obserwacja: znacznik")
def remove(request: JudgeRequest, sheet: Assessment, observation_uid: uuid.UUID, mark_uid: uuid.UUID) -> HttpResponse:
    """Take back one's own mark."""
    found = _observation(sheet, observation_uid)
    mark = TimeMark.objects.filter(observation=found, assessment=sheet, uid=mark_uid).first()
    if mark is None:
        raise Http404
    remove_tap(mark=mark, acting_user=request.acting)
    return redirect("assessing-observation", sheet.application.uid, found.uid)


@require_POST
@judging("obserwacja: koniec")
def end(request: JudgeRequest, sheet: Assessment, observation_uid: uuid.UUID) -> HttpResponse:
    """The simulation is over; what is seen in it may still be written down until the sheet is closed."""
    found = _observation(sheet, observation_uid)
    end_observation(observation=found, acting_user=request.acting)
    messages.success(request, _("Obserwacja zakończona. Metoda jest zapisana przy kryteriach scenariusza."))
    return redirect("assessing-observation", sheet.application.uid, found.uid)


def _observation(sheet: Assessment, uid: uuid.UUID) -> Observation:
    """One of this round of this application; 404 for any other."""
    held = sheet.application.observations.filter(round=sheet.round, uid=uid)
    found: Observation | None = held.select_related("scenario", "application", "client__person").first()
    if found is None:
        raise Http404
    return found
