"""REST: the individual development plan, its goals, scenarios, steps, risks and sources."""

import uuid
from datetime import date
from typing import Any, Literal

from django.http import Http404
from django.utils import timezone
from ninja import ModelSchema, Path, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case, find_row, rows_of_case
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.models import SkillsAudit
from dorobek.plans import actions
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.models import (
    DevelopmentPlan,
    Goal,
    GoalProgress,
    Risk,
    Scenario,
    ScenarioAction,
    ScenarioAnswer,
    Source,
)
from dorobek.plans.queries import plan_of_case
from dorobek.plans.smart import advise
from dorobek.plans.words import advice_text
from dorobek.portfolio.models import Competence

router = Router()


class ProgressOut(ModelSchema):
    class Meta:
        model = GoalProgress
        fields = ["value", "note", "at"]


class GoalOut(Schema):
    """A goal with its progress from 1 to 10."""

    uid: uuid.UUID
    version: int
    kind: str
    subject: str
    wording: str
    measure: str
    learning_forms: list[str]
    due_on: date | None
    reached: bool
    dropped: bool
    competences: list[uuid.UUID]
    progress: list[ProgressOut]


class StepOut(ModelSchema):
    """A step; `edition` of the offer, money in grosze. `closed_by`: what closed it without anybody's hand.

    `option`: the code of what it is where it is no edition, `validation:<uid>` or `micro:<uid>@<day>`.
    """

    edition: uuid.UUID | None

    class Meta:
        model = ScenarioAction
        fields = [
            "uid", "version", "wording", "support", "responsible", "starts_on", "due_on", "state", "done_on",
            "option", "own_grosze", "voucher_grosze", "closed_by", "closed_note",
        ]  # fmt: skip

    @staticmethod
    def resolve_edition(step: ScenarioAction) -> uuid.UUID | None:
        return step.edition.uid if step.edition else None


class PlanAnswerOut(ModelSchema):
    class Meta:
        model = ScenarioAnswer
        fields = ["uid", "version", "question_code", "question", "answer"]


class RiskOut(ModelSchema):
    class Meta:
        model = Risk
        fields = ["uid", "version", "wording", "repair"]


class ScenarioOut(Schema):
    uid: uuid.UUID
    version: int
    name: str
    note: str
    steps: list[StepOut]
    answers: list[PlanAnswerOut]
    risks: list[RiskOut]


class SourceOut(ModelSchema):
    class Meta:
        model = Source
        fields = ["uid", "version", "title", "url", "says", "dated", "reliability"]


class PlanOut(Schema):
    """The whole plan."""

    uid: uuid.UUID
    version: int
    agreed_aim: str
    agreed_scope: str
    realised_scope: str
    direction: str
    chosen_scenario: uuid.UUID | None
    goals: list[GoalOut]
    scenarios: list[ScenarioOut]
    sources: list[SourceOut]


class PlanIn(Schema):
    agreed_aim: str = ""
    agreed_scope: str = ""
    realised_scope: str = ""
    direction: str = ""
    base_version: int | None = None


class GoalIn(Schema):
    kind: Literal["main", "intermediate", "alternative"]
    subject: str
    wording: str
    measure: str = ""
    learning_forms: list[str] = []
    due_on: date | None = None
    competences: list[uuid.UUID] = []
    base_version: int | None = None


class ProgressIn(Schema):
    value: int
    note: str = ""


class SettleIn(Schema):
    reached: bool


class ScenarioIn(Schema):
    name: str
    note: str = ""
    base_version: int | None = None


class StepIn(Schema):
    """A step of a scenario. `responsible`: who sees to it; left as it is when not given."""

    wording: str
    support: str = ""
    responsible: str | None = None
    starts_on: date | None = None
    due_on: date | None = None
    goal: uuid.UUID | None = None
    base_version: int | None = None


class StateIn(Schema):
    state: str


class RiskIn(Schema):
    wording: str
    repair: str = ""
    base_version: int | None = None


class PlanAnswerIn(Schema):
    question: str
    answer: str
    base_version: int | None = None


class SourceIn(Schema):
    title: str
    says: str
    reliability: str
    url: str = ""
    dated: date | None = None
    base_version: int | None = None


class AdviceIn(Schema):
    wording: str
    measure: str = ""
    due_on: date | None = None


def _goal(goal: Goal) -> dict[str, Any]:
    plain = ("uid", "version", "kind", "subject", "wording", "measure", "learning_forms", "due_on")
    return {
        **{name: getattr(goal, name) for name in plain},
        "reached": goal.reached_at is not None,
        "dropped": goal.dropped_at is not None,
        "competences": [competence.uid for competence in goal.competences.all()],
        "progress": list(goal.progress.all()),
    }


