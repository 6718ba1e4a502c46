"""Who may do what with micro-credentials."""

from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, Person

ISSUING_ROLES = (Role.ISSUER, Role.ADMINISTRATOR)


def may_issue(user: Account, institution: Institution) -> bool:
    """Those who issue for the institution, and its administrators."""
    return user.has_role(*ISSUING_ROLES, institution=institution)


def may_hand_over(user: Account, institution: Institution) -> bool:
    """For what a commission decided: those who issue for the institution, and its awarding officers."""
    return user.has_role(*ISSUING_ROLES, Role.AWARDING_OFFICER, institution=institution)


def may_restore(user: Account, institution: Institution) -> bool:
    """Anew, what fell with a decision that did not stand: those who answer the institution's appeals."""
    return user.has_role(Role.APPEALS_OFFICER, institution=institution)


def may_keep_keys(user: Account, institution: Institution) -> bool:
    """The institution's administrators: they found the issuer, make keys, and end them."""
    return user.has_role(Role.ADMINISTRATOR, institution=institution)


def may_hold(user: Account, person: Person) -> bool:
    """The holder, and nobody else: what is in one's wallet is one's own business."""
    return person.account_id == user.pk
