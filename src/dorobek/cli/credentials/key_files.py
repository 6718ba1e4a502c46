"""Signing keys in files: one Multikey as JSON, readable by its owner alone (Controlled Identifiers 1.0, section 2.2.2)."""

import json
from dataclasses import dataclass
from pathlib import Path

from dorobek.cli.credentials.files import read_bytes, write_new
from dorobek.cli.problem import Problem
from dorobek.vc import did
from dorobek.vc.errors import VcError
from dorobek.vc.keys import PrivateKey


@dataclass(frozen=True)
class KeyFile:
    """A key, and the verification method that its proofs name; `controller` is the issuer's DID."""

    private: PrivateKey
    controller: str
    method: str


def new_key(controller: str = "") -> KeyFile:
    """A new key of this did:web, or a did:key of its own."""
    private = PrivateKey.generate()
    if controller and did.document_url(controller) is None:
        raise Problem(f"{controller} is not a did:web")
    owner = controller or did.key_did(private.public)
    return KeyFile(private, owner, f"{owner}#{private.public.to_multikey()}")


def write_key(path: Path, key: KeyFile) -> None:
    """Raises Problem when there is such a file."""
    document = {
        "type": "Multikey",
        "id": key.method,
        "controller": key.controller,
        "publicKeyMultibase": key.private.public.to_multikey(),
        "secretKeyMultibase": key.private.to_multikey(),
    }
    write_new(path, json.dumps(document, indent=2).encode() + b"\n", secret=True)


def read_key(path: str) -> KeyFile:
    """Raises Problem for a file that holds no such key."""
    try:
        held = json.loads(read_bytes(path))
        private = PrivateKey.from_multikey(held["secretKeyMultibase"])
        controller, method = held["controller"], held["id"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem(f"{path} is not a key file: make one with dorobek keys create --out FILE") from error
    if held.get("publicKeyMultibase", private.public.to_multikey()) != private.public.to_multikey():
        raise Problem(f"{path}: its public half is of another key")
    if not isinstance(method, str) or did.split_method(method)[0] != controller:
        raise Problem(f"{path}: its id must begin with its controller")
    return KeyFile(private, controller, method)


def as_document(key: KeyFile) -> bytes:
    """The DID document to publish for a did:web key. Raises VcError for a broken name."""
    fragment = did.split_method(key.method)[1]
    if key.controller.startswith(did.KEY):
        found = did.key_document(key.controller)
    elif fragment:
        found = did.web_document(key.controller, {fragment: key.private.public})
    else:
        raise VcError("did", "the key's id has no fragment")
    return json.dumps(found, indent=2).encode() + b"\n"
