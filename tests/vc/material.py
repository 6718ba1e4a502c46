"""What the tests of credentials stand on: published vectors, contexts that only tests know, credentials made here."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dorobek.vc import did
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.issuing import sign
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.keys import PrivateKey

DATA = Path(os.environ.get("SHARED_DATA", Path(__file__).resolve().parents[3] / "shared/data"))
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CREATED = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
V2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
CITIZENSHIP = "https://w3id.org/citizenship/v4rc1"
_SCHEMA, _CIT = "https://schema.org/", "https://w3id.org/citizenship#"
_DATE = "http://www.w3.org/2001/XMLSchema#dateTime"

# Only what the vectors use: the address is a draft whose document is not published for good.
STORE = SHIPPED.with_extra(
    {
        EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}},
        CITIZENSHIP: {
            "@context": {
                "EmploymentAuthorizationDocumentCredential": f"{_CIT}EmploymentAuthorizationDocumentCredential",
                "EmploymentAuthorizationDocument": f"{_CIT}EmploymentAuthorizationDocument",
                "EmployablePerson": f"{_CIT}EmployablePerson",
                "Person": f"{_SCHEMA}Person",
                "image": {"@id": f"{_SCHEMA}image", "@type": "@id"},
                "birthDate": {"@id": f"{_SCHEMA}birthDate", "@type": _DATE},
                "residentSince": {"@id": f"{_CIT}residentSince", "@type": _DATE},
                "employmentAuthorizationDocument": {"@id": f"{_CIT}employmentAuthorizationDocument", "@type": "@id"},
                "identifier": f"{_SCHEMA}identifier",
                **{name: _SCHEMA + name for name in ("givenName", "additionalName", "familyName", "gender")},
                **{name: _CIT + name for name in ("birthCountry", "lprCategory", "lprNumber")},
            }
        },
    }
)


def data(*parts: str) -> Path:
    """A folder or file of the published data; the test is skipped where it is not at hand."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not at hand in {DATA} (set SHARED_DATA)")
    return path


def read_json(*parts: str) -> Any:
    return json.loads(data(*parts).read_text(encoding="utf-8"))


KEY = PrivateKey.from_seed(b"dorobek's key for nothing but te")
OTHER_KEY = PrivateKey.from_seed(b"somebody else's key, also tests.")
ISSUER = did.key_did(KEY.public)
METHOD = did.key_method(KEY.public)


def badge(**changes: Any) -> dict[str, Any]:
    """An unsigned badge of an invented issuer to an invented person."""
    document: dict[str, Any] = {
        "@context": [V2, OB3],
        "id": "urn:uuid:6f1f2d4e-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Centrum Próbne"},
        "validFrom": "2026-11-01T00:00:00Z",
        "validUntil": "2031-11-01T00:00:00Z",
        "name": "Obsługa kasy",
        "credentialSubject": {
            "id": "did:example:osoba-1",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:6f1f2d4e-0000-4000-8000-0000000000aa",
                "type": ["Achievement"],
                "name": "Obsługa kasy",
                "description": "Prowadzi kasę i rozlicza zmianę.",
                "criteria": {"narrative": "Próba pracy, 90 minut."},
            },
        },
    }
    return document | changes


def signed(document: dict[str, Any] | None = None, key: PrivateKey = KEY, **options: Any) -> dict[str, Any]:
    method = options.pop("verification_method", did.key_method(key.public))
    return sign(badge() if document is None else document, key, verification_method=method, created=CREATED, **options)


def text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)


def issuer_document(identifier: str, *methods: dict[str, Any], **more: Any) -> bytes:
    """A controller document that lists these methods for assertions."""
    document = {"id": identifier, "verificationMethod": list(methods), "assertionMethod": [m["id"] for m in methods]}
    return json.dumps(document | more).encode()


def multikey(identifier: str, fragment: str, key_text: str, **more: str) -> dict[str, Any]:
    method = {"id": f"{identifier}#{fragment}", "type": "Multikey", "controller": identifier}
    return method | {"publicKeyMultibase": key_text} | more


def web(**documents: bytes) -> FixedFetcher:
    return FixedFetcher(documents)
