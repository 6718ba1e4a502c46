"""Credentials as compact tokens: written with EdDSA, read with three algorithms, tricks refused."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from dorobek.vc.errors import VcError
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.multibase import base64url_encode as b64
from dorobek.vc.proofs import jwt
from dorobek.vc.report import Report
from dorobek.vc.verifying import verify

from ..material import ISSUER, KEY, METHOD, NOW, OTHER_KEY, badge, signed

WEB = "https://issuer.example/issuers/1"
KID = "https://issuer.example/keys/1"


def token(header: dict[str, Any], claims: dict[str, Any] | None = None, sign: Any = KEY.sign) -> str:
    body = badge() if claims is None else claims
    parts = ".".join(b64(json.dumps(part).encode()) for part in (header, body))
    return f"{parts}.{b64(sign(parts.encode()))}"


def asked(raw: str, pages: dict[str, bytes] | None = None) -> Report:
    return verify(raw, now=NOW, fetcher=FixedFetcher(pages) if pages is not None else None)


def codes(report: Report) -> set[tuple[str, str]]:
    return {(fault.code, fault.path) for fault in report.faults}


GOOD = {"alg": "EdDSA", "typ": "JWT", "kid": METHOD}


def test_a_token_written_here_is_valid_and_says_in_its_claims_what_the_credential_says() -> None:
    made = jwt.sign(badge(), KEY, verification_method=METHOD, issued=NOW)
    report = asked(made)
    assert report.valid, report.faults
    claims = jwt.read(made).claims
    assert (claims["iss"], claims["sub"], claims["jti"]) == (ISSUER, "did:example:osoba-1", badge()["id"])
    assert claims["exp"] - claims["nbf"] == 157_766_400
    assert jwt.credential(jwt.read(made)) == (badge(), "")


def test_a_document_with_a_proof_is_not_wrapped_again() -> None:
    with pytest.raises(VcError, match="already"):
        jwt.sign(signed(), KEY, verification_method=METHOD)


def test_one_changed_character_is_found() -> None:
    head, body, signature = jwt.sign(badge(), KEY, verification_method=METHOD).split(".")
    other = b64(json.dumps(badge(name="Inna")).encode())
    assert ("signature-wrong", "signature") in codes(asked(f"{head}.{other}.{signature}"))
    assert ("signature-wrong", "signature") in codes(asked(f"{head}.{body}.{b64(bytes(64))}"))


@pytest.mark.parametrize(
    ("header", "code", "path"),
    [
        ({"alg": "none"}, "jwt-algorithm", "header.alg"),
        ({"alg": "None"}, "jwt-algorithm", "header.alg"),
        ({"alg": "HS256"}, "jwt-algorithm", "header.alg"),
        ({"alg": ["EdDSA"]}, "jwt-algorithm", "header.alg"),
        ({"alg": "ES256"}, "jwt-algorithm", "header.alg"),
        ({"alg": "RS256"}, "jwt-algorithm", "header.alg"),
        ({"crit": ["b64"], "b64": False}, "jwt-critical", "header.crit"),
        ({"typ": "at+jwt"}, "jwt-type", "header.typ"),
        ({"kid": 7}, "jwt-key", "header.kid"),
        ({"jwk": {"kty": "oct", "k": "AAAA"}}, "key", "header.jwk"),
        ({"jwk": OTHER_KEY.public.to_jwk()}, "jwt-key", "header.kid"),
        ({"kid": f"{ISSUER}#other"}, "verification-method", "header.kid"),
    ],
)
def test_a_header_cannot_talk_its_way_around_the_signature(header: dict[str, Any], code: str, path: str) -> None:
    report = asked(token(GOOD | header))
    assert (code, path) in codes(report)
    assert report.outcome("signature") == "failed"


def test_a_public_key_is_no_shared_secret() -> None:
    """The classic confusion: HMAC with the public key's bytes, announced as HS256."""
    import hmac

    secret = json.dumps(KEY.public.to_jwk()).encode()
    forged = token({"alg": "HS256", "kid": METHOD}, sign=lambda text: hmac.digest(secret, text, "sha256"))
    assert asked(forged).outcome("signature") == "failed"


