"""A reasoned exception to a programme's rules, by whom the programme names (SA-2)."""

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorobek.audits import perms
from dorobek.audits.actions.case import open_case, refresh
from dorobek.audits.models import Registration, SkillsAudit
from dorobek.audits.queries.cases import assess
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution
from dorobek.programmes.models import ProgrammeVersion
from dorobek.programmes.rules.eligibility import may_be_waived
from dorobek.programmes.rules.facts import Decision

REASON_LIMIT = 1000


def waives(user: Account, version: ProgrammeVersion, institution: Institution, decision: Decision) -> bool:
    """May this user let the person in against the rules that failed? Says the programme, by role."""
    roles = [str(role) for role in version.parsed.eligibility.exceptions.by]
    return may_be_waived(version.parsed, decision) and user.has_role(*roles, institution=institution)


@transaction.atomic
def let_in_against_rules(*, audit: SkillsAudit, reason: str, acting_user: ActingUser) -> Registration:
    """A reasoned exception for a case that turned out not to meet the rules. By whom the programme names, within the
    unit they supervise or the case they lead. Raises NotAllowed, RuleBroken."""
    user = acting_user.account
    acting_user.require(perms.may_read(user, audit) and user.pk != audit.person.account_id)
    open_case(audit)
    registration = Registration.objects.select_for_update().filter(audit=audit).first()
    if registration is None:
        raise NotAllowed  # nothing was decided that could be waived
    decision = assess(
        audit.programme_version,
        registration.facts,
        birth_date=audit.person.birth_date,
        person=audit.person,
        on=audit.registered_on,
        but=audit,
    )
    if decision.eligible:
        raise RuleBroken(_("Warunki są spełnione. Wyjątek nie jest potrzebny."))
    reason = let_in(audit.programme_version, audit.institution, decision, reason, acting_user)
    values = {"exception_reason": reason, "exception_by": user}
    changes = registration.write(values, base_version=None)
    acting_user.record("registration.exception", stream=audit.uid, subject=registration.uid, **changes)
    refresh(audit)
    return registration


def let_in(
    version: ProgrammeVersion, institution: Institution, decision: Decision, reason: str, acting_user: ActingUser
) -> str:
    """The reason of an exception, or "" where none is needed. Raises RuleBroken where the person stays out."""
    if decision.eligible:
        return ""
    summary = decision.summary.text(get_language() or "pl")
    if decision.needs_more:
        raise RuleBroken(summary)
    if not may_be_waived(version.parsed, decision):
        raise RuleBroken(summary)
    if not waives(acting_user.account, version, institution, decision):
        roles = ", ".join(str(role.label) for role in version.parsed.eligibility.exceptions.by)
        raise RuleBroken(f"{summary} " + _("Wyjątek może zrobić: %(roles)s.") % {"roles": roles})
    reason = reason.strip()
    if not reason:
        raise RuleBroken(_("Proszę napisać, dlaczego ta osoba ma wziąć udział mimo warunków."), "exception_reason")
    if len(reason) > REASON_LIMIT:
        raise RuleBroken(
            _("Powód jest za długi: najwyżej %(limit)d znaków.") % {"limit": REASON_LIMIT}, "exception_reason"
        )
    return reason
