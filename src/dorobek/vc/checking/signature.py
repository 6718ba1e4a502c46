"""The signatures of a document, each told apart (Data Integrity 1.0, sections 4.4 and 4.5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dorobek.vc import did, multibase
from dorobek.vc.checking.case import Case, UsedKey, check, fault, outcome_of_all
from dorobek.vc.errors import VcError
from dorobek.vc.keys import ED25519, PublicKey
from dorobek.vc.moments import CLOCK_SKEW, moment
from dorobek.vc.proofs import ed2020, jcs, rdfc
from dorobek.vc.report import SIGNATURE, Check, Fault

Proof = Mapping[str, Any]
Bytes = Callable[[Any, Proof, Sequence[Proof]], bytes]
DATA_INTEGRITY = "DataIntegrityProof"
KNOWN: dict[tuple[str, str], Bytes] = {
    (DATA_INTEGRITY, rdfc.SUITE): rdfc.signed_bytes,
    (DATA_INTEGRITY, rdfc.DRAFT_SUITE): rdfc.signed_bytes,
    (DATA_INTEGRITY, jcs.SUITE): jcs.signed_bytes,
    (ed2020.TYPE, ""): ed2020.signed_bytes,
}
MAX_PROOFS = 20


def signatures(case: Case) -> list[Check]:
    """One check per proof, in the document's order. Each proof's key is added to `case.used`."""
    proofs = proofs_of(case.document)
    if not proofs:
        return [
            check(SIGNATURE, "failed", [Fault("no-proof", "proof", "the document carries no proof: nobody signed it")])
        ]
    if len(proofs) > MAX_PROOFS:
        return [check(SIGNATURE, "unknown", [Fault("too-many-proofs", "proof", f"more than {MAX_PROOFS} proofs")])]
    checks = [_one(case, proof, path, proofs) for path, proof in proofs]
    one_passed = any(found.outcome == "passed" for found in checks)
    # A kind of proof not known here may stand beside one that was checked; alone it leaves the question open.
    return [replace(found, matters=False) if one_passed and _is_unknown_kind(found) else found for found in checks]


def proofs_of(document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Every proof with its path."""
    given = document.get("proof")
    if given is None:
        return []
    return (
        [(f"proof[{place}]", proof) for place, proof in enumerate(given)]
        if isinstance(given, list)
        else [("proof", given)]
    )


def suite_of(proof: Proof) -> tuple[str, str]:
    kind, suite = proof.get("type"), proof.get("cryptosuite", "")
    return str(kind), (str(suite) if kind == DATA_INTEGRITY else "")


def _is_unknown_kind(found: Check) -> bool:
    return any(one.code == "proof-kind-unknown" for one in found.faults)


def _one(case: Case, proof: Any, path: str, proofs: list[tuple[str, Any]]) -> Check:
    if not isinstance(proof, dict):
        return check(SIGNATURE, "failed", [Fault("proof-form", path, "a proof must be an object")])
    kind, suite = suite_of(proof)
    name = suite or kind
    if (kind, suite) not in KNOWN:
        return check(
            SIGNATURE, "unknown", [Fault("proof-kind-unknown", path, f"{name} is not a kind of proof known here")], name
        )
    errors = [*_option_errors(case, proof, path), *_signature_errors(case, proof, path, proofs)]
    return check(SIGNATURE, outcome_of_all(errors), map(fault, errors), name)


def _option_errors(case: Case, proof: Proof, path: str) -> Iterator[VcError]:
    if proof.get("proofPurpose") != case.purpose:
        yield VcError("proof-purpose", f"this must be signed for the purpose {case.purpose}", f"{path}.proofPurpose")
    if "@context" in proof and proof["@context"] != case.unsigned.context:
        yield VcError("context-changed", "the document's context is not the one that was signed", f"{path}.@context")
    for name in ("created", "expires"):
        if name not in proof:
            continue
        try:
            when = moment(proof[name], f"{path}.{name}")
        except VcError as error:
            yield error
            continue
        if name == "created" and when > case.now + CLOCK_SKEW:
            yield VcError("created-in-future", "the proof says it was made in the future", f"{path}.created")
        if name == "expires" and when <= case.now:
            yield VcError("proof-expired", "the proof is no longer meant to be used", f"{path}.expires")


