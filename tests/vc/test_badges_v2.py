"""Badges of Open Badges 2.0, hosted and signed, with every document supplied by the test."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dorobek.vc.badges import v2
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.multibase import base64url_encode
from dorobek.vc.words import words

NOW = datetime(2026, 11, 1, tzinfo=UTC)
KEY = rsa.generate_private_key(65537, 2048)
HOME = "https://szkola.example.org"
CONTEXT = "https://w3id.org/openbadges/v2"
ISSUER = {"@context": CONTEXT, "type": "Issuer", "id": f"{HOME}/wydawca", "name": "Szkoła Letnia", "url": HOME}
BADGE = {
    "@context": CONTEXT, "type": "BadgeClass", "id": f"{HOME}/odznaka", "name": "Żeglarz", "description": "Pływa",
    "image": f"{HOME}/odznaka.png", "criteria": {"narrative": "Rejs"}, "issuer": f"{HOME}/wydawca",
    "alignment": [{"targetName": "Stawia żagle", "targetUrl": "https://rejestr.example.org/1"}],
}  # fmt: skip
HOSTED = {
    "@context": CONTEXT, "type": "Assertion", "id": f"{HOME}/odznaki/1", "badge": f"{HOME}/odznaka",
    "recipient": {"type": "email", "hashed": False, "identity": "jan@example.org"},
    "issuedOn": "2026-05-01T00:00:00Z", "verification": {"type": "hosted"},
}  # fmt: skip
SIGNED = {
    **HOSTED, "id": "urn:uuid:0190b9a4-7cd1-7d32-9d06-5b1e9c0e0009",
    "verification": {"type": "signed", "creator": f"{HOME}/klucz"},
}  # fmt: skip
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
PUBLIC = {"type": "CryptographicKey", "id": f"{HOME}/klucz", "owner": f"{HOME}/wydawca", "publicKeyPem": PEM}


def documents(**changes: dict[str, Any]) -> FixedFetcher:
    """The web of the test: `wydawca`, `odznaka`, `klucz`, `lista` and the assertion."""
    web: dict[str, Any] = {
        f"{HOME}/wydawca": {**ISSUER, "publicKey": f"{HOME}/klucz", **changes.get("issuer", {})},
        f"{HOME}/odznaka": {**BADGE, **changes.get("badge", {})},
        f"{HOME}/odznaki/1": {**HOSTED, **changes.get("hosted", {})},
        f"{HOME}/klucz": {**PUBLIC, **changes.get("key", {})},
        f"{HOME}/lista": changes.get("revoked", {}),
    }
    return FixedFetcher({url: json.dumps(document).encode() for url, document in web.items()})


def signed(payload: dict[str, Any], algorithm: str = "RS256") -> str:
    text = ".".join(base64url_encode(json.dumps(part).encode()) for part in ({"alg": algorithm}, payload))
    return f"{text}.{base64url_encode(KEY.sign(text.encode(), padding.PKCS1v15(), SHA256()))}"


def codes(found: v2.Badge2) -> list[str]:
    return [fault.code for fault in found.report.faults]


def read(raw: Any, web: FixedFetcher | None = None) -> v2.Badge2:
    text = raw if isinstance(raw, str) else json.dumps(raw)
    return v2.read(text, now=NOW, fetcher=web or documents())


@pytest.mark.parametrize("given", [HOSTED, HOSTED["id"], signed(SIGNED)])
def test_a_good_badge_passes_every_check(given):
    found = read(given)
    assert found.report.valid, found.report
    told = words(found.assertion)
    assert (told.title, told.issuer, told.holder) == ("Żeglarz", "Szkoła Letnia", "jan@example.org")
    assert told.able[0].text == "Stawia żagle"


def test_a_hosted_badge_that_was_changed_is_told_with_the_field():
    found = read({**HOSTED, "recipient": {"type": "email", "hashed": False, "identity": "ewa@example.org"}})
    assert [(fault.code, fault.path) for fault in found.report.faults] == [("hosted-differs", "recipient")]
    assert found.report.decided == "not valid"


def test_a_badge_hosted_elsewhere_than_its_issuer_allows_is_not_his():
    elsewhere = {**HOSTED, "id": "https://oszust.example.org/1"}
    web = documents()
    web.documents["https://oszust.example.org/1"] = json.dumps(elsewhere).encode()
    assert codes(read(elsewhere, web)) == ["issuer-scope"]
    allowed = documents(issuer={"verification": {"allowedOrigins": ["oszust.example.org"]}})
    allowed.documents |= web.documents | {f"{HOME}/wydawca": allowed.documents[f"{HOME}/wydawca"]}
    assert read(elsewhere, allowed).report.valid


def test_a_profile_inside_the_badge_cannot_speak_for_the_issuer():
    """The embedded profile allows another origin; the issuer's own, which is asked, does not."""
    embedded = {**ISSUER, "verification": {"allowedOrigins": ["oszust.example.org"]}}
    forged = {**HOSTED, "id": "https://oszust.example.org/1", "badge": {**BADGE, "issuer": embedded}}
    web = documents()
    web.documents["https://oszust.example.org/1"] = json.dumps(forged).encode()
    assert codes(read(forged, web)) == ["issuer-scope"]


