"""The history of every change (XX-4): a hash chain per case or object, with payloads that can be erased.

An entry's hash covers stream, place, time, actor, kind, subject, the digest of its payload and the hash before
it. The payload and its salt lie beside the chain: without them a digest tells nothing, and the chain still holds.
"""

import datetime as dt
import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from dorobek.kernel.models import HistoryEntry, HistoryHead, HistoryPayload
from dorobek.kernel.tables import plain


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: the same bytes for the same content."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def payload_digest(salt: str, data: Any) -> str:
    """SHA-256 of salt and payload, hexadecimal."""
    return hashlib.sha256(salt.encode() + canonical(data)).hexdigest()


def entry_hash(entry: HistoryEntry) -> str:
    """SHA-256 over everything the chain promises about an entry, hexadecimal."""
    return hashlib.sha256(canonical(promised(entry))).hexdigest()


def promised(entry: HistoryEntry) -> list[Any]:
    """What the hash of an entry covers, in order, as plain data."""
    at = entry.at.astimezone(dt.UTC).isoformat()
    whole = [
        entry.stream, entry.seq, at, entry.actor_id, entry.on_behalf_of, entry.kind, entry.subject, entry.digest,
        entry.previous,
    ]  # fmt: skip
    return [plain(one) for one in whole]


def record(
    *,
    stream: uuid.UUID,
    kind: str,
    actor_id: int | None,
    on_behalf_of: uuid.UUID | None = None,
    subject: uuid.UUID | None = None,
    data: Mapping[str, Any] | None = None,
) -> HistoryEntry:
    """Add one entry to the chain `stream`. Must run inside the transaction of the change it tells of."""
    if not connection.in_atomic_block:
        raise RuntimeError("history is written in the transaction of the change, or not at all")
    head = HistoryHead.objects.select_for_update().filter(stream=stream).first()
    if head is None:
        HistoryHead.objects.get_or_create(stream=stream)
        head = HistoryHead.objects.select_for_update().get(stream=stream)
    salt, payload = secrets.token_hex(16), plain(data or {})
    entry = HistoryEntry(
        stream=stream,
        seq=head.seq + 1,
        at=timezone.now(),
        actor_id=actor_id,
        on_behalf_of=on_behalf_of,
        kind=kind,
        subject=subject,
        digest=payload_digest(salt, payload),
        previous=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    HistoryPayload.objects.create(entry=entry, salt=salt, data=payload)
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry


@dataclass(frozen=True)
class Fault:
    """A place where a chain does not hold, and in what way."""

    stream: uuid.UUID
    seq: int
    problem: str

    def __str__(self) -> str:
        return f"{self.stream} entry {self.seq}: {self.problem}"


def verify(stream: uuid.UUID | None = None) -> Iterator[Fault]:
    """Every fault of one chain or of all, each with its place. Reads in batches; holds one entry at a time."""
    heads = HistoryHead.objects.all() if stream is None else HistoryHead.objects.filter(stream=stream)
    known = {head.stream: head for head in heads.iterator()}
    entries = HistoryEntry.objects.select_related("payload").order_by("stream", "seq")
    if stream is not None:
        entries = entries.filter(stream=stream)
    current: uuid.UUID | None = None
    seq, last = 0, ""
    for entry in entries.iterator(chunk_size=2000):
        if entry.stream != current:
            yield from _end_of(known, current, seq, last)
            current, seq, last = entry.stream, 0, ""
        yield from _faults_of(entry, seq, last)
        seq, last = entry.seq, entry.hash
    yield from _end_of(known, current, seq, last)
    for head in known.values():
        if head.seq:
            yield Fault(head.stream, 1, f"all {head.seq} entries are missing")


def _faults_of(entry: HistoryEntry, seq: int, last: str) -> Iterator[Fault]:
    if entry.seq != seq + 1:
        yield Fault(entry.stream, seq + 1, f"missing; the next one found is {entry.seq}")
    if entry.previous != last and entry.seq == seq + 1:
        yield Fault(entry.stream, entry.seq, "does not follow the entry before it")
    if entry_hash(entry) != entry.hash:
        yield Fault(entry.stream, entry.seq, "its content was changed")
    payload = getattr(entry, "payload", None)
    if payload is not None and payload_digest(payload.salt, payload.data) != entry.digest:
        yield Fault(entry.stream, entry.seq, "its payload was changed")


def _end_of(known: dict[uuid.UUID, HistoryHead], stream: uuid.UUID | None, seq: int, last: str) -> Iterator[Fault]:
    if stream is None:
        return
    head = known.pop(stream, None)
    if head is None:
        yield Fault(stream, seq, "the chain has no head")
    elif (head.seq, head.hash) != (seq, last):
        yield Fault(stream, seq + 1, f"entries {seq + 1} to {head.seq} are missing at the end")


@transaction.atomic
def erase_payloads(stream: uuid.UUID) -> int:
    """Remove what changed from a chain and keep that it changed. Returns how many payloads went."""
    return HistoryPayload.objects.filter(entry__stream=stream).delete()[0]
