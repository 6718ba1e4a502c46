"""/dostawca/: a provider's own pages: its dates, who comes with a voucher, reports, the quality standard (VO-2, VO-5)."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.offers import actions, queries
from dorobek.offers.enums import QualityKind, Source
from dorobek.offers.models import Edition, Provider, TrainingService
from dorobek.offers.perms import PROVIDER_ROLES
from dorobek.people.actions import log_reading
from dorobek.vouchers.actions import report_participation
from dorobek.vouchers.enums import Participation, VoucherState
from dorobek.vouchers.models import Voucher
from dorobek.vouchers.queries import provider_vouchers
from dorobek.vouchers.rules import REPORTS, report_due
from dorobek.web.doors import staff
from dorobek.web.drafts import form_for
from dorobek.web.offers.forms import DescriptionForm, EditionForm, ReasonForm, ServiceForm, StandardForm
from dorobek.web.offers.pages import one_form, quality
from dorobek.web.vouchers.forms import ProviderReportForm

DATES = ("starts_on", "ends_on", "enrol_until", "place", "teryt", "price_grosze", "places", "weekly_hours")


def provider_door(view: Any) -> Any:
    """Accounts that speak for at least one provider; 404 for everybody else."""

    def door(request: Any, *args: Any, **kwargs: Any) -> Any:
        request.providers = list(queries.own_providers(request.user))
        if not request.providers:
            raise Http404
        return view(request, *args, **kwargs)

    return staff(*PROVIDER_ROLES)(door)


def _provider(request: Any, uid: uuid.UUID) -> Provider:
    found = next((one for one in request.providers if one.uid == uid), None)
    if found is None:
        raise Http404
    return found


def _service(request: Any, uid: uuid.UUID) -> TrainingService:
    rows = TrainingService.objects.filter(provider__in=request.providers, uid=uid).select_related("provider")
    found: TrainingService | None = rows.first()
    if found is None:
        raise Http404
    return found


def _edition(request: Any, uid: uuid.UUID) -> Edition:
    rows = Edition.objects.filter(service__provider__in=request.providers, uid=uid)
    found: Edition | None = rows.select_related("service__provider").first()
    if found is None:
        raise Http404
    return found


def told(voucher: Voucher, today: dt.date) -> dict[str, Any]:
    """A voucher as its provider sees it: until when the result is due, whether that day has passed."""
    assert voucher.edition is not None
    due = report_due(voucher.edition.ends_on)
    may = voucher.state == VoucherState.BOUND and bool(REPORTS.get(voucher.participation))
    ended = voucher.edition.ends_on <= today
    asked = may and (ended or voucher.participation == Participation.WAITING)
    return {"voucher": voucher, "due": due, "late": may and due < today, "may": may, "asked": asked, "ended": ended}


@require_safe
@provider_door
def home(request: Any) -> HttpResponse:
    """What is to be reported, who comes, what is offered, how the quality stands."""
    today = timezone.localdate()
    rows = [told(one, today) for one in provider_vouchers(request.user)]
    shown = [
        {"provider": one, "services": queries.services_of(one), **quality(one)} for one in request.providers
    ]  # fmt: skip
    context = {
        "asked": [one for one in rows if one["asked"]], "coming": [one for one in rows if not one["asked"]],
        "shown": shown, "today": today, "hand": Source.HAND,
    }  # fmt: skip
    return render(request, "offers/own.html", context)


@provider_door
def report(request: Any, voucher_uid: uuid.UUID) -> HttpResponse:
    """What became of one participant."""
    rows = Voucher.objects.of_provider(request.user).select_related("person", "right", "edition__service__provider")
    voucher = rows.filter(uid=voucher_uid).first()
    if voucher is None:
        raise Http404
    log_reading(account=request.user, person=voucher.person, case_uid=voucher.case_uid, part="bon u dostawcy")
    today = timezone.localdate()
    form = form_for(request, ProviderReportForm, voucher=voucher, today=today)
    given = lambda: form.cleaned_data  # noqa: E731
    return one_form(
        request, form,
        lambda: report_participation(
            voucher=voucher, participation=given()["participation"], acting_user=request.acting,
            document=given()["document"] or _("zgłoszenie dostawcy z %(day)s") % {"day": f"{today:%d.%m.%Y}"},
        ),
        title=_("Zgłoś udział"), button=_("Zgłoś"), back=reverse("provider-home"), row=told(voucher, today),
    )  # fmt: skip


@provider_door
def new_service(request: Any, provider_uid: uuid.UUID) -> HttpResponse:
    """A training, an exam or a validation; its first date is asked next."""
    provider = _provider(request, provider_uid)
    form = form_for(request, ServiceForm)
    return one_form(
        request, form,
        lambda: actions.write_service(provider=provider, values=form.cleaned_data, acting_user=request.acting),
        title=_("Nowe szkolenie"), button=_("Dalej: termin i cena"), back=reverse("provider-home"),
        after=lambda made: reverse("provider-edition-new", args=[made.uid]),
    )  # fmt: skip


@provider_door
def service(request: Any, service_uid: uuid.UUID) -> HttpResponse:
    """What was written about a training, to be changed."""
    held = _service(request, service_uid)
    start = {name: getattr(held, name) for name in ServiceForm.base_fields if name not in ("outcomes", "base_version")}
    start["outcomes"] = "\n".join(held.outcomes)
    form = form_for(request, ServiceForm, initial=start, base_version=held.version)
    return one_form(
        request, form,
        lambda: actions.write_service(
            provider=held.provider, service=held, values=form.cleaned_data, acting_user=request.acting,
            base_version=form.cleaned_data["base_version"],
        ),
        title=held.title, button=_("Zapisz"), back=reverse("provider-home"),
    )  # fmt: skip


@provider_door
def new_edition(request: Any, service_uid: uuid.UUID) -> HttpResponse:
    """Another date of a training."""
    held = _service(request, service_uid)
    form = form_for(request, EditionForm)
    return one_form(
        request, form,
        lambda: actions.write_edition(service=held, values=form.cleaned_data, acting_user=request.acting),
        title=_("Nowy termin"), lead=held.title, button=_("Zapisz termin"), back=reverse("provider-home"),
    )  # fmt: skip


@provider_door
def edition(request: Any, edition_uid: uuid.UUID) -> HttpResponse:
    """A date, to be changed while it has not begun."""
    held = _edition(request, edition_uid)
    start = {name: getattr(held, name) for name in DATES}
    start |= {"place": "zdalnie" if held.remote else held.place, "teryt": "" if held.remote else held.teryt}
    start["class_times"] = "\n".join(held.times.told_lines)
    start["price_grosze"] = f"{held.price_grosze // 100},{held.price_grosze % 100:02d}"
    form = form_for(request, EditionForm, initial=start, base_version=held.version)
    return one_form(
        request, form,
        lambda: actions.write_edition(
            service=held.service, edition=held, values=form.cleaned_data, acting_user=request.acting,
            base_version=form.cleaned_data["base_version"],
        ),
        title=_("Zmień termin"), lead=held.service.title, button=_("Zapisz termin"), back=reverse("provider-home"),
    )  # fmt: skip


@provider_door
def withdraw(request: Any, edition_uid: uuid.UUID) -> HttpResponse:
    """A date will not take place."""
    held = _edition(request, edition_uid)
    form = form_for(request, ReasonForm)
    bought = Voucher.objects.of_provider(request.user).filter(edition=held, state=VoucherState.BOUND).count()
    return one_form(
        request, form,
        lambda: actions.withdraw_edition(
            edition=held, reason=form.cleaned_data["reason"], acting_user=request.acting
        ),
        title=_("Wycofaj termin"), lead=str(held), button=_("Wycofaj"), back=reverse("provider-home"), danger=True,
        bought=bought,
    )  # fmt: skip


@provider_door
def description(request: Any, provider_uid: uuid.UUID) -> HttpResponse:
    """How participants reach the provider, and what it says of itself."""
    provider = _provider(request, provider_uid)
    form = form_for(request, DescriptionForm, initial=DescriptionForm.start(provider), base_version=provider.version)
    return one_form(
        request, form,
        lambda: actions.write_provider(
            provider=provider, values=form.cleaned_data, acting_user=request.acting,
            base_version=form.cleaned_data["base_version"],
        ),
        title=provider.name, button=_("Zapisz"), back=reverse("provider-home"),
    )  # fmt: skip


@provider_door
def assess(request: Any, provider_uid: uuid.UUID) -> HttpResponse:
    """The provider's own judgement on every criterion of the standard."""
    provider = _provider(request, provider_uid)
    start = {"by_name": request.user.name, "done_on": timezone.localdate()}
    form = form_for(request, StandardForm, initial=start)
    return one_form(
        request, form,
        lambda: actions.record_quality(
            provider=provider, kind=QualityKind.SELF, answers=form.answers(), by_name=form.cleaned_data["by_name"],
            done_on=form.cleaned_data["done_on"], note=form.cleaned_data["note"], acting_user=request.acting,
        ),
        title=_("Samoocena"), lead=provider.name, button=_("Zapisz samoocenę"), back=reverse("provider-home"),
    )  # fmt: skip
