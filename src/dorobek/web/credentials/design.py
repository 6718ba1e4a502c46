"""/wystawianie/wzory/: a micro-credential designed in five steps, with checks as one writes, and published (MC-1)."""

import uuid

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.credentials.actions.templates import publish_template, save_template, start_template, withdraw_template
from dorobek.credentials.models import CredentialTemplate, Issuer
from dorobek.credentials.perms import ISSUING_ROLES
from dorobek.credentials.queries.likeness import similar_templates
from dorobek.credentials.rules import Part, findings, publishable
from dorobek.register.models import Qualification
from dorobek.web.credentials.design_forms import BY_PART, STEPS, data_of
from dorobek.web.credentials.finding_words import told
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, ShortText


class TitleForm(DorobekForm):
    title = ShortText(
        label=gettext_lazy("Co umie osoba, która je dostanie?"),
        help_text=gettext_lazy("To będzie nazwa: Rozliczanie kasy na koniec zmiany. Można ją potem zmienić."),
    )


def issuers(request: CaseRequest) -> QuerySet[Issuer]:
    """Issuers for which this account issues."""
    held = [m.institution_id for m in request.user.active_memberships if m.role in ISSUING_ROLES]
    return Issuer.objects.filter(institution__in=held).select_related("institution").order_by("name_pl")


def find_issuer(request: CaseRequest, slug: str = "") -> Issuer:
    """The issuer asked for, or the only one. 404 when there is none."""
    found = issuers(request).filter(slug=slug).first() if slug else issuers(request).first()
    if found is None:
        raise Http404
    return found


def find_template(request: CaseRequest, uid: uuid.UUID) -> CredentialTemplate:
    held = CredentialTemplate.objects.select_related("issuer__institution", "current").filter(
        uid=uid, issuer__in=issuers(request)
    )
    template = held.first()
    if template is None:
        raise Http404
    return template


@staff(*ISSUING_ROLES)
def new(request: CaseRequest) -> HttpResponse:
    """One question; the five steps follow."""
    if not issuers(request).exists():
        return redirect("issuing")
    issuer = find_issuer(request, request.GET.get("wystawca", ""))
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        made = attempt(form, lambda: start_template(issuer=issuer, title=title, acting_user=request.acting))
        if made:
            return redirect("issuing-template-step", made.uid, Part.NEED)
    context = {"issuer": issuer, "form": form, "title": _("Nowe mikropoświadczenie"), "button": _("Dalej")}
    return render(request, "credentials/issuing_form.html", context)


@staff(*ISSUING_ROLES)
def show(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Where the design stands: the steps with what they still lack, and both previews."""
    template = find_template(request, uid)
    design, found = template.design, findings(template.design)
    steps = [(step, [told(one) for one in found if one.part is step.part]) for step in STEPS]
    context = {
        "template": template, "design": design, "steps": steps, "publishable": publishable(design),
        "issuer": template.issuer, "similar": similar_templates(template), "versions": template.versions.all(),
        "changed": template.current is None or template.current.data != template.data,
    }  # fmt: skip
    return render(request, "credentials/design.html", context)


@staff(*ISSUING_ROLES)
def step(request: CaseRequest, uid: uuid.UUID, part: str) -> HttpResponse:
    """One step of five."""
    template = find_template(request, uid)
    if part not in set(Part):
        raise Http404
    here = BY_PART[Part(part)]
    initial = here.shown(template.design)
    taken = taken_over(request.GET.get("rejestr", "")) if here.part is Part.OUTCOMES else ""
    if taken:
        initial["outcomes"] = f"{initial['outcomes']}\n{taken}".strip()
    form: forms.Form = form_for(request, here.form, initial=initial, base_version=template.version)
    if request.method == "POST" and form.is_valid():
        data, base = data_of(here, form.cleaned_data), form.cleaned_data["base_version"] or None
        if attempt(
            form,
            lambda: save_template(template=template, data=data, acting_user=request.acting, base_version=base),
        ):
            finish(request)
            return redirect(_after(here.part, template, "stay" in request.POST))
    found = [told(one) for one in findings(template.design) if one.part is here.part]
    context = {
        "template": template, "step": here, "steps": STEPS, "form": form, "findings": found,
        "asked": request.GET.get("rejestr", ""), "taken": bool(taken),
    }  # fmt: skip
    return render(request, "credentials/design_step.html", context)


def taken_over(asked: str) -> str:
    """Outcomes of an entry of the register ("13477") or of one set of it ("13477/3") as lines of the form."""
    code, _slash, number = asked.strip().partition("/")
    held = Qualification.objects.filter(code=code).select_related("current").first() if code else None
    if held is None or held.current is None:
        return ""
    lines = []
    for group in held.entry.sets:
        if number and str(group.number) != number:
            continue
        for one in group.outcomes:
            english = f" | {one.en}" if one.en else ""
            lines.append(f"{one.pl}{english} [{code}-{group.number}-{one.number}]")
            lines += [f"- {criterion.pl}" for criterion in one.criteria]
    return "\n".join(lines)


def _after(part: Part, template: CredentialTemplate, stay: bool) -> str:
    order = [step.part for step in STEPS]
    if stay:
        return reverse("issuing-template-step", args=[template.uid, part])
    following = order[order.index(part) + 1 :]
    if following:
        return reverse("issuing-template-step", args=[template.uid, following[0]])
    return reverse("issuing-template", args=[template.uid])


@require_POST
@staff(*ISSUING_ROLES)
def publish(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    template = find_template(request, uid)
    made = publish_template(template=template, acting_user=request.acting)
    messages.success(request, _("Opublikowano wersję %d. Można z niej wystawiać.") % made.number)
    return redirect("issuing-template", template.uid)


@require_POST
@staff(*ISSUING_ROLES)
def withdraw(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    template = find_template(request, uid)
    withdraw_template(template=template, acting_user=request.acting)
    messages.success(request, _("Wycofano. Wydane poświadczenia są nadal ważne."))
    return redirect("issuing-template", template.uid)
