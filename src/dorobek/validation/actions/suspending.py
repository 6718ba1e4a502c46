"""Outcomes that fall with a revoked certificate, and come back when an appeal undoes the revocation (VA-6, VA-8)."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.people.acting import ActingUser
from dorobek.portfolio.events import HoldingsChanged
from dorobek.validation.actions.applying import record
from dorobek.validation.carrying import carried_for, codes_carried
from dorobek.validation.enums import ApplicationState
from dorobek.validation.facts import confirmed_in
from dorobek.validation.models import Application, Certificate, PartialResult

NOT_JUDGED = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.DOCUMENTED)


def suspend_outcomes(
    *, certificate: Certificate, outcomes: Collection[str] | None, reason: str, acting_user: ActingUser
) -> list[str]:
    """Those named, by default all of the certificate, count no more; they are kept, with the reason. Returns their numbers.

    Called by `revoke_certificate`, in its transaction. An outcome confirmed in another case, which this certificate only
    carried, falls as well when it is named: the officer says which. Raises RuleBroken for one the certificate has not.
    """
    every = set(certificate.decision.outcomes)
    fall = every if outcomes is None else set(outcomes)
    if foreign := sorted(fall - every):
        raise RuleBroken(_("Ten certyfikat nie obejmuje efektów: %s.") % ", ".join(foreign), "outcomes")
    digests = digests_of(certificate)
    held = PartialResult.objects.standing().filter(
        person=certificate.application.person, qualification=certificate.application.opening.qualification.code,
        digest__in={digests[code] for code in fall},
    )  # fmt: skip
    alike = {digest for digest in digests.values() if list(digests.values()).count(digest) > 1}
    rows = [
        one for one in held.select_for_update().order_by("pk") if one.digest not in alike or one.outcome in fall
    ]  # fmt: skip
    for one in rows:
        one.suspended_at, one.suspended_with, one.suspension_reason = timezone.now(), certificate, reason
        one.save()
    told = sorted(fall)
    _judge_in_open_cases(certificate, acting_user)
    if rows:
        record(acting_user, "validation.outcomes-suspended", certificate.application, outcomes=told)
        publish(HoldingsChanged(str(certificate.application.person.uid), "", "revoked"))
    return told


def _judge_in_open_cases(certificate: Certificate, acting_user: ActingUser) -> None:
    """Cases of the person that no commission judges yet take the fallen outcomes up again; nothing carries them now."""
    person, qualification = certificate.application.person, certificate.application.opening.qualification
    rows = Application.objects.filter(person=person, opening__qualification=qualification, state__in=NOT_JUDGED)
    for one in rows.select_for_update(of=("self",)).select_related("person", "opening__entry_version").order_by("pk"):
        own = {code for decision in one.decisions.all() for code in confirmed_in(decision)}
        stand = own | set(codes_carried(carried_for(person, one.opening)))
        changes = one.write({"carried": [code for code in one.carried if code in stand]}, base_version=None)
        if changes:
            record(acting_user, "validation.carried-changed", one, **changes)


def restore_outcomes(*, certificate: Certificate, acting_user: ActingUser) -> list[str]:
    """What fell with the certificate counts again; what was confirmed anew since then stays as it is.

    Called by `restoring.restore_certificate`, in its transaction. Returns their numbers.
    """
    back: list[str] = []
    for one in certificate.suspended.select_for_update().order_by("pk"):
        same = {
            "person": one.person_id,
            "qualification": one.qualification,
            "outcome": one.outcome,
            "digest": one.digest,
        }
        if PartialResult.objects.standing().filter(**same).exists():
            continue
        one.suspended_at, one.suspended_with, one.suspension_reason = None, None, ""
        one.save()
        back.append(one.outcome)
    if back:
        record(acting_user, "validation.outcomes-restored", certificate.application, outcomes=back)
        publish(HoldingsChanged(str(certificate.application.person.uid), "", "validation"))
    return back


def digests_of(certificate: Certificate) -> dict[str, str]:
    """Number -> digest of every outcome of the certificate's entry, by which it was judged."""
    from dorobek.validation.rules.carrying import outcomes_told

    now = outcomes_told(certificate.application.opening.entry_version.entry)
    return {code: digest for code, (_title, digest) in now.items()}
