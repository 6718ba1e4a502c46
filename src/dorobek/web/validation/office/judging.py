"""While a commission judges: a member replaced, a method that was carried out on paper brought in."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.register.enums import ValidationMethod
from dorobek.validation import facts
from dorobek.validation.actions.methods import import_paper, may_be_on_paper, void_paper
from dorobek.validation.actions.replacing import replace_member
from dorobek.validation.enums import ApplicationState, MethodHow
from dorobek.validation.grounds import TEST
from dorobek.validation.models import Application, MethodRecord
from dorobek.validation.queries.assessing import wordings
from dorobek.validation.rules.testing.marking import outcome_of
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.files import file_response
from dorobek.web.forms import CHOOSE, DayField, DorobekForm, LongText, ManyChoices, ShortText
from dorobek.web.validation.office.doors import find_case, officer, one_form


class ReplaceForm(DorobekForm):
    leaves = forms.ChoiceField(
        label=gettext_lazy("Kto przestaje oceniać?"), widget=forms.RadioSelect, error_messages={"required": CHOOSE}
    )
    comes = forms.ChoiceField(
        label=gettext_lazy("Kto wchodzi do komisji?"), widget=forms.RadioSelect, error_messages={"required": CHOOSE},
        help_text=gettext_lazy("Osoby, które mogą ocenić tę sprawę. Zanim zacznie oceniać, złoży oświadczenie."),
    )  # fmt: skip
    reason = LongText(
        label=gettext_lazy("Dlaczego?"), rows=3, max_length=2000,
        help_text=gettext_lazy("Zostaje w aktach instytucji; kandydat przeczyta tylko, że osoba się zmieniła. Jej arkusz zostaje, ale się nie liczy."),
    )  # fmt: skip


class PaperForm(DorobekForm):
    method = forms.ChoiceField(
        label=gettext_lazy("Jaka metoda?"), widget=forms.RadioSelect, error_messages={"required": CHOOSE}
    )
    criteria = ManyChoices(label=gettext_lazy("Których kryteriów dotyczyła?"))
    failed = ManyChoices(
        label=gettext_lazy("Efekty niezaliczone w teście"), required=False,
        help_text=gettext_lazy("Tylko przy teście wiedzy. Komisja nie oprze na nim oceny „spełnione” z tych efektów."),
    )  # fmt: skip
    used_on = DayField(label=gettext_lazy("Kiedy to przeprowadzono?"))
    led_by = ShortText(label=gettext_lazy("Kto to przeprowadził?"), max_length=200)
    note = LongText(label=gettext_lazy("Dlaczego na papierze?"), rows=2, max_length=1000, required=False)
    file = forms.FileField(
        label=gettext_lazy("Skan albo zdjęcie zapisu"), help_text=gettext_lazy("PDF, JPG albo PNG.")
    )  # fmt: skip


class VoidForm(DorobekForm):
    reason = LongText(
        label=gettext_lazy("Dlaczego?"), rows=3, max_length=1000,
        help_text=gettext_lazy("Będzie w historii sprawy, którą czyta kandydat. Zapis i jego plik zostają, ale się nie liczą."),
    )  # fmt: skip


PAPER = ("method", "criteria", "failed", "used_on", "led_by", "note")


@officer
def replace(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Who leaves, who comes in their place, and why; every rule is asked as at an appointment."""
    case = find_case(request, uid)
    if case.state != ApplicationState.APPOINTED or case.commission is None:
        raise Http404
    members = {str(one.pk): one for one in case.commission.members.select_related("record__account").order_by("pk")}
    sits = {one.record_id for one in members.values()}
    pool = {str(one.uid): one for one in facts.who_may_mend(case) if one.pk not in sits}
    form = form_for(request, ReplaceForm)
    form.fields["leaves"].choices = [(key, str(one.record.account)) for key, one in members.items()]  # type: ignore[attr-defined]
    form.fields["comes"].choices = [(key, str(one.account)) for key, one in pool.items()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        leaves, comes = members[given["leaves"]], pool[given["comes"]]
        done = attempt(
            form,
            lambda: replace_member(
                application=case, leaves=leaves, comes=comes, reason=given["reason"], acting_user=request.acting
            ),
        )
        if done:
            finish(request)
            messages.success(request, _("W komisji jest teraz %s. Czekamy na oświadczenie i arkusz.") % comes.account)
            return redirect("office-case", case.uid)
    return _page(request, case, form, _("Zmiana osoby w komisji"), _("Zmień"))


@officer
def paper(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """A method carried out on paper, with its file and who answers for it."""
    case = find_case(request, uid)
    if not may_be_on_paper(request.user, case):
        raise Http404
    rules, texts, names = case.opening.rules, wordings(case.opening), dict(ValidationMethod.choices)
    form = form_for(request, PaperForm)
    fields: dict[str, Any] = form.fields
    every = [one.code for one in rules.methods] if rules.only_these_methods else list(names)
    fields["method"].choices = [(code, names.get(code, code)) for code in every]
    fields["criteria"].choices = [(code, f"{code} {one.text}") for code, one in texts.items()]
    outcomes = dict.fromkeys(outcome_of(code) for code in texts)
    titles = {outcome_of(code): one.outcome for code, one in texts.items()}
    fields["failed"].choices = [(code, f"{code} {titles[code]}") for code in outcomes]
    if TEST not in every:
        del fields["failed"]
    if request.method == "POST" and form.is_valid():
        cleaned = dict(form.cleaned_data)
        upload, given = cleaned["file"], {name: cleaned[name] for name in PAPER if name in cleaned}
        if attempt(form, lambda: import_paper(application=case, upload=upload, acting_user=request.acting, **given)):
            finish(request)
            messages.success(
                request, _("Dołączono zapis metody. W protokole będzie napisane, że odbyła się na papierze.")
            )
            return redirect("office-case", case.uid)
    return _page(request, case, form, _("Metoda przeprowadzona na papierze"), _("Dołącz"), upload=True)


@officer
def paper_void(request: CaseRequest, uid: uuid.UUID, record: int) -> HttpResponse:
    """A record on paper brought in by mistake is withdrawn, with the reason."""
    case = find_case(request, uid)
    held = case.methods.filter(pk=record, round=case.round, how=MethodHow.PAPER).first()
    if held is None or not may_be_on_paper(request.user, case):
        raise Http404
    form = form_for(request, VoidForm)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: void_paper(paper=held, reason=reason, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Zapis wycofano. Nie liczy się już w tej ocenie."))
            return redirect("office-case", case.uid)
    return _page(request, case, form, _("Wycofanie zapisu na papierze"), _("Wycofaj"))


def _page(request: CaseRequest, case: Application, form: Any, title: str, button: str, **more: Any) -> HttpResponse:
    back = reverse("office-case", args=[case.uid])
    return one_form(request, form, "office", title=f"{title}: {case.person.name}", button=button, back=back, **more)


@officer
def paper_file(request: CaseRequest, uid: uuid.UUID, record: int) -> FileResponse:
    """The file that came in with a method on paper."""
    return sent(find_case(request, uid), record)


def sent(case: Application, record: int) -> FileResponse:
    """The file of a record of this case; 404 for any other. The caller has asked who may read it."""
    found = MethodRecord.objects.filter(application=case, pk=record, file__isnull=False).select_related("file").first()
    if found is None or found.file is None:
        raise Http404
    return file_response(found.file)
