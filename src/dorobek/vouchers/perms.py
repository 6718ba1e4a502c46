"""Who may do what with vouchers."""

from django.db.models import Q

from dorobek.offers.perms import is_of
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, PersonalRow
from dorobek.people.perms import is_own, leads, reads
from dorobek.vouchers.models import Voucher

SETTLING_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)


def may_handle(user: Account, row: PersonalRow) -> bool:
    """The adviser in charge of the case, or the coordinator who supervises it; never the participant alone."""
    return not is_own(user, row.person) and reads(user, row)


def may_report(user: Account, voucher: Voucher) -> bool:
    """The provider's own people, of the date the voucher is bound to; and whoever handles the voucher, for them."""
    edition = voucher.edition
    return may_handle(user, voucher) or (edition is not None and is_of(user, edition.service.provider))


def may_answer(user: Account, row: PersonalRow) -> bool:
    """The participant says why nothing was bought; the adviser in charge writes it down for them."""
    return is_own(user, row.person) or leads(user, row)


def may_settle(user: Account, institution: Institution) -> bool:
    """Coordinators and administrators of the institution that runs the programme: whoever grants does not settle."""
    return user.has_role(*SETTLING_ROLES, institution=institution)


def settled_by(user: Account) -> Q:
    """Rights of the institutions that the user settles for, as a filter on VoucherRight."""
    return Q(institution__in=[m.institution_id for m in user.active_memberships if m.role in SETTLING_ROLES])
