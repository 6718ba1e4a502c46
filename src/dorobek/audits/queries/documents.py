"""Everything the documents of a case are built from, read once (SA-12). About 26 statements, whatever its length."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from dorobek.audits.models import (
    Agreement,
    BasicDirection,
    BiographicalInterview,
    CardNote,
    CompetenceSource,
    Consultation,
    Episode,
    HandedDocument,
    InterviewAnswer,
    LifeEvent,
    Meeting,
    Referral,
    ReportSection,
    SkillsAudit,
    Synthesis,
)
from dorobek.audits.queries.weave import Strand, Weave, newest_ratings
from dorobek.instruments.models import ExternalResult, ScaleResult
from dorobek.people.models import Account, Consent, Institution, Person, PersonalRow, Unit
from dorobek.plans.models import DevelopmentPlan, Goal, GoalProgress, Scenario
from dorobek.portfolio.models import Competence, Evidence, EvidenceLink
from dorobek.programmes.enums import DocumentKind
from dorobek.programmes.schema import Rules


@dataclass
class CaseFile:
    """One case as plain lists, each in the order in which it is printed."""

    audit: SkillsAudit
    person: Person
    adviser: Account
    institution: Institution
    unit: Unit
    rules: Rules
    logo: bytes = b""
    events: list[LifeEvent] = field(default_factory=list)
    notes: dict[str, CardNote] = field(default_factory=dict)
    consents: list[Consent] = field(default_factory=list)
    agreement: Agreement | None = None
    biographical: BiographicalInterview | None = None
    answers: list[InterviewAnswer] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    weaves: list[Weave] = field(default_factory=list)
    results: list[ExternalResult] = field(default_factory=list)
    synthesis: Synthesis | None = None
    consultations: list[Consultation] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    plan: DevelopmentPlan | None = None
    goals: list[Goal] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)
    direction: BasicDirection | None = None
    written: dict[tuple[str, str], str] = field(default_factory=dict)

    def section(self, kind: str, code: str) -> str:
        """The adviser's words in one section of a report; empty when there are none."""
        return self.written.get((str(kind), code), "")

    def weaves_of_episode(self, episode: Episode) -> list[Weave]:
        return [weave for weave in self.weaves if any(one.pk == episode.pk for one in weave.episodes)]


def case_file(audit: SkillsAudit, user: Account | None) -> CaseFile:
    """Read the case for its documents, as far as the user may see it.

    `user` None: the operator's command and jobs, which opened the case already.
    """
    audit = _case(audit)
    of_audit = {"audit": audit}

    def rows(model: type[PersonalRow], **where: Any) -> QuerySet[Any]:
        found = model.objects.visible_to(user) if user is not None else model.objects.all()
        return found.filter(**where)

    plan = _plan(rows(DevelopmentPlan, case_uid=audit.uid))
    return CaseFile(
        audit=audit,
        person=audit.person,
        adviser=audit.adviser,
        institution=audit.institution,
        unit=audit.unit,
        rules=audit.rules,
        logo=_logo(audit),
        events=sorted(rows(LifeEvent, **of_audit), key=_place_in_time),
        notes={note.section: note for note in rows(CardNote, **of_audit)},
        consents=list(rows(Consent, case_uid=audit.uid).order_by("decided_at", "id")),
        agreement=rows(Agreement, **of_audit).select_related("participant_assisted_by").first(),
        biographical=rows(BiographicalInterview, **of_audit).first(),
        answers=list(rows(InterviewAnswer, **of_audit).prefetch_related("life_events")),
        episodes=list(rows(Episode, **of_audit).select_related("life_event").prefetch_related("evidence")),
        weaves=_weaves(rows(Competence, case_uid=audit.uid)),
        results=list(rows(ExternalResult, case_uid=audit.uid).prefetch_related("scales__competence")),
        synthesis=rows(Synthesis, **of_audit).first(),
        consultations=list(rows(Consultation, **of_audit).order_by("asked_on", "id")),
        referrals=list(rows(Referral, **of_audit).order_by("on", "id")),
        meetings=list(rows(Meeting, **of_audit).select_related("adviser")),
        plan=plan,
        goals=[goal for goal in plan.goals.all() if goal.dropped_at is None] if plan else [],
        scenarios=list(plan.scenarios.all()) if plan else [],
        direction=rows(BasicDirection, **of_audit).first(),
        written={(row.kind, row.section): row.text for row in rows(ReportSection, **of_audit)},
    )


def _case(audit: SkillsAudit) -> SkillsAudit:
    """The case with who and what its letterhead names, in one statement."""
    related = ("person", "adviser", "institution", "unit", "programme_version__programme__logo")
    found: SkillsAudit = SkillsAudit.objects.select_related(*related).get(pk=audit.pk)
    return found


