"""How firmly a person has a competence, from its state and its evidence."""

from dorobek.portfolio.enums import CONFIRMED_STATES, CompetenceState
from dorobek.portfolio.readiness.shapes import Standing

JUDGED = (CompetenceState.VALIDATED, CompetenceState.CERTIFIED)  # a commission saw it; evidence is not asked again


def standing_of(state: str, *, supporting: int) -> Standing | None:
    """The standing of a competence with so many pieces of supporting evidence; None when it does not count at all.

    A disputed sentence and a mere suggestion say nothing about the person.
    """
    if state in JUDGED:
        return Standing.PROVED
    if state in CONFIRMED_STATES:
        return Standing.PROVED if supporting else Standing.HELD
    return Standing.TOLD if state == CompetenceState.CLAIMED else None
