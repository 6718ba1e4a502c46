"""/dostawcy/: providers as an office keeps them: contract, account, outside audit, mark of quality (VO-5)."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.offers import actions, queries
from dorobek.offers.enums import QualityKind
from dorobek.offers.models import Edition, Provider, QualityCheck
from dorobek.offers.perms import may_import, may_keep
from dorobek.people.enums import Role
from dorobek.people.models import Membership
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.models import Voucher
from dorobek.web.doors import CaseRequest, staff_who
from dorobek.web.drafts import form_for
from dorobek.web.offers.forms import AccountForm, DescriptionForm, MarkForm, ReasonForm, StandardForm
from dorobek.web.offers.pages import one_form, quality


def _provider(request: CaseRequest, uid: uuid.UUID) -> Provider:
    """A provider the office keeps; its own people do not audit themselves."""
    found: Provider | None = Provider.objects.select_related("institution").filter(uid=uid).first()
    if found is None or not may_keep(request.user, found):
        raise Http404
    return found


def _page(provider: Provider) -> str:
    return reverse("providers-one", args=[provider.uid])


@require_safe
@staff_who(may_import)
def provider_list(request: CaseRequest) -> HttpResponse:
    """Every provider with its mark, its last audit and its contract."""
    words = request.GET.get("q", "").strip()[:100]
    page = request.GET.get("page", "")
    number = max(1, int(page[:4])) if page.isascii() and page.isdigit() else 1
    found, more = queries.provider_list(words, number)
    context = {
        "providers": found, "words": words, "number": number, "more": more, "next": number + 1, "previous": number - 1,
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "offers/providers.html", context)


@require_safe
@staff_who(may_import)
def one(request: CaseRequest, provider_uid: uuid.UUID) -> HttpResponse:
    """One provider: what is known, its people, each step of the standard."""
    provider = _provider(request, provider_uid)
    people: Any = []
    if provider.institution is not None:
        held = Membership.objects.filter(institution=provider.institution, role=Role.PROVIDER, until=None)
        people = held.select_related("account").order_by("account__name", "pk")
    context = {"provider": provider, "people": people, "today": timezone.localdate(), **quality(provider)}
    context["services"] = queries.services_of(provider)
    return render(request, "offers/office.html", context)


@staff_who(may_import)
def change(request: CaseRequest, provider_uid: uuid.UUID) -> HttpResponse:
    """Contact, description, and the day the contract ends."""
    held = _provider(request, provider_uid)
    form = form_for(
        request, DescriptionForm, initial=DescriptionForm.start(held), base_version=held.version, office=True
    )
    return one_form(
        request, form,
        lambda: actions.write_provider(
            provider=held, values=form.cleaned_data, acting_user=request.acting,
            base_version=form.cleaned_data["base_version"],
        ),
        title=held.name, button=_("Zapisz"), back=_page(held),
    )  # fmt: skip


@staff_who(may_import)
def account(request: CaseRequest, provider_uid: uuid.UUID) -> HttpResponse:
    """Somebody of the provider gets an account."""
    held = _provider(request, provider_uid)
    form = form_for(request, AccountForm)
    return one_form(
        request, form,
        lambda: actions.open_provider_account(
            provider=held, name=form.cleaned_data["name"], email=form.cleaned_data["email"],
            acting_user=request.acting,
        ),
        title=_("Konto dostawcy"), lead=held.name, button=_("Załóż konto"), back=_page(held),
    )  # fmt: skip


@staff_who(may_import)
def withdraw(request: CaseRequest, edition_uid: uuid.UUID) -> HttpResponse:
    """A date will not take place: the provider said so to the office."""
    found = Edition.objects.select_related("service__provider").filter(uid=edition_uid).first()
    if found is None:
        raise Http404
    held = _provider(request, found.service.provider.uid)
    form = form_for(request, ReasonForm)
    return one_form(
        request, form,
        lambda: actions.withdraw_edition(
            edition=found, reason=form.cleaned_data["reason"], acting_user=request.acting
        ),
        title=_("Wycofaj termin"), lead=str(found), button=_("Wycofaj"), back=_page(held), danger=True,
        bought=Voucher.objects.filter(edition=found, state=VoucherState.BOUND).count(),
    )  # fmt: skip


@staff_who(may_import)
def audit(request: CaseRequest, provider_uid: uuid.UUID) -> HttpResponse:
    """What an outside audit found on every criterion."""
    held = _provider(request, provider_uid)
    form = form_for(request, StandardForm, initial={"done_on": timezone.localdate()}, outside=True)
    return one_form(
        request, form,
        lambda: actions.record_quality(
            provider=held, kind=QualityKind.AUDIT, answers=form.answers(), by_name=form.cleaned_data["by_name"],
            done_on=form.cleaned_data["done_on"], note=form.cleaned_data["note"], acting_user=request.acting,
        ),
        title=_("Audyt zewnętrzny"), lead=held.name, button=_("Zapisz audyt"), back=_page(held),
    )  # fmt: skip


@staff_who(may_import)
def mark(request: CaseRequest, provider_uid: uuid.UUID) -> HttpResponse:
    """The mark of quality, after an audit that found everything met."""
    held = _provider(request, provider_uid)
    form = form_for(request, MarkForm, initial={"done_on": timezone.localdate()})
    given: Any = lambda name: form.cleaned_data[name]  # noqa: E731
    return one_form(
        request, form,
        lambda: actions.record_quality(
            provider=held, kind=QualityKind.MARK, answers={}, by_name=given("by_name"), done_on=given("done_on"),
            valid_until=given("valid_until"), note=given("note"), acting_user=request.acting,
        ),
        title=_("Znak jakości"), lead=held.name, button=_("Nadaj znak"), back=_page(held),
    )  # fmt: skip


@staff_who(may_import)
def end_mark(request: CaseRequest, check_uid: uuid.UUID) -> HttpResponse:
    """The mark is taken back."""
    check = QualityCheck.objects.select_related("provider").filter(uid=check_uid).first()
    if check is None or check.kind != QualityKind.MARK:
        raise Http404
    held = _provider(request, check.provider.uid)
    form = form_for(request, ReasonForm)
    return one_form(
        request, form,
        lambda: actions.end_mark(check=check, reason=form.cleaned_data["reason"], acting_user=request.acting),
        title=_("Cofnij znak jakości"), lead=held.name, button=_("Cofnij znak"), back=_page(held), danger=True,
    )  # fmt: skip
