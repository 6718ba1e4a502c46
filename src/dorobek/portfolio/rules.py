"""Decisions about competences, as pure functions."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.portfolio.enums import CompetenceState

WORDING_LIMIT = 500
ANSWERABLE = (
    CompetenceState.CLAIMED,
    CompetenceState.DISPUTED,
    CompetenceState.CONFIRMED,
    CompetenceState.SUPPORTED,
)


def checked_wording(wording: str) -> str:
    """The wording with its spaces put right. Raises RuleBroken when empty or too long."""
    wording = " ".join(wording.split())
    if not wording:
        raise RuleBroken(_("Proszę wpisać, co ta osoba umie, jednym zdaniem."), "wording")
    if len(wording) > WORDING_LIMIT:
        raise RuleBroken(
            _("Zdanie jest za długie: ma %(length)d znaków, a zmieści się %(limit)d. Proszę je skrócić.")
            % {"length": len(wording), "limit": WORDING_LIMIT},
            "wording",
        )
    return wording


def may_be_answered(state: str) -> bool:
    """A validated or certified competence is no longer open to a change of mind: a commission judged it."""
    return state in ANSWERABLE


def state_after_confirmation(*, has_supporting_evidence: bool) -> CompetenceState:
    """Confirmed, or confirmed and supported when evidence already speaks for it."""
    return CompetenceState.SUPPORTED if has_supporting_evidence else CompetenceState.CONFIRMED


@dataclass(frozen=True)
class Support:
    """What stands behind a competence: counts of sources, evidence, rated evidence, contradicting results."""

    sources: int
    evidence: int
    supporting: int
    rated_against: int
    low_results: int
    state: str


def missing(support: Support) -> list[str]:
    """What is missing or contradicts, in the order in which it should be mended (SA-11); codes, not words."""
    found = []
    if support.state == CompetenceState.DISPUTED:
        found.append("disputed")
    if not support.sources:
        found.append("no-episode")
    if support.state in (CompetenceState.CLAIMED, CompetenceState.SUGGESTED):
        found.append("not-confirmed")
    if not support.evidence:
        found.append("no-evidence")
    elif not support.supporting and not support.rated_against:
        found.append("evidence-not-rated")
    if support.rated_against and not support.supporting:
        found.append("evidence-against")
    if support.low_results:
        found.append("result-contradicts")
    return found
