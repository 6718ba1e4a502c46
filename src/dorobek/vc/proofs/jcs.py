"""`eddsa-jcs-2022` (Data Integrity EdDSA Cryptosuites 1.0, section 3.3): what is signed is the JSON itself."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from dorobek.vc import jcs
from dorobek.vc.proofs.unsigned import Unsigned

SUITE = "eddsa-jcs-2022"


def signed_bytes(unsigned: Unsigned, proof: Mapping[str, Any], previous: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """The 64 bytes that are signed: hash of the proof's options, then of the document. Raises VcError."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    return sha256(jcs.canonical(options)).digest() + unsigned.jcs_hash(previous)
