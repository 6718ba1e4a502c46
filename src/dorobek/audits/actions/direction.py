"""The basic path (SA-4): present work, the training wished for and its use, the written direction."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import leading, refresh
from dorobek.audits.actions.stages import move_to_stage
from dorobek.audits.enums import Stage, Variant
from dorobek.audits.models import BasicDirection, SkillsAudit
from dorobek.audits.rules.card import NOTE_LIMIT, checked_text
from dorobek.kernel.edits import begun
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser

FIELDS = ("present_work", "wished_training", "usefulness", "direction", "next_steps")


@transaction.atomic
def write_direction(
    *, audit: SkillsAudit, values: Mapping[str, Any], acting_user: ActingUser, base_version: int | None = None
) -> BasicDirection:
    """Write any of present_work, wished_training, usefulness, direction, next_steps. With the direction written the
    basic audit reaches its summary; without it, it goes back. Raises NotAllowed, RuleBroken, Conflict."""
    audit = audit.locked()
    leading(audit, acting_user)
    if audit.rules.basic is None:
        raise RuleBroken(_("Ten program nie ma bilansu podstawowego."))
    if audit.variant == Variant.UNDECIDED:
        raise RuleBroken(_("Najpierw uczestnik wybiera rodzaj bilansu."))
    if set(values) - set(FIELDS):
        raise RuleBroken(_("Nie ma takiego pola."))
    written = {name: checked_text(name, value, NOTE_LIMIT) for name, value in values.items()}
    row, made = BasicDirection.objects.get_or_create(
        audit=audit, defaults={"person": audit.person, "case_uid": audit.uid}
    )
    row = row.locked()
    changes = row.write(written, base_version=begun(base_version))
    if changes or made:
        acting_user.record("direction.written", stream=audit.uid, subject=row.uid, **changes)
    if audit.variant == Variant.BASIC:
        reached = Stage.SUMMARY if row.direction else Stage.INITIAL
        if audit.stage in (Stage.INITIAL, Stage.SUMMARY) and audit.stage != reached:
            move_to_stage(audit=audit, stage=reached, acting_user=acting_user)
    refresh(audit)
    return row
