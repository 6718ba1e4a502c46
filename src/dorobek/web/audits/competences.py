"""The weave on the adviser's side: suggestions from the participant's words, competences, sources, evidence (SA-9)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.audits.actions import competences as actions
from dorobek.audits.models import Episode, LifeEvent, SkillsAudit
from dorobek.audits.queries.suggestions import proposals, text_of
from dorobek.audits.queries.weave import FILTERS, weaves
from dorobek.matching.types import Language
from dorobek.portfolio.actions import agree_wording, ask_about_competences
from dorobek.portfolio.models import Competence
from dorobek.portfolio.queries import competences_of_case
from dorobek.register.actions.adopting import adopted
from dorobek.register.actions.frameworks import ESCO_NOTICE
from dorobek.register.enums import OutcomeKind
from dorobek.register.models import LearningOutcome
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, Hinted, LongText

PER_PAGE = 20
PART = "kompetencje"
LABELS = {
    "wszystkie": gettext_lazy("Wszystkie"),
    "potwierdzone": gettext_lazy("Potwierdzone"),
    "sporne": gettext_lazy("Sporne"),
    "bez-dowodu": gettext_lazy("Bez dowodu"),
    "do-analizy": gettext_lazy("Do analizy"),
}
KINDS = [
    (OutcomeKind.SKILL, Hinted(OutcomeKind.SKILL.label, gettext_lazy("coś, co ta osoba potrafi zrobić"))),
    (OutcomeKind.KNOWLEDGE, Hinted(OutcomeKind.KNOWLEDGE.label, gettext_lazy("coś, co ta osoba wie i rozumie"))),
    (
        OutcomeKind.SOCIAL,
        Hinted(OutcomeKind.SOCIAL.label, gettext_lazy("jak ta osoba współpracuje, odpowiada, radzi sobie z ludźmi")),
    ),
]


class CompetenceForm(DorobekForm):
    """One competence in the language of learning outcomes, with what it rests on."""

    wording = LongText(
        label=gettext_lazy("Co ta osoba umie?"),
        help_text=gettext_lazy("Jedno zdanie z czasownikiem, na przykład: „Rozlicza kasę na koniec zmiany”."),
        rows=2,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Rodzaj"), choices=KINDS, widget=forms.RadioSelect)
    episodes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Epizody, które to pokazują"),
        queryset=Episode.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    life_events = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Wydarzenia z drogi życia"),
        queryset=LifeEvent.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    for_analysis = forms.BooleanField(label=gettext_lazy("Zaznacz do dalszej analizy"), required=False)
    worth_developing = forms.BooleanField(label=gettext_lazy("Warto ją rozwijać"), required=False)

    def __init__(self, *args: Any, audit: SkillsAudit, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("episodes", Episode), ("life_events", LifeEvent)):
            rows = model.objects.visible_to(user).filter(audit=audit)
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class WordingForm(DorobekForm):
    """The common version after a dispute."""

    wording = LongText(label=gettext_lazy("Wspólna wersja"), rows=2)


def find_competence(request: CaseRequest, audit: SkillsAudit, uid: uuid.UUID) -> Competence:
    competence = competences_of_case(request.user, audit.uid).filter(uid=uid).first()
    if competence is None:
        raise Http404
    return competence


@case_page(PART)
def competence_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Suggestions, then every competence between what it rests on and what shows it."""
    found = weaves(request.user, audit)
    chosen = request.GET.get("pokaz", "wszystkie")
    keep = FILTERS.get(chosen, FILTERS["wszystkie"])
    shown = [weave for weave in found if keep(weave)]
    limit = PER_PAGE if request.GET.get("reszta") is None else len(shown)
    counts = [(code, label, sum(map(FILTERS[code], found))) for code, label in LABELS.items()]
    context = {
        "audit": audit,
        "tab": "case-competences",
        "weaves": shown[:limit],
        "shown": min(limit, len(shown)),
        "total": len(shown),
        "any": bool(found),
        "filters": [(code, label, count) for code, label, count in counts if count or code == "wszystkie"],
        "chosen": chosen,
        "unsent": sum(w.competence.state == "claimed" and w.competence.asked_at is None for w in found),
        "leads": request.leads,
        **(_suggestions(request, audit) if request.leads and audit.is_open else {}),
    }
    return render(request, "audits/competences.html", context)


def _suggestions(request: CaseRequest, audit: SkillsAudit) -> dict[str, object]:
    """Suggestions for the episode or event asked for, else for the newest episode."""
    episodes = list(Episode.objects.visible_to(request.user).filter(audit=audit).order_by("-id"))
    events = list(LifeEvent.objects.visible_to(request.user).filter(audit=audit).exclude(duties="").order_by("-id"))
    things: list[Episode | LifeEvent] = [*episodes, *events]
    asked = request.GET.get("z", "")
    source = next((thing for thing in things if str(thing.uid) == asked), things[0] if things else None)
    if source is None:
        return {}
    language: Language = "en" if get_language() == "en" else "pl"
    made, pieces = proposals(audit, text_of(source), language)
    shown = {"esco_shown": any(one.of_esco for one in made), "esco_notice": ESCO_NOTICE}
    return {"source": source, "things": things, "proposals": made, "pieces": pieces, **shown}