def test_an_embedded_key_is_only_a_claim_until_the_issuer_confirms_it() -> None:
    forged = token({"alg": "EdDSA", "jwk": OTHER_KEY.public.to_jwk()}, sign=OTHER_KEY.sign)
    report = asked(forged)
    assert (report.outcome("signature"), report.outcome("issuer"), report.valid) == ("passed", "failed", False)
    honest = token({"alg": "EdDSA", "jwk": KEY.public.to_jwk()})
    assert asked(honest).valid


def web_badge() -> dict[str, Any]:
    return badge(issuer={"id": WEB, "type": ["Profile"], "name": "Centrum"})


def page(*keys: dict[str, Any]) -> bytes:
    return json.dumps({"id": WEB, "type": "Profile", "jwks": {"keys": list(keys)}}).encode()


def rsa_pair() -> tuple[dict[str, str], Any]:
    private = rsa.generate_private_key(65537, 2048)
    jwk = {"kty": "RSA", "n": b64(private.public_key().public_numbers().n.to_bytes(256, "big")), "e": "AQAB"}
    return jwk, lambda text: private.sign(text, padding.PKCS1v15(), hashes.SHA256())


def ec_pair() -> tuple[dict[str, str], Any]:
    private = ec.generate_private_key(ec.SECP256R1())
    numbers = private.public_key().public_numbers()
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": b64(numbers.x.to_bytes(32, "big")),
        "y": b64(numbers.y.to_bytes(32, "big")),
    }

    def sign(text: bytes) -> bytes:
        r, s = decode_dss_signature(private.sign(text, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    return jwk, sign


@pytest.mark.parametrize(("algorithm", "pair"), [("RS256", rsa_pair), ("ES256", ec_pair)])
def test_other_issuers_algorithms_are_read_when_their_page_lists_the_key(algorithm: str, pair: Any) -> None:
    jwk, sign = pair()
    pages = {WEB: page(jwk), KID: json.dumps(jwk).encode()}
    for header in ({"alg": algorithm, "jwk": jwk}, {"alg": algorithm, "kid": KID}, {"alg": algorithm}):
        made = token(header, web_badge(), sign)
        assert asked(made, pages).valid, (header, asked(made, pages).faults)
        assert asked(made, pages | {WEB: page(KEY.public.to_jwk())}).decided != "valid"
    unreachable = asked(token({"alg": algorithm, "kid": KID}, web_badge(), sign), {})
    assert unreachable.decided == "could not check"


@pytest.mark.parametrize(
    ("claims", "path"),
    [
        ({"iss": "did:example:other"}, "payload.iss"),
        ({"jti": "urn:other"}, "payload.jti"),
        ({"sub": "did:example:other"}, "payload.sub"),
        ({"nbf": 0}, "payload.nbf"),
        ({"nbf": "2026"}, "payload.nbf"),
        ({"exp": 4_000_000_000}, "payload.exp"),
        ({"exp": True}, "payload.exp"),
    ],
)
def test_claims_that_contradict_the_credential_are_found(claims: dict[str, Any], path: str) -> None:
    report = asked(token(GOOD, badge() | claims))
    assert ("jwt-claim", path) in codes(report)
    assert report.outcome("signature") == "failed"


def test_a_token_from_the_future_is_found() -> None:
    assert ("created-in-future", "payload.iat") in codes(asked(token(GOOD, badge() | {"iat": 4_000_000_000})))


def test_a_credential_inside_the_vc_claim_is_read() -> None:
    inner = badge()
    del inner["id"], inner["issuer"]
    claims = {"vc": inner, "iss": ISSUER, "jti": "urn:uuid:6f1f2d4e-0000-4000-8000-000000000001"}
    document, path = jwt.credential(jwt.read(token(GOOD, claims)))
    assert (document["issuer"], document["id"], path) == (ISSUER, claims["jti"], "vc")


@pytest.mark.parametrize(
    "raw", ["a.b.c", "e30.e30.", "e30.e30.AA", "e30.W10.AA", "e30=.e30.AA", ".".join(["e30"] * 5), "e30.e30"]
)
def test_what_is_no_token_gets_a_report(raw: str) -> None:
    assert not asked(raw).valid


def test_a_duplicate_member_of_a_header_is_refused() -> None:
    head = b64(b'{"alg":"EdDSA","alg":"none"}')
    report = asked(f"{head}.{b64(json.dumps(badge()).encode())}.AA")
    assert report.outcome("form") == "failed"