def test_a_changed_signed_badge_fails():
    header, _payload, signature = signed(SIGNED).split(".")
    other = base64url_encode(json.dumps({**SIGNED, "issuedOn": "2026-05-02T00:00:00Z"}).encode())
    assert codes(read(f"{header}.{other}.{signature}")) == ["signature"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"key": {"owner": "https://oszust.example.org"}}, "key-owner"),
        ({"issuer": {"publicKey": f"{HOME}/inny-klucz"}}, "key-owner"),
        ({"key": {"publicKeyPem": "no key"}}, "key"),
        ({"issuer": {"id": "https://oszust.example.org"}}, "issuer"),
    ],
)
def test_a_key_that_is_not_the_issuers_proves_nothing(changes, code):
    found = read(signed(SIGNED), documents(**changes))
    assert code in codes(found)
    assert found.report.outcome("signature") == "failed"


def test_a_signature_switched_off_is_refused():
    assert "jwt-algorithm" in codes(read(signed(SIGNED, "none")))


@pytest.mark.parametrize("entry", [SIGNED["id"], {"id": SIGNED["id"], "revocationReason": "Pomyłka"}])
def test_a_signed_badge_on_its_issuers_list_is_revoked(entry):
    web = documents(issuer={"revocationList": f"{HOME}/lista"}, revoked={"revokedAssertions": ["urn:uuid:1", entry]})
    assert codes(read(signed(SIGNED), web)) == ["revoked"]


def test_a_hosted_badge_marked_revoked_is_revoked():
    found = read(HOSTED, documents(hosted={"revoked": True, "revocationReason": "Pomyłka"}))
    assert codes(found) == ["revoked"]
    assert "Pomyłka" in found.report.faults[0].message


def test_a_badge_out_of_its_time_is_told():
    assert "expired" in codes(read(signed({**SIGNED, "expires": "2026-10-01T00:00:00Z"})))
    assert "not-yet-valid" in codes(read(signed({**SIGNED, "issuedOn": "2027-01-01T00:00:00Z"})))


def test_without_the_network_nothing_is_said_for_sure():
    found = v2.read(json.dumps(HOSTED), now=NOW)
    assert found.report.decided == "could not check"
    assert v2.read(signed(SIGNED), now=NOW).report.decided == "could not check"


def test_what_is_missing_is_told_with_its_place():
    broken = {name: value for name, value in SIGNED.items() if name != "issuedOn"}
    found = read(signed(broken), documents())
    assert ("missing", "issuedOn") in [(fault.code, fault.path) for fault in found.report.faults]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff", "a.b.c", "https://", "{}", '{"badge":[],"recipient":1}'])
def test_nothing_that_is_given_makes_it_fail(raw):
    assert not v2.read(raw, now=NOW, fetcher=documents()).report.valid
