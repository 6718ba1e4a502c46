"""Opening a validation, its page with every rule in words, moving and closing it; what the body itself shows."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.people.models import Institution, Unit
from dorobek.register.enums import BodyRole
from dorobek.register.models import Entitlement, Qualification
from dorobek.validation.actions.body import body_lacks, body_member, keep_body_record
from dorobek.validation.actions.changing import change_opening, close_opening
from dorobek.validation.actions.fees import change_fee_terms
from dorobek.validation.actions.openings import entry_rules, open_validation
from dorobek.validation.actions.sittings import plan_sitting, spread_candidates
from dorobek.validation.enums import ApplicationState, FeeWaits
from dorobek.validation.models import BodyRecord, ValidationOpening
from dorobek.validation.options import where
from dorobek.validation.places import UNKNOWN
from dorobek.validation.queries.desk import cases, with_moves
from dorobek.validation.rule_words import methods_told, requirement_told, rules_told
from dorobek.validation.rules.appealing import ANSWER_DAYS, APPEAL_DAYS
from dorobek.validation.rules.standing import standings
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.office import forms
from dorobek.web.validation.office.desk import told
from dorobek.web.validation.office.doors import (
    find_opening,
    find_qualification,
    officer,
    one_form,
    own_body,
    page,
)

FOUND, PER_PAGE = 20, 50


@officer
def new(request: CaseRequest) -> HttpResponse:
    """First the qualification, by what the body may award or by search; then dates, place, fee and own rules."""
    body, code = own_body(request), request.GET.get("kwalifikacja", "")
    if not code:
        words = request.GET.get("q", "").strip()
        context = {"body": body, "q": words, "entitled": entitled(body), "found": _found(words) if words else []}
        return page(request, "opening_choose", "office", context)
    qualification = find_qualification(code)
    try:
        rules = entry_rules(qualification)
    except RuleBroken as broken:
        messages.error(request, str(broken.message))
        return redirect("office-opening-new")
    form = form_for(request, forms.OpeningForm, initial={"teryt": _own_powiat(body)}, rules=rules)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        values = {
            name: given[name] for name in ("applications_until", "begins_on", "ends_on", "place", "places", "teryt")
        }
        made = attempt(
            form,
            lambda: open_validation(
                institution=body, qualification=qualification, fee_grosze=given["fee"], own_rules=given["own_rules"],
                provided=form.provided, acting_user=request.acting, **values, **fee_terms(given),
                appeal_days=given["appeal_days"] or APPEAL_DAYS, answer_days=given["answer_days"] or ANSWER_DAYS,
            ),
        )  # fmt: skip
        if made:
            finish(request)
            messages.success(request, _("Walidacja jest otwarta. Kandydaci mogą się zgłaszać."))
            _say_where(request, made)
            return redirect("office-opening", made.uid)
    context = {
        "form": form, "qualification": qualification, "body": body, "methods": methods_told(rules),
        "rules": rules_told(rules), "standing": _standing(body, qualification, rules),
        "lacks": body_lacks(body, qualification, rules),
    }  # fmt: skip
    return page(request, "opening_new", "office", context, 422 if form.errors else 200)


def fee_terms(given: dict[str, Any]) -> dict[str, Any]:
    """The terms of payment as the action takes them; none where validation is free."""
    if not given["fee"]:
        return {}
    return {
        "fee_waits": given["fee_waits"] or FeeWaits.COMMISSION, "fee_days": given["fee_days"] or 14,
        "fee_to": given["fee_to"],
    }  # fmt: skip


@officer
def fee(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Other terms of payment for whoever sends from now on."""
    opening = find_opening(request, uid)
    grosze = opening.fee_grosze
    initial = {
        "fee_grosze": f"{grosze // 100},{grosze % 100:02d}", "waits": opening.fee_waits, "days": opening.fee_days,
        "to": opening.fee_to,
    }  # fmt: skip
    form = form_for(request, forms.FeeTermsForm, initial=initial, base_version=opening.version)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        if attempt(form, lambda: change_fee_terms(opening=opening, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano. Kto już wysłał zgłoszenie, płaci na dawnych zasadach."))
            return redirect("office-opening", opening.uid)
    back = reverse("office-opening", args=[opening.uid])
    return one_form(request, form, "office", title=_("Opłata"), button=_("Zapisz"), back=back)


def _own_powiat(body: Institution) -> str:
    """Where the body itself is; "" when nobody wrote it down."""
    rows = Unit.objects.filter(institution=body, closed_on=None).exclude(teryt="").order_by("path", "pk")
    return (rows.values_list("teryt", flat=True).first() or "")[:4]


def _say_where(request: CaseRequest, opening: ValidationOpening) -> None:
    """Routes cannot count with a date of which nobody knows where it is."""
    if where(opening) == UNKNOWN:
        text = _("Nie wiadomo, w którym powiecie to jest, więc drogi do celu tego terminu nie pokażą. "
                 "Powiat można wybrać przez „Zmień termin albo miejsce”.")  # fmt: skip
        messages.warning(request, text)


def entitled(body: Institution) -> list[Qualification]:
    """What the register says that the body may award or validate today."""
    rows = Entitlement.objects.filter(
        role__in=(BodyRole.AWARDING, BodyRole.VALIDATING), body__name_key=normalised(body.name)[:300]
    ).select_related("qualification")
    today = timezone.localdate()
    found = {one.qualification_id: one.qualification for one in rows if one.lasts_on(today)}
    return sorted(found.values(), key=lambda one: one.sort_key)


def _found(words: str) -> list[Qualification]:
    rows = Qualification.objects.exclude(current=None)
    for word in normalised(words).split()[:6]:
        rows = rows.filter(search_text__contains=word)
    by_code = Qualification.objects.filter(code=words)
    return list(by_code) + [one for one in rows.order_by("sort_key", "pk")[:FOUND] if one.code != words]


def _standing(body: Institution, qualification: Qualification, rules: Any) -> list[Any]:
    return [
        (one, requirement_told(one.requirement))
        for one in standings(rules.body, body_member(body, qualification), timezone.localdate())
    ]


@require_safe
@officer
def show(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """One opening: rules in words, cases with their next move, sittings with commissions."""
    opening = find_opening(request, uid)
    rules = opening.rules
    listed = Paginator(cases(request.user, opening=opening.pk), PER_PAGE).get_page(request.GET.get("page"))
    sittings = opening.sittings.select_related("commission").prefetch_related(
        "commission__members__record__account", "candidates__application__person"
    )
    provided = list(zip(rules.provided, [*opening.provided, *[""] * len(rules.provided)], strict=False))
    waiting = opening.applications.filter(state=ApplicationState.DOCUMENTED).count()
    context = {
        "opening": opening, "methods": methods_told(rules), "rules": rules_told(rules), "provided": provided,
        "page_of": listed, "rows": told(with_moves(list(listed))), "sittings": sittings.order_by("begins", "pk"),
        "waiting": waiting, "entry": opening.entry_version,
    }  # fmt: skip
    return page(request, "opening", "office", context)


@officer
def change(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    opening = find_opening(request, uid)
    names = ("applications_until", "begins_on", "ends_on", "place", "places", "teryt")
    initial = {name: getattr(opening, name) for name in names}
    form = form_for(request, forms.ChangeForm, initial=initial, base_version=opening.version)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: change_opening(opening=opening, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zmiana jest zapisana. Kandydaci dostali wiadomość z powodem."))
            opening.refresh_from_db()
            _say_where(request, opening)
            outside = opening.sittings.exclude(begins__date__range=(given["begins_on"], given["ends_on"])).count()
            if outside:
                messages.warning(request, _("Posiedzenia poza nowymi datami, do przeniesienia: %d.") % outside)
            return redirect("office-opening", opening.uid)
    back = reverse("office-opening", args=[opening.uid])
    title = _("Zmień termin albo miejsce")
    return one_form(request, form, "office", title=title, button=_("Zapisz i powiadom kandydatów"), back=back)


@officer
def close(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    opening = find_opening(request, uid)
    form = form_for(request, forms.ReasonForm)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: close_opening(opening=opening, reason=reason, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Zgłoszenia są zamknięte. Sprawy, które trwają, idą dalej."))
            return redirect("office-opening", opening.uid)
    back = reverse("office-opening", args=[opening.uid])
    return one_form(request, form, "office", title=_("Zamknij zgłoszenia"), button=_("Zamknij zgłoszenia"), back=back)


@officer
def sitting(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """A new sitting of the opening."""
    opening = find_opening(request, uid)
    form = form_for(request, forms.SittingForm, initial={"day": opening.begins_on})
    if request.method == "POST" and form.is_valid():
        begins, ends = form.span
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: plan_sitting(
                opening=opening, begins=begins, ends=ends, place=given["place"], seats=given["seats"],
                acting_user=request.acting,
            ),
        )  # fmt: skip
        if made:
            finish(request)
            messages.success(request, _("Posiedzenie jest zapisane."))
            return redirect("office-opening", opening.uid)
    back = reverse("office-opening", args=[opening.uid])
    return one_form(request, form, "office", title=_("Nowe posiedzenie komisji"), button=_("Zapisz"), back=back)


@require_POST
@officer
def spread(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Cases that wait take the free seats of the sittings, in order."""
    opening = find_opening(request, uid)
    done = spread_candidates(opening=opening, acting_user=request.acting)
    messages.success(request, _("Wpisano na posiedzenia osób: %d.") % done)
    return redirect("office-opening", opening.uid)


@officer
def body_record(request: CaseRequest, code: str) -> HttpResponse:
    """What the body itself shows for one qualification: five years of training in the field, and the documents."""
    body, qualification = own_body(request), find_qualification(code)
    try:
        rules = entry_rules(qualification)
    except RuleBroken as broken:
        messages.error(request, str(broken.message))
        return redirect("office-opening-new")
    held = BodyRecord.objects.filter(institution=body, qualification=qualification).first()
    member = body_member(body, qualification)
    more = {"requirements": rules.body, "periods": member.periods}
    version = held.version if held else 0
    form = form_for(request, forms.PeriodsForm, initial={"shown": sorted(member.shown)}, base_version=version, **more)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: keep_body_record(
                institution=body, qualification=qualification, periods=form.periods, shown=given.get("shown", ()),
                base_version=given["base_version"] or None, acting_user=request.acting,
            ),
        )  # fmt: skip
        if saved:
            finish(request)
            messages.success(request, _("Dokumenty instytucji są zapisane."))
            return redirect("office-body", code)
    context = {
        "form": form, "qualification": qualification, "body": body,
        "standing": _standing(body, qualification, rules), "from_application": held is None and member.periods,
    }  # fmt: skip
    return page(request, "body", "office", context, 422 if form.errors else 200)
