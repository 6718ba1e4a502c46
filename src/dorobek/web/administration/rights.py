"""People asked to be erased; an administrator answers, with what the law makes the office keep (XX-3)."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.actions.rights import answer_erasure
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.rights import erasure_requests, may_answer
from dorobek.people.enums import Role
from dorobek.people.models import ErasureRequest
from dorobek.web.administration.views import institutions
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.forms import DorobekForm, LongText


class AnswerForm(DorobekForm):
    erase = forms.TypedChoiceField(
        label=gettext_lazy("Co robimy?"),
        choices=[
            ("1", gettext_lazy("Usuwamy: słowa, pliki i zdjęcia znikają na zawsze")),
            ("0", gettext_lazy("Jeszcze nie usuwamy")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    answer = LongText(
        label=gettext_lazy("Odpowiedź dla tej osoby"),
        help_text=gettext_lazy("Co się stanie, co i jak długo urząd musi zachować, i dlaczego. Wyślemy to pocztą."),
        rows=6,
        max_length=1000,
    )


@staff(Role.ADMINISTRATOR)
def requests(request: CaseRequest) -> HttpResponse:
    """Every request of the administrator's institutions, unanswered first."""
    return render(request, "administration/requests.html", {"rows": erasure_requests(institutions(request))})


@staff(Role.ADMINISTRATOR)
def answer(request: CaseRequest, request_uid: uuid.UUID) -> HttpResponse:
    """Erase, or say why not; the letter goes to the address held before anything is erased."""
    held = erasure_requests(institutions(request)).filter(uid=request_uid).first()
    if held is None:
        raise Http404
    audits = SkillsAudit.objects.filter(person=held.person).select_related(
        "institution", "programme_version__programme"
    )
    form = AnswerForm(request.POST or None, initial={"answer": _proposed(list(audits))})
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _answered(request, held, form)):
        messages.success(request, _("Odpowiedź została zapisana i wysłana."))
        return redirect("administration-requests")
    context = {"held": held, "form": form, "audits": audits, "may": may_answer(request.user, held.person)}
    return render(request, "administration/request.html", context)


def _answered(request: CaseRequest, held: ErasureRequest, form: forms.Form) -> ErasureRequest:
    return answer_erasure(
        request=held, erase=form.cleaned_data["erase"], answer=form.cleaned_data["answer"], acting_user=request.acting
    )


def _proposed(audits: list[SkillsAudit]) -> str:
    """What the programmes' own rules make the office keep, as the beginning of an answer."""
    lines = [
        _("Z bilansu %(number)s zostają przez %(years)d lat: fakty ze zgłoszenia bez nazwiska, dni spotkań i sumy "
          "kontrolne dokumentów (%(basis)s).")
        % {
            "number": audit.number, "years": audit.rules.retention.years,
            "basis": audit.rules.retention.legal_basis.pl,
        }
        for audit in audits
    ]  # fmt: skip
    return "\n".join([_("Usuwamy Pani/Pana dane."), *lines])
