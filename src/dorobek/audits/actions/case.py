"""What every action on a case shares: the checks at its start and the next move at its end."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits import perms
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.facts import case_facts
from dorobek.audits.rules.next_move import due_day, next_move
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import on
from dorobek.people.acting import ActingUser
from dorobek.people.events import CaseChanged

_touched: ContextVar[set[int] | None] = ContextVar("touched_cases", default=None)


def open_case(audit: SkillsAudit) -> None:
    """Raise RuleBroken when the audit has ended: what was handed over is not edited behind anyone's back."""
    if not audit.is_open:
        raise RuleBroken(_("Ten bilans jest zakończony. Żeby coś zmienić, doradca musi go najpierw otworzyć ponownie."))


def leading(audit: SkillsAudit, acting_user: ActingUser) -> None:
    """The acting user leads the case, and it is open. Raises NotAllowed, RuleBroken."""
    acting_user.require(perms.may_lead(acting_user.account, audit))
    open_case(audit)


def writing(audit: SkillsAudit, acting_user: ActingUser) -> None:
    """The acting user is the participant or leads the case, and it is open. Raises NotAllowed, RuleBroken."""
    acting_user.require(perms.may_write_own(acting_user, audit))
    open_case(audit)


def answering(audit: SkillsAudit, acting_user: ActingUser) -> None:
    """The participant speaks, alone or through the adviser in assisted mode. Raises NotAllowed, RuleBroken."""
    acting_user.require(perms.may_answer(acting_user, audit))
    open_case(audit)


@contextmanager
def moves_computed_once() -> Iterator[None]:
    """For many actions in a row on the same cases: whose move it is, is computed at the end, once for each case."""
    touched: set[int] = set()
    mark = _touched.set(touched)
    try:
        yield
    finally:
        _touched.reset(mark)
    for audit in SkillsAudit.objects.filter(pk__in=touched):
        refresh(audit)


@transaction.atomic
def refresh(audit: SkillsAudit) -> SkillsAudit:
    """Compute whose move it is now. A derived value: no history entry, no version."""
    touched = _touched.get()
    if touched is not None:
        touched.add(audit.pk)
        return SkillsAudit.objects.get(pk=audit.pk)
    audit = SkillsAudit.objects.select_for_update().get(pk=audit.pk)
    facts = case_facts(audit)
    move = next_move(facts)
    if (audit.mover, audit.move) != (move.mover, move.code):
        audit.mover, audit.move, audit.move_since = move.mover, move.code, timezone.localdate()
        audit.late_reason = ""
    audit.move_count = move.count
    audit.due_on = due_day(move, audit.move_since, facts.next_meeting, audit.deadline_on)
    audit.save(update_fields=["mover", "move", "move_since", "move_count", "due_on", "late_reason"])
    return audit


@on(CaseChanged)
def refresh_changed_case(changed: CaseChanged) -> None:
    """A room above let us know; safe to run twice."""
    audit = SkillsAudit.objects.filter(uid=uuid.UUID(changed.case_uid)).first()
    if audit is not None:
        refresh(audit)
