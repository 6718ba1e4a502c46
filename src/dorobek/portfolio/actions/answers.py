"""The participant's word on each competence (SA-9): confirm, dispute, reword; and the common version after a dispute.

`confirm_competence` is the pattern of every action: one transaction, permission, rules, change, history, event.
"""

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.people.acting import ActingUser
from dorobek.people.events import CaseChanged
from dorobek.portfolio import perms, rules
from dorobek.portfolio.enums import CompetenceState
from dorobek.portfolio.events import HoldingsChanged
from dorobek.portfolio.models import Competence
from dorobek.portfolio.queries import has_supporting_evidence


@transaction.atomic
def confirm_competence(
    *, competence: Competence, acting_user: ActingUser, base_version: int | None = None
) -> Competence:
    """The participant agrees with the wording as it stands.

    Raises NotAllowed, RuleBroken (already judged by a commission), Conflict (reworded in between).
    """
    competence = competence.locked()
    acting_user.require(perms.may_answer_competence(acting_user, competence))
    if base_version is not None and base_version != competence.version:
        raise RuleBroken(_("Opis zmienił się w międzyczasie. Proszę przeczytać go jeszcze raz."))
    state = rules.state_after_confirmation(has_supporting_evidence=has_supporting_evidence(competence))
    return _answer(competence, "competence.confirmed", acting_user, {"state": state, "comment": ""})


@transaction.atomic
def dispute_competence(
    *, competence: Competence, comment: str, acting_user: ActingUser, base_version: int | None = None
) -> Competence:
    """The participant does not agree, and says why. Both versions stay until they write a common one."""
    competence = competence.locked()
    acting_user.require(perms.may_answer_competence(acting_user, competence))
    comment = comment.strip()
    if not comment:
        raise RuleBroken(_("Proszę napisać w jednym zdaniu, co się nie zgadza."), "comment")
    values = {"state": CompetenceState.DISPUTED, "comment": comment}
    return _answer(competence, "competence.disputed", acting_user, values, base_version)


@transaction.atomic
def reword_competence(
    *, competence: Competence, wording: str, acting_user: ActingUser, base_version: int | None = None
) -> Competence:
    """The participant says it in their own words; from now on the documents use them, the adviser's stay beside."""
    competence = competence.locked()
    acting_user.require(perms.may_answer_competence(acting_user, competence))
    wording = rules.checked_wording(wording)
    state = rules.state_after_confirmation(has_supporting_evidence=has_supporting_evidence(competence))
    values = {
        "state": state,
        "adviser_wording": competence.adviser_wording or competence.wording,
        "participant_wording": wording,
        "wording": wording,
        "comment": "",
    }
    return _answer(competence, "competence.reworded", acting_user, values, base_version)


@transaction.atomic
def agree_wording(
    *, competence: Competence, wording: str, acting_user: ActingUser, base_version: int | None = None
) -> Competence:
    """The adviser writes the common version after a dispute; the participant is asked again."""
    competence = competence.locked()
    acting_user.require(perms.may_word_competence(acting_user.account, competence))
    values = {
        "wording": rules.checked_wording(wording),
        "adviser_wording": rules.checked_wording(wording),
        "state": CompetenceState.CLAIMED,
        "asked_at": timezone.now(),
    }
    changes = competence.write(values, base_version=base_version)
    acting_user.record("competence.worded", stream=competence.case_uid, subject=competence.uid, **changes)
    publish(CaseChanged(str(competence.case_uid)))
    publish(HoldingsChanged(str(competence.person.uid), str(competence.case_uid), "competence"))
    return competence


@transaction.atomic
def ask_about_competences(*, case_uid: uuid.UUID, competences: Sequence[Competence], acting_user: ActingUser) -> int:
    """Send competences to the participant for an answer; one history entry for all. Returns how many."""
    asked = []
    for competence in competences:
        competence = competence.locked()
        acting_user.require(
            competence.case_uid == case_uid and perms.may_word_competence(acting_user.account, competence)
        )
        if competence.state in (CompetenceState.SUGGESTED, CompetenceState.CLAIMED):
            competence.write({"state": CompetenceState.CLAIMED, "asked_at": timezone.now()}, base_version=None)
            asked.append(str(competence.uid))
    if asked:
        acting_user.record("competences.asked", stream=case_uid, competences=asked)
        publish(CaseChanged(str(case_uid)))
    return len(asked)


def _answer(
    competence: Competence,
    kind: str,
    acting_user: ActingUser,
    values: Mapping[str, object],
    base_version: int | None = None,
) -> Competence:
    if not rules.may_be_answered(competence.state):
        raise RuleBroken(_("Tę kompetencję oceniła już komisja. Jej opisu nie można zmienić."))
    assisted = acting_user.account if acting_user.on_behalf_of else None
    answered = {"answered_at": timezone.now(), "answered_assisted_by": assisted}
    changes = competence.write({**values, **answered}, base_version=base_version)
    acting_user.record(kind, stream=competence.case_uid, subject=competence.uid, **changes)
    publish(CaseChanged(str(competence.case_uid)))
    publish(HoldingsChanged(str(competence.person.uid), str(competence.case_uid), "competence"))
    return competence
