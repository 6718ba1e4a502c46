"""REST: what a goal leads to, the gap picture, the picture over time; figures of the labour market."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404
from ninja import ModelSchema, Path, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case, find_row
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.models import SkillsAudit
from dorobek.plans.actions import labour as labour_actions
from dorobek.plans.actions import targets as actions
from dorobek.plans.gaps.choosing import find, occupations, published
from dorobek.plans.gaps.enums import LineState, LineWeight, TargetKind
from dorobek.plans.gaps.queries import code_of_target, picture_of, snapshots_of, target_of
from dorobek.plans.gaps.shapes import GapLine
from dorobek.plans.labour.queries import Figure, figures_for, figures_of
from dorobek.plans.models import GapSnapshot, Goal, LabourFigure, Source, Target, TargetLine
from dorobek.register.models import Concept, LearningOutcome, Qualification

router = Router()
public = Router()  # no account is needed
Weight = Literal["essential", "useful", "own"]
State = Literal["missing", "partly", "unproven", "contradicted", "held"]


class TargetProposalOut(ModelSchema):
    """An outcome that the matcher proposes for a wish; `reason`: [words of the wish, words of the outcome]."""

    class Meta:
        model = TargetLine
        fields = ["code", "title", "score", "reason"]


class TargetOut(Schema):
    """`code`: of the register, of the occupation, the template's uid; "" for a wish."""

    uid: uuid.UUID
    goal: uuid.UUID
    kind: str
    code: str
    title: str
    wish: str
    skills_of: str
    chosen_at: datetime
    proposals: list[TargetProposalOut]


class TargetIn(Schema):
    """`code` as `GET .../choices` gives it; for a wish `wish` in words. `skills_of`: for an occupation of KZiS, the key
    of the occupation of ESCO whose skills count."""

    kind: Literal["occupation", "qualification", "credential", "wish"]
    code: str = ""
    wish: str = ""
    skills_of: str = ""


class TargetChoiceOut(Schema):
    code: str
    title: str
    hint: str


class GapSupportOut(Schema):
    """What speaks for a line or against it. `hidden`: in the person's wallet, its title is not for the reader."""

    origin: str
    side: Literal["for", "against", "open", "lost"]
    title: str
    on: date | None
    by: str
    note: str
    hidden: bool


class GapCriterionOut(Schema):
    letter: str
    text: str
    state: State


class GapLineOut(Schema):
    """`held`: percent that need not be closed any more. `default`: the source's weight, where another was chosen."""

    code: str
    title: str
    language: str
    group: str
    weight: Weight
    default: Weight | None
    state: State
    held: int
    evidence: list[GapSupportOut]
    criteria: list[GapCriterionOut]


class GapsOut(Schema):
    """`points`: what all lines are worth; `points_closed`: what of it is held; `percent` rounded down."""

    target: str
    kind: str
    counts: dict[str, int]
    points: int
    points_closed: int
    percent: int
    reached: bool
    lines: list[GapLineOut]


class GapSnapshotOut(ModelSchema):
    class Meta:
        model = GapSnapshot
        fields = ["at", "cause", "missing", "partly", "unproven", "contradicted", "held", "points", "closed"]


class TargetLineIn(Schema):
    """A new line: the code of an outcome (`framework:code`), or words."""

    code: str = ""
    words: str = ""
    weight: Weight = "own"


class TargetWeightIn(Schema):
    code: str
    weight: Weight


class TargetProposalsIn(Schema):
    """Codes that are taken; all other proposals are put aside."""

    taken: list[str]


class LabourFigureOut(Schema):
    """A figure as its source gives it; `forecast` where it is told in words. Region: TERYT, "" for the country."""

    key: int
    classification: str
    occupation: str
    label: str
    region: str
    measure: str
    value: Decimal | None
    forecast: str
    unit: str
    period: str
    source: str
    source_url: str
    dated: date
    reliability: str


class FigureTakenOut(ModelSchema):
    class Meta:
        model = Source
        fields = ["uid", "version", "title", "says", "reliability", "url", "dated"]


