"""Named predicates on a person's data. Everything rests on AccessGrant and on a person's own account."""

import uuid

from django.db.models import Q

from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role, Scope
from dorobek.people.models import AccessGrant, Account, Institution, Person, PersonalRow


def scopes(user: Account, person: Person, case_uid: uuid.UUID) -> set[str]:
    """What current grants open to the user of this person's case."""
    grants = AccessGrant.objects.current().held_by(user).filter(person=person)
    return set(grants.filter(Q(case_uid=None) | Q(case_uid=case_uid)).values_list("scope", flat=True))


def is_own(user: Account, person: Person) -> bool:
    """The person whose data it is."""
    return user.is_authenticated and person.account_id == user.pk


def leads(user: Account, row: PersonalRow) -> bool:
    """The adviser in charge of the case, or the substitute for the days agreed."""
    return Scope.CASE in scopes(user, row.person, row.case_uid or row.uid)


def reads(user: Account, row: PersonalRow) -> bool:
    """The person, the adviser in charge, a substitute, the coordinator of the unit for supervision."""
    if is_own(user, row.person):
        return True
    return bool(scopes(user, row.person, row.case_uid or row.uid) & {Scope.CASE, Scope.SUPERVISION})


def speaks_for(acting: ActingUser, row: PersonalRow) -> bool:
    """The person; or, in assisted mode, the adviser in charge acting on that person's behalf (SA-13)."""
    if is_own(acting.account, row.person):
        return True
    behalf = acting.on_behalf_of
    return behalf is not None and behalf.pk == row.person_id and leads(acting.account, row)


def works_on(acting: ActingUser, row: PersonalRow) -> bool:
    """The person, or the adviser in charge: what both may write, each in their own name."""
    return is_own(acting.account, row.person) or leads(acting.account, row)


def administers(user: Account, institution: Institution | None = None) -> bool:
    """An administrator of the institution; the operator of the installation administers all."""
    if user.is_operator:
        return True
    return user.has_role(Role.ADMINISTRATOR, institution=institution)
