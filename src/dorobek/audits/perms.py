"""Who may do what in a skills audit. Each docstring lists who."""

from dorobek.audits.models import Consultation, SkillsAudit
from dorobek.people.acting import ActingUser
from dorobek.people.enums import ADVISING_ROLES, Role, Scope
from dorobek.people.models import Account, Institution
from dorobek.people.perms import administers, leads, reads, scopes, speaks_for, works_on


def may_register(user: Account, institution: Institution) -> bool:
    """Advisers, trainee advisers and coordinators of the institution."""
    return user.has_role(*ADVISING_ROLES, institution=institution)


def may_read(user: Account, audit: SkillsAudit) -> bool:
    """The participant, the adviser in charge, a substitute, the coordinator of the unit."""
    return reads(user, audit)


def may_lead(user: Account, audit: SkillsAudit) -> bool:
    """The adviser in charge, and a substitute for the days agreed."""
    return leads(user, audit)


def may_write_own(acting: ActingUser, audit: SkillsAudit) -> bool:
    """The participant and the adviser in charge: card, life events, episodes, evidence, goals."""
    return works_on(acting, audit)


def may_answer(acting: ActingUser, audit: SkillsAudit) -> bool:
    """The participant; the adviser in charge in assisted mode: choices, acceptance, consents, confirmation."""
    return speaks_for(acting, audit)


def may_hand_over(user: Account, audit: SkillsAudit) -> bool:
    """The adviser in charge, the coordinator of the unit, an administrator of the institution."""
    return leads(user, audit) or audit.unit_id in user.supervised_units or administers(user, audit.institution)


def may_see_figures(user: Account, institution: Institution) -> bool:
    """Unit heads, coordinators and administrators of the institution: numbers, never content (SA-16)."""
    return user.has_role(Role.UNIT_HEAD, Role.COORDINATOR, Role.ADMINISTRATOR, institution=institution)


def may_give_opinion(user: Account, consultation: Consultation) -> bool:
    """The specialist asked, while the question is open to them; the adviser in charge, for one asked outside."""
    if consultation.specialist_id == user.pk:
        return Scope.CONSULTATION in scopes(user, consultation.person, consultation.case_uid)
    return consultation.specialist_id is None and leads(user, consultation)
