"""/wystawianie/wystawca/: an institution becomes an issuer, says who it is, keeps its keys (MC-5)."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.credentials.actions.issuers import (
    WORDS,
    declare_compromised,
    describe_issuer,
    found_issuer,
    replace_key,
)
from dorobek.credentials.addresses import web_host
from dorobek.credentials.models import Issuer, SigningKey
from dorobek.credentials.perms import ISSUING_ROLES, may_keep_keys
from dorobek.people.enums import Role
from dorobek.people.models import Institution
from dorobek.web.credentials.design import find_issuer, issuers
from dorobek.web.credentials.issued import ReasonForm
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText, ShortText


class IssuerForm(DorobekForm):
    name_pl = ShortText(label=gettext_lazy("Nazwa, pod którą wystawia"))
    name_en = ShortText(label=gettext_lazy("Nazwa po angielsku"), required=False)
    description_pl = LongText(label=gettext_lazy("Kim jest wystawca?"), rows=3, required=False)
    description_en = LongText(label=gettext_lazy("To samo po angielsku"), rows=3, required=False)
    url = forms.URLField(
        label=gettext_lazy("Strona internetowa"), required=False, max_length=300, assume_scheme="https"
    )
    country = ShortText(label=gettext_lazy("Kraj"), max_length=2, initial="PL")
    region = ShortText(label=gettext_lazy("Województwo albo region"), max_length=120, required=False)
    quality_pl = LongText(
        label=gettext_lazy("Jak dba o jakość?"),
        help_text=gettext_lazy("Od tego zaczyna się każdy nowy wzór."),
        rows=3,
        required=False,
    )
    quality_en = LongText(label=gettext_lazy("To samo po angielsku"), rows=3, required=False)


class FoundingForm(IssuerForm):
    slug = ShortText(
        label=gettext_lazy("Adres wystawcy"),
        help_text=gettext_lazy(
            "Małe litery bez ogonków, cyfry, kreski. Stoi w każdym poświadczeniu i nigdy się nie zmieni."
        ),
        max_length=60,
    )


@staff(*ISSUING_ROLES)
def show(request: CaseRequest) -> HttpResponse:
    """The issuer of this account; whoever administers an institution without one founds it here."""
    held = issuers(request).first()
    if held is None:
        return _found(request)
    issuer = find_issuer(request, request.GET.get("wystawca", ""))
    initial = {name: getattr(issuer, name) for name in WORDS}
    form = form_for(request, IssuerForm, initial=initial, base_version=issuer.version)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in WORDS}
        base = form.cleaned_data["base_version"] or None
        if attempt(
            form,
            lambda: describe_issuer(issuer=issuer, words=words, acting_user=request.acting, base_version=base),
        ):
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("issuing-issuer")
    context = {
        "issuer": issuer, "form": form, "keys": SigningKey.objects.filter(issuer=issuer), "issuing_tab": "issuer",
        "keeper": may_keep_keys(request.user, issuer.institution), "web": issuer.did.startswith("did:web:"),
    }  # fmt: skip
    return render(request, "credentials/issuer_desk.html", context)


def _found(request: CaseRequest) -> HttpResponse:
    administered = [m.institution_id for m in request.user.active_memberships if m.role == Role.ADMINISTRATOR]
    institution = Institution.objects.filter(pk__in=administered).first()
    if institution is None:
        messages.error(request, _("Wystawcę zakłada administrator instytucji."))
        return redirect("issuing")
    form = form_for(request, FoundingForm, initial={"name_pl": institution.name})
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in WORDS}
        made = attempt(
            form,
            lambda: found_issuer(
                institution=institution, slug=form.cleaned_data["slug"], words=words, acting_user=request.acting,
                web_address=web_host(),
            ),
        )  # fmt: skip
        if made:
            finish(request)
            messages.success(request, _("Wystawca założony, pierwszy klucz utworzony."))
            return redirect("issuing")
    context = {"form": form, "title": _("Nowy wystawca"), "lead": institution.name, "button": _("Załóż")}
    return render(request, "credentials/issuing_form.html", context)


@require_POST
@staff(Role.ADMINISTRATOR)
def replace(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    issuer: Issuer | None = issuers(request).filter(uid=uid).first()
    if issuer is None:
        raise Http404
    label = _("klucz z dnia %s") % timezone.localdate().isoformat()
    replace_key(issuer=issuer, label=label, acting_user=request.acting)
    messages.success(request, _("Od teraz podpisuje nowy klucz. Dawne podpisy są ważne."))
    return redirect("issuing-issuer")


@staff(Role.ADMINISTRATOR)
def compromised(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Somebody else has the key: one page that says what that means, and asks why."""
    key = SigningKey.objects.select_related("issuer__institution").filter(uid=uid, issuer__in=issuers(request)).first()
    if key is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: declare_compromised(key=key, reason=reason, acting_user=request.acting)):
            messages.success(request, _("Klucz ogłoszono jako ujawniony."))
            return redirect("issuing-issuer")
    lead = _(
        "Wszystko, co podpisał ten klucz, przestanie być ważne i trzeba to wystawić jeszcze raz. Tego nie można cofnąć."
    )
    context = {"form": form, "title": _("Ktoś inny ma ten klucz"), "lead": lead, "button": _("Ogłoś")}
    return render(request, "credentials/issuing_form.html", context)
