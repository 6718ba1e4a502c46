"""How near a person is to a qualification, criterion by criterion (PF-5). Pure: nothing here reads the database.

yardstick = Yardstick.of(wanted_outcomes)
readiness = measure(yardstick, pieces)
readiness.coverage.share, readiness.outcomes[0].standing, readiness.outcomes[0].because
"""

from dorobek.portfolio.readiness.measure import Yardstick, measure, nearness
from dorobek.portfolio.readiness.shapes import (
    Coverage,
    CriterionReadiness,
    Meeting,
    OutcomeReadiness,
    Piece,
    PieceKind,
    Readiness,
    Standing,
    WantedCriterion,
    WantedOutcome,
)
from dorobek.portfolio.readiness.standing import standing_of

__all__ = [
    "Coverage",
    "CriterionReadiness",
    "Meeting",
    "OutcomeReadiness",
    "Piece",
    "PieceKind",
    "Readiness",
    "Standing",
    "WantedCriterion",
    "WantedOutcome",
    "Yardstick",
    "measure",
    "nearness",
    "standing_of",
]
