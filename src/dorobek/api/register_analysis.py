"""REST: the analysis of the register for its editors, and the skills of ESCO linked to an entry for everybody (RG-7)."""

from dataclasses import asdict
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from dorobek.api.register import HOUR, fresh, held, version_tag
from dorobek.api.schemas import Problem
from dorobek.people.acting import ActingUser
from dorobek.register.actions.analysis import decide_link, propose_links, start_analysis
from dorobek.register.analysis.entries import fault_data, level_data
from dorobek.register.analysis.kinds import FindingKind
from dorobek.register.models import Finding, OutcomeLink
from dorobek.register.perms import may_edit_register
from dorobek.register.queries import analysis
from dorobek.web.register.entries import place

router = Router()  # for register editors; everybody else gets 404
public = Router()
KIND = Literal["wording", "duplicate", "shared_set", "level"]


class AnalysisOverview(Schema):
    """The last analysis: `found` by kind, pairs counted once; `fresh` when the register has not changed since."""

    made_at: str | None
    fresh: bool
    entries: int
    seconds: float
    found: dict[str, int]
    serious: dict[str, int]
    links: dict[str, int]
    left_out: dict[str, int]


class AnalysisStarted(Schema):
    """A job that makes the analysis; the same state of the register is the same job."""

    state: str
    done: int
    total: int


class FindingQuery(Schema):
    """`serious`: only what cannot be verified, or lies far. `q`: words of the entry, or its code."""

    kind: KIND = "wording"
    serious: bool = False
    q: str = Field("", max_length=200)
    page: int = Field(1, ge=1, le=100_000)


class AnalysisFinding(Schema):
    """One finding. `score`: worst or nearest first; `data` by kind: faults, the pair explained, the level."""

    kind: str
    code: str
    other: str | None
    score: float
    serious: bool
    data: dict[str, Any]


class FindingPageOut(Schema):
    findings: list[AnalysisFinding]
    total: int
    page: int
    pages: int


class SkillLink(Schema):
    """A skill of ESCO for an outcome. `accepted` is null until somebody decides; `met` lists words that met."""

    id: int
    outcome: str
    wording: str
    uri: str
    label_pl: str
    label_en: str
    score: float
    met: list[list[str]]
    accepted: bool | None


class EntryAnalysis(Schema):
    """All about one entry: `wordings` and `level` as it stands today, `pairs` as of the last analysis.

    `level.proposed` is null when the text does not allow one; `lacks` says then what is missing.
    """

    code: str
    wordings: list[dict[str, Any]]
    level: dict[str, Any]
    pairs: list[AnalysisFinding]
    links: list[SkillLink]


class LinkDecision(Schema):
    """True accepts, false rejects, null takes a decision back."""

    accept: bool | None = None


class LinksProposed(Schema):
    fresh: int


class LinkedSkill(Schema):
    """A skill of ESCO that an editor accepted for an outcome; `outcome` is its place in the entry: "2.1"."""

    outcome: str
    uri: str
    label_pl: str
    label_en: str
    notice: str


def editor(request: Any) -> ActingUser:
    """The register editor who calls; 404 for everybody else."""
    if not may_edit_register(request.user):
        raise Http404
    return ActingUser(request.user)


@router.get("", response={200: AnalysisOverview, 404: Problem}, summary="What the last analysis found")
def analysis_overview(request: HttpRequest) -> Any:
    """Four statements."""
    editor(request)
    seen = analysis.overview()
    run = seen.run
    return {
        "made_at": run.made_at.isoformat() if run else None,
        "fresh": seen.fresh,
        "entries": run.entries if run else 0,
        "seconds": run.seconds if run else 0.0,
        "found": seen.counts,
        "serious": seen.serious,
        "links": seen.links,
        "left_out": run.left_out if run else {},
    }


@router.post("", response={200: AnalysisStarted, 404: Problem}, summary="Ask for an analysis of the whole register")
def analysis_start(request: HttpRequest) -> Any:
    job = start_analysis(acting_user=editor(request))
    job.refresh_from_db()
    return {"state": str(job.state), "done": job.done, "total": job.total}


