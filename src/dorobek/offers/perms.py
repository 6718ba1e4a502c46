"""Who may do what with the training offer. Reading is for everyone.

An office is an institution that runs guidance, or a programme with vouchers. A role in a training provider, an awarding
body or an employer is that institution's own matter and opens nothing of other people's providers.
"""

import re

from django.utils import timezone

from dorobek.offers.models import Provider
from dorobek.people.enums import InstitutionKind, Role
from dorobek.people.models import Account
from dorobek.programmes.models import ProgrammeVersion

OFFER_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)
PROVIDER_ROLES = (Role.PROVIDER, Role.ADMINISTRATOR)
NEVER_OFFICES = (InstitutionKind.TRAINING, InstitutionKind.AWARDING, InstitutionKind.EMPLOYER)


def offices(user: Account) -> set[int]:
    """Keys of the offices in which the user is a coordinator or an administrator.

    No statement for institutions of guidance, one where a programme decides.
    """
    held = {m.institution_id: m.institution.kind for m in user.active_memberships if m.role in OFFER_ROLES}
    found = {key for key, kind in held.items() if kind == InstitutionKind.GUIDANCE}
    return found | _with_vouchers({key for key, kind in held.items() if kind not in NEVER_OFFICES} - found)


def _with_vouchers(institutions: set[int]) -> set[int]:
    if not institutions:
        return set()
    rows = ProgrammeVersion.objects.filter(
        programme__institution__in=institutions, published_at__lte=timezone.now()
    ).select_related("programme")
    return {row.programme.institution_id for row in rows if row.parsed.vouchers is not None}


def works_in_office(user: Account, but: int | None = None) -> bool:
    """Whoever works in any role where guidance is given, one institution left out; the operator too."""
    kinds = [m.institution.kind for m in user.active_memberships if m.institution_id != but]
    return user.is_operator or any(kind not in NEVER_OFFICES for kind in kinds)


def may_import(user: Account) -> bool:
    """Coordinators and administrators of an office; the operator."""
    return user.is_operator or bool(offices(user))


def provider_institutions(user: Account) -> set[int]:
    """Keys of the institutions in whose name the user speaks as a provider: its provider role or its administrator."""
    return {m.institution_id for m in user.active_memberships if m.role in PROVIDER_ROLES}


def is_of(user: Account, provider: Provider) -> bool:
    """The provider's own people: those of the institution that an office tied to it."""
    return provider.institution_id is not None and provider.institution_id in provider_institutions(user)


def belongs_to(user: Account, provider: Provider) -> bool:
    """Whoever works for the provider in any role: in the institution tied to it, or to another of its tax number.

    A provider comes from several sources; tied once, it is the same firm in each. One statement at most.
    """
    mine = {m.institution_id for m in user.active_memberships}
    if provider.institution_id in mine:
        return True
    number = bare_number(provider.tax_number)
    if not mine or not number:
        return False
    tied = Provider.objects.filter(institution__in=mine).exclude(tax_number="")
    return number in {bare_number(one) for one in tied.values_list("tax_number", flat=True)}


def bare_number(text: str) -> str:
    """The digits of a tax number, however it is written: with dashes, spaces or its country."""
    return re.sub(r"\D", "", text)


def may_offer(user: Account, provider: Provider) -> bool:
    """Whoever writes trainings and dates by hand: the provider's own people, or the office in its name."""
    return is_of(user, provider) or may_import(user)


def may_assess_itself(user: Account, provider: Provider) -> bool:
    """The provider's own people; those who may import, in its name."""
    return may_offer(user, provider)


def may_audit(user: Account, provider: Provider) -> bool:
    """Those who may import, but never somebody of the provider itself: the audit comes from outside."""
    return may_import(user) and not belongs_to(user, provider)


def may_keep(user: Account, provider: Provider) -> bool:
    """What an office alone decides about a provider, its contract and its accounts: never the provider itself."""
    return may_audit(user, provider)
