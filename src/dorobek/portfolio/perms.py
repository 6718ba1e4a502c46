"""Who may do what with competences and evidence."""

from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Person
from dorobek.people.perms import is_own, leads, speaks_for, works_on
from dorobek.portfolio.models import Competence, Evidence


def may_answer_competence(acting: ActingUser, competence: Competence) -> bool:
    """The participant; the adviser in charge in assisted mode, on the participant's behalf."""
    return speaks_for(acting, competence)


def may_word_competence(user: Account, competence: Competence) -> bool:
    """The adviser in charge."""
    return leads(user, competence)


def may_keep_evidence(acting: ActingUser, evidence: Evidence) -> bool:
    """The participant, or the adviser in charge."""
    return works_on(acting, evidence)


def may_rate_evidence(user: Account, evidence: Evidence) -> bool:
    """The adviser in charge."""
    return leads(user, evidence)


def may_keep_wallet(user: Account, person: Person) -> bool:
    """The person, and nobody for them: what is in one's wallet is one's own business."""
    return is_own(user, person)
