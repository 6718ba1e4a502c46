"""/warunki-drog/: what a person can spend and manage, asked on one short page."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.plans.actions.limits import write_limits
from dorobek.plans.models import Goal
from dorobek.plans.queries_routes import limits_of
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.plans.routes.forms import LimitsForm, limits_initial
from dorobek.web.plans.views import Side, context_of


def page(request: CaseRequest, audit: SkillsAudit, side: Side) -> HttpResponse:
    """The form; `?cel=` says which goal's routes to go to afterwards."""
    limits = limits_of(request.user, audit.person, audit.uid)
    form = form_for(
        request, LimitsForm, initial=limits_initial(limits), base_version=limits.version if limits.pk else 0
    )
    goal = _goal(request, audit)
    if request.method == "POST" and form.is_valid():
        given = form.values
        given["base_version"] = given["base_version"] if limits.pk else None
        if attempt(
            form,
            lambda: write_limits(person=audit.person, case_uid=audit.uid, acting_user=request.acting, **given),
        ):
            finish(request)
            messages.success(request, _("Zapisano warunki."))
            if goal is not None:
                return redirect(f"{side.name}-routes", audit.uid, goal.uid)
            return redirect(context_of(request, audit, side)["home"], audit.uid)
    context = context_of(request, audit, side, form=form, goal=goal, goal_routes=f"{side.name}-routes")
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/routes/limits.html", context, status=status)


def _goal(request: CaseRequest, audit: SkillsAudit) -> Goal | None:
    try:
        uid = uuid.UUID(request.GET.get("cel", ""))
    except ValueError:
        return None
    found: Goal | None = Goal.objects.visible_to(request.user).filter(case_uid=audit.uid, uid=uid).first()
    return found
