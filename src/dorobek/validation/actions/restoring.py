"""A certificate whose revocation did not stand: valid again, with a new credential that says so (VA-6, VA-8)."""

from dorobek.people.acting import ActingUser
from dorobek.validation.actions.applying import record
from dorobek.validation.actions.credentials import award_again
from dorobek.validation.actions.suspending import restore_outcomes
from dorobek.validation.models import Certificate


def restore_certificate(*, certificate: Certificate, acting_user: ActingUser) -> Certificate:
    """Called by `answer_appeal`, in its transaction, after it asked who may; nothing to do for one that is valid.

    The public check says "valid" from now on, and the holder gets a new credential for the one that fell with it.
    """
    certificate = certificate.locked()
    if certificate.revoked_at is None:
        return certificate
    values = {"revoked_at": None, "revoked_by": None, "revocation_reason": ""}
    changes = certificate.write(values, base_version=None)
    record(
        acting_user, "validation.certificate-restored", certificate.application, number=certificate.number, **changes
    )
    for one in certificate.credentials.select_related("credential", "decision__application__opening"):
        award_again(held=one, acting_user=acting_user)
    restore_outcomes(certificate=certificate, acting_user=acting_user)
    return certificate
