"""The signature of a signed badge of Open Badges 2.0: the key lies at an address and names the issuer as its owner."""

from collections.abc import Mapping
from typing import Any, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from dorobek.vc.errors import VcError
from dorobek.vc.keys import ED25519, P256, RSA, RSA_BITS, PublicKey
from dorobek.vc.proofs import jwt
from dorobek.vc.report import SIGNATURE, Check, Fault


class Documents(Protocol):
    """Whatever reads documents from their addresses, the issuer's profile from the issuer's own."""

    def document(self, url: str, path: str) -> dict[str, Any]: ...

    def authority(self, whole: Mapping[str, Any]) -> dict[str, Any]: ...


def signature_check(token: jwt.Token, whole: Mapping[str, Any], documents: Documents) -> Check:
    """Open Badges 2.0, "Signed verification": a key of the issuer signed exactly this text."""
    try:
        # The type of a token (`typ`) came after Open Badges 2.0.
        for fault in jwt.header_faults(token.header):
            if fault.code != "jwt-type":
                raise fault
        issuer = documents.authority(whole)
        address = _key_address(whole, issuer)
        described = _described(address, issuer, documents)
        _owned(described, address, issuer)
        if not jwt.is_signed_by(token, _key(described)):
            raise VcError("signature", "the signature is not of this text, or the text was changed")
    except VcError as error:
        unread = error.code.startswith(("fetch-", "not-resolvable"))
        found = (Fault(error.code, error.path, error.message),)
        return Check(SIGNATURE, "unknown" if unread else "failed", found, "JWS")
    return Check(SIGNATURE, "passed", (), "JWS")


def _key_address(whole: Mapping[str, Any], issuer: Mapping[str, Any]) -> str:
    for place in ("verification", "verify"):
        said = whole.get(place)
        address = (said.get("creator") or said.get("url")) if isinstance(said, dict) else None
        if isinstance(address, str):
            return address
    public = issuer.get("publicKey")
    found = public.get("id") if isinstance(public, dict) else public
    if isinstance(found, str):
        return found
    raise VcError("missing", "the badge does not say which key signed it", "verification.creator")


def _described(address: str, issuer: Mapping[str, Any], documents: Documents) -> Mapping[str, Any]:
    """The key's document: in the issuer's profile or at its own address."""
    public = issuer.get("publicKey")
    for one in public if isinstance(public, list) else [public]:
        if isinstance(one, dict) and one.get("id") == address:
            return one
    return documents.document(address, "verification.creator")


def _owned(described: Mapping[str, Any], address: str, issuer: Mapping[str, Any]) -> None:
    """Both sides agree: the key names the issuer, the issuer's profile names the key."""
    if described.get("owner") != issuer.get("id"):
        raise VcError("key-owner", "the key says it belongs to somebody else", "verification.creator")
    public = issuer.get("publicKey")
    listed = public if isinstance(public, list) else [public]
    if address not in [one.get("id") if isinstance(one, dict) else one for one in listed]:
        raise VcError("key-owner", "the issuer's profile does not list this key", "badge.issuer.publicKey")


def _key(described: Mapping[str, Any]) -> PublicKey:
    pem = described.get("publicKeyPem")
    if not isinstance(pem, str) or len(pem) > 10_000:
        raise VcError("key", "the key's document holds no key", "verification.creator")
    try:
        handle = load_pem_public_key(pem.encode("utf-8", "replace"))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise VcError("key", "the key cannot be read", "verification.creator") from error
    if isinstance(handle, rsa.RSAPublicKey) and handle.key_size in RSA_BITS:
        return PublicKey(RSA, handle)
    if isinstance(handle, ed25519.Ed25519PublicKey):
        return PublicKey(ED25519, handle)
    if isinstance(handle, ec.EllipticCurvePublicKey) and isinstance(handle.curve, ec.SECP256R1):
        return PublicKey(P256, handle)
    raise VcError("key", "a key of a kind that is not accepted", "verification.creator")
