"""`eddsa-rdfc-2022` (Data Integrity EdDSA Cryptosuites 1.0, section 3.2): what is signed is the meaning, as RDF."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.proofs.unsigned import Unsigned, rdfc_hash

SUITE = "eddsa-rdfc-2022"
# The same algorithm under the name of an earlier draft; read, never written.
DRAFT_SUITE = "eddsa-2022"

_V2 = "https://www.w3.org/ns/credentials/v2"
_USUAL = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
_TIME = re.compile(r"[0-9T:Z.+-]{20,40}", re.ASCII)
_METHOD = re.compile(r"(?:did:|https://)[A-Za-z0-9._~:/#%-]+", re.ASCII)
_CANONICAL = (
    '_:c14n0 <http://purl.org/dc/terms/created> "{created}"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
    "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .\n"
    '_:c14n0 <https://w3id.org/security#cryptosuite> "{suite}"^^<https://w3id.org/security#cryptosuiteString> .\n'
    "_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .\n"
    "_:c14n0 <https://w3id.org/security#verificationMethod> <{method}> .\n"
)


def signed_bytes(unsigned: Unsigned, proof: Mapping[str, Any], previous: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """The 64 bytes that are signed: hash of the proof's options, then of the document. Raises VcError."""
    return options_hash(unsigned, proof) + unsigned.rdfc_hash(previous)


def options_hash(unsigned: Unsigned, proof: Mapping[str, Any]) -> bytes:
    """The proof without its value, read with the document's context, whatever the proof itself says of a context."""
    if (usual := _usual(unsigned, proof)) is not None:
        return sha256(usual.encode("utf-8")).digest()
    options = {name: value for name, value in proof.items() if name not in ("proofValue", "@context")}
    return rdfc_hash({"@context": unsigned.context, **options}, unsigned.store, unsigned.limits)


def _usual(unsigned: Unsigned, proof: Mapping[str, Any]) -> str | None:
    """The canonical options of a proof with just the usual members; None for any other, which is read in full.

    The terms of a proof are protected in the context of VC 2.0, so that no later context gives them another meaning.
    """
    context, store = unsigned.context, unsigned.store
    if not proof.keys() - {"@context"} <= _USUAL or not isinstance(context, list) or context[:1] != [_V2]:
        return None
    created, method, suite = proof.get("created"), proof.get("verificationMethod"), proof.get("cryptosuite")
    if proof.get("type") != "DataIntegrityProof" or proof.get("proofPurpose") != "assertionMethod":
        return None
    if suite != SUITE or not isinstance(created, str) or not isinstance(method, str):
        return None
    if not _TIME.fullmatch(created) or not _METHOD.fullmatch(method) or store.context(_V2) is not SHIPPED.context(_V2):
        return None
    return _CANONICAL.format(created=created, suite=suite, method=method)