def _signature_errors(case: Case, proof: Proof, path: str, proofs: list[tuple[str, Any]]) -> Iterator[VcError]:
    key, failure = _named_key(case, proof, path)
    if failure is not None:
        yield failure
    try:
        signature = _signature(proof, path)
        message = _message(case, proof, path, _previous(proof, path, proofs))
    except VcError as error:
        yield error
        return
    if key is not None and not key.verify(signature, message):
        yield VcError(
            "signature-wrong",
            "the document was changed after it was signed, or another key signed it",
            f"{path}.proofValue",
        )


def _message(case: Case, proof: Proof, path: str, previous: Sequence[Proof]) -> bytes:
    """The bytes that were signed; a document that cannot be read says nothing about its signature."""
    kind = suite_of(proof)
    try:
        if kind[1] == jcs.SUITE:
            case.unsigned.jcs_hash()
        else:
            case.unsigned.rdfc_hash()
    except VcError as error:
        raise VcError("not-readable", f"the signature cannot be compared: {error.message}", error.path) from error
    try:
        return KNOWN[kind](case.unsigned, proof, previous)
    except VcError as error:
        raise error.at(f"{path}.{error.path}" if error.path else path) from error


def _named_key(case: Case, proof: Proof, path: str) -> tuple[PublicKey | None, VcError | None]:
    where = f"{path}.verificationMethod"
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or not method:
        return None, VcError("verification-method", "a proof names its key by an address", where)
    try:
        key = key_of_method(case, method, where)
        if key.kind != ED25519:
            raise VcError("verification-method", f"a key of kind {key.kind} cannot make this signature", where)
    except VcError as error:
        case.used.append(UsedKey(method, None, path))
        return None, error.at(where)
    case.used.append(UsedKey(method, key, path))
    return key, None


def key_of_method(case: Case, method: str, path: str) -> PublicKey:
    """The key that a verification method names: told by the name itself, or else by its document. Raises VcError."""
    base, fragment = did.split_method(method)
    if base.startswith(did.KEY):
        if fragment not in ("", base.removeprefix(did.KEY)):
            raise VcError("verification-method", "this did:key has no such key", path)
        return PublicKey.from_multikey(base.removeprefix(did.KEY), path)
    if fragment.startswith("z6Mk"):
        return PublicKey.from_multikey(fragment, path)
    controller = case.controller(base)
    found = controller.method(method)
    if found is None:
        # A page without any key may be a profile for readers; one that lists others says that this is not one of them.
        code = "verification-method" if controller.methods or controller.loose else "controller-document"
        raise VcError(code, f"the document of {base} lists no such key", path)
    return found.key


def _signature(proof: Proof, path: str) -> bytes:
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise VcError("proof-value", "proofValue must be base58 text that begins with z", f"{path}.proofValue")
    signature = multibase.decode(value, f"{path}.proofValue")
    if len(signature) != 64:
        raise VcError(
            "proof-value", f"an Ed25519 signature has 64 bytes, this has {len(signature)}", f"{path}.proofValue"
        )
    return signature


def _previous(proof: Proof, path: str, proofs: list[tuple[str, Any]]) -> list[Proof]:
    """The proofs that a proof of a chain covers as well (section 4.4, `previousProof`)."""
    named = proof.get("previousProof", [])
    found: list[Proof] = []
    for name in named if isinstance(named, list) else [named]:
        matching = [
            other for _, other in proofs if isinstance(other, dict) and other.get("id") == name and other is not proof
        ]
        if not isinstance(name, str) or len(matching) != 1:
            raise VcError(
                "previous-proof", f"the proof {name!r} that this one builds on is not here", f"{path}.previousProof"
            )
        found += matching
    return found
