"""The register editor's and the minister's officer's part: formal check, opinion, decision (RG-5)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.register.applications.applying import lacks_of
from dorobek.register.applications.enums import CommentState, Step
from dorobek.register.applications.perms import may_decide, may_handle
from dorobek.register.applications.rules import Comments, last_day_of_consultation, still_open
from dorobek.register.applications.stepping import check_step, move_on
from dorobek.register.applications.words import LABELS, lack_in_words, waiting_in_words
from dorobek.register.models.applications import RegisterApplication


@transaction.atomic
def check_formally(
    *, application: RegisterApplication, complete: bool, reason: str, acting_user: ActingUser,
    base_version: int | None = None,
) -> RegisterApplication:  # fmt: skip
    """Open the public consultation, or give the application back with what to complete.

    Raises NotAllowed, RuleBroken (not at this stage, the rules find something missing, no words for the applicant),
    Conflict.
    """
    held = application.locked()
    acting_user.require(may_handle(acting_user.account, held))
    step = Step.CONSULT if complete else Step.RETURN
    check_step(held, step)
    values = {"checked_by": acting_user.account}
    if not complete:
        words = _needed(reason, "reason", _("Proszę napisać, co trzeba uzupełnić."))
        return move_on(held, step, acting_user, base_version=base_version, returned_for=words, **values)
    if missing := lacks_of(held):
        first = missing[0]
        raise RuleBroken(f"{LABELS[first.field]}: {lack_in_words(first)}", "complete")
    until = last_day_of_consultation(timezone.localdate())
    return move_on(
        held, step, acting_user, base_version=base_version, consultation_until=until, returned_for="", **values
    )


def comments_of(application: RegisterApplication) -> Comments:
    """How the consultation stands."""
    rows = application.comments.values_list("state", "answer")
    return Comments(
        waiting=sum(state == CommentState.WAITING for state, _answer in rows),
        unanswered=sum(state == CommentState.PUBLISHED and not answer for state, answer in rows),
    )


@transaction.atomic
def close_consultation(*, application: RegisterApplication, acting_user: ActingUser) -> RegisterApplication:
    """End the consultation once its last day is over and every comment was read and answered.

    Raises NotAllowed, RuleBroken with what it waits for.
    """
    held = application.locked()
    acting_user.require(may_handle(acting_user.account, held))
    check_step(held, Step.CLOSE)
    if reason := still_open(held.consultation_until, comments_of(held), timezone.localdate()):
        raise RuleBroken(waiting_in_words(reason))
    return move_on(held, Step.CLOSE, acting_user)


@transaction.atomic
def note_opinion(
    *, application: RegisterApplication, author: str, favours: bool, text: str, acting_user: ActingUser,
    base_version: int | None = None,
) -> RegisterApplication:  # fmt: skip
    """Write down the opinion of a body or an expert, who is named publicly. Raises NotAllowed, RuleBroken, Conflict."""
    held = application.locked()
    acting_user.require(may_handle(acting_user.account, held))
    check_step(held, Step.OPINE)
    values = {
        "opinion_by": _needed(author, "author", _("Proszę podać, kto wydał opinię.")),
        "opinion": _needed(text, "text", _("Proszę wpisać treść opinii.")),
        "opinion_favours": favours,
    }
    return move_on(held, Step.OPINE, acting_user, base_version=base_version, **values)


@transaction.atomic
def decide_application(
    *, application: RegisterApplication, grant: bool, reason: str, acting_user: ActingUser,
    base_version: int | None = None,
) -> RegisterApplication:  # fmt: skip
    """The minister's officer grants or refuses, with reasons that everybody reads.

    Raises NotAllowed (also for whoever did the formal check), RuleBroken, Conflict.
    """
    held = application.locked()
    acting_user.require(may_decide(acting_user.account, held))
    step = Step.GRANT if grant else Step.REFUSE
    check_step(held, step)
    words = _needed(reason, "reason", _("Proszę uzasadnić decyzję. Uzasadnienie będzie publiczne."))
    return move_on(
        held, step, acting_user, base_version=base_version, decision=words, decided_by=acting_user.account,
        decided_on=timezone.localdate(),
    )  # fmt: skip


def _needed(words: str, field: str, message: str) -> str:
    if not words.strip():
        raise RuleBroken(message, field)
    return words.strip()
