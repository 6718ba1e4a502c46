"""The participant chooses between the variants, both in plain words (SA-4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.audits.actions.variant import choose_variant, talk_held
from dorobek.audits.models import SkillsAudit
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.variant_forms import VariantForm, variant_choices


@own_page
def variant(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """One question: which of the two?"""
    form = form_for(request, VariantForm, audit=audit, initial={"variant": audit.variant}, base_version=audit.version)
    if request.method == "POST" and form.is_valid():
        chosen = attempt(
            form,
            lambda: choose_variant(
                audit=audit,
                variant=form.cleaned_data["variant"],
                acting_user=request.acting,
                base_version=form.cleaned_data["base_version"],
            ),
        )
        if chosen:
            finish(request)
            messages.success(request, _("Zapisano wybór."))
            return redirect("own-home", audit.uid)
    context = {"audit": audit, "form": form, "choices": variant_choices(audit), "talk_held": talk_held(audit)}
    return render(request, "participant/variant.html", context)
