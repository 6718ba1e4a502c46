"""Moving a case to another stage: the one way, with its entry in the history."""

from django.db import transaction

from dorobek.audits.actions.case import leading, refresh
from dorobek.audits.enums import Stage
from dorobek.audits.models import SkillsAudit
from dorobek.audits.rules.stages import checked_stage
from dorobek.people.acting import ActingUser


@transaction.atomic
def move_to_stage(*, audit: SkillsAudit, stage: Stage, acting_user: ActingUser) -> SkillsAudit:
    """Move the case on or back. Called by actions that have checked who may; they end with `refresh`.

    Raises RuleBroken where the table of stages does not lead there.
    """
    audit = audit.locked()
    changes = audit.write({"stage": checked_stage(audit.stage, stage)}, base_version=None)
    if changes:
        acting_user.record("stage.moved", stream=audit.uid, subject=audit.uid, **changes)
    return audit


@transaction.atomic
def change_stage(*, audit: SkillsAudit, stage: Stage, acting_user: ActingUser) -> SkillsAudit:
    """The adviser in charge sets the stage by hand, where the table leads there. Raises NotAllowed, RuleBroken."""
    leading(audit, acting_user)
    move_to_stage(audit=audit, stage=stage, acting_user=acting_user)
    return refresh(audit)
