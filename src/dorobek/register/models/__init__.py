"""Tables of the register: learning outcomes, qualifications with their versions, bodies, frameworks."""

from dorobek.register.models.analysis import AnalysisRun, Finding
from dorobek.register.models.applications import ConsultationComment, RegisterApplication
from dorobek.register.models.bodies import Entitlement, RegisterBody
from dorobek.register.models.changes import EntryChange, InfoPage, InfoVersion
from dorobek.register.models.frameworks import Concept, ConceptRelation, Framework, OutcomeLink
from dorobek.register.models.outcomes import Criterion, LearningOutcome, OutcomeSet
from dorobek.register.models.qualifications import Qualification, QualificationMethod, QualificationVersion

__all__ = [
    "AnalysisRun",
    "Concept",
    "ConceptRelation",
    "ConsultationComment",
    "Criterion",
    "Entitlement",
    "EntryChange",
    "Finding",
    "Framework",
    "InfoPage",
    "InfoVersion",
    "LearningOutcome",
    "OutcomeLink",
    "OutcomeSet",
    "Qualification",
    "QualificationMethod",
    "QualificationVersion",
    "RegisterApplication",
    "RegisterBody",
]
