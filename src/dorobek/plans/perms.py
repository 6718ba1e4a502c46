"""Who may write a development plan."""

from dorobek.people.acting import ActingUser
from dorobek.people.models import PersonalRow
from dorobek.people.perms import works_on


def may_write_plan(acting: ActingUser, row: PersonalRow) -> bool:
    """The participant, and the adviser in charge of the case; each in their own name."""
    return works_on(acting, row)
