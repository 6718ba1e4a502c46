"""did:key and did:web: names, addresses, and the documents an issuer publishes.

did:key 0.9 and did:web (W3C CCG), documents as Controlled Identifiers 1.0.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from dorobek.vc.errors import VcError
from dorobek.vc.keys import PublicKey

KEY, WEB = "did:key:", "did:web:"
CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.ASCII)
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+", re.ASCII)


def key_did(key: PublicKey) -> str:
    """`did:key:z6Mk...`."""
    return KEY + key.to_multikey()


def key_method(key: PublicKey) -> str:
    """The only verification method of a did:key: `did:key:z6Mk...#z6Mk...`."""
    text = key.to_multikey()
    return f"{KEY}{text}#{text}"


def split_method(method: str) -> tuple[str, str]:
    """A verification method's controller document and fragment: `did:web:a.pl#k1` gives (`did:web:a.pl`, `k1`)."""
    base, _, fragment = method.partition("#")
    return base, fragment


def web_url(did: str) -> str:
    """Where a did:web has its document: `did:web:a.pl:x` gives `https://a.pl/x/did.json`. Raises VcError `did`."""
    parts = did.removeprefix(WEB).split(":")
    host, _, port = unquote(parts[0]).partition(":")
    segments = parts[1:]
    if not did.startswith(WEB) or not _HOST.fullmatch(host) or (port and not port.isdecimal()):
        raise VcError("did", f"{did!r} is not a did:web")
    if any(not _SEGMENT.fullmatch(segment) or segment in (".", "..") for segment in segments):
        raise VcError("did", f"{did!r} holds a path segment that a did:web may not hold")
    place = "/".join(segments) if segments else ".well-known"
    # Plain http only towards this machine; a Fetcher refuses both unless it was told otherwise.
    scheme = "http" if host == "localhost" else "https"
    return f"{scheme}://{host}{':' + port if port else ''}/{place}/did.json"


def web_did(url: str) -> str:
    """The did:web whose document lies at this https folder: `https://a.pl/x` gives `did:web:a.pl:x`."""
    parts = urlsplit(url)
    if not parts.netloc or parts.query or parts.fragment:
        raise VcError("did", f"{url!r} is not the address of a folder")
    did = ":".join([WEB + quote(parts.netloc, safe=""), *(part for part in parts.path.split("/") if part)])
    web_url(did)
    return did


def web_document(did: str, keys: Mapping[str, PublicKey], retired: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The document of a did:web to be published. `keys` by fragment, in order; every one may still verify.

    `retired` gives fragments of keys that must no longer be trusted with the time (RFC 3339) from which.
    """
    methods: list[dict[str, Any]] = []
    for fragment, key in keys.items():
        method = {"id": f"{did}#{fragment}", "type": "Multikey", "controller": did}
        methods.append(method | {"publicKeyMultibase": key.to_multikey()})
        if retired and fragment in retired:
            methods[-1]["revoked"] = retired[fragment]
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_document(did: str) -> dict[str, Any]:
    """The document that a did:key stands for. Raises VcError `did`, `key` or `multibase`."""
    text = did.removeprefix(KEY)
    if not did.startswith(KEY) or not text:
        raise VcError("did", f"{did!r} is not a did:key")
    key = PublicKey.from_multikey(text)
    return web_document(did, {text: key})


def document_url(identifier: str) -> str | None:
    """Where a controller's document is to be read; None when this kind of name has no known place."""
    if identifier.startswith(WEB):
        return web_url(identifier)
    if identifier.startswith(("https://", "http://")):
        return split_method(identifier)[0]
    return None
