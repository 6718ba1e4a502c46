"""The participant decides whether a specialist is asked (SA-11)."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.actions.consultations import answer_proposal
from dorobek.audits.enums import ConsultationState
from dorobek.audits.models import Consultation, SkillsAudit
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, YesNo


class AgreementForm(DorobekForm):
    agreed = YesNo(
        label=gettext_lazy("Czy zapytać specjalistę?"),
        yes=gettext_lazy("Tak, można zapytać"),
        no=gettext_lazy("Nie chcę"),
    )


def of_case(request: CaseRequest, audit: SkillsAudit) -> QuerySet[Consultation]:
    return Consultation.objects.visible_to(request.user).filter(audit=audit).select_related("specialist")


@own_page
def proposals(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """What was proposed, what was answered; one waiting question opens at once."""
    rows = list(of_case(request, audit))
    waiting = [one for one in rows if one.state == ConsultationState.PROPOSED]
    if len(waiting) == 1 and len(rows) == 1:
        return redirect("own-consultation", audit.uid, waiting[0].uid)
    return render(request, "participant/consultations.html", {"audit": audit, "rows": rows})


@own_page
def answer(request: CaseRequest, audit: SkillsAudit, consultation_uid: uuid.UUID) -> HttpResponse:
    """One question: yes or no."""
    held = of_case(request, audit).filter(uid=consultation_uid).first()
    if held is None:
        raise Http404
    form = form_for(request, AgreementForm)
    if request.method == "POST" and form.is_valid():
        agreed = form.cleaned_data["agreed"]
        if attempt(form, lambda: answer_proposal(consultation=held, agreed=agreed, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Zapisano odpowiedź."))
            return redirect("own-home", audit.uid)
    return render(request, "participant/consultation.html", {"audit": audit, "one": held, "form": form})
