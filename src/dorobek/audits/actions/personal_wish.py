"""What the participant decided about personal life, and that it is respected wherever something personal is written."""

from dorobek.audits.enums import PersonalDetail
from dorobek.audits.models import BiographicalInterview, LifeEvent, SkillsAudit
from dorobek.audits.rules.interviews import PersonalAccess, check_may_ask, personal_access
from dorobek.people.acting import ActingUser
from dorobek.people.perms import is_own
from dorobek.programmes.enums import InterviewArea


def access_of(audit: SkillsAudit) -> PersonalAccess:
    """What may be done in the personal area now. One statement."""
    row = BiographicalInterview.objects.filter(audit=audit).first()
    if row is None:
        return personal_access(PersonalDetail.NOT_ASKED, notice_shown=False)
    return personal_access(row.personal_detail, notice_shown=row.notice_shown_at is not None)


def respect_wish(event: LifeEvent, acting_user: ActingUser) -> None:
    """Raise RuleBroken when an adviser writes a personal event that the participant does not want to talk about.

    Participants may always write of themselves. What the card asks for (activity, interests) was told before the
    notice and stays open.
    """
    if event.area != InterviewArea.PERSONAL or event.from_card or is_own(acting_user.account, event.person):
        return
    check_may_ask(event.area, access_of(event.audit))
