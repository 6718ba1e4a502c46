"""Writes of the portfolio, by subject."""

from dorobek.portfolio.actions.answers import (
    agree_wording,
    ask_about_competences,
    confirm_competence,
    dispute_competence,
    reword_competence,
)
from dorobek.portfolio.actions.evidence import (
    add_evidence,
    link_evidence,
    note_return,
    rate_evidence,
    remove_evidence,
)

__all__ = [
    "add_evidence",
    "agree_wording",
    "ask_about_competences",
    "confirm_competence",
    "dispute_competence",
    "link_evidence",
    "note_return",
    "rate_evidence",
    "remove_evidence",
    "reword_competence",
]
