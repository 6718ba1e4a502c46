"""Who may do what with the training offer. Reading is for everyone."""

from dorobek.offers.models import Provider
from dorobek.people.enums import Role
from dorobek.people.models import Account

OFFER_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)


def may_import(user: Account) -> bool:
    """Coordinators and administrators of any office; the operator."""
    return user.is_operator or user.has_role(*OFFER_ROLES)


def may_assess_itself(user: Account, provider: Provider) -> bool:
    """The provider's own administrators; those who may import, in its name."""
    if provider.institution_id and user.has_role(Role.ADMINISTRATOR, institution=provider.institution_id):
        return True
    return may_import(user)


def may_audit(user: Account, provider: Provider) -> bool:
    """Those who may import, but never somebody of the provider itself: the audit comes from outside."""
    own = provider.institution_id and any(m.institution_id == provider.institution_id for m in user.active_memberships)
    return may_import(user) and not own
