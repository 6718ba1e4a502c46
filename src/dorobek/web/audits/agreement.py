"""The agreement on the adviser's side (SA-5)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.actions.agreement import FIELDS, write_agreement
from dorobek.audits.models import Agreement, SkillsAudit
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText


class AgreementForm(DorobekForm):
    main_goal = LongText(label=gettext_lazy("Główny cel bilansu"), rows=2)
    intermediate_goals = LongText(label=gettext_lazy("Cele pośrednie"), required=False, rows=3)
    adviser_tasks = LongText(label=gettext_lazy("Co robi doradca"), required=False)
    participant_tasks = LongText(label=gettext_lazy("Co robi uczestnik"), required=False)
    difficulties = LongText(label=gettext_lazy("Co może być trudne i co wtedy robimy"), required=False)
    rules = LongText(label=gettext_lazy("Zasady"), required=False)
    confidentiality = LongText(label=gettext_lazy("Poufność"), required=False)


def defaults(audit: SkillsAudit) -> dict[str, str]:
    """What the programme proposes, in the participant's language."""
    given = audit.rules.agreement
    if given is None:
        return {}
    language = "en" if audit.person.language == "en" else "pl"

    def listed(texts: object) -> str:
        return "\n".join(f"- {getattr(text, language)}" for text in texts)  # type: ignore[attr-defined]

    hard = [f"- {getattr(d.difficulty, language)} {getattr(d.way, language)}" for d in given.difficulties]
    return {
        "adviser_tasks": listed(given.adviser_tasks),
        "participant_tasks": listed(given.participant_tasks),
        "difficulties": "\n".join(hard),
        "rules": listed(given.rules),
        "confidentiality": getattr(given.confidentiality, language),
    }


@case_page("kontrakt")
def agreement(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Write it; see who accepted it."""
    held = Agreement.objects.visible_to(request.user).filter(audit=audit).first()
    initial = {name: getattr(held, name) for name in FIELDS} if held else defaults(audit)
    form = form_for(request, AgreementForm, initial=initial, base_version=held.version if held else 0)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        base = form.cleaned_data["base_version"]
        if attempt(
            form, lambda: write_agreement(audit=audit, values=values, base_version=base, acting_user=request.acting)
        ):
            finish(request)
            messages.success(request, _("Zapisano kontrakt. Teraz czeka na uczestnika."))
            return redirect("case", audit.uid)
    context = {"audit": audit, "tab": "case", "form": form, "held": held, "leads": request.leads}
    return render(request, "audits/agreement.html", context)
