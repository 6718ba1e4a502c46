"""Signing a credential: Data Integrity proofs, the rdfc proof first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.store import SHIPPED, ContextStore
from dorobek.vc.keys import PrivateKey
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.moments import written
from dorobek.vc.multibase import encode
from dorobek.vc.proofs import jcs, rdfc
from dorobek.vc.proofs.unsigned import Unsigned

SUITES = {rdfc.SUITE: rdfc.signed_bytes, jcs.SUITE: jcs.signed_bytes}
BOTH = (rdfc.SUITE, jcs.SUITE)


def sign(
    document: Mapping[str, Any],
    key: PrivateKey,
    *,
    verification_method: str,
    created: datetime,
    suites: Sequence[str] = BOTH,
    store: ContextStore = SHIPPED,
    limits: Limits = DEFAULT,
) -> dict[str, Any]:
    """A copy of the document with one proof per suite, in that order, each independent of the others.

    Raises VcError: `already-signed`, `suite`, `time`, or what the strict reading of the document finds (an undefined
    term, a number that implementations write differently), so that nothing is signed which could not be verified.
    """
    if "proof" in document:
        raise VcError("already-signed", "the document carries a proof already", "proof")
    unsigned = Unsigned(document, store, limits)
    # Asked of every document, also where no proof needs it: a field without a meaning must not be signed.
    unsigned.rdfc_hash()
    proofs = []
    for suite in suites:
        options = proof_options(unsigned.context, suite, verification_method, created)
        proofs.append(options | {"proofValue": encode(key.sign(SUITES[suite](unsigned, options)))})
    if not proofs:
        raise VcError("suite", "at least one suite is needed to sign")
    return {**document, "proof": proofs}


def proof_options(context: Any, suite: str, verification_method: str, created: datetime) -> dict[str, Any]:
    """A proof without its value. The document's whole context is in it, so that another context breaks it."""
    if suite not in SUITES:
        raise VcError("suite", f"{suite!r} is not a suite that this package signs with")
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": written(created),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
        "@context": context,
    }
