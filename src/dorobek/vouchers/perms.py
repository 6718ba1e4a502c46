"""Who may do what with vouchers."""

from django.db.models import Q

from dorobek.offers.perms import is_of, offices
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, PersonalRow
from dorobek.people.perms import is_own, leads, reads
from dorobek.vouchers.models import Voucher, VoucherRight

SETTLING_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)


def may_handle(user: Account, row: PersonalRow) -> bool:
    """The adviser in charge of the case, or the coordinator who supervises it; never the participant alone."""
    return not is_own(user, row.person) and reads(user, row)


def may_report(user: Account, voucher: Voucher) -> bool:
    """The provider's own people, of the date the voucher is bound to; whoever handles the voucher, for them.

    Never the participant, whoever else they may be.
    """
    edition = voucher.edition
    if is_own(user, voucher.person):
        return False
    return may_handle(user, voucher) or (edition is not None and is_of(user, edition.service.provider))


def may_answer(user: Account, row: PersonalRow) -> bool:
    """The participant says why nothing was bought; the adviser in charge writes it down for them."""
    return is_own(user, row.person) or leads(user, row)


def may_settle(user: Account, institution: Institution) -> bool:
    """Coordinators and administrators of the institution that runs the programme.

    Whoever granted a voucher does not settle it: the action asks `rules.checked_settler` about this very voucher.
    """
    return user.has_role(*SETTLING_ROLES, institution=institution)


def may_decide(user: Account, row: Voucher | VoucherRight) -> bool:
    """Who settles, about this very voucher or right; never the participant, whatever role they hold."""
    right = row.right if isinstance(row, Voucher) else row
    return not is_own(user, row.person) and may_settle(user, right.institution)


def may_take_back(user: Account, voucher: Voucher) -> bool:
    """Whoever handles the voucher; those who settle, too."""
    return may_handle(user, voucher) or may_decide(user, voucher)


def settles(user: Account) -> bool:
    """Who gets the pages of settling at all: a settling role in an office; each sees its own institutions' vouchers."""
    return user.is_operator or bool(offices(user))


def settled_by(user: Account) -> Q:
    """Rights of the institutions that the user settles for, as a filter on VoucherRight."""
    return Q(institution__in=[m.institution_id for m in user.active_memberships if m.role in SETTLING_ROLES])
