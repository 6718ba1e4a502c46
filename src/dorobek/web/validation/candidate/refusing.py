"""/walidacja/doradca/…/odmowa/: the adviser does not admit a candidate, by the entry alone (VA-6, VA-7)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.validation.actions.refusing import refuse_application
from dorobek.validation.enums import ApplicationState, RefusalGround
from dorobek.validation.models import Application
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.candidate.advising import frame
from dorobek.web.validation.candidate.doors import advised_validation
from dorobek.web.validation.candidate.forms import RefuseForm


@advised_validation
def refuse(request: CaseRequest, application: Application) -> HttpResponse:
    """The conditions of the entry beside the form; what the candidate may do about it is told before it is done."""
    if application.state != ApplicationState.SUBMITTED:
        raise Http404
    form = form_for(request, RefuseForm)
    if request.method == "POST" and form.is_valid():
        ground, reason = RefusalGround(form.cleaned_data["ground"]), form.cleaned_data["reason"]
        who = request.acting
        if attempt(
            form,
            lambda: refuse_application(application=application, ground=ground, reason=reason, acting_user=who),
        ):
            finish(request)
            messages.success(request, _("Odmowa jest zapisana. Kandydat dostaje pismo i może się odwołać."))
            return redirect("validation-advising")
    entry = application.opening.entry_version.entry
    context = {
        **frame(request, application), "form": form, "closing": True, "refusing": True, "conditions": entry.text("entry_conditions"),
        "preceding": entry.preceding,
    }  # fmt: skip
    return render(request, "validation/candidate/advising_refuse.html", context, status=422 if form.errors else 200)
