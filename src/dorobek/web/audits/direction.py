"""The basic path on the adviser's side: the written direction; and the choice of a variant in assisted mode (SA-4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dorobek.audits.actions.direction import FIELDS, write_direction
from dorobek.audits.actions.variant import choose_variant, talk_held
from dorobek.audits.models import BasicDirection, SkillsAudit
from dorobek.people.acting import ActingUser
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText
from dorobek.web.variant_forms import VariantForm, variant_choices


class DirectionForm(DorobekForm):
    """What was talked about, in the order of the talk."""

    present_work = LongText(label=gettext_lazy("Obecna praca"), required=False, rows=5)
    wished_training = LongText(label=gettext_lazy("Szkolenie lub egzamin, o który chodzi"), required=False, rows=4)
    usefulness = LongText(label=gettext_lazy("Do czego przyda się w pracy"), required=False, rows=4)
    direction = LongText(
        label=gettext_lazy("Kierunek"),
        help_text=gettext_lazy("To zdanie lub dwa trafi do dokumentu dla uczestnika."),
        required=False,
        rows=4,
    )
    next_steps = LongText(label=gettext_lazy("Najbliższe kroki"), required=False, rows=4)


def prompts(audit: SkillsAudit) -> dict[str, list[tuple[str, str]]]:
    """Questions of the programme beside each field: (question, hint)."""
    basic = audit.rules.basic
    language = get_language() or "pl"
    if basic is None:
        return {}
    return {
        name: [(q.text.text(language), q.hint.text(language) if q.hint else "") for q in getattr(basic, source)]
        for name, source in (
            ("present_work", "present_work"),
            ("wished_training", "wished_training"),
            ("direction", "direction"),
        )
    }


@case_page("kierunek rozwoju")
def direction(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Present work, the training wished for, its use, the direction: one page, one talk."""
    row = BasicDirection.objects.visible_to(request.user).filter(audit=audit).first()
    initial = {name: getattr(row, name) for name in FIELDS} if row else {}
    form = form_for(request, DirectionForm, initial=initial, base_version=row.version if row else 0)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _written(request, audit, form)):
        finish(request)
        messages.success(request, _("Zapisano kierunek."))
        return redirect("case-direction", audit.uid)
    asked = prompts(audit)
    fields = [(form[name], asked.get(name, [])) for name in FIELDS]
    context: dict[str, Any] = {
        "audit": audit,
        "tab": "case-direction",
        "form": form,
        "fields": fields,
        "leads": request.leads,
    }
    return render(request, "audits/direction.html", {**context, "row": row})


def _written(request: CaseRequest, audit: SkillsAudit, form: DorobekForm) -> BasicDirection:
    values = {name: form.cleaned_data[name] for name in FIELDS}
    base = form.cleaned_data["base_version"]
    return write_direction(audit=audit, values=values, acting_user=request.acting, base_version=base)


@case_page("rodzaj bilansu")
def variant(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The participant's choice, put down by the adviser on their behalf; it is kept who typed it."""
    form = form_for(request, VariantForm, audit=audit, initial={"variant": audit.variant}, base_version=audit.version)
    on_behalf = ActingUser(request.user, on_behalf_of=audit.person)
    if request.method == "POST" and form.is_valid():
        chosen = attempt(
            form,
            lambda: choose_variant(
                audit=audit,
                variant=form.cleaned_data["variant"],
                acting_user=on_behalf,
                base_version=form.cleaned_data["base_version"],
            ),
        )
        if chosen:
            finish(request)
            messages.success(request, _("Zapisano wybór uczestnika."))
            return redirect("case-direction" if chosen.variant == "basic" else "case-card", audit.uid)
    context = {"audit": audit, "tab": "case", "form": form, "talk_held": talk_held(audit), "leads": request.leads}
    return render(request, "audits/variant.html", {**context, "choices": variant_choices(audit)})
