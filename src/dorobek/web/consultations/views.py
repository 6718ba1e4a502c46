"""Asking a specialist: the adviser proposes and enters what was said outside; the specialist answers here (SA-11)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.audits.actions.consultations import give_opinion, propose_consultation, withdraw_consultation
from dorobek.audits.enums import ConsultationState
from dorobek.audits.models import Consultation, SkillsAudit
from dorobek.people.actions import log_reading
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.portfolio.models import Competence
from dorobek.web.doors import CaseRequest, attempt, case_page, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText, ShortText


class ProposalForm(DorobekForm):
    speciality = ShortText(
        label=gettext_lazy("Jaki specjalista?"),
        help_text=gettext_lazy("Na przykład: psycholog, lekarz medycyny pracy."),
    )
    specialist = forms.ModelChoiceField(
        label=gettext_lazy("Kto ma odpowiedzieć tutaj?"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=gettext_lazy("nikt z listy: opinię wpisze doradca"),
    )
    specialist_name = ShortText(
        label=gettext_lazy("Jeśli nikt z listy: imię i nazwisko albo poradnia"), required=False, max_length=200
    )
    question = LongText(
        label=gettext_lazy("O co pytamy?"),
        help_text=gettext_lazy(
            "Specjalista zobaczy to pytanie i kompetencje oznaczone do dalszej analizy, nic więcej."
        ),
        rows=4,
    )

    def __init__(self, *args: Any, audit: SkillsAudit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        specialists = Account.objects.filter(
            memberships__institution=audit.institution_id, memberships__role=Role.SPECIALIST, is_active=True
        )
        field: forms.ModelChoiceField = self.fields["specialist"]  # type: ignore[assignment]
        field.queryset = specialists.distinct().order_by("name")


class OpinionForm(DorobekForm):
    opinion = LongText(label=gettext_lazy("Opinia"), rows=8)


def _of_case(request: CaseRequest, audit: SkillsAudit, consultation_uid: uuid.UUID) -> Consultation:
    held: Consultation | None = (
        Consultation.objects.visible_to(request.user).filter(audit=audit, uid=consultation_uid).first()
    )
    if held is None:
        raise Http404
    return held


@case_page("konsultacje")
def case_consultations(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """What was asked and answered, and a form for the next question."""
    form = form_for(request, ProposalForm, audit=audit)
    if request.method == "POST" and form.is_valid():
        names = ("speciality", "specialist", "specialist_name", "question")
        given = {name: form.cleaned_data[name] for name in names}
        if attempt(form, lambda: propose_consultation(audit=audit, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zaproponowano konsultację. Teraz odpowiada uczestnik."))
            return redirect("case-consultations", audit.uid)
    rows = Consultation.objects.visible_to(request.user).filter(audit=audit).select_related("specialist")
    context = {"audit": audit, "tab": "case", "leads": request.leads, "form": form, "rows": rows}
    return render(request, "audits/consultations.html", context)


@case_page("konsultacje")
def enter_opinion(request: CaseRequest, audit: SkillsAudit, consultation_uid: uuid.UUID) -> HttpResponse:
    """The adviser writes down what a specialist said outside."""
    held = _of_case(request, audit, consultation_uid)
    if held.specialist_id is not None:
        raise Http404
    form = form_for(request, OpinionForm, base_version=held.version)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _given(held, form, request))
        if done:
            finish(request)
            messages.success(request, _("Zapisano opinię."))
            return redirect("case-consultations", audit.uid)
    context = {
        "audit": audit, "tab": "case", "form": form, "title": _("Opinia: %s") % held.speciality,
        "button": _("Zapisz opinię"), "back": "case-consultations",
    }  # fmt: skip
    return render(request, "audits/one_form.html", context)


def _given(held: Consultation, form: forms.Form, request: CaseRequest) -> Consultation:
    return give_opinion(
        consultation=held,
        opinion=form.cleaned_data["opinion"],
        acting_user=request.acting,
        base_version=form.cleaned_data["base_version"] or None,
    )


@require_POST
@case_page("konsultacje")
def withdraw(request: CaseRequest, audit: SkillsAudit, consultation_uid: uuid.UUID) -> HttpResponse:
    """Take a question back."""
    withdraw_consultation(consultation=_of_case(request, audit, consultation_uid), acting_user=request.acting)
    messages.success(request, _("Wycofano konsultację."))
    return redirect("case-consultations", audit.uid)


def _mine(request: CaseRequest) -> Any:
    """Questions to this specialist, while they are open to them."""
    asked = Consultation.objects.visible_to(request.user).filter(specialist=request.user)
    return asked.filter(state=ConsultationState.ASKED).select_related("person", "audit__adviser")


@staff(Role.SPECIALIST)
def waiting(request: CaseRequest) -> HttpResponse:
    """What waits for this specialist's opinion, oldest first."""
    return render(request, "consultations/waiting.html", {"rows": _mine(request).order_by("asked_on", "id")})


@staff(Role.SPECIALIST)
def opinion(request: CaseRequest, consultation_uid: uuid.UUID) -> HttpResponse:
    """One question: the competences marked for analysis, and the opinion."""
    held = _mine(request).filter(uid=consultation_uid).first()
    if held is None:
        raise Http404
    log_reading(account=request.user, person=held.person, case_uid=held.case_uid, part="konsultacja")
    form = form_for(request, OpinionForm, base_version=held.version)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _given(held, form, request)):
        finish(request)
        messages.success(request, _("Opinia została przekazana doradcy. Sprawa jest już dla Pani/Pana zamknięta."))
        return redirect("consultations")
    marked = Competence.objects.visible_to(request.user).filter(case_uid=held.case_uid, for_analysis=True)
    return render(request, "consultations/opinion.html", {"one": held, "form": form, "competences": marked})
