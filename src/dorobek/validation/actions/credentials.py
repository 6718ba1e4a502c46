"""Credentials of a decision: of the whole qualification, or of the sets and outcomes that are confirmed (VA-8)."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.actions.changes import revoke_decided
from dorobek.credentials.actions.decided import issue_decided, obstacle
from dorobek.credentials.enums import CredentialState
from dorobek.credentials.perms import may_hand_over, may_restore
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import perms
from dorobek.validation.actions.applying import record
from dorobek.validation.designs import design_of
from dorobek.validation.models import Application, AwardedCredential, Certificate, Decision
from dorobek.validation.rules import Verdict

WHOLE = ""


def scopes_due(decision: Decision) -> list[str]:
    """What the decision gives credentials for: the whole once it is certified, else whole sets, else outcomes."""
    if decision.whole == Verdict.MET:
        return [WHOLE] if _standing(decision) else []
    return list(_parts(decision))


def _standing(decision: Decision) -> bool:
    held = Certificate.objects.filter(decision=decision).first()
    return held is not None and held.revoked_at is None


def _parts(decision: Decision) -> Iterator[str]:
    for group in decision.application.opening.rules.sets:
        if decision.sets[str(group.number)] == Verdict.MET:
            yield str(group.number)
        else:
            yield from (one.code for one in group.outcomes if decision.outcomes[one.code] == Verdict.MET)


def missing_for(application: Application) -> str:
    """Why credentials of this body cannot be issued to this candidate now; "" when they can."""
    opening = application.opening
    return obstacle(opening.institution, application.person, design_of(opening, WHOLE))


@transaction.atomic
def award_credentials(*, decision: Decision, acting_user: ActingUser) -> list[AwardedCredential]:
    """Issue what is due and not there yet; asked again, nothing new. What the person holds and is valid is not repeated.

    Raises NotAllowed, RuleBroken (nothing due; no issuer, no key, no address: in words).
    """
    application = decision.application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    due = scopes_due(decision)
    if not due:
        raise RuleBroken(_("Z tej decyzji nie wynika jeszcze żadne poświadczenie."))
    if missing := missing_for(application):
        raise RuleBroken(missing)
    held = _held(application)
    return [_award(decision, scope, acting_user) for scope in due if scope not in held]


def award_if_possible(*, decision: Decision, acting_user: ActingUser) -> list[AwardedCredential]:
    """`award_credentials` beside a step that must not wait for it: what is missing stands on the screen of the case."""
    if not scopes_due(decision) or missing_for(decision.application):
        return []
    return award_credentials(decision=decision, acting_user=acting_user)


def _held(application: Application) -> set[str]:
    """Scopes for which the person holds a valid credential of this wording already."""
    opening = application.opening
    found = AwardedCredential.objects.filter(
        person=application.person, qualification=opening.qualification.code, credential__state=CredentialState.VALID
    ).select_related("credential__template_version")
    return {one.scope for one in found if one.credential.template_version.design == design_of(opening, one.scope)}


def award_again(*, held: AwardedCredential, acting_user: ActingUser) -> bool:
    """A new credential in the place of one that was revoked by mistake; the revoked one stays so for ever, as its status
    list promised (Bitstring Status List 2.2). False: it cannot be issued now, and the case's screen says what is missing.

    Called by `restore_certificate`, in its transaction.
    """
    if held.credential.state != CredentialState.REVOKED or missing_for(held.decision.application):
        return False
    _award(held.decision, held.scope, acting_user, may_restore)
    return True


def _award(
    decision: Decision, scope: str, acting_user: ActingUser, allowed_to: Callable[..., bool] = may_hand_over
) -> AwardedCredential:
    application = decision.application
    opening, code = application.opening, application.opening.qualification.code
    credential = issue_decided(
        institution=opening.institution, scope=f"{code}-{scope.replace('.', '-')}" if scope else code,
        design=design_of(opening, scope), person=application.person,
        awarded_on=timezone.localdate(decision.decided_at), acting_user=acting_user, allowed_to=allowed_to,
    )  # fmt: skip
    certificate = Certificate.objects.filter(decision=decision).first() if scope == WHOLE else None
    given = {
        "person": application.person, "qualification": code, "certificate": certificate, "credential": credential,
    }  # fmt: skip
    made, _new = AwardedCredential.objects.update_or_create(decision=decision, scope=scope, defaults=given)
    record(acting_user, "validation.credential-awarded", application, scope=scope, credential=str(credential.uid))
    return made


def revoke_credentials(*, certificate: Certificate, reason: str, acting_user: ActingUser) -> int:
    """With a revoked certificate its credential; returns how many. What is confirmed outcome by outcome stays.

    Called by `revoke_certificate`, in its transaction.
    """
    count = 0
    for one in certificate.credentials.select_related("credential"):
        if one.credential.state in (CredentialState.VALID, CredentialState.SUSPENDED):
            revoke_decided(credential=one.credential, reason=reason, acting_user=acting_user)
            count += 1
    return count
