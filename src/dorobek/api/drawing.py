"""REST: drawing competences from what was told, asking about them, the synthesis."""

import uuid
from typing import Any, Literal

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import ModelSchema, Path, Query, Router, Schema, Status

from dorobek.api.doors import acting_user, find_case, find_row, rows_of_case
from dorobek.api.portfolio import CompetenceOut, find_weave, shown
from dorobek.api.portfolio import router as competences
from dorobek.api.schemas import REFUSALS, Problem
from dorobek.audits.actions import competences as drawing
from dorobek.audits.actions.synthesis import write_synthesis
from dorobek.audits.models import Episode, LifeEvent, SkillsAudit, Synthesis
from dorobek.audits.queries.suggestions import proposals, text_of
from dorobek.kernel.errors import RuleBroken
from dorobek.matching.types import Language
from dorobek.portfolio.actions import agree_wording, ask_about_competences
from dorobek.portfolio.models import Competence
from dorobek.register.actions.adopting import adopted
from dorobek.register.models import LearningOutcome

router = Router()
Kind = Literal["knowledge", "skill", "social"]


class SourcesIn(Schema):
    """What a competence rests on."""

    episodes: list[uuid.UUID] = []
    life_events: list[uuid.UUID] = []


class DrawIn(SourcesIn):
    """A competence in the words of a learning outcome. `outcome`: code of the catalogue it was taken from."""

    kind: Kind
    wording: str
    outcome: str = ""


class ChangeIn(Schema):
    kind: Kind
    wording: str
    for_analysis: bool = False
    worth_developing: bool = False
    base_version: int | None = None


class AskIn(Schema):
    competences: list[uuid.UUID]


class AskedOut(Schema):
    asked: int


class MoveIn(Schema):
    up: bool


class WordingIn(Schema):
    wording: str
    base_version: int | None = None


class ForText(Schema):
    """Suggest for an episode, or a life event, or a text of one's own."""

    episode: uuid.UUID | None = None
    life_event: uuid.UUID | None = None
    text: str = ""
    language: Literal["pl", "en"] = "pl"


class ProposalOut(Schema):
    """A suggestion from the catalogue or from ESCO: how strong, which words met which, through which occupations.

    `chosen`: how often advisers of this installation took it for similar words.
    """

    outcome: str
    framework: str
    kind: str
    wording: str
    strength: str
    pairs: list[tuple[str, str]]
    through: list[str]
    chosen: int


class RejectIn(SourcesIn):
    """`episodes` and `life_events`: what the suggestion was made for, so that the matcher can learn from it."""

    outcome: str


class SynthesisOut(ModelSchema):
    class Meta:
        model = Synthesis
        fields = ["version", "picture", "strengths", "missing", "conclusions"]


class SynthesisIn(Schema):
    picture: str = ""
    strengths: str = ""
    missing: str = ""
    conclusions: str = ""
    base_version: int | None = None


def _outcome(code: str) -> LearningOutcome:
    found = LearningOutcome.objects.filter(code=code).first() or adopted(code)
    if found is None:
        raise RuleBroken(_("Nie ma takiego opisu w katalogu."), "outcome")
    return found


def _sources(request: Any, audit: SkillsAudit, body: SourcesIn) -> dict[str, Any]:
    episodes = {one.uid: one for one in rows_of_case(request, Episode, audit).filter(uid__in=body.episodes)}
    events = {one.uid: one for one in rows_of_case(request, LifeEvent, audit).filter(uid__in=body.life_events)}
    if set(body.episodes) - set(episodes) or set(body.life_events) - set(events):
        raise Http404
    return {
        "episodes": [episodes[uid] for uid in body.episodes],
        "life_events": [events[uid] for uid in body.life_events],
    }


@competences.post("", response={201: CompetenceOut, **REFUSALS}, summary="Draw a competence")
def draw(request: Any, case_uid: Path[uuid.UUID], body: DrawIn) -> Status[dict[str, Any]]:
    audit = find_case(request, case_uid)
    made = drawing.draw_competence(
        audit=audit,
        kind=body.kind,
        wording=body.wording,
        outcome=_outcome(body.outcome) if body.outcome else None,
        acting_user=acting_user(request, audit),
        **_sources(request, audit, body),
    )
    return Status(201, shown(find_weave(request, audit, made.uid)))


