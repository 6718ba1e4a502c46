"""Who may write in the register. Reading is for everyone: the register is public (RG-6)."""

from dorobek.people.enums import Role
from dorobek.people.models import Account


def may_edit_register(account: Account) -> bool:
    """A register editor; the operator of the installation."""
    return account.is_operator or account.has_role(Role.REGISTER_EDITOR)


def may_decide_change(account: Account, proposed_by_id: int | None) -> bool:
    """A register editor other than the one who proposed it: two people agree on every change."""
    return may_edit_register(account) and account.pk != proposed_by_id


def may_edit_info(account: Account) -> bool:
    """A register editor; the operator of the installation. They write, publish and withdraw pages (RG-9)."""
    return may_edit_register(account)
