"""The agreement (SA-5): written by the adviser, accepted by both; a change takes acceptance back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import answering, leading, refresh
from dorobek.audits.actions.stages import move_to_stage
from dorobek.audits.enums import Stage, Variant
from dorobek.audits.models import Agreement, SkillsAudit
from dorobek.kernel.edits import begun
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser

FIELDS = (
    "main_goal",
    "intermediate_goals",
    "adviser_tasks",
    "participant_tasks",
    "difficulties",
    "rules",
    "confidentiality",
)


@transaction.atomic
def write_agreement(
    *, audit: SkillsAudit, values: Mapping[str, str], acting_user: ActingUser, base_version: int | None = None
) -> Agreement:
    """Write what is given of the agreement; the adviser's own acceptance goes with saving. Raises NotAllowed, RuleBroken, Conflict."""
    leading(audit, acting_user)
    if audit.variant != Variant.IN_DEPTH:
        raise RuleBroken(_("Kontrakt zawiera się w bilansie pogłębionym. Najpierw uczestnik wybiera rodzaj bilansu."))
    agreement, _made = Agreement.objects.get_or_create(
        audit=audit, defaults={"person": audit.person, "case_uid": audit.uid}
    )
    agreement = agreement.locked()
    if not values.get("main_goal", agreement.main_goal).strip():
        raise RuleBroken(_("Proszę zapisać główny cel bilansu."), "main_goal")
    given = {name: values[name].strip() for name in FIELDS if name in values}
    changes = agreement.write(given, base_version=begun(base_version))
    accepted = {"adviser_accepted_at": timezone.now()}
    if changes:
        accepted |= {"participant_accepted_at": None, "participant_assisted_by": None}  # type: ignore[dict-item]
    changes |= agreement.write(accepted, base_version=None)
    acting_user.record("agreement.written", stream=audit.uid, subject=agreement.uid, **changes)
    refresh(audit)
    return agreement


@transaction.atomic
def accept_agreement(*, audit: SkillsAudit, read_version: int, acting_user: ActingUser) -> Agreement:
    """The participant accepts what they read. Raises RuleBroken when it changed since."""
    answering(audit, acting_user)
    agreement = Agreement.objects.select_for_update().filter(audit=audit).first()
    if agreement is None or agreement.adviser_accepted_at is None:
        raise RuleBroken(_("Doradca jeszcze nie przygotował kontraktu."))
    if agreement.version != read_version:
        raise RuleBroken(_("Kontrakt zmienił się w międzyczasie. Proszę przeczytać go jeszcze raz."))
    if agreement.participant_accepted_at is None:
        assisted = acting_user.account if acting_user.on_behalf_of else None
        values = {"participant_accepted_at": timezone.now(), "participant_assisted_by": assisted}
        changes = agreement.write(values, base_version=None)
        acting_user.record("agreement.accepted", stream=audit.uid, subject=agreement.uid, **changes)
        if audit.stage == Stage.INITIAL:
            move_to_stage(audit=audit, stage=Stage.RESEARCH, acting_user=acting_user)
    refresh(audit)
    return agreement
