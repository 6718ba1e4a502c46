"""The signature of a credential given as a compact JWT."""

from dorobek.vc import did, jsonstrict
from dorobek.vc.checking.case import Case, UsedKey, check, fault, outcome_of_all
from dorobek.vc.checking.signature import key_of_method, signatures
from dorobek.vc.controllers import key_set
from dorobek.vc.errors import VcError
from dorobek.vc.keys import PublicKey
from dorobek.vc.moments import CLOCK_SKEW
from dorobek.vc.proofs import jwt
from dorobek.vc.report import SIGNATURE, Check


def token_signature(case: Case, token: jwt.Token) -> list[Check]:
    """The token's own signature; then those inside, should the document carry proofs as well."""
    errors = jwt.header_faults(token.header)
    if not errors:
        errors += _signature_errors(case, token)
    errors += jwt.claim_faults(token, case.document)
    issued = token.claims.get("iat")
    if isinstance(issued, int) and issued > (case.now + CLOCK_SKEW).timestamp():
        errors.append(VcError("created-in-future", "the token says it was made in the future", "payload.iat"))
    found = [check(SIGNATURE, outcome_of_all(errors), map(fault, errors), "jwt")]
    return found + (signatures(case) if "proof" in case.document else [])


def _signature_errors(case: Case, token: jwt.Token) -> list[VcError]:
    try:
        method, keys = _candidates(case, token)
    except VcError as error:
        case.used.append(UsedKey(str(token.header.get("kid", "")), None, "header"))
        return [error]
    for key in keys:
        if jwt.is_signed_by(token, key):
            case.used.append(UsedKey(method, key, "header"))
            return []
    case.used.append(UsedKey(method, keys[0] if len(keys) == 1 else None, "header"))
    if any(jwt.KIND_OF.get(str(token.header.get("alg"))) == key.kind for key in keys):
        return [
            VcError(
                "signature-wrong", "the token was changed after it was signed, or another key signed it", "signature"
            )
        ]
    return [VcError("jwt-algorithm", "the header's algorithm is not one of the key it names", "header.alg")]


def _candidates(case: Case, token: jwt.Token) -> tuple[str, list[PublicKey]]:
    """The name of the key and the keys it may mean: of `jwk`, of `kid`, or else any the issuer lists.

    Raises VcError. A `jwk` is only a claim: the check of the issuer compares it with the issuer's document.
    """
    embedded = jwt.embedded_key(token.header)
    kid = str(token.header.get("kid", ""))
    if not kid or ":" not in kid:
        if embedded is not None:
            return "", [embedded]
        return "", _issuers_keys(case, kid, jwt.KIND_OF[token.header["alg"]])
    found = _keys_at(case, kid)
    if embedded is not None and embedded not in found:
        raise VcError("jwt-key", "kid and jwk name different keys", "header.kid")
    return kid, found


def _issuers_keys(case: Case, kid: str, kind: str) -> list[PublicKey]:
    """Keys of this kind that the issuer lists; with a short `kid` only those of that name."""
    if case.issuer is None:
        raise VcError("not-resolvable", "the token names no key and the credential no issuer", "header")
    trusted = case.controller(case.issuer).trusted()
    of_kind = [method for method in trusted if method.key.kind == kind]
    named = [method.key for method in of_kind if not kid or did.split_method(method.id)[1] == kid]
    if not named:
        raise VcError("not-resolvable", "the issuer's document lists no such key", "header.kid")
    return named


def _keys_at(case: Case, kid: str) -> list[PublicKey]:
    """A `kid` that is an address: a verification method, or a key or key set to be fetched (Open Badges 3.0, 8.2)."""
    base, fragment = did.split_method(kid)
    if base.startswith("did:") or fragment:
        return [key_of_method(case, kid, "header.kid")]
    if case.source is None:
        raise VcError("not-resolvable", "looking up the key needs the network, which was not allowed", "header.kid")
    found = key_set(jsonstrict.parse(case.source.fetch(kid), case.limits), kid)
    if not found:
        raise VcError("controller-document", "there is no key at the address that kid names", "header.kid")
    return [method.key for method in found[:20]]