def _scenario(one: Scenario) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("uid", "version", "name", "note")}
    return {
        **plain,
        "steps": list(one.actions.all()),
        "answers": list(one.answers.all()),
        "risks": list(one.risks.all()),
    }


def _whole(request: Any, audit: SkillsAudit) -> dict[str, Any]:
    plan = plan_of_case(request.user, audit.uid)
    if plan is None:
        raise Http404
    plain = ("uid", "version", "agreed_aim", "agreed_scope", "realised_scope", "direction")
    return {
        **{name: getattr(plan, name) for name in plain},
        "chosen_scenario": plan.chosen_scenario.uid if plan.chosen_scenario else None,
        "goals": [_goal(goal) for goal in plan.goals.all()],
        "scenarios": [_scenario(one) for one in plan.scenarios.all()],
        "sources": list(plan.sources.all()),
    }


def _plan(request: Any, audit: SkillsAudit) -> DevelopmentPlan:
    return plan_of(audit.person, audit.uid, acting_user(request, audit))


def _goal_values(request: Any, audit: SkillsAudit, body: GoalIn) -> dict[str, Any]:
    chosen = rows_of_case(request, Competence, audit).filter(uid__in=body.competences)
    return {**body.dict(exclude={"competences"}), "competences": list(chosen)}


@router.get("/plan", response={200: PlanOut, 404: Problem}, summary="The development plan")
def read_plan(request: Any, case_uid: Path[uuid.UUID]) -> dict[str, Any]:
    return _whole(request, find_case(request, case_uid))


