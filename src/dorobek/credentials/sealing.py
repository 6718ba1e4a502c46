"""The secret halves of signing keys, encrypted at rest with a key that lies in the data folder, not in the database."""

import base64
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NAME = "credential-keys.key"
NONCE = 12


class WrongSeal(Exception):
    """A sealed key that the installation's key does not open: the key file was lost or replaced."""


def key_path() -> Path:
    return Path(settings.DATA_DIR) / NAME


def seal(secret: bytes, label: str) -> str:
    """Encrypt; `label` (the key's public half) is bound to it, so that sealed keys cannot be swapped."""
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + AESGCM(_key(key_path())).encrypt(nonce, secret, label.encode())).decode()


def unseal(sealed: str, label: str) -> bytes:
    """Raises WrongSeal."""
    raw = base64.b64decode(sealed)
    try:
        return AESGCM(_key(key_path())).decrypt(raw[:NONCE], raw[NONCE:], label.encode())
    except InvalidTag as fault:
        raise WrongSeal(f"{NAME} does not open the key {label}") from fault


@lru_cache(maxsize=4)
def _key(path: Path) -> bytes:
    """Made once, readable by its owner alone; part of every backup."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as out:
        out.write(AESGCM.generate_key(bit_length=256))
    return path.read_bytes()
