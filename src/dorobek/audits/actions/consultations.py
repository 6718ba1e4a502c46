"""A specialist's opinion (SA-11): proposed by the adviser, agreed to by the participant, given, entered, withdrawn."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import answering, leading, refresh
from dorobek.audits.enums import ConsultationState
from dorobek.audits.models import Consultation, SkillsAudit
from dorobek.audits.perms import may_give_opinion
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.actions.access import end_grants, grant_access
from dorobek.people.enums import Role, Scope
from dorobek.people.models import Account

OPEN_FOR = dt.timedelta(days=30)


@transaction.atomic
def propose_consultation(
    *,
    audit: SkillsAudit,
    speciality: str,
    question: str,
    acting_user: ActingUser,
    specialist: Account | None = None,
    specialist_name: str = "",
) -> Consultation:
    """The adviser proposes to ask a specialist; nothing is shown to anybody until the participant agrees.

    `specialist`: an account with that role in the institution, who answers here; otherwise a name, and the adviser
    enters the opinion. Raises NotAllowed, RuleBroken.
    """
    leading(audit, acting_user)
    speciality, question = " ".join(speciality.split()), question.strip()
    if not speciality:
        raise RuleBroken(_("Proszę napisać, jakiego specjalistę trzeba zapytać, na przykład: psycholog."), "speciality")
    if not question:
        raise RuleBroken(_("Proszę napisać pytanie do specjalisty."), "question")
    if specialist is not None and not specialist.has_role(Role.SPECIALIST, institution=audit.institution):
        raise RuleBroken(_("Ta osoba nie jest specjalistą w tej instytucji. Proszę wybrać inną."), "specialist")
    made = Consultation.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, speciality=speciality[:200], question=question,
        specialist=specialist, specialist_name=" ".join(specialist_name.split())[:200],
    )  # fmt: skip
    acting_user.record(
        "consultation.proposed", stream=audit.uid, subject=made.uid, speciality=made.speciality, question=question,
        specialist=specialist, specialist_name=made.specialist_name,
    )  # fmt: skip
    refresh(audit)
    return made


@transaction.atomic
def answer_proposal(*, consultation: Consultation, agreed: bool, acting_user: ActingUser) -> Consultation:
    """The participant agrees, and the question is opened to the specialist for thirty days; or does not want it.

    Raises NotAllowed, RuleBroken (answered already).
    """
    held = consultation.locked()
    answering(held.audit, acting_user)
    if held.state != ConsultationState.PROPOSED:
        raise RuleBroken(_("Na to pytanie jest już odpowiedź."))
    state = ConsultationState.ASKED if agreed else ConsultationState.DECLINED
    changes = held.write({"state": state, "asked_on": timezone.localdate()}, base_version=None)
    kind = "consultation.agreed" if agreed else "consultation.declined"
    acting_user.record(kind, stream=held.case_uid, subject=held.uid, **changes)
    if agreed and held.specialist is not None:
        grant_access(
            person=held.person, case_uid=held.case_uid, scope=Scope.CONSULTATION, grantee=held.specialist,
            reason=_("konsultacja: %s") % held.speciality[:150], valid_until=timezone.now() + OPEN_FOR,
            acting_user=acting_user,
        )  # fmt: skip
    refresh(held.audit)
    return held


@transaction.atomic
def give_opinion(
    *, consultation: Consultation, opinion: str, acting_user: ActingUser, base_version: int | None = None
) -> Consultation:
    """The specialist answers, and the case closes to them again; or the adviser enters what was said outside.

    Raises NotAllowed, RuleBroken (empty, not asked), Conflict.
    """
    held = consultation.locked()
    acting_user.require(may_give_opinion(acting_user.account, held))
    if held.state != ConsultationState.ASKED:
        raise RuleBroken(_("Na tę opinię nikt teraz nie czeka: proszę sprawdzić, czy uczestnik się zgodził."))
    if not opinion.strip():
        raise RuleBroken(_("Proszę napisać opinię."), "opinion")
    values = {
        "opinion": opinion.strip(), "state": ConsultationState.ANSWERED, "answered_on": timezone.localdate(),
    }  # fmt: skip
    changes = held.write(values, base_version=base_version)
    acting_user.record("consultation.answered", stream=held.case_uid, subject=held.uid, **changes)
    _close(held, acting_user)
    return held


@transaction.atomic
def withdraw_consultation(*, consultation: Consultation, acting_user: ActingUser) -> Consultation:
    """The adviser takes a question back that nobody has answered. Raises NotAllowed, RuleBroken."""
    held = consultation.locked()
    leading(held.audit, acting_user)
    if held.state not in (ConsultationState.PROPOSED, ConsultationState.ASKED):
        raise RuleBroken(_("Tej konsultacji nie można już wycofać."))
    changes = held.write({"state": ConsultationState.WITHDRAWN}, base_version=None)
    acting_user.record("consultation.withdrawn", stream=held.case_uid, subject=held.uid, **changes)
    _close(held, acting_user)
    return held


def _close(held: Consultation, acting_user: ActingUser) -> None:
    """End the specialist's way in, unless another question to them still waits in this case."""
    waiting = Consultation.objects.filter(
        audit=held.audit, specialist=held.specialist, state=ConsultationState.ASKED
    ).exclude(pk=held.pk)
    if held.specialist is not None and not waiting.exists():
        end_grants(
            person=held.person, case_uid=held.case_uid, grantee=held.specialist, acting_user=acting_user,
            scope=Scope.CONSULTATION,
        )  # fmt: skip
    refresh(held.audit)