@competences.post("/ask", response={200: AskedOut, **REFUSALS}, summary="Send competences to be confirmed")
def ask(request: Any, case_uid: Path[uuid.UUID], body: AskIn) -> dict[str, int]:
    audit = find_case(request, case_uid)
    chosen = list(rows_of_case(request, Competence, audit).filter(uid__in=body.competences))
    if not chosen:
        raise RuleBroken(_("Proszę wskazać co najmniej jedną kompetencję."), "competences")
    acting = acting_user(request, audit)
    return {"asked": ask_about_competences(case_uid=audit.uid, competences=chosen, acting_user=acting)}


@competences.get("/suggestions", response={200: list[ProposalOut], **REFUSALS}, summary="Suggest competences")
def suggest(request: Any, case_uid: Path[uuid.UUID], wanted: Query[ForText]) -> list[dict[str, Any]]:
    audit = find_case(request, case_uid)
    text = wanted.text[:10_000]
    if wanted.episode:
        text = text_of(find_row(request, Episode, audit, wanted.episode))
    elif wanted.life_event:
        text = text_of(find_row(request, LifeEvent, audit, wanted.life_event))
    language: Language = wanted.language
    return [
        {
            "outcome": one.outcome.code, "framework": one.outcome.framework, "kind": one.outcome.kind, "wording": str(one.outcome),
            "strength": one.strength, "pairs": one.pairs, "through": one.through, "chosen": one.chosen,
        }
        for one in proposals(audit, text, language)[0]
    ]  # fmt: skip


@competences.post("/suggestions/reject", response={204: None, **REFUSALS}, summary="Put a suggestion aside")
def reject(request: Any, case_uid: Path[uuid.UUID], body: RejectIn) -> Status[None]:
    audit = find_case(request, case_uid)
    outcome = _outcome(body.outcome)
    acting, sources = acting_user(request, audit), _sources(request, audit, body)
    drawing.reject_suggestion(audit=audit, outcome=outcome, acting_user=acting, **sources)
    return Status(204, None)


@competences.patch("/{uid}", response={200: CompetenceOut, **REFUSALS}, summary="Change a competence")
def change(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: ChangeIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Competence, audit, uid)
    drawing.change_competence(audit=audit, competence=held, acting_user=acting_user(request, audit), **body.dict())
    return shown(find_weave(request, audit, uid))


@competences.put("/{uid}/sources", response={200: CompetenceOut, **REFUSALS}, summary="What it rests on")
def put_sources(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: SourcesIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Competence, audit, uid)
    given = _sources(request, audit, body)
    drawing.link_sources(audit=audit, competence=held, acting_user=acting_user(request, audit), **given)
    return shown(find_weave(request, audit, uid))


@competences.post("/{uid}/move", response={204: None, **REFUSALS}, summary="Move a competence up or down")
def move(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: MoveIn) -> Status[None]:
    audit = find_case(request, case_uid)
    held = find_row(request, Competence, audit, uid)
    drawing.move_competence(audit=audit, competence=held, up=body.up, acting_user=acting_user(request, audit))
    return Status(204, None)


@competences.post("/{uid}/wording", response={200: CompetenceOut, **REFUSALS}, summary="Agree on a wording")
def agree(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID, body: WordingIn) -> dict[str, Any]:
    audit = find_case(request, case_uid)
    held = find_row(request, Competence, audit, uid)
    agree_wording(competence=held, acting_user=acting_user(request, audit), **body.dict())
    return shown(find_weave(request, audit, uid))


@competences.delete("/{uid}", response={204: None, **REFUSALS}, summary="Withdraw a competence")
def withdraw(request: Any, case_uid: Path[uuid.UUID], uid: uuid.UUID) -> Status[None]:
    audit = find_case(request, case_uid)
    held = find_row(request, Competence, audit, uid)
    drawing.withdraw_competence(audit=audit, competence=held, acting_user=acting_user(request, audit))
    return Status(204, None)


@router.get("/synthesis", response={200: SynthesisOut, 404: Problem}, summary="The synthesis")
def read_synthesis(request: Any, case_uid: Path[uuid.UUID]) -> Synthesis:
    found = rows_of_case(request, Synthesis, find_case(request, case_uid)).first()
    if found is None:
        raise Http404
    return found


@router.put("/synthesis", response={200: SynthesisOut, **REFUSALS}, summary="Write the synthesis")
def put_synthesis(request: Any, case_uid: Path[uuid.UUID], body: SynthesisIn) -> Synthesis:
    audit = find_case(request, case_uid)
    return write_synthesis(audit=audit, acting_user=acting_user(request, audit), **body.dict())
