"""What some of the invented people show, and a question that waits for the specialist."""

import datetime as dt
from typing import Any

from django.utils import timezone

from dorobek.audits.actions.consultations import answer_proposal, propose_consultation
from dorobek.audits.actions.sharing import make_slip, share
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.sharing import shareable
from dorobek.cli.demo.office import Offices
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Account


def employers_slip(offices: Offices) -> str:
    """The shop issues referrals; returns the code that its cashiers show."""
    staff = next(one for one in offices.staff if one.has_role(Role.EMPLOYER))
    assert offices.employer is not None
    slip = make_slip(institution=offices.employer, note="kasy, oba sklepy", days=365, acting_user=ActingUser(staff))
    return slip.code


def show_something(audit: SkillsAudit, employer: bool) -> None:
    """The owner of a finished audit shows it by an address, and some of it to the employer who referred them."""
    me = _speaks(audit)
    found = shareable(audit.uid)
    until = timezone.now() + dt.timedelta(days=60)
    common: dict[str, Any] = {"audit": audit, "valid_until": until, "acting_user": me}
    shown = [*found.competences, *found.evidence]  # what was said in interviews is nobody's business at a job talk
    if shown:
        share(label="Do rozmowy o pracę", things=[one.uid for one in shown], **common)
    if employer:
        share(
            label="Dla kadr", things=[one.uid for one in found.competences],
            institution=audit.registration.referred_by, **common,
        )  # fmt: skip


def ask_specialist(audit: SkillsAudit, offices: Offices) -> None:
    """The adviser asks the consulted psychologist, the participant agrees."""
    specialist = next(one for one in offices.staff if one.has_role(Role.SPECIALIST, institution=audit.institution))
    asked = propose_consultation(
        audit=audit,
        speciality="psycholog",
        question="Śpi po cztery godziny i wciąż bierze nowe obowiązki. Jak rozłożyć siły, żeby kurs nie skończył się chorobą?",
        specialist=specialist,
        acting_user=ActingUser(Account.objects.get(pk=audit.adviser_id)),
    )
    answer_proposal(consultation=asked, agreed=True, acting_user=_speaks(audit))


def _speaks(audit: SkillsAudit) -> ActingUser:
    account = audit.person.account
    if account is not None:
        return ActingUser(account)
    return ActingUser(Account.objects.get(pk=audit.adviser_id), on_behalf_of=audit.person)
