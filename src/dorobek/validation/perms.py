"""Who may do what in a validation."""

from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution
from dorobek.validation.models import Appeal, Application, Assessment


def may_open(user: Account, institution: Institution) -> bool:
    """Awarding officers of the institution."""
    return user.has_role(Role.AWARDING_OFFICER, institution=institution)


def may_run(user: Account, application: Application) -> bool:
    """Awarding officers of the institution that validates; never in their own case."""
    own = application.person.account_id == user.pk
    return not own and user.has_role(Role.AWARDING_OFFICER, institution=application.opening.institution)


def advises(user: Account) -> bool:
    """Validation advisers of any institution; which applications they see, `Application.visible_to` says."""
    return user.has_role(Role.VALIDATION_ADVISER)


def may_advise(user: Account, application: Application) -> bool:
    """Validation advisers of the institution; never in their own case."""
    own = application.person.account_id == user.pk
    return not own and user.has_role(Role.VALIDATION_ADVISER, institution=application.opening.institution)


def is_candidate(user: Account, application: Application) -> bool:
    """The person whose application it is."""
    return application.person.account_id == user.pk


def may_document(user: Account, application: Application) -> bool:
    """The candidate, and validation advisers of the institution."""
    return is_candidate(user, application) or may_advise(user, application)


def may_read_history(user: Account, application: Application) -> bool:
    """The candidate; awarding officers, advisers and appeals officers of the institution. Assessors judge without it."""
    roles = (Role.AWARDING_OFFICER, Role.VALIDATION_ADVISER, Role.APPEALS_OFFICER)
    return is_candidate(user, application) or user.has_role(*roles, institution=application.opening.institution)


def judges(user: Account, application: Application) -> bool:
    """Members of the commission that judges this round."""
    if application.commission is None:
        return False
    members = application.commission.members.filter(record__account_id=user.pk)
    return user.has_role(Role.ASSESSOR, institution=application.opening.institution) and members.exists()


def may_mark(user: Account, assessment: Assessment) -> bool:
    """The assessor whose sheet it is, while they sit in the commission."""
    return assessment.assessor_id == user.pk and judges(user, assessment.application)


def may_answer_appeal(user: Account, appeal: Appeal) -> bool:
    """Appeals officers of the institution who took no part in this application: neither judged, decided, refused,
    advised, ran it nor answered a wish in it (VA-6)."""
    from dorobek.validation.queries.appealing import answerable

    return appeal.pk in answerable(user, [appeal])
