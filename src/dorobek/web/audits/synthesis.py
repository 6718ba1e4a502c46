"""Synthesis: what is missing for each competence, and what the adviser concludes (SA-11)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.actions.synthesis import write_synthesis
from dorobek.audits.models import SkillsAudit, Synthesis
from dorobek.audits.queries.weave import weaves
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText

FIELDS = ("picture", "strengths", "missing", "conclusions")
MISSING = {
    "disputed": gettext_lazy("opis jest sporny"),
    "no-episode": gettext_lazy("nie ma historii, która to pokazuje"),
    "not-confirmed": gettext_lazy("uczestnik jeszcze nie potwierdził"),
    "no-evidence": gettext_lazy("nie ma dowodu"),
    "evidence-not-rated": gettext_lazy("dowód czeka na ocenę"),
    "evidence-against": gettext_lazy("dowód nie wystarcza"),
    "result-contradicts": gettext_lazy("wynik testu mówi co innego"),
}


class SynthesisForm(DorobekForm):
    picture = LongText(
        label=gettext_lazy("Obraz całości"),
        help_text=gettext_lazy("Co łączy te doświadczenia? Co jest najważniejsze dla celu tej osoby?"),
        required=False,
    )
    strengths = LongText(label=gettext_lazy("Mocne strony"), required=False)
    missing = LongText(label=gettext_lazy("Czego jeszcze nie wiemy"), required=False)
    conclusions = LongText(label=gettext_lazy("Wnioski do planu"))


@case_page("synteza")
def synthesis(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """What is missing in one list, beside the four texts."""
    held = Synthesis.objects.visible_to(request.user).filter(audit=audit).first()
    initial = {name: getattr(held, name) for name in FIELDS} if held else {}
    form = form_for(request, SynthesisForm, initial=initial, base_version=held.version if held else 0)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in (*FIELDS, "base_version")}
        if attempt(form, lambda: write_synthesis(audit=audit, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano syntezę."))
            return redirect("case-synthesis", audit.uid)
    found = weaves(request.user, audit)
    gaps = [(weave.competence, [MISSING[code] for code in weave.missing]) for weave in found if weave.missing]
    context = {"audit": audit, "tab": "case", "form": form, "leads": request.leads, "gaps": gaps}
    whole = sum(not weave.missing for weave in found)
    return render(request, "audits/synthesis.html", {**context, "whole": whole, "total": len(found)})
