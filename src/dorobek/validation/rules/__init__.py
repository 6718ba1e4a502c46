"""The rules of a validation as pure functions on plain data; nothing here reads the database.

rules = rules_of(entry)
broken = check_commission(rules, members, candidates, day)
decision = decide(rules.sets, agreed)
"""

from dorobek.validation.rules.agreement import Kappa, cohen, fleiss
from dorobek.validation.rules.building import rules_of
from dorobek.validation.rules.commission import check_commission
from dorobek.validation.rules.deciding import Decision, Verdict, agreed_marks, decide
from dorobek.validation.rules.experience import counted_days, counted_years
from dorobek.validation.rules.methods import check_methods
from dorobek.validation.rules.shapes import (
    Broken,
    Candidate,
    Member,
    MethodRule,
    OutcomeShape,
    OwnRule,
    Period,
    QualificationRules,
    Requirement,
    Rule,
    SetShape,
    Source,
)

__all__ = [
    "Broken",
    "Candidate",
    "Decision",
    "Kappa",
    "Member",
    "MethodRule",
    "OutcomeShape",
    "OwnRule",
    "Period",
    "QualificationRules",
    "Requirement",
    "Rule",
    "SetShape",
    "Source",
    "Verdict",
    "agreed_marks",
    "check_commission",
    "check_methods",
    "cohen",
    "counted_days",
    "counted_years",
    "decide",
    "fleiss",
    "rules_of",
]