@require_POST
@case_page(PART)
def add_suggestion(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Take a suggestion over, or put it aside."""
    if request.POST.get("skill"):
        outcome = adopted(request.POST["skill"])
    else:
        outcome = LearningOutcome.objects.filter(pk=request.POST.get("outcome") or 0).first()
    if outcome is None:
        raise Http404
    asked = request.POST.get("z", "")
    episodes = Episode.objects.visible_to(request.user).filter(audit=audit, uid=asked) if asked else []
    events = LifeEvent.objects.visible_to(request.user).filter(audit=audit, uid=asked) if asked else []
    if "reject" in request.POST:
        actions.reject_suggestion(
            audit=audit,
            outcome=outcome,
            acting_user=request.acting,
            episodes=list(episodes),
            life_events=list(events),
        )
    else:
        actions.draw_competence(
            audit=audit,
            outcome=outcome,
            kind=outcome.kind,
            wording=outcome.title(audit.person.language),
            episodes=list(episodes),
            life_events=list(events),
            acting_user=request.acting,
        )
        messages.success(request, _("Dodano: %s") % outcome.title(audit.person.language))
    return redirect(f"{reverse('case-competences', args=[audit.uid])}?z={asked}")


@case_page(PART)
def edit_competence(request: CaseRequest, audit: SkillsAudit, competence_uid: uuid.UUID | None = None) -> HttpResponse:
    """Write a new competence in free words, or change one."""
    competence = find_competence(request, audit, competence_uid) if competence_uid else None
    initial: dict[str, object] = {"kind": OutcomeKind.SKILL, "episodes": request.GET.getlist("z")}
    if competence is not None:
        sources = list(competence.sources.values_list("episode", "life_event"))
        initial = {
            **{name: getattr(competence, name) for name in ("wording", "kind", "for_analysis", "worth_developing")},
            "episodes": [episode for episode, _event in sources if episode],
            "life_events": [event for _episode, event in sources if event],
        }
    form = form_for(
        request,
        CompetenceForm,
        initial=initial,
        base_version=competence.version if competence else 0,
        audit=audit,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _save(request, audit, competence, form)):
        finish(request)
        messages.success(request, _("Zapisano kompetencję."))
        return redirect("case-competences", audit.uid)
    context = {"audit": audit, "tab": "case-competences", "form": form, "competence": competence}
    return render(request, "audits/competence_form.html", context)


def _save(request: CaseRequest, audit: SkillsAudit, competence: Competence | None, form: forms.Form) -> Competence:
    given = form.cleaned_data
    sources: dict[str, Any] = {"episodes": list(given["episodes"]), "life_events": list(given["life_events"])}
    marks = {name: given[name] for name in ("for_analysis", "worth_developing")}
    common: dict[str, Any] = {
        "audit": audit,
        "kind": given["kind"],
        "wording": given["wording"],
        "acting_user": request.acting,
    }
    if competence is None:
        competence = actions.draw_competence(**common, **sources)
        return (
            actions.change_competence(competence=competence, **common, **marks) if any(marks.values()) else competence
        )
    changed = actions.change_competence(competence=competence, base_version=given["base_version"], **common, **marks)
    actions.link_sources(audit=audit, competence=changed, acting_user=request.acting, **sources)
    return changed


@case_page(PART)
def settle_dispute(request: CaseRequest, audit: SkillsAudit, competence_uid: uuid.UUID) -> HttpResponse:
    """Both versions side by side, and the common one to be written."""
    competence = find_competence(request, audit, competence_uid)
    form = form_for(request, WordingForm, initial={"wording": competence.wording}, base_version=competence.version)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: agree_wording(
                competence=competence,
                wording=form.cleaned_data["wording"],
                acting_user=request.acting,
                base_version=form.cleaned_data["base_version"],
            ),
        )
        if done:
            finish(request)
            messages.success(request, _("Wspólna wersja czeka na potwierdzenie uczestnika."))
            return redirect("case-competences", audit.uid)
    context = {"audit": audit, "tab": "case-competences", "form": form, "competence": competence}
    return render(request, "audits/competence_dispute.html", context)


@require_POST
@case_page(PART)
def ask_participant(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Send everything not yet sent to the participant."""
    unsent = list(competences_of_case(request.user, audit.uid).filter(state="claimed", asked_at=None))
    count = ask_about_competences(case_uid=audit.uid, competences=unsent, acting_user=request.acting)
    messages.success(
        request,
        ngettext("Wysłano %d opis do potwierdzenia.", "Wysłano opisy do potwierdzenia: %d.", count) % count,
    )
    return redirect("case-competences", audit.uid)


@require_POST
@case_page(PART)
def withdraw(request: CaseRequest, audit: SkillsAudit, competence_uid: uuid.UUID) -> HttpResponse:
    """Take a claim back."""
    competence = find_competence(request, audit, competence_uid)
    actions.withdraw_competence(audit=audit, competence=competence, acting_user=request.acting)
    messages.success(request, _("Usunięto opis: %s") % competence.wording)
    return redirect("case-competences", audit.uid)


@require_POST
@case_page(PART)
def move(request: CaseRequest, audit: SkillsAudit, competence_uid: uuid.UUID) -> HttpResponse:
    """One place up or down."""
    competence = find_competence(request, audit, competence_uid)
    actions.move_competence(audit=audit, competence=competence, up="up" in request.POST, acting_user=request.acting)
    return redirect(f"{reverse('case-competences', args=[audit.uid])}#k-{competence.uid}")
