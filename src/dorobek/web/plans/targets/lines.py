"""What a goal asks for, line by line: how much each matters, what to add, what to leave out (DP-3)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.models import SkillsAudit
from dorobek.plans.actions.targets import add_line, answer_proposals, drop_line, dropped_lines, weigh_line
from dorobek.plans.gaps.asked import lines_of
from dorobek.plans.gaps.enums import LineState, LineWeight
from dorobek.plans.gaps.proposing import proposals_for
from dorobek.register.models import LearningOutcome
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.forms import DorobekForm, ShortText
from dorobek.web.plans.targets.common import address, find_target, frame
from dorobek.web.plans.views import Side


class AddForm(DorobekForm):
    """Something more, in the person's own words."""

    words = ShortText(
        label=gettext_lazy("Co jeszcze warto umieć?"),
        help_text=gettext_lazy("Jedna umiejętność, na przykład: obsługa arkusza kalkulacyjnego."),
        max_length=300,
    )


def lines(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> HttpResponse:
    """The list with its weights. POST: weigh, leave out, take back, add."""
    goal, target = find_target(request.user, audit, goal_uid)
    here = address(audit, side, goal_uid, "lines")
    form, offered = AddForm(), []
    if request.method == "POST" and "dodaj" in request.POST:
        form = AddForm(request.POST)
        if form.is_valid():
            words = form.cleaned_data["words"]
            if "szukaj" in request.POST:
                offered = proposals_for(words)
            elif attempt(form, lambda: _added(request, target, words)):
                messages.success(request, _("Dodano do listy."))
                return redirect(here)
    elif request.method == "POST":
        _changed(request, target)
        return redirect(here)
    context = frame(request, audit, side, goal, target=target, form=form, offered=offered, weights=LineWeight.choices)
    context["searched"] = "szukaj" in request.POST
    context["lines"] = lines_of(target)
    context["dropped"] = dropped_lines(target)
    return render(request, "plans/targets/lines.html", context, status=422 if form.errors else 200)


def _added(request: CaseRequest, target: Any, words: str) -> Any:
    """A proposal of the catalogue that was picked, or the words as they stand."""
    framework, _colon, code = request.POST.get("kod", "").partition(":")
    outcome = LearningOutcome.objects.filter(framework=framework, code=code).first() if code else None
    return add_line(target=target, outcome=outcome, words=words, acting_user=request.acting)


def _changed(request: CaseRequest, target: Any) -> None:
    code, acting = request.POST.get("kod", ""), request.acting
    if "usun" in request.POST:
        drop_line(target=target, code=code, acting_user=acting)
        messages.success(request, _("Usunięto z listy. Można to cofnąć na dole strony."))
    else:
        weigh_line(target=target, code=code, weight=request.POST.get("waga", ""), acting_user=acting)
        messages.success(request, _("Zapisano."))


def proposals(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> HttpResponse:
    """What the words of a wish may mean. POST: those ticked are taken, the others put aside."""
    goal, target = find_target(request.user, audit, goal_uid)
    if request.method == "POST":
        taken = request.POST.getlist("kod")
        answer_proposals(target=target, taken=set(taken), acting_user=request.acting)
        messages.success(request, _("Zapisano. Listę można jeszcze zmienić."))
        return redirect(address(audit, side, goal_uid, "lines"))
    waiting = [line for line in target.lines.all() if line.state == LineState.PROPOSED]
    context = frame(request, audit, side, goal, target=target, waiting=waiting)
    return render(request, "plans/targets/proposals.html", context)
