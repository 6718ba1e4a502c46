"""Tables of validation: openings and people who judge, applications, marks, decisions, appeals, certificates."""

from dorobek.validation.models.applications import Application, MappedEvidence, MethodRecord
from dorobek.validation.models.bodies import Commission, CommissionMember, StaffPeriod, StaffRecord, ValidationOpening
from dorobek.validation.models.judging import AgreedMark, Assessment, Declaration, LedTraining, Mark
from dorobek.validation.models.results import Appeal, Certificate, Decision, PartialResult

__all__ = [
    "AgreedMark",
    "Appeal",
    "Application",
    "Assessment",
    "Certificate",
    "Commission",
    "CommissionMember",
    "Decision",
    "Declaration",
    "LedTraining",
    "MappedEvidence",
    "Mark",
    "MethodRecord",
    "PartialResult",
    "StaffPeriod",
    "StaffRecord",
    "ValidationOpening",
]
