"""/wystawianie/poswiadczenia/: what was issued, found again, suspended, revoked, corrected, downloaded (MC-5)."""

import uuid

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.credentials.actions.changes import reinstate, replace, revoke, suspend
from dorobek.credentials.enums import CredentialState, Purpose
from dorobek.credentials.models import Credential
from dorobek.credentials.perms import ISSUING_ROLES
from dorobek.credentials.queries.wallet import last_day
from dorobek.credentials.recipients import Recipient
from dorobek.kernel.text import normalised
from dorobek.web.credentials.design import issuers
from dorobek.web.credentials.downloads import FILES, file_answer
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DayField, DorobekForm, LongText, ShortText

PER_PAGE = 50
CHANGES = {"cofnij": revoke, "zawies": suspend, "przywroc": reinstate}
TITLES = {
    "cofnij": gettext_lazy("Cofnij poświadczenie"),
    "zawies": gettext_lazy("Zawieś poświadczenie"),
    "przywroc": gettext_lazy("Przywróć poświadczenie"),
}


class ReasonForm(DorobekForm):
    reason = LongText(
        label=gettext_lazy("Dlaczego?"),
        help_text=gettext_lazy("Przeczyta to osoba, której to dotyczy, i każdy, kto sprawdzi poświadczenie."),
        rows=3,
        max_length=500,
    )


class CorrectionForm(ReasonForm):
    given_names = ShortText(label=gettext_lazy("Imię albo imiona"), max_length=120)
    family_name = ShortText(label=gettext_lazy("Nazwisko"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Adres e-mail"))
    awarded_on = DayField(label=gettext_lazy("Dzień nadania"))
    grade = ShortText(label=gettext_lazy("Ocena, jeśli jest"), max_length=100, required=False)


@staff(*ISSUING_ROLES)
def found(request: CaseRequest) -> HttpResponse:
    """Everything issued, newest first; by a name, a state, a template."""
    rows = Credential.objects.visible_to(request.user).filter(issuer__in=issuers(request)).defer("document")
    words, state, template = (request.GET.get(name, "").strip() for name in ("q", "stan", "wzor"))
    for word in normalised(words).split()[:6]:
        rows = rows.filter(person__search_text__contains=word)
    if state in CredentialState.values:
        rows = rows.filter(state=state)
    if template:
        rows = rows.filter(template_version__template__uid=template) if _is_uid(template) else rows.none()
    rows = rows.select_related("template_version__template", "person").order_by("-created_at", "-pk")
    context = {
        "page_of": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "words": words, "state": state,
        "states": CredentialState.choices, "issuing_tab": "credentials", "now": timezone.now(),
    }  # fmt: skip
    return render(request, "credentials/issued.html", context)


def _is_uid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def find(request: CaseRequest, uid: uuid.UUID) -> Credential:
    held = Credential.objects.visible_to(request.user).filter(issuer__in=issuers(request), uid=uid)
    credential = held.select_related(
        "issuer__institution", "template_version__template", "person", "status_list", "replaces", "replaced_by"
    ).first()
    if credential is None:
        raise Http404
    return credential


@staff(*ISSUING_ROLES)
def show(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """One credential: how it stands, what may be done with it, its files."""
    credential = find(request, uid)
    context = {
        "credential": credential, "issuing_tab": "credentials", "expired": credential.expired(),
        "suspendable": credential.status_list.purpose == Purpose.SUSPENSION,
        "newer": getattr(credential, "replaced_by", None), "files": FILES,
        "last": last_day(credential.valid_until),
    }  # fmt: skip
    return render(request, "credentials/issued_one.html", context)


@staff(*ISSUING_ROLES)
def download(request: CaseRequest, uid: uuid.UUID, ending: str) -> HttpResponse:
    """One of its files, for the person who asks the office for it again."""
    return file_answer(find(request, uid), ending)


@staff(*ISSUING_ROLES)
def change(request: CaseRequest, uid: uuid.UUID, what: str) -> HttpResponse:
    """Revoke, suspend or reinstate, with a reason."""
    credential = find(request, uid)
    if what not in CHANGES:
        raise Http404
    form = form_for(request, ReasonForm, base_version=credential.version)
    if request.method == "POST" and form.is_valid():
        reason, base = form.cleaned_data["reason"], form.cleaned_data["base_version"] or None
        action = CHANGES[what]
        if attempt(
            form,
            lambda: action(credential=credential, reason=reason, acting_user=request.acting, base_version=base),
        ):
            finish(request)
            messages.success(request, _("Zapisano. Każdy, kto sprawdzi poświadczenie, zobaczy to od razu."))
            return redirect("issuing-credential", credential.uid)
    context = {"form": form, "title": TITLES[what], "lead": credential.holder_name, "button": TITLES[what]}
    return render(request, "credentials/issuing_form.html", context)


@staff(*ISSUING_ROLES)
def correct(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """A new credential instead of this one; both name each other."""
    credential = find(request, uid)
    person = credential.person
    initial = {
        "given_names": person.given_names, "family_name": person.family_name, "email": person.email,
        "awarded_on": credential.awarded_on,
    }  # fmt: skip
    form = form_for(request, CorrectionForm, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        recipient = Recipient(1, given["given_names"], given["family_name"], given["email"], grade=given["grade"])
        made = attempt(
            form,
            lambda: replace(
                credential=credential, recipient=recipient, awarded_on=given["awarded_on"], reason=given["reason"],
                acting_user=request.acting,
            ),
        )  # fmt: skip
        if made:
            finish(request)
            messages.success(request, _("Wystawiono nowe poświadczenie. Stare przestało być ważne."))
            return redirect("issuing-credential", made.uid)
    context = {
        "form": form, "title": _("Popraw: wystaw nowe zamiast tego"), "lead": credential.holder_name,
        "button": _("Wystaw poprawione"),
    }  # fmt: skip
    return render(request, "credentials/issuing_form.html", context)
