"""Who may do what with the training offer. Reading is for everyone."""

from dorobek.offers.models import Provider
from dorobek.people.enums import Role
from dorobek.people.models import Account

OFFER_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)
PROVIDER_ROLES = (Role.PROVIDER, Role.ADMINISTRATOR)


def may_import(user: Account) -> bool:
    """Coordinators and administrators of any office; the operator."""
    return user.is_operator or user.has_role(*OFFER_ROLES)


def provider_institutions(user: Account) -> set[int]:
    """Keys of the institutions in whose name the user speaks as a provider: its provider role or its administrator."""
    return {m.institution_id for m in user.active_memberships if m.role in PROVIDER_ROLES}


def is_of(user: Account, provider: Provider) -> bool:
    """The provider's own people: those of the institution that an office tied to it."""
    return provider.institution_id is not None and provider.institution_id in provider_institutions(user)


def may_offer(user: Account, provider: Provider) -> bool:
    """Whoever writes trainings and dates by hand: the provider's own people, or the office in its name."""
    return is_of(user, provider) or may_import(user)


def may_assess_itself(user: Account, provider: Provider) -> bool:
    """The provider's own people; those who may import, in its name."""
    return may_offer(user, provider)


def may_audit(user: Account, provider: Provider) -> bool:
    """Those who may import, but never somebody of the provider itself: the audit comes from outside."""
    own = provider.institution_id and any(m.institution_id == provider.institution_id for m in user.active_memberships)
    return may_import(user) and not own


def may_keep(user: Account, provider: Provider) -> bool:
    """What an office alone decides about a provider, its contract and its accounts: never the provider itself."""
    return may_audit(user, provider)
