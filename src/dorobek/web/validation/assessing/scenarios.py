"""/walidacja/ocena/scenariusze/: the body's scenarios of observation, written by its officers in editions (VA-4)."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.people.enums import Role
from dorobek.people.models import Institution
from dorobek.register.models import Qualification
from dorobek.validation.actions.scenarios import (
    TEXTS,
    begin_scenario,
    next_edition,
    publish_scenario,
    withdraw_scenario,
    write_scenario,
)
from dorobek.validation.models import ObservationScenario, ValidationOpening
from dorobek.validation.queries.assessing import sets_outline
from dorobek.validation.rules.observing import LONGEST_CUE, MOST_CUES, Anchor, anchors_of
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText, ShortText, dress
from dorobek.web.validation.assessing.doors import officer
from dorobek.web.validation.assessing.looks import key_of


class NewForm(DorobekForm):
    where = forms.ChoiceField(label=gettext_lazy("Dla której kwalifikacji?"), widget=forms.RadioSelect)
    title = ShortText(
        label=gettext_lazy("Nazwa"), help_text=gettext_lazy("Na przykład: pierwsza rozmowa z klientem."), max_length=200
    )


class ScenarioForm(DorobekForm):
    """The scenario's texts, and for each criterion what to look for; a criterion left empty is not in it."""

    title = ShortText(label=gettext_lazy("Nazwa"), max_length=200)
    situation = LongText(label=gettext_lazy("Sytuacja na początku"), rows=3, required=False)
    task = LongText(label=gettext_lazy("Zadanie kandydata"), rows=3, required=False)
    client_role = LongText(
        label=gettext_lazy("Rola klienta"), rows=3, required=False,
        help_text=gettext_lazy("Kogo gra statysta, co mówi, czego nie mówi, dopóki nikt nie zapyta."),
    )  # fmt: skip
    place = ShortText(label=gettext_lazy("Potrzebne miejsce"), max_length=200, required=False)
    equipment = LongText(label=gettext_lazy("Potrzebne wyposażenie"), rows=2, required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Ile minut"), min_value=1, max_value=480, initial=30)

    def __init__(self, *args: Any, criteria: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for code in criteria:
            key = key_of(code)
            self.fields[f"met_{key}"] = LongText(
                label=_("Spełnione, gdy (%s)") % code, rows=2, max_length=1000, required=False
            )
            self.fields[f"not_{key}"] = LongText(
                label=_("Niespełnione, gdy (%s)") % code, rows=2, max_length=1000, required=False
            )
            self.fields[f"cues_{key}"] = LongText(
                label=_("Do zaznaczania jednym dotknięciem (%s)") % code, rows=2, max_length=2000, required=False
            )
            for name in ("met", "not", "cues"):
                dress(self.fields[f"{name}_{key}"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for code in self.criteria:
            key = key_of(code)
            cues = _split(given.get(f"cues_{key}", ""))
            if len(cues) > MOST_CUES:
                self.add_error(f"cues_{key}", _("Najwyżej %d zachowań, każde w osobnym wierszu.") % MOST_CUES)
            if any(len(cue) > LONGEST_CUE for cue in cues):
                self.add_error(f"cues_{key}", _("Jedno zachowanie może mieć najwyżej %d znaków.") % LONGEST_CUE)
        return given

    @property
    def anchors(self) -> dict[str, Anchor]:
        found = {}
        for code in self.criteria:
            met, not_met, cues = (
                self.cleaned_data.get(f"{name}_{key_of(code)}", "").strip() for name in ("met", "not", "cues")
            )
            if met or not_met or cues:
                found[code] = Anchor(met, not_met, tuple(_split(cues)))
        return found

    def boxes(self, code: str) -> list[forms.BoundField]:
        return [self[f"{name}_{key_of(code)}"] for name in ("met", "not", "cues")]


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@officer
def listed(request: CaseRequest) -> HttpResponse:
    """Every scenario of the body by its newest edition; older ones stand behind it."""
    held = ObservationScenario.objects.visible_to(request.user).filter(institution__in=_bodies(request))
    families: dict[uuid.UUID, list[ObservationScenario]] = {}
    for one in held.select_related("qualification").order_by("title", "-number"):
        families.setdefault(one.family, []).append(one)
    return render(request, "validation/assessing/scenarios.html", {"families": list(families.values())})


@officer
def begin(request: CaseRequest) -> HttpResponse:
    """For a qualification that the body has opened for validation."""
    pairs = _qualifications(request)
    form = form_for(request, NewForm)
    form.fields["where"].choices = [(key, label) for key, (label, _institution, _one) in pairs.items()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        _label, institution, qualification = pairs[form.cleaned_data["where"]]
        given = {"institution": institution, "qualification": qualification, "title": form.cleaned_data["title"]}
        made = attempt(form, lambda: begin_scenario(acting_user=request.acting, **given))
        if made:
            finish(request)
            return redirect("assessing-scenario-edit", made.uid)
    status = 422 if form.errors else 200
    return render(request, "validation/assessing/scenario_new.html", {"form": form, "any": bool(pairs)}, status=status)


def _bodies(request: CaseRequest) -> list[int]:
    return [m.institution_id for m in request.user.active_memberships if m.role == Role.AWARDING_OFFICER]


def _qualifications(request: CaseRequest) -> dict[str, tuple[str, Institution, Qualification]]:
    openings = ValidationOpening.objects.filter(institution__in=_bodies(request)).order_by("qualification__code", "pk")
    found = {}
    for one in openings.select_related("institution", "qualification"):
        label = f"{one.qualification.code} {one.qualification.title(get_language() or 'pl')}"
        found[f"{one.institution.uid}:{one.qualification.code}"] = (label, one.institution, one.qualification)
    return found


@officer
def show(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """One edition as assessors see it."""
    scenario = _scenario(request, uid)
    texts = _criteria(scenario)
    parts = [(code, texts.get(code, ""), one) for code, one in anchors_of(scenario.anchors).items()]
    editions = ObservationScenario.objects.filter(family=scenario.family).order_by("-number")
    context = {"scenario": scenario, "parts": parts, "editions": list(editions), "uses": scenario.uses.count()}
    return render(request, "validation/assessing/scenario.html", context)


@officer
def edit(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """The draft; what is published is never changed."""
    scenario = _scenario(request, uid)
    if scenario.published_at is not None:
        return redirect("assessing-scenario", scenario.uid)
    texts = _criteria(scenario)
    form = form_for(request, ScenarioForm, criteria=texts, initial=_initial(scenario), base_version=scenario.version)
    if request.method == "POST" and form.is_valid() and _written(request, scenario, form):
        finish(request)
        messages.success(request, _("Zapisano szkic scenariusza."))
        return redirect("assessing-scenario", scenario.uid)
    groups = [
        (part, [(code, text, form.boxes(code)) for outcome in part.outcomes for code, text in outcome.criteria])
        for part in sets_outline(scenario.entry_version.entry)
    ]
    context = {"form": form, "scenario": scenario, "groups": groups, "most": MOST_CUES}
    status = 422 if form.errors or form.conflict else 200
    return render(request, "validation/assessing/scenario_edit.html", context, status=status)


def _written(request: CaseRequest, scenario: ObservationScenario, form: ScenarioForm) -> bool:
    given = form.cleaned_data
    changes = attempt(
        form,
        lambda: write_scenario(
            scenario=scenario, texts={name: given[name] for name in TEXTS}, minutes=given["minutes"],
            anchors=form.anchors, acting_user=request.acting, base_version=given["base_version"],
        ),
    )  # fmt: skip
    return changes is not None


def _initial(scenario: ObservationScenario) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(scenario, name) for name in (*TEXTS, "minutes")}
    for code, one in anchors_of(scenario.anchors).items():
        key = key_of(code)
        found |= {f"met_{key}": one.met, f"not_{key}": one.not_met, f"cues_{key}": "\n".join(one.cues)}
    return found


@require_POST
@officer
def step(request: CaseRequest, uid: uuid.UUID, what: str) -> HttpResponse:
    """Publish, withdraw, or begin the next edition."""
    scenario = _scenario(request, uid)
    if what == "opublikuj":
        publish_scenario(scenario=scenario, acting_user=request.acting)
        messages.success(request, _("Opublikowano. Asesorzy mogą z niego korzystać."))
    elif what == "wycofaj":
        withdraw_scenario(scenario=scenario, acting_user=request.acting)
        messages.success(request, _("Wycofano. To, co z nim zapisano, zostaje."))
    elif what == "wydanie":
        made = next_edition(scenario=scenario, acting_user=request.acting)
        return redirect("assessing-scenario-edit", made.uid)
    else:
        raise Http404
    return redirect("assessing-scenario", scenario.uid)


def _scenario(request: CaseRequest, uid: uuid.UUID) -> ObservationScenario:
    """One of the bodies for which the user is an officer; 404 for any other."""
    held = ObservationScenario.objects.visible_to(request.user).filter(institution__in=_bodies(request), uid=uid)
    found: ObservationScenario | None = held.select_related("institution", "qualification", "entry_version").first()
    if found is None:
        raise Http404
    return found


def _criteria(scenario: ObservationScenario) -> dict[str, str]:
    parts = sets_outline(scenario.entry_version.entry)
    return {code: text for part in parts for outcome in part.outcomes for code, text in outcome.criteria}