@router.put("/plan", response={200: PlanOut, **REFUSALS}, summary="Write the plan's aim, scope and direction")
def put_plan(request: Any, case_uid: Path[uuid.UUID], body: PlanIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    actions.write_plan(person=audit.person, case_uid=audit.uid, acting_user=acting_user(request, audit), **body.dict())
    return _whole(request, audit)


@router.post("/plan/goals", response={201: GoalOut, **REFUSALS}, summary="Set a goal")
def add_goal(request: Any, case_uid: Path[uuid.UUID], body: GoalIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    values = _goal_values(request, audit, body)
    made = actions.write_goal(plan=_plan(request, audit), acting_user=acting_user(request, audit), **values)
    return Status(201, _goal(made))


@router.put("/plan/goals/{uid}", response={200: GoalOut, **REFUSALS}, summary="Change a goal")
def change_goal(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: GoalIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Goal, audit, uid)
    values = _goal_values(request, audit, body)
    return _goal(actions.write_goal(plan=held.plan, goal=held, acting_user=acting_user(request, audit), **values))


@router.post("/plan/goals/{uid}/progress", response={201: GoalOut, **REFUSALS}, summary="Progress from 1 to 10")
def note_progress(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: ProgressIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    held = find_row(request, Goal, audit, uid)
    actions.note_progress(goal=held, acting_user=acting_user(request, audit), **body.dict())
    return Status(201, _goal(held))


@router.post("/plan/goals/{uid}/settle", response={200: GoalOut, **REFUSALS}, summary="Reached, or put off")
def settle(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: SettleIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Goal, audit, uid)
    return _goal(actions.settle_goal(goal=held, reached=body.reached, acting_user=acting_user(request, audit)))


@router.post("/plan/advice", response={200: list[str], 404: Problem}, summary="What a goal's wording lacks (SMART)")
def advice(request: Any, case_uid: Path[uuid.UUID], body: AdviceIn) -> list[str]:
    find_case(request, case_uid)
    found = advise(body.wording, today=timezone.localdate(), due_on=body.due_on, measure=body.measure)
    return [advice_text(one) for one in found]


@router.post("/plan/scenarios", response={201: ScenarioOut, **REFUSALS}, summary="Add a way to the goals")
def add_scenario(request: Any, case_uid: Path[uuid.UUID], body: ScenarioIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    made = actions.write_scenario(plan=_plan(request, audit), acting_user=acting_user(request, audit), **body.dict())
    return Status(201, _scenario(made))


@router.put("/plan/scenarios/{uid}", response={200: ScenarioOut, **REFUSALS}, summary="Change a way")
def change_scenario(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: ScenarioIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Scenario, audit, uid)
    acting = acting_user(request, audit)
    return _scenario(actions.write_scenario(plan=held.plan, scenario=held, acting_user=acting, **body.dict()))


@router.post("/plan/scenarios/{uid}/choose", response={200: PlanOut, **REFUSALS}, summary="Choose a way")
def choose(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Scenario, audit, uid)
    actions.choose_scenario(plan=held.plan, scenario=held, acting_user=acting_user(request, audit))
    return _whole(request, audit)


@router.put(
    "/plan/scenarios/{uid}/questions/{code}",
    response={200: PlanAnswerOut, **REFUSALS},
    summary="Answer one of the questions",
)
def answer(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, code: str, body: PlanAnswerIn) -> ScenarioAnswer:
    audit = find_case(request, case_uid)
    held = find_row(request, Scenario, audit, uid)
    return actions.answer_question(scenario=held, code=code, acting_user=acting_user(request, audit), **body.dict())


def _step_values(request: Any, audit: SkillsAudit, body: StepIn) -> dict[str, Any]:
    goal = find_row(request, Goal, audit, body.goal) if body.goal else None
    return {**body.dict(exclude={"goal"}), "goal": goal, "acting_user": acting_user(request, audit)}


@router.post("/plan/scenarios/{uid}/steps", response={201: StepOut, **REFUSALS}, summary="Add a step")
def add_step(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: StepIn) -> Status[ScenarioAction]:
    audit = find_case(request, case_uid)
    held = find_row(request, Scenario, audit, uid)
    return Status(201, actions.write_step(scenario=held, **_step_values(request, audit, body)))


@router.put("/plan/steps/{uid}", response={200: StepOut, **REFUSALS}, summary="Change a step")
def change_step(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: StepIn) -> ScenarioAction:
    audit = find_case(request, case_uid)
    held = find_row(request, ScenarioAction, audit, uid)
    return actions.write_step(scenario=held.scenario, step=held, **_step_values(request, audit, body))


@router.post("/plan/steps/{uid}/state", response={200: StepOut, **REFUSALS}, summary="Planned, begun, done, dropped")
def set_state(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: StateIn) -> ScenarioAction:
    audit = find_case(request, case_uid)
    held = find_row(request, ScenarioAction, audit, uid)
    return actions.set_action_state(step=held, state=body.state, acting_user=acting_user(request, audit))


@router.post("/plan/scenarios/{uid}/risks", response={201: RiskOut, **REFUSALS}, summary="Add a risk")
def add_risk(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: RiskIn) -> Status[Risk]:
    audit = find_case(request, case_uid)
    held = find_row(request, Scenario, audit, uid)
    return Status(201, actions.write_risk(scenario=held, acting_user=acting_user(request, audit), **body.dict()))


@router.put("/plan/risks/{uid}", response={200: RiskOut, **REFUSALS}, summary="Change a risk")
def change_risk(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: RiskIn) -> Risk:
    audit = find_case(request, case_uid)
    held = find_row(request, Risk, audit, uid)
    acting = acting_user(request, audit)
    return actions.write_risk(scenario=held.scenario, risk=held, acting_user=acting, **body.dict())


@router.post("/plan/sources", response={201: SourceOut, **REFUSALS}, summary="Add a source of information")
def add_source(request: Any, case_uid: Path[uuid.UUID], body: SourceIn) -> Status[Source]:
    audit = find_case(request, case_uid)
    acting = acting_user(request, audit)
    return Status(201, actions.write_source(plan=_plan(request, audit), acting_user=acting, **body.dict()))


@router.put("/plan/sources/{uid}", response={200: SourceOut, **REFUSALS}, summary="Change a source")
def change_source(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: SourceIn) -> Source:
    audit = find_case(request, case_uid)
    held = find_row(request, Source, audit, uid)
    return actions.write_source(plan=held.plan, source=held, acting_user=acting_user(request, audit), **body.dict())


PARTS: dict[str, Any] = {
    "goals": Goal, "scenarios": Scenario, "steps": ScenarioAction, "risks": Risk, "sources": Source,
}  # fmt: skip


def _remover(model: Any) -> Any:
    def remove(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> Status[None]:
        audit = find_case(request, case_uid)
        actions.remove_part(part=find_row(request, model, audit, uid), acting_user=acting_user(request, audit))
        return Status(204, None)

    return remove


for _part, _model in PARTS.items():
    router.delete(
        f"/plan/{_part}/{{uid}}",
        response={204: None, **REFUSALS},
        summary=f"Remove one of the plan's {_part}",
        operation_id=f"remove_plan_{_part}",
    )(_remover(_model))
