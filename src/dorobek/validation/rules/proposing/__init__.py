"""Lawful commissions for many sessions from one pool, with fair load; or proof that there are none (VA-3).

answer = propose(sessions, pool, seconds=4.5)
answer.seats["s1"]  # keys of its members, when it is a Proposal
"""

from dorobek.validation.rules.proposing.search import propose
from dorobek.validation.rules.proposing.shapes import (
    Answer,
    Assessor,
    Impossible,
    Loosening,
    Proposal,
    Reason,
    Session,
    Undecided,
)

__all__ = [
    "Answer",
    "Assessor",
    "Impossible",
    "Loosening",
    "Proposal",
    "Reason",
    "Session",
    "Undecided",
    "propose",
]