@router.get("/findings", response={200: FindingPageOut, 404: Problem, 422: Problem}, summary="Findings of one kind")
def analysis_findings(request: HttpRequest, query: Query[FindingQuery]) -> Any:
    """Twenty on a page, the gravest or nearest first; pairs once each. Two statements."""
    editor(request)
    found = analysis.findings(query.kind, serious=query.serious, words=query.q, page=query.page)
    return {
        "findings": [finding(one) for one in found.rows] if query.page == found.page else [],
        "total": found.total,
        "page": query.page,
        "pages": found.pages,
    }


@router.get("/{code}", response={200: EntryAnalysis, 404: Problem}, summary="Everything about one entry")
def analysis_entry(request: HttpRequest, code: str) -> Any:
    """Nine statements at most."""
    editor(request)
    qualification, _stood = held(code)
    proposal = analysis.level_of(qualification)
    neighbours = [asdict(one) for one in proposal.neighbours]
    told = level_data(qualification.entry, proposal) | {"lacks": proposal.lacks, "neighbours": neighbours}
    return {
        "code": code,
        "wordings": [fault_data(*one) for one in analysis.faults_of(qualification)],
        "level": told,
        "pairs": [finding(one) for one in analysis.pairs_of(qualification)],
        "links": [skill_link(one) for one in analysis.links_of(qualification)],
    }


@router.post("/{code}/skills", response={200: LinksProposed, 404: Problem, 422: Problem}, summary="Propose ESCO skills")
def analysis_propose(request: HttpRequest, code: str) -> Any:
    """What somebody decided stays; other proposals are made anew."""
    acting = editor(request)
    qualification, _stood = held(code)
    return {"fresh": propose_links(qualification=qualification, acting_user=acting)}


@router.post("/{code}/skills/{key}", response={200: SkillLink, 404: Problem}, summary="Accept or reject a skill")
def analysis_decide(request: HttpRequest, code: str, key: int, body: LinkDecision) -> Any:
    acting = editor(request)
    qualification, _stood = held(code)
    rows = OutcomeLink.objects.filter(outcome__outcome_set__qualification=qualification)
    link = rows.filter(pk=key).first() if 0 < key < 2**62 else None
    if link is None:
        raise Http404
    return skill_link(decide_link(link=link, accept=body.accept, acting_user=acting))


@public.get("/{code}/skills", response={200: list[LinkedSkill], 404: Problem}, summary="Skills of ESCO linked to it")
def entry_skills(request: HttpRequest, code: str, response: HttpResponse) -> Any:
    """Accepted links of outcomes that still read as they did when accepted. Two statements, one without any."""
    qualification, stood = held(code)
    since = max(stood.created_at, qualification.links_at) if qualification.links_at else stood.created_at
    if fresh(request, response, f"skills-{version_tag(stood)}-{since.timestamp()}", since, HOUR):
        return response
    return [linked(one) for one in analysis.accepted_links(qualification)]


def linked(link: OutcomeLink) -> dict[str, Any]:
    """A link as LinkedSkill has it."""
    concept = link.concept
    return {
        "outcome": place(link),
        "uri": concept.uri,
        "label_pl": concept.label_pl,
        "label_en": concept.label_en,
        "notice": concept.framework.notice,
    }


def finding(one: Finding) -> dict[str, Any]:
    """A finding as AnalysisFinding has it."""
    return {
        "kind": str(FindingKind(one.kind).value),
        "code": one.qualification.code,
        "other": one.other.code if one.other else None,
        "score": one.score,
        "serious": one.serious,
        "data": one.data,
    }


def skill_link(link: OutcomeLink) -> dict[str, Any]:
    """A link as SkillLink has it."""
    return {
        "id": link.pk,
        "outcome": place(link),
        "wording": link.wording,
        "uri": link.concept.uri,
        "label_pl": link.concept.label_pl,
        "label_en": link.concept.label_en,
        "score": link.score,
        "met": link.reason,
        "accepted": link.accepted,
    }
