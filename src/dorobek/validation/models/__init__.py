"""Tables of validation: openings and people who judge, applications, marks, decisions, appeals, certificates."""

from dorobek.validation.models.advising import AdviserNote
from dorobek.validation.models.applications import Application, MappedEvidence, MethodRecord
from dorobek.validation.models.assessing import CriterionCheck, CriterionNote, TalkNote
from dorobek.validation.models.bodies import Commission, CommissionMember, StaffPeriod, StaffRecord, ValidationOpening
from dorobek.validation.models.conditions import ShownCondition
from dorobek.validation.models.crediting import AwaitedTraining, CredentialCheck, CredentialPiece
from dorobek.validation.models.judging import (
    AgreedMark,
    AgreementAnswer,
    Assessment,
    Declaration,
    LedTraining,
    Mark,
)
from dorobek.validation.models.knowledge import (
    BankItem,
    Blueprint,
    ItemVersion,
    KnowledgeAnswer,
    KnowledgeMarker,
    KnowledgeTest,
    OpenAgreement,
    OpenMark,
    QuestionBank,
)
from dorobek.validation.models.notices import CaseNotice
from dorobek.validation.models.observing import Observation, ObservationScenario, TimeMark
from dorobek.validation.models.office import (
    AdjustmentAnswer,
    Availability,
    BodyPeriod,
    BodyRecord,
    Fee,
    HandOver,
    Sitting,
    SittingCandidate,
)
from dorobek.validation.models.papers import AwardedCredential, CaseDocument
from dorobek.validation.models.results import Appeal, Certificate, Decision, PartialResult, Refusal

__all__ = [
    "AdjustmentAnswer",
    "AdviserNote",
    "AgreedMark",
    "AgreementAnswer",
    "Appeal",
    "Application",
    "Assessment",
    "Availability",
    "AwaitedTraining",
    "AwardedCredential",
    "BankItem",
    "Blueprint",
    "BodyPeriod",
    "BodyRecord",
    "CaseDocument",
    "CaseNotice",
    "Certificate",
    "Commission",
    "CommissionMember",
    "CredentialCheck",
    "CredentialPiece",
    "CriterionCheck",
    "CriterionNote",
    "Decision",
    "Declaration",
    "Fee",
    "HandOver",
    "ItemVersion",
    "KnowledgeAnswer",
    "KnowledgeMarker",
    "KnowledgeTest",
    "LedTraining",
    "MappedEvidence",
    "Mark",
    "MethodRecord",
    "Observation",
    "ObservationScenario",
    "OpenAgreement",
    "OpenMark",
    "PartialResult",
    "QuestionBank",
    "Refusal",
    "ShownCondition",
    "Sitting",
    "SittingCandidate",
    "StaffPeriod",
    "StaffRecord",
    "TalkNote",
    "TimeMark",
    "ValidationOpening",
]
