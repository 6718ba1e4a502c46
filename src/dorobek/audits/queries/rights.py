"""Who asked to be erased, for those who may answer; which consents a programme cannot do without (XX-3)."""

from django.db.models import Exists, OuterRef, QuerySet

from dorobek.audits.models import SkillsAudit
from dorobek.people.enums import Role
from dorobek.people.models import Account, ErasureRequest, Institution, Person


def may_answer(user: Account, person: Person) -> bool:
    """An administrator of every institution that holds a case of the person; the operator of the installation."""
    if user.is_operator:
        return True
    held = set(SkillsAudit.objects.filter(person=person).values_list("institution_id", flat=True))
    administered = {m.institution_id for m in user.active_memberships if m.role == Role.ADMINISTRATOR}
    return bool(held) and held <= administered


def required_consents(audit: SkillsAudit) -> set[str]:
    """Codes of the consents without which the programme cannot go on."""
    return {str(one.code) for one in audit.rules.consents if one.required}


def erasure_requests(institutions: QuerySet[Institution]) -> QuerySet[ErasureRequest]:
    """Requests of people with a case in these institutions: unanswered first. One statement."""
    held = SkillsAudit.objects.filter(person=OuterRef("person"), institution__in=institutions)
    found = ErasureRequest.objects.filter(Exists(held)).select_related("person")
    return found.order_by("answered_at", "asked_at")
