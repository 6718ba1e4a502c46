"""The facts that decide whose move it is: one statement of counts, plus the programme's sections."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from dorobek.audits.enums import ConsultationState, MeetingKind, MeetingState
from dorobek.audits.models import (
    Agreement,
    BasicDirection,
    CardNote,
    Consultation,
    Episode,
    HandedDocument,
    InterviewAnswer,
    LifeEvent,
    Meeting,
    Registration,
    ReportSection,
    SkillsAudit,
    Synthesis,
)
from dorobek.audits.rules.next_move import CaseFacts
from dorobek.audits.rules.sections import card_sections_missing, required_documents, required_sections
from dorobek.plans.models import Goal, ScenarioAction
from dorobek.portfolio.enums import CompetenceState
from dorobek.portfolio.models import Competence, Evidence, EvidenceRating
from dorobek.programmes.enums import DocumentKind


def case_facts(audit: SkillsAudit) -> CaseFacts:
    """Gather the facts of one case. About fourteen small statements, all on the case's index."""
    return CaseFacts(
        stage=audit.stage,
        variant=audit.variant,
        eligible=_eligible(audit),
        card_sections_missing=len(_missing_sections(audit)),
        **_meetings(audit),
        **_papers(audit),
        **_competences(audit),
        answers=InterviewAnswer.objects.filter(audit=audit).exclude(answer="").count(),
        episodes=Episode.objects.filter(audit=audit).count(),
        evidence_to_rate=_evidence_to_rate(audit),
        **_consultations(audit),
        goals=Goal.objects.filter(case_uid=audit.uid, dropped_at=None).count(),
        scenario_actions=ScenarioAction.objects.filter(case_uid=audit.uid).count(),
        **_documents(audit),
    )


def _eligible(audit: SkillsAudit) -> bool:
    registration = Registration.objects.filter(audit=audit).first()
    return registration is None or registration.eligible or bool(registration.exception_reason)


def _missing_sections(audit: SkillsAudit) -> list[str]:
    kinds = set(LifeEvent.objects.filter(audit=audit, from_card=True).values_list("kind", flat=True))
    noted = CardNote.objects.filter(Q(nothing_to_add=True) | ~Q(text=""), audit=audit)
    return card_sections_missing(audit.rules, kinds, set(noted.values_list("section", flat=True)))


def _meetings(audit: SkillsAudit) -> dict[str, Any]:
    now = timezone.now()
    meetings = list(Meeting.objects.filter(audit=audit).values("kind", "state", "starts_at", "done"))
    planned = [m for m in meetings if m["state"] == MeetingState.PLANNED]
    coming = [timezone.localdate(m["starts_at"]) for m in planned if m["starts_at"] > now]
    talk = any(m["kind"] == MeetingKind.TALK and m["state"] == MeetingState.HELD for m in meetings)
    return {
        "talk_held": talk,
        "next_meeting": min(coming, default=None),
        "meetings_to_note": sum(m["starts_at"] <= now for m in planned),
    }


def _papers(audit: SkillsAudit) -> dict[str, Any]:
    agreement = Agreement.objects.filter(audit=audit).first()
    return {
        "agreement_written": bool(agreement and agreement.main_goal),
        "agreement_adviser": bool(agreement and agreement.adviser_accepted_at),
        "agreement_participant": bool(agreement and agreement.participant_accepted_at),
        "direction_written": BasicDirection.objects.filter(audit=audit).exclude(direction="").exists(),
        "synthesis_written": Synthesis.objects.filter(audit=audit).exclude(conclusions="").exists(),
    }


def _competences(audit: SkillsAudit) -> dict[str, Any]:
    claimed = Q(state=CompetenceState.CLAIMED)
    counts: dict[str, Any] = Competence.objects.filter(case_uid=audit.uid).aggregate(
        competences=Count("id"),
        competences_unsent=Count("id", filter=claimed & Q(asked_at=None)),
        competences_waiting=Count("id", filter=claimed & Q(asked_at__isnull=False)),
        competences_disputed=Count("id", filter=Q(state=CompetenceState.DISPUTED)),
    )
    return counts


def _evidence_to_rate(audit: SkillsAudit) -> int:
    rated = EvidenceRating.objects.filter(evidence=OuterRef("pk"))
    return Evidence.objects.filter(~Exists(rated), case_uid=audit.uid, removed_at=None).count()


def _consultations(audit: SkillsAudit) -> dict[str, Any]:
    counts: dict[str, Any] = Consultation.objects.filter(audit=audit).aggregate(
        consultations_proposed=Count("id", filter=Q(state=ConsultationState.PROPOSED)),
        consultations_open=Count("id", filter=Q(state=ConsultationState.ASKED)),
    )
    return counts


def _documents(audit: SkillsAudit) -> dict[str, Any]:
    newest: dict[str, HandedDocument] = {}
    handed = HandedDocument.objects.filter(audit=audit).exclude(handed_at=None).order_by("number")
    for document in handed.only("kind", "accepted_at"):
        newest[document.kind] = document
    written = set(
        ReportSection.objects.filter(audit=audit, kind=DocumentKind.FEEDBACK_REPORT)
        .exclude(text="")
        .values_list("section", flat=True)
    )
    return {
        "documents_missing": len({str(kind) for kind in required_documents(audit.rules, audit.variant)} - set(newest)),
        "documents_to_accept": sum(document.accepted_at is None for document in newest.values()),
        "feedback_sections_missing": len(set(required_sections()) - written),
    }
