"""Everything held on a person: what it is, who looked, taking it away, asking for erasure (XX-3)."""

import uuid

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.audits.models import SkillsAudit
from dorobek.audits.person_data import export_archive
from dorobek.audits.queries.rights import required_consents
from dorobek.kernel.errors import RuleBroken
from dorobek.people.actions.consents import decide_consent
from dorobek.people.actions.rights import CONTACT, ask_for_erasure, correct_contact, give_link_code
from dorobek.people.enums import AddressForm
from dorobek.people.models import AccessLog, Consent, ErasureRequest
from dorobek.web.audits.overview import told_page
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText, ShortText

READINGS = 50


class ContactForm(DorobekForm):
    """How to reach the person; the address of the account to sign in stays as it is."""

    address_form = forms.ChoiceField(label=gettext_lazy("Jak się do mnie zwracać?"), choices=AddressForm.choices)
    email = forms.EmailField(
        label=gettext_lazy("E-mail do kontaktu"),
        help_text=gettext_lazy("Adres do logowania zostaje ten sam."),
        required=False,
    )
    phone = ShortText(label=gettext_lazy("Telefon"), required=False, max_length=40)
    street = ShortText(label=gettext_lazy("Ulica i numer"), required=False, max_length=200)
    postal_code = ShortText(label=gettext_lazy("Kod pocztowy"), required=False, max_length=12)
    place = ShortText(label=gettext_lazy("Miejscowość"), required=False, max_length=120)


class ErasureForm(DorobekForm):
    reason = LongText(
        label=gettext_lazy("Jeśli chce Pani/Pan, proszę napisać dlaczego"), required=False, rows=2, max_length=500
    )


@own_page
def own_data(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Identity, consents, readings; ways to take everything away or to have it erased."""
    readings = AccessLog.objects.filter(person=audit.person).select_related("account").order_by("-at")
    if request.assisted:
        # an adviser who sits beside the person does not learn of a case elsewhere
        readings = readings.filter(case_uid=audit.uid)
    form = form_for(request, ErasureForm)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: ask_for_erasure(person=audit.person, reason=reason, acting_user=request.acting)):
            messages.success(request, _("Prośba o usunięcie danych została wysłana."))
            return redirect("own-data", audit.uid)
    context = {
        "audit": audit,
        "person": audit.person,
        "consents": [(one, one.code in required_consents(audit)) for one in _consents(request, audit)],
        "page_of": Paginator(readings, READINGS).get_page(request.GET.get("page")),
        "form": form,
        "asked": ErasureRequest.objects.filter(person=audit.person).order_by("-asked_at").first(),
    }
    return render(request, "participant/data.html", context)


def _consents(request: CaseRequest, audit: SkillsAudit) -> QuerySet[Consent]:
    return Consent.objects.visible_to(request.user).filter(case_uid=audit.uid).order_by("pk")


@require_POST
@own_page
def change_consent(request: CaseRequest, audit: SkillsAudit, consent_uid: uuid.UUID) -> HttpResponse:
    """Give a consent, or take it back."""
    consent = _consents(request, audit).filter(uid=consent_uid).first()
    if consent is None:
        raise Http404
    required = consent.code in required_consents(audit)
    decide_consent(consent=consent, given="given" in request.POST, acting_user=request.acting, required=required)
    messages.success(request, _("Zapisano.") if "given" in request.POST else _("Zgoda została wycofana."))
    return redirect("own-data", audit.uid)


@own_page
def own_contact(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Correct how to be reached."""
    person = audit.person
    initial = {name: getattr(person, name) for name in CONTACT}
    form = form_for(request, ContactForm, initial=initial, base_version=person.version)
    if request.method == "POST" and form.is_valid():
        contact = {name: form.cleaned_data[name] for name in CONTACT}
        version = form.cleaned_data["base_version"] or None
        done = attempt(
            form,
            lambda: (
                correct_contact(person=person, contact=contact, acting_user=request.acting, base_version=version),
                True,
            ),
        )
        if done:
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("own-data", audit.uid)
    return render(request, "participant/contact.html", {"audit": audit, "form": form})


@own_page
def own_link_code(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """A code to carry to another institution, so that the new case joins this account (PF-3)."""
    code = give_link_code(person=audit.person, acting_user=request.acting) if request.method == "POST" else ""
    return render(request, "participant/link_code.html", {"audit": audit, "code": code})


@own_page
def own_history(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """What was written and changed in the case, by whom, in words (XX-4)."""
    page, told = told_page(request, audit)
    return render(request, "participant/history.html", {"audit": audit, "page_of": page, "told": told})


@require_POST
@own_page
def take_away(request: CaseRequest, audit: SkillsAudit) -> FileResponse:
    """One archive: a JSON with every table, and the files beside it; not through an adviser past a wall."""
    if request.assisted and SkillsAudit.objects.filter(person=audit.person).exclude(institution=audit.institution):
        raise RuleBroken(_("Tę paczkę można pobrać tylko z własnego konta tej osoby, nie w trybie wspólnym."))
    archive = export_archive(audit.person)
    return FileResponse(archive, as_attachment=True, filename="dorobek.zip", content_type="application/zip")
