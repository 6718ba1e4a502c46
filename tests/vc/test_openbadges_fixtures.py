"""Every fixture of Open Badges 3.0 with the answer that each check must give.

The fixtures point to issuers on the web; their documents are written here, as an issuer who stands behind the key
would publish them. Expected are one letter per check: p(assed), f(ailed), u(nknown); several keys or entries of one
name give the worst one.
"""

import base64
import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest

from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.report import CHECKS, Report
from dorobek.vc.verifying import verify

from .material import data, issuer_document, multikey

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CORP, EDU, UNIVERSITY = (
    "https://example.com/issuers/876543",
    "https://example.edu/issuers/565049",
    "https://1edtech.edu/issuers/565049",
)
WELLSPRING = "did:web:dc.1edtech.org:wellspring2022:wellspring-portal:org:da1e96e9-afcc-4eed-b9a2-2ddf7353214c"
WELLSPRING_URL = "https://dc.1edtech.org/wellspring2022/wellspring-portal"
COMMON, CORP_2024, UNIVERSITY_KEY = (
    "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
    "z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x",
    "z6Mknyb2Gb4NxzW3xSr9ChTtdQZ1zs77piQ3r9SaJ9vMzmrs",
)

# name: form, schema, signature, issuer, time, status, and (code, path) of every fault
EXPECTED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "simple.json": ("pppppp", []),
    "simple-json.png": ("pppppp", []),
    "simple-json.svg": ("pppppp", []),
    "simple-err-proof-value.json": ("ppfppp", [("signature-wrong", "proof[0].proofValue")]),
    "simple-jwt.png": ("pppppp", []),
    "simple-jwt.svg": ("pppppp", []),
    "complete.json": ("pppppp", []),
    # An issuer that is a urn has no place where it could say which keys are its own.
    "simple-did-key-method.json": ("pppupp", [("not-resolvable", "issuer")]),
    # Signed under the name that the suite had in a draft.
    "simple-eddsa-2022.json": ("pppppp", []),
    "simple-err-expired.json": ("ppppfp", [("expired", "validUntil")]),
    "simple-err-issued.json": (
        "pfppfp",
        [("missing", "credentialSubject.achievement"), ("not-yet-valid", "validFrom")],
    ),
    "simple-err-issuer.json": (
        "pfpfpp",
        [("missing", "issuer"), ("missing", "credentialSubject.achievement"), ("issuer-missing", "issuer")],
    ),
    "simple-err-type.json": (
        "ffuppp",
        [
            ("undefined-term", "type"),
            ("credential-type", "type"),
            ("missing", "credentialSubject.achievement"),
            ("not-readable", "type"),
        ],
    ),
    "simple-noproof.json": (
        "pffupp",
        [("missing", "credentialSubject.achievement"), ("no-proof", "proof"), ("no-key", "proof")],
    ),
    "credential-status-revoked.json": ("pppppf", [("revoked", "credentialStatus")]),
    # Its context is a draft's, it names no key, and the issuer lists none for RS256.
    "simple.jwt": (
        "ufuupp",
        [
            ("unknown-context", "@context"),
            ("missing", "credentialSubject.achievement"),
            ("not-resolvable", "header.kid"),
            ("no-key", "header"),
        ],
    ),
}


def given(name: str) -> bytes:
    """What is baked into a picture, or the file itself."""
    raw = data("openbadges-3", name).read_bytes()
    if name.endswith(".png"):
        return _from_png(raw)
    if name.endswith(".svg"):
        found = re.search(rb"<openbadges:credential([^>]*)>(?:\s*<!\[CDATA\[(.*?)\]\]>)?", raw, re.DOTALL)
        assert found is not None
        verify_attribute = re.search(rb'verify="([^"]+)"', found[1])
        return verify_attribute[1] if verify_attribute else found[2].strip()
    return raw.strip()


def _from_png(raw: bytes) -> bytes:
    place = 8
    while place < len(raw):
        length = int.from_bytes(raw[place : place + 4], "big")
        chunk = raw[place + 8 : place + 8 + length]
        if raw[place + 4 : place + 8] == b"iTXt" and chunk.startswith(b"openbadgecredential\0"):
            compressed, rest = chunk[20], chunk[22:].split(b"\0", 2)[2]
            return zlib.decompress(rest) if compressed else rest
        place += 12 + length
    raise AssertionError("nothing is baked into the picture")


def issuers() -> dict[str, bytes]:
    """The documents of the issuers that the fixtures name."""
    keys = [json.loads(_header(name))["jwk"] for name in ("simple-jwt.png", "simple-jwt.svg")]
    common = {issuer: multikey(issuer, COMMON, COMMON) for issuer in (CORP, EDU, WELLSPRING)}
    revoked = {
        "id": f"{WELLSPRING_URL}/api/revocations/da1e96e9-afcc-4eed-b9a2-2ddf7353214c",
        "issuer": WELLSPRING,
        "revokedCredential": [
            {"id": f"{WELLSPRING_URL}/credential/54418d3f-ec01-4652-800a-861c890a51a1", "revocationReason": "a test"}
        ],
    }
    nobody = {"id": "https://1edtech.edu/credentials/3732/revocations", "issuer": UNIVERSITY, "revokedCredential": []}
    return {
        CORP: issuer_document(CORP, common[CORP], multikey(CORP, CORP_2024, CORP_2024)),
        EDU: issuer_document(EDU, common[EDU]),
        UNIVERSITY: issuer_document(
            UNIVERSITY, multikey(UNIVERSITY, UNIVERSITY_KEY, UNIVERSITY_KEY), jwks={"keys": keys}
        ),
        f"{WELLSPRING_URL}/org/da1e96e9-afcc-4eed-b9a2-2ddf7353214c/did.json": issuer_document(
            WELLSPRING, common[WELLSPRING]
        ),
        revoked["id"]: json.dumps(revoked).encode(),
        nobody["id"]: json.dumps(nobody).encode(),
    }


def _header(name: str) -> bytes:
    return base64.urlsafe_b64decode(given(name).split(b".")[0] + b"==")


def letters(report: Report) -> str:
    return "".join(report.outcome(name)[0] for name in CHECKS)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_check_answers_as_the_table_says(name: str) -> None:
    report = verify(given(name), now=NOW, fetcher=FixedFetcher(issuers()))
    outcomes, faults = EXPECTED[name]
    assert [(fault.code, fault.path) for fault in report.faults] == faults, report
    assert letters(report) == outcomes


def test_the_table_names_every_fixture() -> None:
    there = {path.name for path in data("openbadges-3").iterdir() if path.suffix in (".json", ".jwt", ".png", ".svg")}
    assert there == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_without_the_web_nothing_is_called_valid_and_no_other_answer_changes(name: str) -> None:
    report = verify(given(name), now=NOW)
    with_web = EXPECTED[name][0]
    for letter, expected, check in zip(letters(report), with_web, CHECKS, strict=True):
        assert letter in (expected, "u") if check in ("issuer", "status") else letter == expected


@pytest.mark.parametrize("name", [name for name, (outcomes, _) in EXPECTED.items() if outcomes == "pppppp"])
def test_an_issuer_that_lists_another_key_does_not_stand_behind_it(name: str) -> None:
    pages: dict[str, Any] = issuers()
    for issuer in (CORP, EDU, UNIVERSITY):
        pages[issuer] = issuer_document(
            issuer, multikey(issuer, "other", "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
        )
    report = verify(given(name), now=NOW, fetcher=FixedFetcher(pages))
    assert letters(report) == "pppfpp"
    assert [fault.code for fault in report.faults] == ["key-not-issuers"]
