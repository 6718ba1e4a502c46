"""One case from the office's side: the next move and what holds it back, fee, adjustments, result, documents; appeals."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dorobek.kernel.errors import RuleBroken
from dorobek.people.actions import log_reading
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation import perms
from dorobek.validation.actions import deciding
from dorobek.validation.actions.appeals import answer_appeal
from dorobek.validation.actions.assessing import all_closed
from dorobek.validation.actions.commissions import appoint, commission_refusals, waits_before_judging
from dorobek.validation.actions.fees import answer_fee, fee_refusals
from dorobek.validation.actions.office import answer_adjustments, note_fee, note_hand_over
from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState, FeeState, FeeWaits, MethodHow
from dorobek.validation.models import AdjustmentAnswer, Appeal, Application, Assessment, Certificate, Fee
from dorobek.validation.queries.appealing import answerable
from dorobek.validation.queries.desk import appeals_of, with_moves
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.office import forms
from dorobek.web.validation.office.desk import told
from dorobek.web.validation.office.doors import appeals_officer, find_case, officer, one_form, page

PER_PAGE = 50


@require_safe
@officer
def show(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    case = find_case(request, uid)
    sitting = case.sittings.filter(round=case.round).select_related("sitting__commission").first()
    context = {
        "case": case, "opening": case.opening, "move": told(with_moves([case]))[0],
        "sitting": sitting.sitting if sitting else None, "fee": Fee.objects.filter(application=case).first(),
        "answer": AdjustmentAnswer.objects.filter(application=case).select_related("answered_by").first(),
        "hand_overs": case.hand_overs.order_by("handed_on", "pk"), "refusals": refusals(case),
        "decisions": case.decisions.order_by("round"), "appeals": case.appeals.order_by("pk"),
        "certificate": Certificate.objects.filter(application=case).first(),
        "members": _members(case),
        "voided": case.assessments.filter(round=case.round, voided_at__isnull=False).select_related("assessor"),
        "papers": case.methods.filter(round=case.round, how=MethodHow.PAPER).order_by("pk"),
        **judged(request, case, case.round),
        "today": timezone.localdate(), "before": case.state in (ApplicationState.SUBMITTED, ApplicationState.DOCUMENTED),
    }  # fmt: skip
    return page(request, "case", "office", context)


def _members(case: Application) -> list[Account]:
    """Who judges this round."""
    if case.commission is None:
        return []
    return [one.record.account for one in case.commission.members.select_related("record__account").order_by("pk")]


def refusals(case: Application) -> list[str]:
    """Why the office's next step cannot be taken now, in words; empty when it can, or is somebody else's."""
    if case.state == ApplicationState.DOCUMENTED:
        sitting = case.sittings.filter(round=case.round).select_related("sitting__commission").first()
        if sitting is None or sitting.sitting.commission is None:
            none = _("Nie ma jeszcze komisji. Wybiera się ją na stronie posiedzenia.")
            return [none, *waits_before_judging(case)]
        return [*commission_refusals(case, sitting.sitting.commission), *waits_before_judging(case)]
    if case.state == ApplicationState.APPOINTED:
        held = [*deciding.refusals(case), *fee_refusals(case, FeeWaits.RESULT)]
        try:
            all_closed(case)
        except RuleBroken as broken:
            return [str(broken.message), *held]
        return held
    if case.state == ApplicationState.DECIDED:
        decision = case.decisions.filter(round=case.round).first()
        whole = [] if decision and decision.whole == "met" else [_("Nie wszystkie efekty uczenia się są potwierdzone.")]
        return whole + deciding.refusals(case)
    return []


def _appoint(request: CaseRequest, case: Application) -> str:
    sitting = case.sittings.filter(round=case.round).select_related("sitting__commission").first()
    if sitting is None or sitting.sitting.commission is None:
        raise Http404
    appoint(application=case, commission=sitting.sitting.commission, acting_user=request.acting)
    return _("Komisja jest powołana. Każda osoba ocenia teraz osobno.")


def _publish(request: CaseRequest, case: Application) -> str:
    deciding.publish_decision(application=case, acting_user=request.acting)
    return _("Wynik jest ogłoszony. Kandydat go widzi, z uzasadnieniem.")


def _certify(request: CaseRequest, case: Application) -> str:
    made = deciding.issue_certificate(application=case, acting_user=request.acting)
    return _("Certyfikat %s jest wydany.") % made.number


PRESSED: dict[str, Callable[[CaseRequest, Application], str]] = {
    "powolaj": _appoint, "oglos": _publish, "certyfikat": _certify,
}  # fmt: skip


@require_POST
@officer
def press(request: CaseRequest, uid: uuid.UUID, what: str) -> HttpResponse:
    """Appoint, publish, certify: one button each. A refusal is told on the page of the case."""
    case = find_case(request, uid)
    if what not in PRESSED:
        raise Http404
    messages.success(request, PRESSED[what](request, case))
    return redirect("office-case", case.uid)


@officer
def fee(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    case = find_case(request, uid)
    held = Fee.objects.filter(application=case).first()
    grosze = held.grosze if held else case.opening.fee_grosze
    initial = {"state": held.state if held else FeeState.DUE, "grosze": f"{grosze // 100},{grosze % 100:02d}"}
    initial |= {"document": held.document, "reason": held.reason} if held else {}
    form = form_for(request, forms.FeeForm, initial=initial, base_version=held.version if held else 0)
    return _step(
        request, case, form, _("Opłata"), lambda given: note_fee(application=case, acting_user=request.acting, **given)
    )


@officer
def fee_answer(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """The answer to a wish to pay less or nothing."""
    case = find_case(request, uid)
    held = Fee.objects.filter(application=case, granted=None).exclude(asked="").first()
    if held is None:
        raise Http404
    form = form_for(request, forms.FeeAnswerForm, base_version=held.version)

    def call(given: dict[str, Any]) -> Any:
        given["grosze"] = given["grosze"] or 0
        return answer_fee(application=case, acting_user=request.acting, **given)

    return _step(request, case, form, _("Prośba w sprawie opłaty"), call, quoted=held.asked)


@officer
def adjustments(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    case = find_case(request, uid)
    held = AdjustmentAnswer.objects.filter(application=case).first()
    names = ("granted", "extra_percent", "reason")
    initial = {name: getattr(held, name) for name in names} if held else {}
    form = form_for(request, forms.AdjustmentForm, initial=initial, base_version=held.version if held else 0)
    title = _("Dostosowanie, o które prosi kandydat")

    def call(given: dict[str, Any]) -> Any:
        given["extra_percent"] = given["extra_percent"] or 0
        return answer_adjustments(application=case, acting_user=request.acting, **given)

    return _step(request, case, form, title, call, quoted="; ".join(case.wishes))


@officer
def hand_over(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    case = find_case(request, uid)
    form = form_for(request, forms.HandOverForm, initial={"handed_on": timezone.localdate()})

    def call(given: dict[str, Any]) -> Any:
        given.pop("base_version")
        return note_hand_over(application=case, acting_user=request.acting, **given)

    return _step(request, case, form, _("Przekazanie dokumentu"), call)


def _step(
    request: CaseRequest, case: Application, form: Any, title: str, call: Callable[[dict[str, Any]], Any], **more: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["base_version"] = given["base_version"] or None
        if attempt(form, lambda: call(given)):
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("office-case", case.uid)
    back = reverse("office-case", args=[case.uid])
    title = f"{title}: {case.person.name}"
    return one_form(request, form, "office", title=title, button=_("Zapisz"), back=back, **more)


@require_safe
@appeals_officer
def appeals(request: CaseRequest) -> HttpResponse:
    """Appeals to the bodies in which the user answers them, by their last day; statements do not grow with them."""
    state, words = request.GET.get("stan", AppealState.FILED), request.GET.get("q", "").strip()
    state = state if state in AppealState.values else ""
    rows = appeals_of(request.user, Role.APPEALS_OFFICER, state=state, words=words)
    listed = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may = answerable(request.user, list(listed))
    context = {
        "page_of": listed, "rows": [{"appeal": one, "may": one.pk in may} for one in listed], "state": state,
        "q": words, "states": AppealState.choices, "today": timezone.localdate(),
    }  # fmt: skip
    return _appeals_page(request, "appeals", context)


@appeals_officer
def appeal(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """One appeal with what was decided; answered by somebody who took no part in the case before."""
    found = appeals_of(request.user, Role.APPEALS_OFFICER).filter(uid=uid).first()
    if found is None:
        raise Http404
    case: Application = found.application
    log_reading(account=request.user, person=case.person, case_uid=case.uid, part=_("walidacja: odwołanie"))
    may = perms.may_answer_appeal(request.user, found)
    form = form_for(request, forms.AppealForm)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            lambda: answer_appeal(
                appeal=found, uphold=given["uphold"], answer=given["answer"], acting_user=request.acting
            ),
        )
        if done:
            finish(request)
            messages.success(request, _("Odpowiedź jest zapisana. Kandydat ją widzi."))
            return redirect("office-appeals")
    context = {
        "appeal": found, "case": case, "form": form, "may": may, "step": ApplicationState(found.step).label,
        "today": timezone.localdate(), "effect": EFFECTS[AppealAbout(found.about)](), "disputed": disputed(found),
        **(judged(request, case, found.round) if found.about == AppealAbout.RESULT else {}),
    }  # fmt: skip
    return _appeals_page(request, "appeal", context, 422 if form.errors else 200)


EFFECTS: dict[AppealAbout, Callable[[], str]] = {
    AppealAbout.COURSE: lambda: _("Po uwzględnieniu, jeśli komisja już jest, ocenia inna. To, co potwierdzono, zostaje."),
    AppealAbout.COMMISSION: lambda: _("Po uwzględnieniu ocenia inna komisja. To, co potwierdzono, zostaje."),
    AppealAbout.RESULT: lambda: _(
        "Po uwzględnieniu inna komisja ocenia tylko to, co niepotwierdzone. Potwierdzonych efektów nikt nie ocenia "
        "jeszcze raz."
    ),
    AppealAbout.REFUSAL: lambda: _("Po uwzględnieniu kandydat jest dopuszczony i sprawa toczy się dalej."),
    AppealAbout.ADJUSTMENT: lambda: _("Po uwzględnieniu dostosowanie trzeba zrobić; co oceniono bez niego, ocenia inna komisja."),
    AppealAbout.FEE: lambda: _("Po uwzględnieniu kandydat nie płaci tego, czego jeszcze nie zapłacił."),
    AppealAbout.REVOCATION: lambda: _("Po uwzględnieniu certyfikat jest znowu ważny, a kandydat dostaje nowe cyfrowe poświadczenie."),
}  # fmt: skip


def disputed(appeal: Appeal) -> list[tuple[str, str]]:
    """The decision that is appealed against, in the words of whoever made it: (label, words)."""
    case, about = appeal.application, AppealAbout(appeal.about)
    if about == AppealAbout.REFUSAL and (refusal := case.refusals.order_by("-pk").first()):
        return [(_("Odmowa"), f"{refusal.get_ground_display()}: {refusal.reason}")]
    if about == AppealAbout.FEE and (fee := Fee.objects.filter(application=case).first()):
        return [(_("Prośba"), fee.asked), (_("Odmowa"), fee.answer)]
    if about == AppealAbout.ADJUSTMENT and (held := AdjustmentAnswer.objects.filter(application=case).first()):
        return [(_("Prośba"), "; ".join(case.wishes)), (_("Odmowa"), held.reason)]
    if about == AppealAbout.REVOCATION and (paper := Certificate.objects.filter(application=case).first()):
        return [(_("Certyfikat"), paper.number), (_("Dlaczego unieważniony"), paper.revocation_reason)]
    return [(_("Komisja"), ", ".join(map(str, _members(case))))] if _members(case) else []


def judged(request: CaseRequest, case: Application, number: int) -> dict[str, Any]:
    """The decision of a round, outcome by outcome, with the commission's reasons for what is not met."""
    decision = case.decisions.filter(round=number).first()
    if decision is None:
        return {"decision": None, "outcomes": []}
    sheets = (
        Assessment.objects.visible_to(request.user)
        .counting()
        .filter(application=case, round=number)
        .prefetch_related("marks")
    )
    reasons: dict[str, list[str]] = {}
    for sheet in sheets.order_by("pk"):
        for mark in sheet.marks.all():
            if mark.verdict != "met" and mark.reason:
                reasons.setdefault(mark.criterion, []).append(mark.reason)
    titles = {
        f"{group.number}.{one.number}": one.pl
        for group in case.opening.entry_version.entry.sets
        for one in group.outcomes
    }
    outcomes = [
        {
            "code": code, "title": titles.get(code, ""), "verdict": verdict,
            "reasons": [
                (criterion, text)
                for criterion, said in sorted(reasons.items())
                if criterion.startswith(f"{code}.")
                for text in dict.fromkeys(said)
            ],
        }
        for code, verdict in decision.outcomes.items()
    ]  # fmt: skip
    return {"decision": decision, "outcomes": outcomes}


def _appeals_page(request: CaseRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"validation/office/{template}.html", context, status=status)
