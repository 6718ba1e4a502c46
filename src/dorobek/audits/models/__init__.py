"""Tables of the skills audit, by subject."""

from dorobek.audits.models.audit import Contact, HandOver, Referral, ReferralSlip, Registration, SkillsAudit
from dorobek.audits.models.documents import HandedDocument, ReportSection
from dorobek.audits.models.interviews import (
    BiographicalInterview,
    CompetenceSource,
    Episode,
    InterviewAnswer,
    LifeEvent,
    RejectedSuggestion,
)
from dorobek.audits.models.meetings import Meeting
from dorobek.audits.models.work import Agreement, BasicDirection, CardNote, Consultation, Synthesis

__all__ = [
    "Agreement",
    "BasicDirection",
    "BiographicalInterview",
    "CardNote",
    "CompetenceSource",
    "Consultation",
    "Contact",
    "Episode",
    "HandOver",
    "HandedDocument",
    "InterviewAnswer",
    "LifeEvent",
    "Meeting",
    "Referral",
    "ReferralSlip",
    "Registration",
    "RejectedSuggestion",
    "ReportSection",
    "SkillsAudit",
    "Synthesis",
]