def _logo(audit: SkillsAudit) -> bytes:
    stored = audit.programme_version.programme.logo
    if stored is None or not stored.content.storage.exists(stored.content.name or ""):
        return b""
    with stored.content.open("rb") as file:
        return bytes(file.read())


def _place_in_time(event: LifeEvent) -> tuple[bool, Any, int]:
    """By the first day; what has no place in time comes last."""
    return (event.sort_day is None, event.sort_day or event.created_at.date(), event.pk)


def _plan(found: QuerySet[DevelopmentPlan]) -> DevelopmentPlan | None:
    goals = Goal.objects.prefetch_related(
        Prefetch("progress", queryset=GoalProgress.objects.order_by("at", "id")), "competences"
    )
    scenarios = Scenario.objects.select_related("route").prefetch_related("actions__goal", "answers", "risks")
    parts = (Prefetch("goals", queryset=goals), Prefetch("scenarios", queryset=scenarios), "sources")
    return found.prefetch_related(*parts).first()


def _weaves(competences: QuerySet[Competence]) -> list[Weave]:
    """Each competence with its sources, evidence and results. Five statements."""
    found = {one.pk: Weave(one) for one in competences.select_related("outcome", "answered_assisted_by")}
    sources = CompetenceSource.objects.filter(competence__in=found).select_related("episode", "life_event")
    for source in sources.order_by("id"):
        weave = found[source.competence_id]
        weave.episodes += [source.episode] if source.episode else []
        weave.events += [source.life_event] if source.life_event else []
    linked: dict[int, list[Evidence]] = defaultdict(list)
    links = EvidenceLink.objects.filter(competence__in=found, evidence__removed_at=None)
    for link in links.select_related("evidence").order_by("evidence_id"):
        linked[link.competence_id].append(link.evidence)
    ratings = newest_ratings([one.pk for group in linked.values() for one in group])
    for key, group in linked.items():
        found[key].proofs = [Strand(one, ratings.get(one.pk)) for one in group]
    for result in ScaleResult.objects.filter(competence__in=found).select_related("result"):
        found[result.competence_id].results.append(result)  # type: ignore[index]
    return list(found.values())


@dataclass
class DocumentRow:
    """One kind of document on a list: its versions in every language, newest first."""

    kind: DocumentKind
    name: str
    purpose: str
    versions: list[HandedDocument] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    outdated: bool = False  # the case says something else now than the valid versions do

    @property
    def newest(self) -> list[HandedDocument]:
        """The newest version of each language, the highest number first."""
        found: dict[str, HandedDocument] = {}
        for version in self.versions:
            found.setdefault(version.language, version)
        return sorted(found.values(), key=lambda one: (-one.number, one.language != "pl"))

    @property
    def current(self) -> HandedDocument | None:
        return self.newest[0] if self.newest else None

    @property
    def older(self) -> list[HandedDocument]:
        current = {one.pk for one in self.newest}
        return [one for one in self.versions if one.pk not in current]

    @property
    def accepted(self) -> HandedDocument | None:
        """The version of those now valid that the participant accepted."""
        return next((one for one in self.newest if one.accepted_at), None)


def handed_documents(user: Account, audit: SkillsAudit) -> list[HandedDocument]:
    """Every version handed over that the user may see, newest first within a kind. One statement."""
    visible = HandedDocument.objects.visible_to(user).filter(audit=audit).exclude(handed_at=None)
    related = ("pdf", "docx", "handed_by", "accepted_assisted_by")
    return list(visible.select_related(*related).order_by("kind", "-number", "language"))


def handed_document(user: Account, audit: SkillsAudit, uid: uuid.UUID) -> HandedDocument | None:
    """One version handed over in this case, with its files; None when the user may not see such a one."""
    visible = HandedDocument.objects.visible_to(user).filter(audit=audit, uid=uid).exclude(handed_at=None)
    related = ("pdf", "docx", "html", "person", "handed_by", "accepted_assisted_by")
    found: HandedDocument | None = visible.select_related(*related).first()
    return found


def document_rows(
    user: Account, audit: SkillsAudit, kinds: tuple[DocumentKind, ...], language: str
) -> list[DocumentRow]:
    """The kinds given, in their order, then any other kind handed over earlier. One statement."""
    versions: dict[str, list[HandedDocument]] = defaultdict(list)
    for one in handed_documents(user, audit):
        versions[one.kind].append(one)
    wanted = [*kinds, *(DocumentKind(kind) for kind in versions if DocumentKind(kind) not in kinds)]
    found = []
    for kind in wanted:
        spec = audit.rules.document(kind)
        name = spec.name.text(language) if spec else str(kind.label)
        purpose = spec.purpose.text(language) if spec else ""
        found.append(DocumentRow(kind, name, purpose, versions.get(str(kind), [])))
    return found
