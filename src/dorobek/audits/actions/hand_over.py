"""A case passes to a colleague for good, or to a substitute for dates (SA-18); grants follow at once."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits import perms
from dorobek.audits.actions.case import open_case, refresh
from dorobek.audits.models import HandOver, SkillsAudit
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.actions import end_grants, grant_access
from dorobek.people.enums import ADVISING_ROLES, Scope
from dorobek.people.models import Account


@transaction.atomic
def hand_over_case(
    *,
    audit: SkillsAudit,
    to_adviser: Account,
    for_good: bool,
    starts_on: dt.date,
    acting_user: ActingUser,
    ends_on: dt.date | None = None,
    note: str = "",
) -> HandOver:
    """Hand a case to another adviser of the institution. For good, from today on: the old adviser no longer sees it.

    Raises NotAllowed, RuleBroken (dates, nobody to hand to).
    """
    audit = audit.locked()
    acting_user.require(perms.may_hand_over(acting_user.account, audit))
    open_case(audit)
    _check(audit, to_adviser, for_good, starts_on, ends_on)
    previous = audit.adviser
    made = HandOver.objects.create(
        audit=audit,
        person=audit.person,
        case_uid=audit.uid,
        from_adviser=previous,
        to_adviser=to_adviser,
        for_good=for_good,
        starts_on=starts_on,
        ends_on=None if for_good else ends_on,
        note=note,
        by=acting_user.account,
    )
    _open_to(made, acting_user)
    if for_good:
        audit.write({"adviser": to_adviser}, base_version=None)
        end_grants(person=audit.person, case_uid=audit.uid, grantee=previous, acting_user=acting_user)
    acting_user.record(
        "case.handed-over", stream=audit.uid, subject=made.uid, to=to_adviser, for_good=for_good, starts_on=starts_on
    )
    refresh(audit)
    return made


def _open_to(made: HandOver, acting_user: ActingUser) -> None:
    """The grant of whoever takes over: from its first day, to the end of its last."""
    starts, ends = made.starts_on, made.ends_on
    grant_access(
        person=made.person,
        case_uid=made.case_uid,
        scope=Scope.CASE,
        reason=_("przejęcie sprawy") if made.for_good else _("zastępstwo"),
        grantee=made.to_adviser,
        acting_user=acting_user,
        valid_from=_midnight(starts) if starts > timezone.localdate() else None,
        valid_until=_midnight(ends + dt.timedelta(days=1)) if ends else None,
    )


def _check(
    audit: SkillsAudit, to_adviser: Account, for_good: bool, starts_on: dt.date, ends_on: dt.date | None
) -> None:
    if not to_adviser.has_role(*ADVISING_ROLES, institution=audit.institution_id):
        raise RuleBroken(_("Tę sprawę może przejąć tylko doradca tej samej instytucji."), "to_adviser")
    if to_adviser.pk == audit.adviser_id:
        raise RuleBroken(_("Ta osoba już prowadzi tę sprawę."), "to_adviser")
    if for_good and starts_on > timezone.localdate():
        # The case would belong to nobody until then: one adviser's grants end with the hand-over.
        raise RuleBroken(
            _("Przekazanie na stałe działa od dnia zapisania. Proszę podać dzisiejszy dzień, a na później zastępstwo."),
            "starts_on",
        )
    if not for_good and (ends_on is None or ends_on < starts_on):
        raise RuleBroken(_("Przy zastępstwie proszę podać ostatni dzień, nie wcześniejszy niż pierwszy."), "ends_on")


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
