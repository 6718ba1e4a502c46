"""How a case ends, breaks off and goes on again (SA-4, SA-12)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits import perms
from dorobek.audits.actions.case import leading, refresh
from dorobek.audits.enums import Stage
from dorobek.audits.models import Agreement, BasicDirection, HandedDocument, SkillsAudit, Synthesis
from dorobek.audits.rules.sections import required_documents
from dorobek.audits.rules.stages import (
    Ending,
    checked_reason,
    checked_stage,
    stage_after_reopening,
    what_holds_the_end,
    words_for_end,
)
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.programmes.enums import AuditEvent
from dorobek.vouchers.actions import open_right


def ending_of(audit: SkillsAudit, *, refusal_noted: bool = False) -> Ending:
    """What is known of the end of a case: which documents are required, handed over, accepted. One statement."""
    newest: dict[str, HandedDocument] = {}
    for document in HandedDocument.objects.filter(audit=audit).exclude(handed_at=None).order_by("number"):
        newest[document.kind] = document
    return Ending(
        stage=audit.stage,
        variant=audit.variant,
        required=[str(kind) for kind in required_documents(audit.rules, audit.variant)],
        handed=list(newest),
        accepted=[kind for kind, document in newest.items() if document.accepted_at],
        refusal_noted=refusal_noted,
    )


@transaction.atomic
def finish_audit(*, audit: SkillsAudit, acting_user: ActingUser, refusal_reason: str = "") -> SkillsAudit:
    """Finish: every required document handed over and accepted, or why it is not accepted noted.

    Raises NotAllowed; RuleBroken that names what is still to be done.
    """
    audit = audit.locked()
    leading(audit, acting_user)
    refusal = checked_reason(refusal_reason) if refusal_reason.strip() else ""
    held = what_holds_the_end(ending_of(audit, refusal_noted=bool(refusal)))
    if held:
        field = "refusal_reason" if held == ["accept-documents"] else None
        raise RuleBroken(" ".join(words_for_end(code) for code in held), field)
    values = {"stage": checked_stage(audit.stage, Stage.FINISHED), "finished_on": timezone.localdate()}
    changes = audit.write(values, base_version=None)
    acting_user.record("case.finished", stream=audit.uid, subject=audit.uid, refusal=refusal, **changes)
    open_right(
        person=audit.person,
        case_uid=audit.uid,
        institution=audit.institution,
        programme_version=audit.programme_version,
        adviser=audit.adviser,
        happened=AuditEvent.AUDIT_CLOSED,
        acting_user=acting_user,
    )
    return refresh(audit)


@transaction.atomic
def interrupt_audit(*, audit: SkillsAudit, reason: str, acting_user: ActingUser) -> SkillsAudit:
    """Break off, with the reason. What was written stays, for the person to read. Raises NotAllowed, RuleBroken."""
    audit = audit.locked()
    leading(audit, acting_user)
    values = {
        "stage": checked_stage(audit.stage, Stage.INTERRUPTED),
        "interrupted_reason": checked_reason(reason),
        "finished_on": timezone.localdate(),
    }
    changes = audit.write(values, base_version=None)
    acting_user.record("case.interrupted", stream=audit.uid, subject=audit.uid, **changes)
    return refresh(audit)


@transaction.atomic
def reopen_audit(*, audit: SkillsAudit, reason: str, acting_user: ActingUser) -> SkillsAudit:
    """Go on with a case that ended, with the reason; documents handed over stay as they were.

    Raises NotAllowed, RuleBroken (it never ended, no reason given).
    """
    audit = audit.locked()
    acting_user.require(perms.may_lead(acting_user.account, audit))
    if audit.is_open:
        raise RuleBroken(_("Ten bilans jest otwarty."))
    agreement = Agreement.objects.filter(audit=audit).first()
    stage = stage_after_reopening(
        finished=audit.stage == Stage.FINISHED,
        variant=audit.variant,
        agreement_accepted=bool(agreement and agreement.accepted),
        direction_written=BasicDirection.objects.filter(audit=audit).exclude(direction="").exists(),
        synthesis_written=Synthesis.objects.filter(audit=audit).exclude(conclusions="").exists(),
    )
    why = checked_reason(reason)
    values = {"stage": checked_stage(audit.stage, stage), "finished_on": None, "interrupted_reason": ""}
    changes = audit.write(values, base_version=None)
    acting_user.record("case.reopened", stream=audit.uid, subject=audit.uid, reason=why, **changes)
    return refresh(audit)