def _target(request: Any, audit: SkillsAudit, goal: uuid.UUID) -> Target:
    found = target_of(request.user, audit.uid, goal)
    if found is None:
        raise Http404
    return found


def _told(target: Target) -> dict[str, Any]:
    return {
        **{name: getattr(target, name) for name in ("uid", "kind", "title", "wish", "chosen_at")},
        "goal": target.goal.uid,
        "code": code_of_target(target),
        "skills_of": str(target.skills_of or ""),
        "proposals": [line for line in target.lines.all() if line.state == LineState.PROPOSED],
    }


def _again(request: Any, audit: SkillsAudit, target: Target) -> dict[str, Any]:
    return _told(_target(request, audit, target.goal.uid))


@router.get(
    "/plan/goals/{goal}/choices",
    response={200: list[TargetChoiceOut], 404: Problem},
    summary="Occupations, qualifications, micro-credentials by name",
)
def choices(
    request: Any,
    case_uid: Path[uuid.UUID],
    goal: uuid.UUID,
    kind: Literal["occupation", "qualification", "credential"] = "occupation",
    words: str = "",
) -> Any:
    find_row(request, Goal, find_case(request, case_uid), goal)
    return find(kind, words).offers


@router.get(
    "/plan/goals/{goal}/target", response={200: TargetOut, 404: Problem}, summary="What a goal leads to"
)  # fmt: skip
def read_target(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID) -> dict[str, Any]:
    return _told(_target(request, find_case(request, case_uid), goal))


@router.put("/plan/goals/{goal}/target", response={200: TargetOut, **REFUSALS}, summary="Choose what a goal leads to")
def put_target(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID, body: TargetIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Goal, audit, goal)
    acting = acting_user(request, audit)
    made = actions.choose_target(goal=held, choice=_choice(body), acting_user=acting)
    return _again(request, audit, made)


def _choice(body: TargetIn) -> actions.Choice:
    """Unknown codes are 404."""
    found: Any = None
    if body.kind == TargetKind.WISH:
        return actions.Choice(wish=body.wish)
    if body.kind == TargetKind.OCCUPATION:
        found = _occupation(body.code)
        skills = _occupation(body.skills_of) if body.skills_of else None
        choice = actions.Choice(concept=found, skills_of=skills)
    elif body.kind == TargetKind.QUALIFICATION:
        found = Qualification.objects.filter(code=body.code[:20]).exclude(current=None).first()
        choice = actions.Choice(qualification=found)
    else:
        found = published().filter(uid=_uid(body.code)).first()
        choice = actions.Choice(template=found)
    if found is None:
        raise Http404
    return choice


def _occupation(code: str) -> Concept:
    key = int(code[:15]) if code.isascii() and code.isdigit() else 0
    found = occupations().select_related("framework").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


@router.delete("/plan/goals/{goal}/target", response={204: None, **REFUSALS}, summary="A goal leads nowhere chosen")
def delete_target(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID) -> Status[None]:
    audit = find_case(request, case_uid)
    actions.remove_target(target=_target(request, audit, goal), acting_user=acting_user(request, audit))
    return Status(204, None)


@router.post(
    "/plan/goals/{goal}/target/proposals", response={200: TargetOut, **REFUSALS}, summary="Take proposals for a wish"
)
def answer_proposals(
    request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID, body: TargetProposalsIn
) -> dict[str, Any]:  # fmt: skip
    audit = find_case(request, case_uid)
    held, acting = _target(request, audit, goal), acting_user(request, audit)
    return _again(request, audit, actions.answer_proposals(target=held, taken=set(body.taken), acting_user=acting))


