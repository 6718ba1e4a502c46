"""A plan on its way: closed versions, what came true a year later, the calendar and the letters (DP-6)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorobek.audits.models import SkillsAudit
from dorobek.plans.actions.feeds import close_feed, find_feed, open_feed, switch_reminders, token_of
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.actions.revising import revise_plan, snapshot
from dorobek.plans.calendar import feed
from dorobek.plans.models import DevelopmentPlan, PlanFeed
from dorobek.plans.queries_routes import entries_of, outcome_of
from dorobek.plans.revision import changes
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.plans.routes.forms import ReviseForm
from dorobek.web.plans.views import Side, context_of


def held_plan(request: CaseRequest, audit: SkillsAudit) -> DevelopmentPlan | None:
    visible = DevelopmentPlan.objects.visible_to(request.user).filter(case_uid=audit.uid)
    found: DevelopmentPlan | None = visible.select_related("person", "chosen_scenario").first()
    return found


def versions(request: CaseRequest, audit: SkillsAudit, side: Side) -> HttpResponse:
    """Every closed version with what changed in it, what changed since, and the form that closes the next one."""
    plan = held_plan(request, audit)
    form = form_for(request, ReviseForm)
    if request.method == "POST" and plan is None:
        raise Http404
    if request.method == "POST" and plan is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: revise_plan(plan=plan, reason=reason, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Ta wersja planu jest zamknięta i zostanie do wglądu. Można zmieniać dalej."))
            return redirect(f"{side.name}-plan-versions", audit.uid)
    held = list(plan.revisions.select_related("made_by")) if plan else []
    since = changes(held[0].content, snapshot(plan)) if plan and held and held[0].content else []
    context = context_of(request, audit, side, plan=plan, versions=held, since=since, form=form)
    context["version_url"] = f"{side.name}-plan-version"
    return render(request, "plans/routes/versions.html", context, status=422 if form.is_bound else 200)


def version(request: CaseRequest, audit: SkillsAudit, side: Side, number: int) -> HttpResponse:
    """One closed version as it stood."""
    plan = held_plan(request, audit)
    found = plan.revisions.filter(number=number).select_related("made_by").first() if plan else None
    if found is None:
        raise Http404
    context = context_of(request, audit, side, revision=found, content=found.content)
    context["versions_url"] = reverse(f"{side.name}-plan-versions", args=[audit.uid])
    return render(request, "plans/routes/version.html", context)


def year_later(request: CaseRequest, audit: SkillsAudit, side: Side) -> HttpResponse:
    """Planned beside what came true."""
    plan = held_plan(request, audit)
    outcome = outcome_of(request.user, plan) if plan else None
    return render(request, "plans/routes/year_later.html", context_of(request, audit, side, plan=plan, outcome=outcome))


@own_page
def calendar(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The address of the calendar, opened and closed here; letters switched off and on."""
    plan = plan_of(audit.person, audit.uid, request.acting)
    if request.method == "POST":
        if "open" in request.POST:
            open_feed(plan=plan, acting_user=request.acting)
        elif "close" in request.POST:
            close_feed(plan=plan, acting_user=request.acting)
            messages.success(request, _("Ten adres już nie działa. Można włączyć nowy."))
        elif "letters" in request.POST:
            switch_reminders(plan=plan, off=request.POST["letters"] == "off", acting_user=request.acting)
            messages.success(request, _("Zapisano."))
        return redirect("own-plan-calendar", audit.uid)
    held: PlanFeed | None = PlanFeed.objects.filter(plan=plan, revoked_at=None).first()
    token = token_of(held) if held else ""
    url = request.build_absolute_uri(reverse("plan-calendar", args=[audit.uid, token])) if token else ""
    context: dict[str, Any] = {"audit": audit, "plan": plan, "url": url, "home": "own-goals"}
    return render(request, "plans/routes/calendar.html", context)


@require_safe
@never_cache
def calendar_file(request: HttpRequest, uid: Any, token: str) -> HttpResponse:
    """The feed itself: whoever has the address reads it, until it is closed. 404 for any other address."""
    held = find_feed(token)
    if held is None or held.case_uid != uid or held.person.erased_at is not None:
        raise Http404
    address = request.build_absolute_uri(reverse("own-goals", args=[uid]))
    with translation.override(held.person.language):
        text = feed(_("Plan rozwoju"), entries_of(held.plan, address))
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="plan.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
