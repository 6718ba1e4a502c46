"""How the API opens a case: the same visibility and the same log of readings as the screens."""

import uuid
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from dorobek.audits.models import SkillsAudit
from dorobek.people.acting import ActingUser
from dorobek.people.actions import log_reading
from dorobek.people.models import Person, PersonalRow
from dorobek.people.perms import is_own, leads


def find_case(request: HttpRequest, uid: uuid.UUID) -> SkillsAudit:
    """The case when the caller may see it, the reading logged; 404 otherwise."""
    user: Any = request.user
    cases = SkillsAudit.objects.visible_to(user).select_related("person", "programme_version__programme")
    audit: SkillsAudit | None = cases.filter(uid=uid).first()
    if audit is None:
        raise Http404
    log_reading(account=user, person=audit.person, case_uid=audit.uid, part="API")
    return audit


R = TypeVar("R", bound=PersonalRow)


def find_row(request: Any, model: type[R], audit: SkillsAudit, uid: uuid.UUID, **related: Any) -> R:
    """A row of the case by its uid, when the caller may see it; 404 otherwise."""
    rows: Any = model._default_manager
    row: R | None = rows.visible_to(request.user).filter(case_uid=audit.uid, uid=uid, **related).first()
    if row is None:
        raise Http404
    return row


def rows_of_case(request: Any, model: type[R], audit: SkillsAudit) -> QuerySet[R]:
    """Rows of the case that the caller may see, in their own order."""
    rows: Any = model._default_manager
    found: QuerySet[R] = rows.visible_to(request.user).filter(case_uid=audit.uid)
    return found


def acting_user(request: Any, audit: SkillsAudit, on_behalf: bool = False) -> ActingUser:
    """Who acts; on the participant's behalf when the caller says so and leads the case (SA-13)."""
    behalf: Person | None = None
    if on_behalf and not is_own(request.user, audit.person) and leads(request.user, audit):
        behalf = audit.person
    return ActingUser(request.user, behalf)
