"""Credentials as a compact JWS (Open Badges 3.0, section 8.2; VC JOSE COSE; the `vc` claim of VC 1.1).

Written with EdDSA; read with EdDSA, ES256 and RS256. The algorithm must be the one of the key's own kind, so that a
header can neither switch the signature off nor turn a public key into a shared secret.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from json import JSONEncoder
from typing import Any

from dorobek.vc import jsonstrict, multibase
from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.keys import ED25519, P256, RSA, PrivateKey, PublicKey
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.moments import moment

KIND_OF = {"EdDSA": ED25519, "Ed25519": ED25519, "ES256": P256, "RS256": RSA}
TYPES = ("jwt", "vc+jwt", "vc+ld+jwt", "vp+jwt")
# Claims that stand beside the credential in the payload and are no part of it.
CLAIMS = ("iss", "sub", "aud", "exp", "nbf", "iat", "jti")
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*", re.ASCII)
_dumps = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Token:
    """A compact JWS taken apart; nothing in it is believed yet."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    signed: bytes
    signature: bytes


def is_compact(text: str) -> bool:
    return _COMPACT.fullmatch(text) is not None


def read(text: str, limits: Limits = DEFAULT) -> Token:
    """Raises VcError `jwt` or `base64url`, and those of strict JSON; TooMuch."""
    if len(text) > limits.bytes * 2:
        raise TooMuch("bytes", f"a token longer than {limits.bytes * 2} characters")
    if not is_compact(text):
        raise VcError("jwt", "not a compact JWS of three parts")
    header, payload, signature = text.split(".")
    return Token(
        _object(header, "header", limits),
        _object(payload, "payload", limits),
        f"{header}.{payload}".encode("ascii"),
        multibase.base64url_decode(signature, "signature"),
    )


def _object(part: str, name: str, limits: Limits) -> dict[str, Any]:
    found = jsonstrict.parse(multibase.base64url_decode(part, name), limits)
    if not isinstance(found, dict):
        raise VcError("jwt", "a token's parts must be objects", name)
    return found


def header_faults(header: Mapping[str, Any]) -> list[VcError]:
    """What forbids to look at the signature at all."""
    faults = []
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in KIND_OF:
        faults.append(
            VcError("jwt-algorithm", f"{algorithm!r} is not accepted (EdDSA, ES256 and RS256 are)", "header.alg")
        )
    kind = header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") not in TYPES:
        faults.append(VcError("jwt-type", "the token says that it is something else", "header.typ"))
    if "crit" in header:
        faults.append(VcError("jwt-critical", "the token needs an extension that is not known here", "header.crit"))
    if "kid" in header and not isinstance(header["kid"], str):
        faults.append(VcError("jwt-key", "kid must be text", "header.kid"))
    return faults


def embedded_key(header: Mapping[str, Any]) -> PublicKey | None:
    """The key in the header's `jwk`. That it is the issuer's is for the issuer's document to say. Raises VcError."""
    return PublicKey.from_jwk(header["jwk"], "header.jwk") if "jwk" in header else None


def is_signed_by(token: Token, key: PublicKey) -> bool:
    return KIND_OF.get(str(token.header.get("alg"))) == key.kind and key.verify(token.signature, token.signed)


def credential(token: Token) -> tuple[dict[str, Any], str]:
    """The credential in a token with its path: `vc` when it stands in that claim, "" when it is the payload.

    With VC 1.1 a member may stand only as a claim; it is put where the data model has it.
    """
    inner = token.claims.get("vc")
    if not isinstance(inner, dict):
        return {name: value for name, value in token.claims.items() if name not in CLAIMS}, ""
    document = dict(inner)
    for claim, member in (("iss", "issuer"), ("jti", "id")):
        if claim in token.claims:
            document.setdefault(member, token.claims[claim])
    return document, "vc"


def claim_faults(token: Token, document: Mapping[str, Any]) -> list[VcError]:
    """Registered claims that say something else than the credential. A claim left out says nothing."""
    subject = document.get("credentialSubject")
    said: dict[str, object] = {"iss": _id(document.get("issuer")), "jti": document.get("id")}
    if not isinstance(subject, list):
        said["sub"] = _id(subject)
    faults = [
        VcError("jwt-claim", f"{name} is not what the credential says", f"payload.{name}")
        for name, value in said.items()
        if name in token.claims and token.claims[name] != value
    ]
    starts, ends = ("validFrom", "issuanceDate"), ("validUntil", "expirationDate")
    return faults + _time_faults(token, document, "nbf", starts) + _time_faults(token, document, "exp", ends)


def _time_faults(token: Token, document: Mapping[str, Any], claim: str, members: tuple[str, ...]) -> list[VcError]:
    if claim not in token.claims:
        return []
    seconds = token.claims[claim]
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return [VcError("jwt-claim", f"{claim} must be whole seconds", f"payload.{claim}")]
    for member in members:
        try:
            # A time that cannot be read is a fault of its own, told by the check of times.
            if member in document and int(moment(document[member]).timestamp()) != seconds:
                return [VcError("jwt-claim", f"{claim} and {member} differ", f"payload.{claim}")]
        except VcError:
            continue
    if claim == "exp" and not any(member in document for member in members):
        return [VcError("jwt-claim", "exp ends the token, but the credential names no end", "payload.exp")]
    return []


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, dict) else value


def sign(
    document: Mapping[str, Any], key: PrivateKey, *, verification_method: str, issued: datetime | None = None
) -> str:
    """The credential as a compact JWS with EdDSA, for readers of Open Badges 3.0. Raises VcError.

    The document is used as it is and must carry no proof of its own.
    """
    if "proof" in document:
        raise VcError("already-signed", "the document carries a proof already", "proof")
    claims = dict(document) | _claims_of(document)
    if issued is not None:
        claims["iat"] = int(issued.timestamp())
    header = {"alg": "EdDSA", "typ": "JWT", "kid": verification_method}
    signed = ".".join(multibase.base64url_encode(_dumps(part).encode("utf-8")) for part in (header, claims))
    return f"{signed}.{multibase.base64url_encode(key.sign(signed.encode('ascii')))}"


def _claims_of(document: Mapping[str, Any]) -> dict[str, Any]:
    subject = document.get("credentialSubject")
    named = {
        "iss": _id(document.get("issuer")),
        "jti": document.get("id"),
        "sub": _id(subject) if isinstance(subject, dict) else None,
    }
    claims = {name: value for name, value in named.items() if value is not None}
    for name, member in (("nbf", "validFrom"), ("exp", "validUntil")):
        if member in document:
            claims[name] = int(moment(document[member], member).timestamp())
    return claims
