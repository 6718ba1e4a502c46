"""Faults as problem details (RFC 9457) with the types that the standards name.

VC 2.0, section 7.2; Data Integrity 1.0, section 4.7; Bitstring Status List 1.0, section 3.5.
"""

from typing import Any

_DATA_MODEL = "https://www.w3.org/TR/vc-data-model#"
_SECURITY = "https://w3id.org/security#"
_STATUS = "https://www.w3.org/ns/credentials/status-list#"
_BY_CODE = {
    "challenge": f"{_SECURITY}INVALID_CHALLENGE_ERROR",
    "domain": f"{_SECURITY}INVALID_DOMAIN_ERROR",
    "context-changed": f"{_SECURITY}PROOF_VERIFICATION_ERROR",
    "created-in-future": f"{_SECURITY}PROOF_VERIFICATION_ERROR",
    "verification-method": f"{_SECURITY}INVALID_VERIFICATION_METHOD",
    "signature-wrong": f"{_SECURITY}PROOF_VERIFICATION_ERROR",
    "no-proof": f"{_SECURITY}PROOF_VERIFICATION_ERROR",
    "status-range": f"{_STATUS}RANGE_ERROR",
    "status-length": f"{_STATUS}STATUS_LIST_LENGTH_ERROR",
    "status-list-untrusted": f"{_STATUS}STATUS_VERIFICATION_ERROR",
    "status-purpose": f"{_STATUS}STATUS_VERIFICATION_ERROR",
    "status-entry": f"{_STATUS}MALFORMED_VALUE_ERROR",
    "revoked": f"{_STATUS}STATUS_VERIFICATION_ERROR",
    "suspended": f"{_STATUS}STATUS_VERIFICATION_ERROR",
}
_BY_BEGINNING = {
    "json-": f"{_DATA_MODEL}PARSING_ERROR",
    "proof": f"{_SECURITY}PROOF_VERIFICATION_ERROR",
    "jwt": f"{_DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR",
    "key": f"{_DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR",
    "issuer": f"{_DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR",
    "holder": f"{_DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR",
    "status": f"{_STATUS}STATUS_RETRIEVAL_ERROR",
}
_OTHERWISE = f"{_DATA_MODEL}MALFORMED_VALUE_ERROR"


def problem(code: str, path: str, message: str) -> dict[str, Any]:
    """`type` and `title` as the standards say, `code` and `path` as this program's own reports do."""
    kind = _BY_CODE.get(code)
    if code.startswith(("fetch-", "not-resolvable")):
        kind = (
            f"{_STATUS}STATUS_RETRIEVAL_ERROR"
            if "credentialStatus" in path
            else f"{_SECURITY}INVALID_VERIFICATION_METHOD"
        )
    if kind is None:
        kind = next((kind for start, kind in _BY_BEGINNING.items() if code.startswith(start)), _OTHERWISE)
    return {
        "type": kind,
        "title": kind.partition("#")[2],
        "detail": f"{path}: {message}" if path else message,
        "code": code,
        "path": path,
    }
