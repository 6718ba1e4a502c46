"""What a candidate may still wish for: to pay less or nothing, and which letters to get."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.validation.actions.fees import ask_fee
from dorobek.validation.actions.letters import choose_letters
from dorobek.validation.documents import case_number
from dorobek.validation.enums import FeeState
from dorobek.validation.models import Application, Fee
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.candidate.doors import own_validation
from dorobek.web.validation.candidate.forms import FeeWishForm


@own_validation
def fee(request: CaseRequest, application: Application) -> HttpResponse:
    """Ask to pay less or nothing; the office answers, and a refusal can be appealed."""
    held = Fee.objects.filter(application=application, state=FeeState.DUE, asked="").first()
    if held is None and request.method != "POST":
        raise Http404
    form = form_for(request, FeeWishForm)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, lambda: ask_fee(application=application, words=words, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Prośba jest złożona. Do czasu odpowiedzi nie trzeba płacić."))
            return redirect("validation-case", application.uid)
    context = {
        "application": application, "opening": application.opening, "form": form, "fee": held,
        "pay_title": case_number(application),
    }  # fmt: skip
    return render(request, "validation/candidate/fee.html", context, status=422 if form.errors else 200)


@require_POST
@own_validation
def letters(request: CaseRequest, application: Application) -> HttpResponse:
    """All letters about steps, or those alone that the candidate cannot do without."""
    off = request.POST.get("letters") == "off"
    choose_letters(application=application, off=off, acting_user=request.acting)
    messages.success(request, _("Zapisano. Konieczne listy będą przychodzić nadal.") if off else _("Zapisano."))
    return redirect("validation-case", application.uid)
