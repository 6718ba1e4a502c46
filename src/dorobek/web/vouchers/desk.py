"""/bony/: rights about to lapse, late providers, what waits for payment or a decision, for those who settle."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.people.actions import log_reading
from dorobek.vouchers import actions, queries, rules
from dorobek.vouchers.actions.steps import has_begun
from dorobek.vouchers.enums import AccountKind, RightState, VoucherState
from dorobek.vouchers.ledger import balance_of
from dorobek.vouchers.models import Voucher, VoucherRight
from dorobek.vouchers.perms import may_decide, settled_by, settles
from dorobek.vouchers.rules import report_due
from dorobek.web.doors import CaseRequest, staff_who
from dorobek.web.drafts import form_for
from dorobek.web.offers.pages import one_form
from dorobek.web.typography import money
from dorobek.web.vouchers.forms import PaidBackForm, SettleForm, WordsForm

PART = "bon"


@require_safe
@staff_who(settles)
def show(request: CaseRequest) -> HttpResponse:
    """What needs somebody: rights that end soon, providers that are late, vouchers that wait."""
    lapsing = queries.lapsing(request.user)
    seen = VoucherRight.objects.visible_to(request.user).filter(pk__in=[one.pk for one in lapsing])
    late = [(voucher, report_due(_ends(voucher))) for voucher in queries.late_reports(request.user)]
    waiting = list(queries.to_settle(request.user))
    context = {
        "lapsing": lapsing, "late": late, "waiting": waiting, "begun": {one.pk for one in waiting if has_begun(one)},
        "paid": queries.paid_to_providers(request.user), "seen": set(seen.values_list("pk", flat=True)),
        "owed": queries.owed(request.user),
    }  # fmt: skip
    return render(request, "vouchers/desk.html", context)


def _ends(voucher: Voucher) -> dt.date:
    assert voucher.edition is not None
    return voucher.edition.ends_on


def _voucher(request: CaseRequest, uid: uuid.UUID) -> Voucher:
    found = queries.settling(request.user, uid)
    if found is None:
        raise Http404
    log_reading(account=request.user, person=found.person, case_uid=found.case_uid, part=PART)
    return found


@require_safe
@staff_who(settles)
def one(request: CaseRequest, voucher_uid: uuid.UUID) -> HttpResponse:
    """One voucher with its life and documents, and what the office may do with it."""
    voucher = _voucher(request, voucher_uid)
    after = rules.AFTER[VoucherState(voucher.state)]
    granted_here = queries.granted_by(voucher) == request.user.pk
    context: dict[str, Any] = {
        "voucher": voucher, "right": voucher.right, "may_settle": VoucherState.SETTLED in after and not granted_here,
        "others": queries.settlers(voucher.right.institution, but=request.user.pk) if granted_here else None,
        "begun": has_begun(voucher), "owed": balance_of(AccountKind.OWED, voucher),
        "may_annul": VoucherState.ANNULLED in after, "right_open": voucher.right.state == RightState.OPEN,
        "paper_page": "vouchers-paper", "decides": may_decide(request.user, voucher),
    }  # fmt: skip
    return render(request, "vouchers/one.html", context)


@staff_who(settles)
def settle(request: CaseRequest, voucher_uid: uuid.UUID) -> HttpResponse:
    """Pay out one voucher."""
    voucher = _voucher(request, voucher_uid)
    form = form_for(request, SettleForm)
    return one_form(
        request, form,
        lambda: actions.settle(
            voucher=voucher, document=form.cleaned_data["document"], acting_user=request.acting
        ),
        title=_("Rozlicz bon"), lead=voucher.number, button=_("Rozlicz"), back=reverse("vouchers"), paid=voucher,
    )  # fmt: skip


@staff_who(settles)
def annul(request: CaseRequest, voucher_uid: uuid.UUID) -> HttpResponse:
    """Take a voucher back, for a breach or a mistake."""
    voucher = _voucher(request, voucher_uid)
    form = form_for(request, WordsForm)
    return one_form(
        request, form,
        lambda: actions.annul(
            voucher=voucher, reason=form.cleaned_data["reason"], document=form.cleaned_data["document"],
            acting_user=request.acting,
        ),
        title=_("Unieważnij bon"), lead=voucher.number, button=_("Unieważnij"),
        back=reverse("vouchers-one", args=[voucher.uid]), paid=voucher,
    )  # fmt: skip


@staff_who(settles)
def take_back(request: CaseRequest, voucher_uid: uuid.UUID, whole: bool) -> HttpResponse:
    """After the training began: the place is given up, or (`whole`) the voucher with it."""
    voucher = _voucher(request, voucher_uid)
    if not has_begun(voucher):
        raise Http404
    form = form_for(request, WordsForm)
    action = actions.give_back if whole else actions.unbind
    return one_form(
        request, form,
        lambda: action(
            voucher=voucher, reason=form.cleaned_data["reason"], document=form.cleaned_data["document"],
            acting_user=request.acting,
        ),
        title=_("Zwróć bon") if whole else _("Zwolnij miejsce"),
        lead=_("To szkolenie już się zaczęło. Po zapisaniu dostawca nie dostanie zapłaty z tego bonu."),
        button=_("Zwróć bon") if whole else _("Zwolnij miejsce"), back=reverse("vouchers-one", args=[voucher.uid]),
        danger=True, paid=voucher,
    )  # fmt: skip


@staff_who(settles)
def pay_back(request: CaseRequest, voucher_uid: uuid.UUID) -> HttpResponse:
    """The own share went back to the participant."""
    voucher = _voucher(request, voucher_uid)
    form = form_for(request, PaidBackForm)
    owed = balance_of(AccountKind.OWED, voucher)
    return one_form(
        request, form,
        lambda: actions.pay_back_own(
            voucher=voucher, document=form.cleaned_data["document"], acting_user=request.acting
        ),
        title=_("Oddaj udział własny"), lead=f"{voucher.person.name}: {money(owed)}", button=_("Zapisz przelew"),
        back=reverse("vouchers"),
    )  # fmt: skip


@staff_who(settles)
def annul_right(request: CaseRequest, right_uid: uuid.UUID) -> HttpResponse:
    """End a right that should not have been opened."""
    rights = VoucherRight.objects.filter(settled_by(request.user), uid=right_uid).select_related("person")
    right = rights.first()
    if right is None:
        raise Http404
    log_reading(account=request.user, person=right.person, case_uid=right.case_uid, part=PART)
    form = form_for(request, WordsForm)
    return one_form(
        request, form,
        lambda: actions.annul_right(
            right=right, reason=form.cleaned_data["reason"], document=form.cleaned_data["document"],
            acting_user=request.acting,
        ),
        title=_("Unieważnij prawo do bonów"), lead=right.person.name, button=_("Unieważnij"),
        back=reverse("vouchers"),
    )  # fmt: skip
