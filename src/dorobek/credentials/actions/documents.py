"""An issuer signs a document that was made elsewhere: outside the register, but never outside the history (MC-5)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.actions.signers import open_signer
from dorobek.credentials.models import Issuer
from dorobek.credentials.perms import may_keep_keys
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.vc.signing import sign


@transaction.atomic
def sign_document(*, issuer: Issuer, document: Mapping[str, Any], acting_user: ActingUser) -> dict[str, Any]:
    """Sign with the active key. The document must name this issuer; no place on a status list is taken for it.

    Raises NotAllowed (administrators only: nothing here keeps it from saying anything), RuleBroken, VcError.
    """
    acting_user.require(may_keep_keys(acting_user.account, issuer.institution))
    named = document.get("issuer")
    if (named.get("id") if isinstance(named, Mapping) else named) != issuer.did:
        raise RuleBroken(_("Ten dokument wymienia innego wystawcę. Powinien wymieniać: %s.") % issuer.did)
    signer = open_signer(issuer)
    now = timezone.now().replace(microsecond=0)
    signed = sign(document, signer.private, verification_method=signer.method, created=now)
    values = [proof["proofValue"] for proof in signed["proof"]]
    acting_user.record(
        "document.signed",
        stream=issuer.uid,
        subject=signer.key.uid,
        document=str(document.get("id", "")),
        proofs=values,
    )
    return signed
