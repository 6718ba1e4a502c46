"""/bilans/<uid>/bon/: how much there is, until when, and what became of each voucher, for the participant."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.vouchers import actions
from dorobek.vouchers.enums import RightState
from dorobek.vouchers.queries import free_of, owed_of, right_of_case
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.vouchers.forms import WhyForm
from dorobek.web.vouchers.next_step import of_right, of_voucher


@own_page
def show(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The right and its vouchers; the question why nothing was bought."""
    right = right_of_case(request.user, audit.uid)
    context = {"audit": audit, "right": right, "terms": audit.rules.vouchers, "paper_page": "own-voucher-paper"}
    if right is None:
        return render(request, "vouchers/own.html", context)
    initial = {"why": right.not_bought, "more": right.not_bought_note}
    form = form_for(request, WhyForm, initial=initial, base_version=right.version)
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
            messages.success(request, _("Dziękujemy za odpowiedź."))
            return redirect("own-voucher", audit.uid)
    today = timezone.localdate()
    context |= {
        "free": free_of(right), "owed": owed_of(right), "form": form, "open": right.state == RightState.OPEN, "step": of_right(right, today),
        "rows": [(one, of_voucher(one, right.expires_on, today)) for one in right.vouchers.all()],
    }  # fmt: skip
    return render(request, "vouchers/own.html", context, status=422 if request.method == "POST" else 200)
