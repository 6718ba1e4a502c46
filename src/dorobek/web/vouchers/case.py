"""/sprawy/<uid>/bon/: the right of a case and each step of its vouchers, for the adviser."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.models import SkillsAudit
from dorobek.offers.models import Edition
from dorobek.plans.enums import ActionState
from dorobek.plans.models import ScenarioAction
from dorobek.vouchers import actions
from dorobek.vouchers.actions.steps import has_begun
from dorobek.vouchers.enums import Participation, RightState, VoucherState
from dorobek.vouchers.models import Voucher
from dorobek.vouchers.queries import free_of, right_of_case
from dorobek.vouchers.rules import report_due
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.vouchers import forms
from dorobek.web.vouchers.next_step import of_voucher

PART = "bon"
# address -> (form, title, button, action)
STEPS: dict[str, tuple[type[forms.DorobekForm], Any, Any, Callable[..., Voucher]]] = {
    "wplata": (forms.PaidForm, gettext_lazy("Udział własny"), gettext_lazy("Zapisz wpłatę"), actions.record_own_share),
    "szkolenie": (forms.BindForm, gettext_lazy("Wybierz termin"), gettext_lazy("Kup miejsce"), actions.bind),
    "udzial": (
        forms.ReportForm,
        gettext_lazy("Udział w szkoleniu"),
        gettext_lazy("Zapisz"),
        actions.report_participation,
    ),
    "inny-termin": (
        forms.WordsForm,
        gettext_lazy("Zrezygnuj z terminu"),
        gettext_lazy("Zwolnij miejsce"),
        actions.unbind,
    ),
    "zwrot": (forms.WordsForm, gettext_lazy("Zwróć bon"), gettext_lazy("Zwróć bon"), actions.give_back),
}
TAKING_BACK = ("inny-termin", "zwrot")
# state -> steps that may be taken, the usual one first
NEXT: dict[str, tuple[str, ...]] = {
    VoucherState.GRANTED: ("wplata", "zwrot"),
    VoucherState.OWN_PAID: ("szkolenie", "zwrot"),
    VoucherState.BOUND: ("udzial", "inny-termin", "zwrot"),
}


def voucher_rows(right: Any) -> list[dict[str, Any]]:
    """Each voucher with what may be done next and the provider's last day to report."""
    found = []
    for voucher in right.vouchers.all():
        waits = voucher.state == VoucherState.BOUND and voucher.participation in (
            Participation.WAITING, Participation.ACCEPTED,
        )  # fmt: skip
        steps = NEXT.get(voucher.state, ())
        if has_begun(voucher):  # from here on whoever settles takes a place back, not the adviser
            steps = tuple(name for name in steps if name not in TAKING_BACK)
        found.append({
            "voucher": voucher, "steps": [(name, STEPS[name][1]) for name in steps],
            "report_due": report_due(voucher.edition.ends_on) if waits and voucher.edition else None,
            "begun": has_begun(voucher), "next": of_voucher(voucher, right.expires_on, timezone.localdate()),
        })  # fmt: skip
    return found


@case_page(PART)
def show(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The right, what of it is free, every voucher with its life."""
    right = right_of_case(request.user, audit.uid)
    context = {
        "audit": audit, "tab": "case-voucher", "right": right, "leads": request.leads,
        "terms": audit.rules.vouchers, "paper_page": "case-voucher-paper",
    }  # fmt: skip
    if right is not None:
        context |= {"free": free_of(right), "rows": voucher_rows(right), "open": right.state == RightState.OPEN}
    return render(request, "vouchers/case.html", context)


@case_page(PART)
def grant(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """A new voucher, for a price."""
    right = right_of_case(request.user, audit.uid)
    if right is None:
        return redirect("case-voucher", audit.uid)
    held = len(right.vouchers.all())
    form = form_for(request, forms.GrantForm, initial={"seen": held})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: actions.grant(
                right=right, price_grosze=given["price"], reason=given["reason"], document=given["document"],
                seen=given["seen"], acting_user=request.acting,
            ),
        )  # fmt: skip
        if made:
            finish(request)
            messages.success(request, _("Bon %(number)s jest przyznany.") % {"number": made.number})
            return redirect("case-voucher", audit.uid)
    if form.is_bound:  # shown again: whoever sends it once more has read what was granted meanwhile
        sent: Any = form.data
        form.data = sent.copy()
        form.data["seen"] = str(right.vouchers.count())  # type: ignore[index]
    return _form_page(request, audit, form, _("Przyznaj bon"), _("Przyznaj bon"))


@case_page(PART)
def why(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Why nothing was bought, as the participant told the adviser."""
    right = right_of_case(request.user, audit.uid)
    if right is None:
        return redirect("case-voucher", audit.uid)
    initial = {"why": right.not_bought, "more": right.not_bought_note}
    form = form_for(request, forms.WhyForm, initial=initial, base_version=right.version)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: actions.say_why_not_bought(
                right=right, why=given["why"], more=given["more"], acting_user=request.acting,
                base_version=given["base_version"],
            ),
        )  # fmt: skip
        if saved:
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("case-voucher", audit.uid)
    return _form_page(request, audit, form, _("Dlaczego nic nie kupiono"), _("Zapisz odpowiedź"))


@case_page(PART)
def step(request: CaseRequest, audit: SkillsAudit, voucher_uid: uuid.UUID, what: str) -> HttpResponse:
    """One step of one voucher."""
    rows = Voucher.objects.visible_to(request.user).select_related("right")
    voucher = rows.filter(case_uid=audit.uid, uid=voucher_uid).first()
    if voucher is None or what not in STEPS:
        raise Http404
    form_class, title, button, action = STEPS[what]
    initial = {"grosze": f"{voucher.own_grosze // 100},{voucher.own_grosze % 100:02d}"} if what == "wplata" else {}
    more: dict[str, Any] = {"planned": _planned(request, audit)} if what == "szkolenie" else {}
    form = form_for(request, form_class, initial=initial, **more)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "base_version"}
        if attempt(form, lambda: action(voucher=voucher, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("case-voucher", audit.uid)
    return _form_page(request, audit, form, f"{title}: {voucher.number}", button)


def _planned(request: CaseRequest, audit: SkillsAudit) -> list[Edition]:
    """Dates of the chosen scenario that can still be joined. One statement."""
    steps = ScenarioAction.objects.visible_to(request.user).filter(
        case_uid=audit.uid, state__in=(ActionState.PLANNED, ActionState.STARTED),
        scenario=F("scenario__plan__chosen_scenario"),
    )  # fmt: skip
    rows = Edition.objects.offered().filter(pk__in=steps.values("edition")).select_related("service")
    return list(rows.order_by("starts_on", "pk"))


def _form_page(request: CaseRequest, audit: SkillsAudit, form: Any, title: Any, button: Any) -> HttpResponse:
    context = {
        "audit": audit, "tab": "case-voucher", "form": form, "title": title, "button": button, "back": "case-voucher",
    }  # fmt: skip
    return render(request, "audits/one_form.html", context, status=422 if request.method == "POST" else 200)
