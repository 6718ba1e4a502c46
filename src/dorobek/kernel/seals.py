"""Seals of the history: the head of every chain, signed (Ed25519), to be kept where nobody here can change it.

A chain alone shows a changed entry. It does not show that its end was cut off, or that all of it was written
anew: for that the heads of an earlier day are compared with the entries of today.
"""

import base64
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from django.utils import timezone

from dorobek.kernel.history import Fault, canonical
from dorobek.kernel.models import HistoryEntry, HistoryHead

FORMAT = "dorobek-history-seal-1"
BATCH = 500


class BadSeal(Exception):
    """A file that is not a seal of this installation, or was changed."""


def key_path() -> Path:
    return Path(settings.DATA_DIR) / "seal-key.pem"


def signing_key() -> Ed25519PrivateKey:
    """The installation's key, made once and kept in the data folder, readable by its owner alone."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    path = key_path()
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        path.touch(mode=0o600)
        path.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSeal(f"{path} is not an Ed25519 key")
    return key


def public_text(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def seal() -> dict[str, Any]:
    """All heads as they are now, signed."""
    heads = HistoryHead.objects.filter(seq__gt=0).order_by("stream").values_list("stream", "seq", "hash")
    content = {
        "format": FORMAT,
        "sealed_at": timezone.now().isoformat(),
        "heads": [[str(stream), seq, digest] for stream, seq, digest in heads.iterator()],
    }
    key = signing_key()
    return {
        **content,
        "public_key": public_text(key.public_key()),
        "signature": base64.b64encode(key.sign(canonical(content))).decode(),
    }


def check_signature(sealed: dict[str, Any]) -> None:
    """Raise BadSeal unless this installation's key signed exactly this content."""
    if sealed.get("format") != FORMAT:
        raise BadSeal("not a seal of a history")
    key = signing_key().public_key()
    if sealed.get("public_key") != public_text(key):
        raise BadSeal("signed with another key than this installation's")
    content = {name: sealed.get(name) for name in ("format", "sealed_at", "heads")}
    try:
        key.verify(base64.b64decode(sealed["signature"]), canonical(content))
    except (InvalidSignature, KeyError, ValueError) as error:
        raise BadSeal("the signature does not fit the content") from error


def faults_against(sealed: dict[str, Any]) -> Iterator[Fault]:
    """Chains that were cut or written anew since the seal. Raises BadSeal for a file that cannot be trusted."""
    check_signature(sealed)
    heads = [(uuid.UUID(stream), int(seq), str(digest)) for stream, seq, digest in sealed["heads"]]
    for start in range(0, len(heads), BATCH):
        batch = heads[start : start + BATCH]
        entries = HistoryEntry.objects.filter(
            stream__in=[stream for stream, _, _ in batch], seq__in={seq for _, seq, _ in batch}
        )
        found = {(entry.stream, entry.seq): entry.hash for entry in entries.iterator()}
        for stream, seq, digest in batch:
            now = found.get((stream, seq))
            if now is None:
                yield Fault(stream, seq, "sealed, and missing now: the chain was cut")
            elif now != digest:
                yield Fault(stream, seq, "differs from the seal: the chain was written anew")
