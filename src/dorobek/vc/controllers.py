"""What a controller's document says: which keys it lists, and for what (Controlled Identifiers 1.0, section 2).

Read are DID documents, controller documents at https addresses, and Open Badges profiles with a JWK Set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dorobek.vc import did, jsonstrict, multibase
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Source
from dorobek.vc.keys import PublicKey
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.moments import moment

ASSERTION, AUTHENTICATION = "assertionMethod", "authentication"
MAX_METHODS = 200


@dataclass(frozen=True)
class Method:
    """One key of a document. `ends` is the earlier of its `expires` and `revoked`; from then on it proves nothing."""

    id: str
    controller: str
    key: PublicKey
    ends: datetime | None = None


@dataclass(frozen=True)
class Controller:
    """`purposes` gives the ids listed under each purpose; `loose` are keys of a JWK Set, which names no purpose."""

    id: str
    methods: tuple[Method, ...]
    purposes: Mapping[str, frozenset[str]]
    loose: tuple[Method, ...] = ()

    def method(self, method_id: str) -> Method | None:
        return next((method for method in self.methods + self.loose if method.id == method_id), None)

    def allows(self, method_id: str, purpose: str = ASSERTION) -> bool:
        return method_id in self.purposes.get(purpose, frozenset())

    def trusted(self, purpose: str = ASSERTION) -> tuple[Method, ...]:
        """Every key that speaks for this controller."""
        return tuple(method for method in self.methods if self.allows(method.id, purpose)) + self.loose


def resolve(identifier: str, source: Source | None, limits: Limits = DEFAULT) -> Controller:
    """The controller of this name. did:key needs no source.

    Raises VcError: `did`, `key`, `fetch-*`, `controller-document`; `not-resolvable` when no place is known for such a
    name or no source was given.
    """
    if identifier.startswith(did.KEY):
        return _of_key(identifier)
    url = did.document_url(identifier)
    if url is None:
        raise VcError("not-resolvable", f"there is no known place to look up {identifier}")
    if source is None:
        raise VcError("not-resolvable", f"looking up {identifier} needs the network, which was not allowed")
    return read(_parsed(source.fetch(url), limits), identifier, source, limits)


def read(document: Any, identifier: str, source: Source | None = None, limits: Limits = DEFAULT) -> Controller:
    """A document already fetched. Raises VcError `controller-document` when it is not that name's own."""
    if not isinstance(document, dict):
        raise VcError("controller-document", f"the document of {identifier} is not an object")
    if document.get("id", document.get("@id")) != identifier:
        raise VcError("controller-document", f"the document found for {identifier} says it is of somebody else")
    methods = [_method(entry, identifier) for entry in _listed(document, "verificationMethod", "publicKey")]
    purposes: dict[str, frozenset[str]] = {}
    for purpose in (ASSERTION, AUTHENTICATION):
        entries = _listed(document, purpose)
        methods += [_method(entry, identifier) for entry in entries if isinstance(entry, dict)]
        names = [entry.get("id") if isinstance(entry, dict) else entry for entry in entries]
        purposes[purpose] = frozenset(_absolute(name, identifier) for name in names if isinstance(name, str))
    loose = _jwks(document, identifier, source, limits)
    return Controller(identifier, tuple(method for method in methods if method), purposes, loose)


def _parsed(raw: bytes, limits: Limits) -> Any:
    try:
        return jsonstrict.parse(raw, limits)
    except VcError as error:
        raise VcError("controller-document", f"the document found is not readable: {error.message}") from error


def _of_key(identifier: str) -> Controller:
    text = identifier.removeprefix(did.KEY)
    method = Method(f"{identifier}#{text}", identifier, PublicKey.from_multikey(text))
    return Controller(identifier, (method,), dict.fromkeys((ASSERTION, AUTHENTICATION), frozenset((method.id,))))


def _listed(document: Mapping[str, Any], *names: str) -> list[Any]:
    found: list[Any] = []
    for name in names:
        value = document.get(name, [])
        found += value if isinstance(value, list) else [value]
    if len(found) > MAX_METHODS:
        raise VcError("controller-document", f"a document with more than {MAX_METHODS} keys")
    return found


def _absolute(name: str, identifier: str) -> str:
    return identifier + name if name.startswith("#") else name


def _method(entry: Any, identifier: str) -> Method | None:
    """None for an entry of a kind not known here: it can neither help nor harm."""
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        return None
    try:
        key = _key(entry)
        ends = [moment(entry[name], name) for name in ("expires", "revoked") if name in entry]
    except VcError:
        return None
    controller = entry.get("controller", identifier)
    return Method(_absolute(entry["id"], identifier), str(controller), key, min(ends, default=None))


def _key(entry: Mapping[str, Any]) -> PublicKey:
    if "publicKeyMultibase" in entry:
        return PublicKey.from_multikey(entry["publicKeyMultibase"])
    if "publicKeyBase58" in entry and entry.get("type") == "Ed25519VerificationKey2018":
        return PublicKey.from_ed25519_raw(multibase.base58_decode(str(entry["publicKeyBase58"])))
    return PublicKey.from_jwk(entry.get("publicKeyJwk"))


def _jwks(document: Mapping[str, Any], identifier: str, source: Source | None, limits: Limits) -> tuple[Method, ...]:
    """Keys of the JWK Set in the document, or of the one at its `jwks_uri`, or the document itself being a set."""
    keys = document.get("jwks", document)
    uri = document.get("jwks_uri")
    if isinstance(uri, str) and source is not None:
        keys = _parsed(source.fetch(uri), limits)
    entries = keys.get("keys", []) if isinstance(keys, dict) else []
    if not isinstance(entries, list) or len(entries) > MAX_METHODS:
        raise VcError("controller-document", "a JWK Set must be a list of at most 200 keys")
    return tuple(method for entry in entries if (method := _jwk_method(entry, identifier)) is not None)


def _jwk_method(entry: Any, identifier: str) -> Method | None:
    try:
        key = PublicKey.from_jwk(entry)
    except VcError:
        return None
    if entry.get("use", "sig") != "sig":
        return None
    kid = str(entry.get("kid") or "")
    name = kid if ":" in kid else f"{identifier}#{kid}"
    return Method(name, identifier, key)


def key_set(document: Any, identifier: str) -> tuple[Method, ...]:
    """Keys of a bare JWK Set or JWK, as the `kid` of an Open Badges JWT points to. Raises VcError as `resolve`."""
    if isinstance(document, dict) and "kty" in document:
        document = {"keys": [document]}
    return _jwks(document, identifier, None, DEFAULT) if isinstance(document, dict) else ()
