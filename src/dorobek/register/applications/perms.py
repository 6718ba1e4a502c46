"""Who may do what with an application (RG-5). Nobody judges an application of an institution they work for."""

from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution
from dorobek.register.models.applications import RegisterApplication
from dorobek.register.perms import may_edit_register


def may_apply(account: Account, institution: Institution | int) -> bool:
    """An officer of the institution that applies."""
    return account.has_role(Role.AWARDING_OFFICER, institution=institution)


def may_handle(account: Account, application: RegisterApplication) -> bool:
    """A register editor who does not apply in the name of the same institution."""
    return may_edit_register(account) and not may_apply(account, application.institution_id)


def may_decide(account: Account, application: RegisterApplication) -> bool:
    """The minister's officer, who neither applies nor did the formal check: the decision is another person's."""
    return (
        account.has_role(Role.MINISTER_OFFICER)
        and not may_apply(account, application.institution_id)
        and account.pk != application.checked_by_id
    )


def may_answer(account: Account, application: RegisterApplication) -> bool:
    """The applicant, or a register editor."""
    return may_apply(account, application.institution_id) or may_handle(account, application)
