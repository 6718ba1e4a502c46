"""Who may write a development plan."""

from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Account, PersonalRow
from dorobek.people.perms import works_on

FIGURE_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)


def may_write_plan(acting: ActingUser, row: PersonalRow) -> bool:
    """The participant, and the adviser in charge of the case; each in their own name."""
    return works_on(acting, row)


def may_import_figures(user: Account) -> bool:
    """Coordinators and administrators of any office; the operator: figures are public and the same for all."""
    return user.is_operator or user.has_role(*FIGURE_ROLES)
