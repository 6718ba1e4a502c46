"""A credential suspended, reinstated, revoked, replaced (MC-5). The holder reads why."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.credentials.actions.issuing import issue_credential
from dorobek.credentials.actions.lists import mark_changed
from dorobek.credentials.enums import CredentialState, Purpose
from dorobek.credentials.models import Credential
from dorobek.credentials.perms import may_hand_over, may_issue
from dorobek.credentials.recipients import Recipient
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution
from dorobek.portfolio.events import HoldingsChanged

AFTER: dict[CredentialState, tuple[CredentialState, ...]] = {
    CredentialState.VALID: (CredentialState.SUSPENDED, CredentialState.REVOKED),
    CredentialState.SUSPENDED: (CredentialState.VALID, CredentialState.REVOKED),
}


def revoke(
    *, credential: Credential, reason: str, acting_user: ActingUser, base_version: int | None = None
) -> Credential:
    """For good: it never becomes valid again. Raises NotAllowed, RuleBroken (no reason, revoked already), Conflict."""
    return _change(credential, CredentialState.REVOKED, reason, acting_user, base_version)


def revoke_decided(*, credential: Credential, reason: str, acting_user: ActingUser) -> Credential:
    """`revoke` for one that came of a commission's decision: the decision no longer stands. Raises NotAllowed, RuleBroken."""
    return _change(credential, CredentialState.REVOKED, reason, acting_user, None, may_hand_over)


def suspend(
    *, credential: Credential, reason: str, acting_user: ActingUser, base_version: int | None = None
) -> Credential:
    """Until somebody reinstates it. Only where the template provides for it: the kind of list is written in the document.

    Raises NotAllowed, RuleBroken, Conflict.
    """
    if credential.status_list.purpose != Purpose.SUSPENSION:
        raise RuleBroken(_("Wzór tego poświadczenia nie przewiduje zawieszania. Można je cofnąć."))
    return _change(credential, CredentialState.SUSPENDED, reason, acting_user, base_version)


def reinstate(
    *, credential: Credential, reason: str, acting_user: ActingUser, base_version: int | None = None
) -> Credential:
    """Valid again after a suspension. Raises NotAllowed, RuleBroken, Conflict."""
    return _change(credential, CredentialState.VALID, reason, acting_user, base_version)


@transaction.atomic
def replace(
    *, credential: Credential, recipient: Recipient, awarded_on: dt.date, reason: str, acting_user: ActingUser
) -> Credential:
    """Correct: a new credential, from the newest version of the template, replaces this one; each names the other.

    Raises NotAllowed, RuleBroken.
    """
    template = credential.template_version.template
    if template.current is None:
        raise RuleBroken(_("Ten wzór nie jest opublikowany, więc nic nie można z niego wystawić."))
    _change(credential, CredentialState.REPLACED, reason, acting_user, None)
    return issue_credential(
        version=template.current, recipient=recipient, awarded_on=awarded_on, acting_user=acting_user,
        replaces=credential,
    )  # fmt: skip


@transaction.atomic
def _change(
    credential: Credential,
    state: CredentialState,
    reason: str,
    acting_user: ActingUser,
    base_version: int | None,
    allowed_to: Callable[[Account, Institution], bool] = may_issue,
) -> Credential:
    held = (
        Credential.objects.select_for_update(of=("self",)).select_related("issuer__institution").get(pk=credential.pk)
    )
    acting_user.require(allowed_to(acting_user.account, held.issuer.institution))
    allowed = AFTER.get(CredentialState(held.state), ())
    if state is CredentialState.REPLACED:
        allowed = (CredentialState.REPLACED,) if allowed else ()
    if state not in allowed:
        raise RuleBroken(
            _("To poświadczenie jest już %(state)s, więc tego nie można zrobić.") % {"state": held.get_state_display()}
        )
    reason = " ".join(reason.split())
    if not reason:
        raise RuleBroken(_("Proszę napisać powód: przeczyta go osoba, której to poświadczenie dotyczy."), "reason")
    changes = held.write({"state": state, "reason": reason[:500]}, base_version=base_version)
    mark_changed(held.status_list)
    taken_back = state in (CredentialState.REVOKED, CredentialState.SUSPENDED)
    publish(HoldingsChanged(str(held.person.uid), "", "revoked" if taken_back else "credential"))
    acting_user.record(f"credential.{state}", stream=held.uid, subject=held.uid, **changes)
    return held
