"""Who may write a development plan."""

from dorobek.offers.perms import may_import
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, PersonalRow
from dorobek.people.perms import works_on


def may_write_plan(acting: ActingUser, row: PersonalRow) -> bool:
    """The participant, and the adviser in charge of the case; each in their own name."""
    return works_on(acting, row)


def may_import_figures(user: Account) -> bool:
    """Coordinators and administrators of an office; the operator: figures are public and the same for all."""
    return may_import(user)
