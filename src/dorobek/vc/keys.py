"""Keys: Ed25519 to sign and to verify; P-256 and RSA only to verify what others signed as JWT.

Texts: Multikey `z6Mk...` and `z3u2...` (Controlled Identifiers 1.0, section 2.2.2) and JWK (RFC 7517, 8037).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from dorobek.vc import multibase
from dorobek.vc.errors import VcError

ED25519_PUBLIC = b"\xed\x01"
ED25519_PRIVATE = b"\x80\x26"
P256_PUBLIC = b"\x80\x24"
RSA_BITS = range(2048, 8193)

ED25519, P256, RSA = "Ed25519", "P-256", "RSA"
AnyPublic = Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True, eq=False)
class PublicKey:
    """A parsed public key. `kind` is Ed25519, P-256 or RSA. Two are equal when they are the same key."""

    kind: str
    handle: AnyPublic

    @classmethod
    def from_multikey(cls, text: object, path: str = "") -> "PublicKey":
        """From `z6Mk...` (Ed25519) or `zDn...` (P-256). Raises VcError `key` or `multibase`."""
        if not isinstance(text, str) or len(text) > 128:
            raise VcError("key", "a public key must be a short multibase text", path)
        return _parsed_multikey(text, path) if path else _cached_multikey(text)

    @classmethod
    def from_jwk(cls, jwk: object, path: str = "") -> "PublicKey":
        """From a JWK without private parts. Raises VcError `key`."""
        if not isinstance(jwk, Mapping):
            raise VcError("key", "a JWK must be an object", path)
        if "d" in jwk:
            raise VcError("key-private", "a public key document shows a private key", path)
        return _from_jwk(jwk, path)

    @classmethod
    def from_ed25519_raw(cls, raw: bytes, path: str = "") -> "PublicKey":
        if len(raw) != 32:
            raise VcError("key", f"an Ed25519 key has 32 bytes, this has {len(raw)}", path)
        return cls(ED25519, Ed25519PublicKey.from_public_bytes(raw))

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is of this message: EdDSA, ES256 (r and s, 64 bytes) or RS256, as `kind` says."""
        try:
            if isinstance(self.handle, Ed25519PublicKey):
                self.handle.verify(signature, message)
            elif isinstance(self.handle, ec.EllipticCurvePublicKey):
                self.handle.verify(_der_of(signature), message, ec.ECDSA(SHA256()))
            else:
                self.handle.verify(signature, message, padding.PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True

    def to_multikey(self) -> str:
        """`z6Mk...`; only for Ed25519 and P-256."""
        if isinstance(self.handle, Ed25519PublicKey):
            return multibase.encode(ED25519_PUBLIC + self.handle.public_bytes_raw())
        if isinstance(self.handle, ec.EllipticCurvePublicKey):
            numbers = self.handle.public_numbers()
            sign = b"\x03" if numbers.y & 1 else b"\x02"
            return multibase.encode(P256_PUBLIC + sign + numbers.x.to_bytes(32, "big"))
        raise VcError("key", "an RSA key has no multikey text here")

    def to_jwk(self) -> dict[str, str]:
        """The public JWK with its required members only (RFC 7638), so that equal keys give equal JWKs."""
        if isinstance(self.handle, Ed25519PublicKey):
            return {"crv": "Ed25519", "kty": "OKP", "x": multibase.base64url_encode(self.handle.public_bytes_raw())}
        if isinstance(self.handle, ec.EllipticCurvePublicKey):
            point = self.handle.public_numbers()
            return {"crv": "P-256", "kty": "EC", "x": _text_of(point.x, 32), "y": _text_of(point.y, 32)}
        rsa_numbers = self.handle.public_numbers()
        size = (self.handle.key_size + 7) // 8
        exponent = (rsa_numbers.e.bit_length() + 7) // 8
        return {"e": _text_of(rsa_numbers.e, exponent), "kty": "RSA", "n": _text_of(rsa_numbers.n, size)}

    @cached_property
    def _identity(self) -> tuple[str, ...]:
        return tuple(self.to_jwk().values())

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, PublicKey) and self._identity == other._identity)

    def __hash__(self) -> int:
        return hash(self._identity)


