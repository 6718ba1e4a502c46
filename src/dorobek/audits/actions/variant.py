"""The choice of a variant (SA-4): the participant's, after the talk; from basic to in-depth everything is kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import answering, refresh
from dorobek.audits.enums import MeetingKind, MeetingState, Stage, Variant
from dorobek.audits.models import Meeting, SkillsAudit
from dorobek.audits.rules.stages import checked_stage, stage_after_choice
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser


@transaction.atomic
def choose_variant(
    *, audit: SkillsAudit, variant: str, acting_user: ActingUser, base_version: int | None = None
) -> SkillsAudit:
    """The participant chooses, alone or through the adviser in assisted mode.

    Open before the talk was held: no; from in-depth back to basic: only while no agreement binds both.
    Raises NotAllowed, RuleBroken, Conflict.
    """
    audit = audit.locked()
    answering(audit, acting_user)
    if variant not in {str(one.kind) for one in audit.rules.variants}:
        raise RuleBroken(_("Ten program nie ma takiego rodzaju bilansu."), "variant")
    if audit.variant == variant:
        return audit
    if not talk_held(audit):
        raise RuleBroken(_("Rodzaj bilansu wybiera się po pierwszej rozmowie z doradcą."), "variant")
    if audit.variant == Variant.IN_DEPTH and audit.stage not in (Stage.TALK, Stage.INITIAL):
        raise RuleBroken(_("Bilans pogłębiony już trwa. Nie można go zamienić na podstawowy."), "variant")
    stage = checked_stage(audit.stage, stage_after_choice(audit.stage, variant))
    changes = audit.write({"variant": variant, "stage": stage}, base_version=base_version)
    acting_user.record("variant.chosen", stream=audit.uid, subject=audit.uid, **changes)
    return refresh(audit)


def talk_held(audit: SkillsAudit) -> bool:
    """The recruitment talk took place."""
    return Meeting.objects.filter(audit=audit, kind=MeetingKind.TALK, state=MeetingState.HELD).exists()
