"""Who may enter and read results of tests."""

from dorobek.instruments.models import ExternalResult
from dorobek.people.models import Account
from dorobek.people.perms import leads


def may_enter_result(user: Account, result: ExternalResult) -> bool:
    """The adviser in charge of the case."""
    return leads(user, result)
