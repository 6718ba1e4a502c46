"""The plan on one page, and one form for each of its parts.

Every view exists twice: for the adviser (`case-...`) and for the participant (`own-...`). `side` carries the frame.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.models import Agreement, SkillsAudit
from dorobek.people.models import PersonalRow
from dorobek.plans import actions
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.enums import GoalKind
from dorobek.plans.gaps.queries import targets_of_case
from dorobek.plans.models import DevelopmentPlan, Goal, Risk, Scenario, ScenarioAction, Source
from dorobek.plans.queries import plan_of_case
from dorobek.plans.queries_routes import moved_since
from dorobek.plans.smart import advise
from dorobek.plans.words import advice_text
from dorobek.web.doors import CaseRequest, View, attempt, case_page, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.drawings.progress import Point, progress_chart
from dorobek.web.plans import forms
from dorobek.web.plans.routes.links import links_of_steps


@dataclass(frozen=True)
class Side:
    """One of the two frames of the same screens."""

    name: str
    layout: str
    tab: str = "case-plan"


CASE, OWN = Side("case", "audits/case.html"), Side("own", "participant.html")


def context_of(request: CaseRequest, audit: SkillsAudit, side: Side, **more: Any) -> dict[str, Any]:
    writes = side is OWN or bool(getattr(request, "leads", False))
    home = "case-plan" if side is CASE else "own-goals"
    return {
        "audit": audit,
        "layout": side.layout,
        "side": side.name,
        "tab": side.tab,
        "writes": writes,
        "home": home,
        "routes_name": f"{side.name}-routes",
        "gaps_name": f"{side.name}-gaps",
        "versions_name": f"{side.name}-plan-versions",
        "year_name": f"{side.name}-plan-year-later",
        **more,
    }


def overview(request: CaseRequest, audit: SkillsAudit, side: Side) -> HttpResponse:
    """The whole plan: direction, goals with advice and progress, scenarios side by side, sources."""
    plan = plan_of_case(request.user, audit.uid)
    targets = targets_of_case(request.user, audit.uid) if plan else {}
    goals = [{**_goal_row(goal), "target": targets.get(goal.pk)} for goal in plan.goals.all()] if plan else []
    scenarios = list(plan.scenarios.all()) if plan else []
    context = context_of(request, audit, side, plan=plan, goals=goals, scenarios=scenarios)
    context["moved"] = moved_since(plan) if plan else []
    steps = [step for scenario in scenarios for step in scenario.actions.all()]
    links = links_of_steps(steps, audit.person_id, side is OWN)
    for step in steps:
        step.link = links.get(step.pk)  # type: ignore[attr-defined]
    context["has_main"] = any(row["goal"].kind == GoalKind.MAIN for row in goals)
    return render(request, "plans/plan.html", context)


def _goal_row(goal: Goal) -> dict[str, Any]:
    points = list(goal.progress.all())
    today = timezone.localdate()
    found = (
        []
        if goal.reached_at or goal.dropped_at
        else advise(goal.wording, today=today, due_on=goal.due_on, measure=goal.measure)
    )
    return {
        "goal": goal,
        "advice": [advice_text(one) for one in found],
        "points": points,
        "chart": progress_chart([Point(timezone.localdate(p.at), p.value) for p in points]) if len(points) > 1 else "",
    }


@dataclass(frozen=True)
class Editor:
    """How one kind of part is edited: its form, its columns, its action."""

    form: type[forms.PartForm]
    title: Any
    columns: tuple[str, ...]
    model: type[Any] | None
    save: Callable[[Any, Any, dict[str, Any], Any], Any]
    parent: type[Any] | None = None


def _save_plan(plan: DevelopmentPlan, _part: Any, given: dict[str, Any], acting: Any) -> Any:
    return actions.write_plan(person=plan.person, case_uid=plan.case_uid, acting_user=acting, **given)


def _save_goal(plan: DevelopmentPlan, part: Any, given: dict[str, Any], acting: Any) -> Any:
    given["competences"] = list(given["competences"])
    return actions.write_goal(plan=plan, goal=part, acting_user=acting, **given)


def _save_scenario(plan: DevelopmentPlan, part: Any, given: dict[str, Any], acting: Any) -> Any:
    return actions.write_scenario(plan=plan, scenario=part, acting_user=acting, **given)


def _save_step(parent: Any, part: Any, given: dict[str, Any], acting: Any) -> Any:
    state = given.pop("state")
    step = actions.write_step(scenario=part.scenario if part else parent, step=part, acting_user=acting, **given)
    return actions.set_action_state(step=step, state=state, acting_user=acting)


def _save_risk(parent: Any, part: Any, given: dict[str, Any], acting: Any) -> Any:
    return actions.write_risk(scenario=part.scenario if part else parent, risk=part, acting_user=acting, **given)


def _save_source(plan: DevelopmentPlan, part: Any, given: dict[str, Any], acting: Any) -> Any:
    return actions.write_source(plan=plan, source=part, acting_user=acting, **given)


def _save_progress(parent: Any, _part: Any, given: dict[str, Any], acting: Any) -> Any:
    given.pop("base_version", None)
    return actions.note_progress(goal=parent, acting_user=acting, **given)


GOAL_COLUMNS = ("wording", "kind", "subject", "measure", "learning_forms", "due_on")
EDITORS = {
    "uzgodnienia": Editor(
        forms.PlanForm,
        gettext_lazy("Cel i zakres bilansu"),
        ("agreed_aim", "agreed_scope", "realised_scope", "direction"),
        None,
        _save_plan,
    ),
    "cel": Editor(forms.GoalForm, gettext_lazy("Cel"), GOAL_COLUMNS, Goal, _save_goal),
    "scenariusz": Editor(forms.ScenarioForm, gettext_lazy("Scenariusz"), ("name", "note"), Scenario, _save_scenario),
    "krok": Editor(
        forms.StepForm,
        gettext_lazy("Krok"),
        ("wording", "support", "responsible", "starts_on", "due_on", "goal", "state"),
        ScenarioAction,
        _save_step,
        Scenario,
    ),
    "ryzyko": Editor(forms.RiskForm, gettext_lazy("Ryzyko"), ("wording", "repair"), Risk, _save_risk, Scenario),
    "zrodlo": Editor(
        forms.SourceForm, gettext_lazy("Źródło"), ("title", "says", "reliability", "url", "dated"), Source, _save_source
    ),
    "postep": Editor(forms.ProgressForm, gettext_lazy("Postęp"), (), None, _save_progress, Goal),
}


def find_part(request: CaseRequest, audit: SkillsAudit, model: Any, uid: uuid.UUID) -> PersonalRow:
    found: PersonalRow | None = model.objects.visible_to(request.user).filter(case_uid=audit.uid, uid=uid).first()
    if found is None:
        raise Http404
    return found


def edit(
    request: CaseRequest,
    audit: SkillsAudit,
    side: Side,
    part_kind: str,
    part_uid: uuid.UUID | None = None,
    parent_uid: uuid.UUID | None = None,
) -> HttpResponse:
    """One form: add a part, or change it."""
    editor = EDITORS.get(part_kind)
    if editor is None or (editor.parent and not (parent_uid or part_uid)):
        raise Http404
    plan = plan_of(audit.person, audit.uid, request.acting)
    part = find_part(request, audit, editor.model, part_uid) if editor.model and part_uid else None
    parent = find_part(request, audit, editor.parent, parent_uid) if editor.parent and parent_uid else plan
    held: Any = plan if editor.form is forms.PlanForm else part
    initial = _initial(audit, editor, held)
    form = form_for(
        request, editor.form, initial=initial, base_version=held.version if held else 0, audit=audit, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["base_version"] = given["base_version"] if held else None
        if attempt(form, lambda: editor.save(parent, part, given, request.acting)):
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect(context_of(request, audit, side)["home"], audit.uid)
    removable = part is not None
    context = context_of(request, audit, side, form=form, title=editor.title, part=part, removable=removable)
    return render(request, "plans/part.html", {**context, "part_kind": part_kind})


def _initial(audit: SkillsAudit, editor: Editor, held: Any) -> dict[str, Any]:
    if held is None:
        return {"kind": GoalKind.MAIN} if editor.model is Goal else {}
    initial = {name: getattr(held, name) for name in editor.columns}
    if editor.model is Goal:
        initial["competences"] = list(held.competences.values_list("uid", flat=True))
    if isinstance(held, DevelopmentPlan) and not held.agreed_aim:
        agreement = Agreement.objects.filter(audit=audit).first()
        if agreement is not None:
            initial |= {"agreed_aim": agreement.main_goal, "agreed_scope": agreement.intermediate_goals}
    return initial


def questions(request: CaseRequest, audit: SkillsAudit, side: Side, scenario_uid: uuid.UUID) -> HttpResponse:
    """The eight questions of a scenario on one page."""
    scenario = find_part(request, audit, Scenario, scenario_uid)
    assert isinstance(scenario, Scenario)
    initial: dict[str, Any] = {}
    for held in scenario.answers.all():
        code = held.question_code
        initial |= {f"q_{code}": held.question, f"a_{code}": held.answer, f"v_{code}": held.version}
    form = form_for(request, forms.QuestionsForm, initial=initial, audit=audit, user=request.user)
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(form, lambda: _answer_all(scenario, form, request.acting)):
        finish(request)
        messages.success(request, _("Zapisano odpowiedzi."))
        return redirect(context_of(request, audit, side)["home"], audit.uid)
    return render(request, "plans/questions.html", context_of(request, audit, side, form=form, scenario=scenario))


@transaction.atomic
def _answer_all(scenario: Scenario, form: forms.QuestionsForm, acting: Any) -> bool:
    given = form.cleaned_data
    for code in form.codes:
        actions.answer_question(
            scenario=scenario,
            code=code,
            question=given[f"q_{code}"],
            answer=given[f"a_{code}"],
            base_version=given[f"v_{code}"],
            acting_user=acting,
        )
    return True


def decide(request: CaseRequest, audit: SkillsAudit, side: Side, part_kind: str, part_uid: uuid.UUID) -> HttpResponse:
    """Buttons: reached, dropped, choose this scenario, remove a part."""
    editor = EDITORS.get(part_kind)
    if request.method != "POST" or editor is None or editor.model is None:
        raise Http404
    part: Any = find_part(request, audit, editor.model, part_uid)
    if "remove" in request.POST:
        actions.remove_part(part=part, acting_user=request.acting)
        messages.success(request, _("Usunięto."))
    elif isinstance(part, Goal):
        actions.settle_goal(goal=part, reached="reached" in request.POST, acting_user=request.acting)
    elif isinstance(part, Scenario):
        actions.choose_scenario(plan=part.plan, scenario=part, acting_user=request.acting)
    return redirect(context_of(request, audit, side)["home"], audit.uid)


def both(view: Callable[..., HttpResponse]) -> tuple[View, View]:
    """The view behind the adviser's door and behind the participant's."""

    def on_case(request: CaseRequest, audit: SkillsAudit, **kwargs: Any) -> HttpResponse:
        return view(request, audit, CASE, **kwargs)

    def on_own(request: CaseRequest, audit: SkillsAudit, **kwargs: Any) -> HttpResponse:
        return view(request, audit, OWN, **kwargs)

    return case_page("plan rozwoju")(on_case), own_page(on_own)