@router.post("/plan/goals/{goal}/target/lines", response={201: GapLineOut, **REFUSALS}, summary="Add an outcome")
def add_line(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID, body: TargetLineIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    framework, _colon, code = body.code.partition(":")
    outcome = LearningOutcome.objects.filter(framework=framework, code=code).first() if body.code else None
    if body.code and outcome is None:
        raise Http404
    line = actions.add_line(
        target=_target(request, audit, goal), outcome=outcome, words=body.words, weight=LineWeight(body.weight),
        acting_user=acting_user(request, audit),
    )  # fmt: skip
    return Status(201, _one_line(request, audit, goal, line.code))


@router.put("/plan/goals/{goal}/target/lines", response={200: GapLineOut, **REFUSALS}, summary="Weigh an outcome")
def weigh_line(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID, body: TargetWeightIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held, acting = _target(request, audit, goal), acting_user(request, audit)
    actions.weigh_line(target=held, code=body.code, weight=body.weight, acting_user=acting)
    return _one_line(request, audit, goal, body.code)


@router.delete("/plan/goals/{goal}/target/lines", response={204: None, **REFUSALS}, summary="Leave an outcome out")
def drop_line(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID, code: str = "") -> Status[None]:
    audit = find_case(request, case_uid)
    held, acting = _target(request, audit, goal), acting_user(request, audit)
    actions.drop_line(target=held, code=code, acting_user=acting)
    return Status(204, None)


def _one_line(request: Any, audit: SkillsAudit, goal: uuid.UUID, code: str) -> dict[str, Any]:
    line = picture_of(_target(request, audit, goal), request.user).line(code)
    if line is None:
        raise Http404
    return _line(line)


@router.get("/plan/goals/{goal}/gaps", response={200: GapsOut, 404: Problem}, summary="The gap picture of a goal")
def gaps(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID) -> dict[str, Any]:
    picture = picture_of(_target(request, find_case(request, case_uid), goal), request.user)
    return {
        "target": picture.target.title,
        "kind": picture.target.kind,
        "counts": {state.value: count for state, count in picture.counts.items()},
        **{name: getattr(picture, name) for name in ("points", "points_closed", "percent", "reached")},
        "lines": [_line(line) for line in picture.lines],
    }


def _line(line: GapLine) -> dict[str, Any]:
    plain = ("code", "title", "language", "group", "held", "weight", "default", "state", "criteria", "evidence")
    return {name: getattr(line, name) for name in plain}


@router.get(
    "/plan/goals/{goal}/gaps/history",
    response={200: list[GapSnapshotOut], 404: Problem},
    summary="What was missing when",
)
def history(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID) -> list[GapSnapshot]:
    return snapshots_of(request.user, _target(request, find_case(request, case_uid), goal))


@router.get(
    "/plan/goals/{goal}/figures",
    response={200: list[LabourFigureOut], 404: Problem},
    summary="Figures on the occupation",
)
def figures(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID) -> list[dict[str, Any]]:
    return [_figure(one) for one in figures_for(_target(request, find_case(request, case_uid), goal))]


@router.post(
    "/plan/goals/{goal}/figures/{key}", response={200: FigureTakenOut, **REFUSALS}, summary="Take a figure as a source"
)
def take_figure(request: Any, case_uid: Path[uuid.UUID], goal: uuid.UUID, key: int) -> Source:
    audit = find_case(request, case_uid)
    held = find_row(request, Goal, audit, goal)
    offered = {one.row.pk: one.row for one in figures_for(_target(request, audit, goal))}
    if key not in offered:
        raise Http404
    acting = acting_user(request, audit)
    return labour_actions.take_figure(plan=held.plan, figure=offered[key], acting_user=acting)


@public.get("", response={200: list[LabourFigureOut]}, summary="Figures of the labour market on one occupation")
def labour(
    request: Any, occupation: str = "", classification: Literal["kzis", "esco"] = "kzis", region: str | None = None
) -> list[dict[str, Any]]:
    """Every figure with its source, date and reliability; nothing is computed or filled in."""
    return [_figure(one) for one in figures_of(classification, occupation[:80], region)]


def _figure(one: Figure) -> dict[str, Any]:
    row: LabourFigure = one.row
    names = [name for name in LabourFigureOut.model_fields if name != "key"]
    return {"key": row.pk, **{name: getattr(row, name) for name in names}}
