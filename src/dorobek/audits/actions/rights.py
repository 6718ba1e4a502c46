"""An administrator answers what a person asked for: erasure, or why not and what the law makes the office keep (XX-3)."""

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.audits.enums import OPEN_STAGES
from dorobek.audits.models import SkillsAudit
from dorobek.audits.person_data import erase_person
from dorobek.audits.queries.rights import may_answer
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import ErasureRequest, Person


@transaction.atomic
def answer_erasure(
    *, request: ErasureRequest, erase: bool, answer: str, acting_user: ActingUser, base_version: int | None = None
) -> ErasureRequest:
    """Erase the person, or refuse with a reason; either way with words for the person, sent by e-mail.

    The letter goes to the address held before anything is erased, once the answer stands.

    Raises NotAllowed (a person of another institution too: the operator of the installation decides), RuleBroken
    (answered already, an audit still runs, no words), Conflict.
    """
    held = request.locked()
    acting_user.require(may_answer(acting_user.account, held.person))
    if held.answered_at is not None:
        raise RuleBroken(_("Na tę prośbę jest już odpowiedź."))
    if not answer.strip():
        raise RuleBroken(_("Proszę napisać kilka słów odpowiedzi: co się stanie i co prawo każe zachować."), "answer")
    if erase and SkillsAudit.objects.filter(person=held.person, stage__in=OPEN_STAGES).exists():
        raise RuleBroken(_("Bilans tej osoby jeszcze trwa. Najpierw doradca musi go zakończyć albo przerwać."), "erase")
    values = {"answer": answer.strip()[:1000], "answered_at": timezone.now(), "erased": erase}
    held.write(values, base_version=base_version)
    _tell(held.person, held.answer)
    kind = "erasure.agreed" if erase else "erasure.refused"
    acting_user.record(kind, stream=held.person.uid, subject=held.uid, answer=held.answer)
    if erase:
        erase_person(person=held.person, acting_user=acting_user)
    return held


def _tell(person: Person, answer: str) -> None:
    if not person.email:
        return
    email = person.email
    with translation.override(person.language):
        subject = _("Odpowiedź na prośbę o usunięcie danych")
    transaction.on_commit(lambda: send_mail(subject, answer, None, [email]))
