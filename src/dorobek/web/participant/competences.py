"""One competence per page: „zgadza się", „nie zgadza się", or in one's own words (SA-9)."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.weave import weaves
from dorobek.portfolio import actions
from dorobek.portfolio.models import Competence
from dorobek.portfolio.queries import competences_of_case, waiting_for_answer
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText

AGREE, DISAGREE, REWORD = "zgadza-sie", "nie-zgadza-sie", "inaczej"


class AnswerForm(DorobekForm):
    """Agree, disagree with a reason, or say it differently."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Czy to się zgadza?"),
        choices=[
            (AGREE, gettext_lazy("Tak, zgadza się")),
            (REWORD, gettext_lazy("Tak, ale powiem to po swojemu")),
            (DISAGREE, gettext_lazy("Nie, to się nie zgadza")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Proszę wybrać jedną z trzech odpowiedzi.")},
    )
    wording = LongText(
        label=gettext_lazy("Po swojemu"),
        help_text=gettext_lazy("Wypełnij, jeśli chcesz to powiedzieć inaczej. Jedno zdanie wystarczy."),
        required=False,
        rows=2,
    )
    comment = LongText(
        label=gettext_lazy("Co się nie zgadza?"),
        help_text=gettext_lazy("Wypełnij, jeśli opis jest niesłuszny."),
        required=False,
        rows=2,
    )


@own_page
def competence_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """All competences found so far, each with its state and what it rests on."""
    found = weaves(request.user, audit)
    waiting = [weave for weave in found if weave.competence.state == "claimed" and weave.competence.asked_at]
    return render(request, "participant/competences.html", {"audit": audit, "weaves": found, "waiting": len(waiting)})


@own_page
def answer_competence(request: CaseRequest, audit: SkillsAudit, competence_uid: uuid.UUID) -> HttpResponse:
    """One question: does this sentence say what I can do?"""
    competence = competences_of_case(request.user, audit.uid).filter(uid=competence_uid).first()
    if competence is None:
        raise Http404
    form = form_for(request, AnswerForm, base_version=competence.version, initial={"wording": competence.wording})
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _answer(request, form, competence)):
        finish(request)
        messages.success(request, _("Zapisano Pani/Pana odpowiedź."))
        following = waiting_for_answer(request.user, audit.uid).exclude(pk=competence.pk).first()
        if following is None:
            return redirect("own-competences", audit.uid)
        return redirect("own-competence", audit.uid, following.uid)
    weave = next(weave for weave in weaves(request.user, audit) if weave.competence.pk == competence.pk)
    left = waiting_for_answer(request.user, audit.uid).count()
    return render(
        request,
        "participant/competence.html",
        {"audit": audit, "competence": competence, "weave": weave, "form": form, "left": left},
    )


def _answer(request: CaseRequest, form: forms.Form, competence: Competence) -> Competence:
    given, base = form.cleaned_data, form.cleaned_data["base_version"]
    if given["answer"] == AGREE:
        return actions.confirm_competence(competence=competence, acting_user=request.acting, base_version=base)
    if given["answer"] == DISAGREE:
        return actions.dispute_competence(
            competence=competence, comment=given["comment"], acting_user=request.acting, base_version=base
        )
    return actions.reword_competence(
        competence=competence, wording=given["wording"], acting_user=request.acting, base_version=base
    )
