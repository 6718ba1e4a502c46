"""The adviser's synthesis (SA-11): ordering and selecting what was found."""

from django.db import transaction

from dorobek.audits.actions.case import leading, refresh
from dorobek.audits.actions.stages import move_to_stage
from dorobek.audits.enums import Stage
from dorobek.audits.models import SkillsAudit, Synthesis
from dorobek.kernel.edits import begun
from dorobek.people.acting import ActingUser


@transaction.atomic
def write_synthesis(
    *,
    audit: SkillsAudit,
    picture: str,
    strengths: str,
    missing: str,
    conclusions: str,
    acting_user: ActingUser,
    base_version: int | None = None,
) -> Synthesis:
    """Write the four parts; conclusions end the research, and the summary begins. Raises NotAllowed, RuleBroken (closed case), Conflict."""
    leading(audit, acting_user)
    synthesis, _made = Synthesis.objects.get_or_create(
        audit=audit, defaults={"person": audit.person, "case_uid": audit.uid}
    )
    values = {"picture": picture, "strengths": strengths, "missing": missing, "conclusions": conclusions}
    synthesis = synthesis.locked()
    changes = synthesis.write(values, base_version=begun(base_version))
    if changes:
        acting_user.record("synthesis.written", stream=audit.uid, subject=synthesis.uid, **changes)
    if synthesis.conclusions.strip() and audit.locked().stage == Stage.RESEARCH:
        move_to_stage(audit=audit, stage=Stage.SUMMARY, acting_user=acting_user)
    refresh(audit)
    synthesis.refresh_from_db()
    return synthesis
