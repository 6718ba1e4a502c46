"""The key that this interface signs with: a did:key of its own in the data folder. What it signs stands for nobody."""

from pathlib import Path

from django.conf import settings

from dorobek.vc import did
from dorobek.vc.keys import PrivateKey


def key_path() -> Path:
    return Path(settings.DATA_DIR) / "vc-api-key"


def own_key() -> PrivateKey:
    """Made once, readable by its owner alone."""
    path = key_path()
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(PrivateKey.generate().to_multikey(), encoding="ascii")
    return PrivateKey.from_multikey(path.read_text(encoding="ascii").strip())


def own_did() -> str:
    return did.key_did(own_key().public)
