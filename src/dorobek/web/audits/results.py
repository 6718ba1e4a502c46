"""Results of tests taken elsewhere (IN-8)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.audits.models import SkillsAudit
from dorobek.instruments.actions import Scale, enter_result, remove_result
from dorobek.instruments.enums import Level, Validity
from dorobek.instruments.models import ExternalResult
from dorobek.instruments.queries import results_of_case
from dorobek.portfolio.queries import competences_of_case
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.files import file_response
from dorobek.web.forms import DayField, DorobekForm, LongText, ShortText, dress

PART = "wyniki testów"
SCALES = 14  # the largest tool in use has eleven scales and two of control


class ResultForm(DorobekForm):
    """A tool, who ran it by what right, and up to fourteen scales."""

    tool = ShortText(label=gettext_lazy("Narzędzie"), max_length=200)
    tool_version = ShortText(label=gettext_lazy("Wersja"), max_length=60, required=False)
    taken_on = DayField(label=gettext_lazy("Dzień badania"), not_after=timezone.localdate)
    run_by = ShortText(label=gettext_lazy("Kto przeprowadził?"), max_length=200)
    entitlement = ShortText(
        label=gettext_lazy("Na jakiej podstawie?"),
        help_text=gettext_lazy("Uprawnienie do tego narzędzia: numer zaświadczenia, rok."),
        max_length=300,
    )
    validity = forms.ChoiceField(
        label=gettext_lazy("Czy wynikowi można ufać?"),
        choices=Validity.choices,
        widget=forms.RadioSelect,
        initial=Validity.VALID,
    )
    validity_note = ShortText(label=gettext_lazy("Dlaczego nie w pełni?"), max_length=500, required=False)
    conclusions = LongText(label=gettext_lazy("Wnioski"), required=False)
    scan = forms.FileField(label=gettext_lazy("Skan arkusza"), required=False)

    def __init__(self, *args: Any, audit: SkillsAudit, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, SCALES + 1):
            self.fields[f"scale_{number}"] = ShortText(label=_("Skala"), max_length=200, required=False)
            self.fields[f"score_{number}"] = ShortText(label=_("Wynik"), max_length=40, required=False)
            self.fields[f"level_{number}"] = forms.ChoiceField(
                label=_("Poziom"), choices=[("", "-"), *Level.choices], required=False
            )
            self.fields[f"competence_{number}"] = forms.ModelChoiceField(
                label=_("Której kompetencji dotyczy"),
                queryset=competences_of_case(user, audit.uid),
                required=False,
            )
            for name in ("scale", "score", "level", "competence"):
                dress(self.fields[f"{name}_{number}"])

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of each scale, for a table."""
        names = ("scale", "score", "level", "competence")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, SCALES + 1)]

    def scales(self) -> list[Scale]:
        given = self.cleaned_data
        return [
            Scale(given[f"scale_{n}"], given[f"score_{n}"], given[f"level_{n}"], given[f"competence_{n}"])
            for n in range(1, SCALES + 1)
            if given[f"scale_{n}"]
        ]


@case_page(PART)
def result_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Every result, set beside what the interviews say."""
    context = {"audit": audit, "tab": "case", "leads": request.leads}
    return render(request, "audits/results.html", {**context, "results": results_of_case(request.user, audit.uid)})


@case_page(PART)
def add(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Enter a result."""
    form = form_for(request, ResultForm, audit=audit, user=request.user)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _enter(request, audit, form)):
        finish(request)
        messages.success(request, _("Zapisano wynik: %s") % form.cleaned_data["tool"])
        return redirect("case-results", audit.uid)
    return render(request, "audits/result_form.html", {"audit": audit, "tab": "case", "form": form})


def _enter(request: CaseRequest, audit: SkillsAudit, form: ResultForm) -> ExternalResult:
    names = ("tool", "tool_version", "taken_on", "run_by", "entitlement", "validity", "validity_note", "conclusions")
    return enter_result(
        person=audit.person,
        case_uid=audit.uid,
        scales=form.scales(),
        scan=form.cleaned_data["scan"],
        acting_user=request.acting,
        **{name: form.cleaned_data[name] for name in names},
    )


def _find(request: CaseRequest, audit: SkillsAudit, uid: uuid.UUID) -> ExternalResult:
    result = results_of_case(request.user, audit.uid).filter(uid=uid).first()
    if result is None:
        raise Http404
    return result


@case_page(PART)
def open_scan(request: CaseRequest, audit: SkillsAudit, result_uid: uuid.UUID) -> FileResponse:
    """The scanned sheet."""
    result = _find(request, audit, result_uid)
    if result.scan is None:
        raise Http404
    return file_response(result.scan)


@require_POST
@case_page(PART)
def remove(request: CaseRequest, audit: SkillsAudit, result_uid: uuid.UUID) -> HttpResponse:
    """Entered by mistake."""
    remove_result(result=_find(request, audit, result_uid), reason="pomyłka", acting_user=request.acting)
    messages.success(request, _("Usunięto wynik."))
    return redirect("case-results", audit.uid)