class PrivateKey:
    """An Ed25519 key to sign with. Never printed: its `repr` shows the public half."""

    def __init__(self, handle: Ed25519PrivateKey) -> None:
        self._handle = handle
        self.sign = handle.sign
        self.public = PublicKey(ED25519, handle.public_key())

    @classmethod
    def generate(cls) -> "PrivateKey":
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> "PrivateKey":
        """From the 32 secret bytes of RFC 8032. Raises VcError `key`."""
        if len(seed) != 32:
            raise VcError("key", f"an Ed25519 seed has 32 bytes, this has {len(seed)}")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def from_multikey(cls, text: str) -> "PrivateKey":
        """From `z3u2...`. Raises VcError `key` or `multibase`."""
        raw = multibase.decode(text)
        if raw[:2] != ED25519_PRIVATE:
            raise VcError("key", "not an Ed25519 secret multikey")
        return cls.from_seed(raw[2:])

    @property
    def seed(self) -> bytes:
        return self._handle.private_bytes_raw()

    def to_multikey(self) -> str:
        return multibase.encode(ED25519_PRIVATE + self.seed)

    def __repr__(self) -> str:
        return f"PrivateKey(public={self.public.to_multikey()!r})"


def _parsed_multikey(text: str, path: str) -> PublicKey:
    try:
        return _cached_multikey(text)
    except VcError as error:
        raise error.at(path) from error


@lru_cache(maxsize=4096)
def _cached_multikey(text: str) -> PublicKey:
    raw = multibase.decode(text)
    if raw[:2] == ED25519_PUBLIC:
        return PublicKey.from_ed25519_raw(raw[2:])
    if raw[:2] == P256_PUBLIC and len(raw) == 35:
        try:
            point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[2:])
        except ValueError as error:
            raise VcError("key", "not a point of P-256") from error
        return PublicKey(P256, point)
    raise VcError("key", "a multikey of a kind not supported (Ed25519 and P-256 are)")


def _from_jwk(jwk: Mapping[str, Any], path: str) -> PublicKey:
    kind = jwk.get("kty"), jwk.get("crv")
    try:
        if kind == ("OKP", "Ed25519"):
            return PublicKey.from_ed25519_raw(multibase.base64url_decode(_text(jwk, "x", path), path), path)
        if kind == ("EC", "P-256"):
            point = ec.EllipticCurvePublicNumbers(_number(jwk, "x", path), _number(jwk, "y", path), ec.SECP256R1())
            return PublicKey(P256, point.public_key())
        if kind[0] == "RSA":
            return _rsa(jwk, path)
    except (ValueError, UnsupportedAlgorithm) as error:
        if isinstance(error, VcError):
            raise
        raise VcError("key", f"not a usable public key: {error}", path) from error
    raise VcError("key", f"a JWK of kind {kind[0]!r} is not supported (OKP Ed25519, EC P-256 and RSA are)", path)


def _rsa(jwk: Mapping[str, Any], path: str) -> PublicKey:
    modulus = _number(jwk, "n", path)
    # A huge modulus or exponent would cost seconds per verification.
    if modulus.bit_length() not in RSA_BITS:
        raise VcError("key", f"an RSA key of {modulus.bit_length()} bits (2048 to 8192 are taken)", path)
    exponent = _number(jwk, "e", path)
    if exponent.bit_length() > 64:
        raise VcError("key", "an RSA exponent of more than 64 bits", path)
    return PublicKey(RSA, rsa.RSAPublicNumbers(exponent, modulus).public_key())


def _text(jwk: Mapping[str, Any], name: str, path: str) -> str:
    value = jwk.get(name)
    if not isinstance(value, str) or len(value) > 2048:
        raise VcError("key", f"a JWK of this kind needs the text {name!r}", path)
    return value


def _number(jwk: Mapping[str, Any], name: str, path: str) -> int:
    return int.from_bytes(multibase.base64url_decode(_text(jwk, name, path), path), "big")


def _text_of(number: int, size: int) -> str:
    return multibase.base64url_encode(number.to_bytes(size, "big"))


def _der_of(signature: bytes) -> bytes:
    if len(signature) != 64:
        raise InvalidSignature
    return encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
