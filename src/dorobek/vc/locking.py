"""Secrets in a file, locked with a passphrase: scrypt (RFC 7914) and AES-256-GCM."""

import base64
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FORMAT = "dorobek-locked-1"
# 64 MiB and a fraction of a second for one guess.
COST = {"n": 2**16, "r": 8, "p": 1}
SHORTEST = 12


class BadLock(ValueError):
    """A file that is not locked in this way, or another passphrase."""


def locked(secrets: dict[str, Any], passphrase: str) -> bytes:
    """The JSON file. Raises BadLock for a passphrase of fewer than 12 characters."""
    if len(passphrase) < SHORTEST:
        raise BadLock(f"a passphrase has at least {SHORTEST} characters")
    salt, nonce = os.urandom(16), os.urandom(12)
    body = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(secrets).encode(), FORMAT.encode())
    parts = {"salt": salt, "nonce": nonce, "data": body}
    texts = {name: base64.b64encode(part).decode() for name, part in parts.items()}
    return json.dumps({"format": FORMAT, "kdf": "scrypt", **COST, "cipher": "AES-256-GCM", **texts}, indent=1).encode()


def unlocked(raw: bytes, passphrase: str) -> dict[str, Any]:
    """What was locked. Raises BadLock."""
    try:
        held = json.loads(raw)
        salt, nonce, body = (base64.b64decode(held[name], validate=True) for name in ("salt", "nonce", "data"))
        if held["format"] != FORMAT or any(held[name] != COST[name] for name in COST):
            raise BadLock("locked in a way that is not known here")
    except (ValueError, KeyError, TypeError) as error:
        raise error if isinstance(error, BadLock) else BadLock("not a locked file of Dorobek") from error
    try:
        found: dict[str, Any] = json.loads(AESGCM(_key(passphrase, salt)).decrypt(nonce, body, FORMAT.encode()))
    except InvalidTag as error:
        raise BadLock("the passphrase does not open it") from error
    return found


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **COST).derive(passphrase.encode())
