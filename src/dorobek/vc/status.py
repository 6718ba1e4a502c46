"""Status lists: Bitstring Status List 1.0 written and read, `1EdTechRevocationList` read.

Pure: lists arrive here already fetched and, where they are signed, already verified (`checking.status` does that).
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from dorobek.vc import multibase
from dorobek.vc.errors import TooMuch, VcError

ENTRY, LIST, LIST_CREDENTIAL = "BitstringStatusListEntry", "BitstringStatusList", "BitstringStatusListCredential"
ONE_EDTECH = "1EdTechRevocationList"
REVOCATION, SUSPENSION, MESSAGE, REFRESH = "revocation", "suspension", "message", "refresh"
PURPOSES = (REVOCATION, SUSPENSION, MESSAGE, REFRESH)
# The herd in which one credential hides (Bitstring Status List 1.0, section 3.1).
MINIMUM_ENTRIES = 131_072
MAX_BYTES = 8_000_000
MAX_SIZE = 8
DEFAULT_TTL = 300_000
_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)


class StatusList:
    """A row of numbers of `size` bits each, the first one in the highest bits of the first byte."""

    def __init__(self, raw: bytes | bytearray, size: int = 1) -> None:
        self.raw = bytearray(raw)
        self.size = size

    @classmethod
    def empty(cls, entries: int = MINIMUM_ENTRIES, size: int = 1) -> Self:
        """All zero. Raises VcError `status-length` below the smallest length the standard allows."""
        if entries < MINIMUM_ENTRIES:
            raise VcError("status-length", f"a status list has at least {MINIMUM_ENTRIES} entries")
        return cls(bytearray((entries * size + 7) // 8), size)

    @classmethod
    def decoded(cls, encoded: object, size: int = 1, path: str = "") -> Self:
        """From `encodedList`: multibase base64url of gzip.

        Raises VcError `status-encoding` or `status-length`, TooMuch `status-length` above eight million bytes.
        """
        if not isinstance(encoded, str) or not encoded.startswith("u"):
            raise VcError("status-encoding", "an encoded list must be multibase text that begins with u", path)
        raw = _unzipped(multibase.base64url_decode(encoded[1:], path), path)
        found = cls(raw, size)
        if len(found) < MINIMUM_ENTRIES:
            raise VcError("status-length", f"a status list of fewer than {MINIMUM_ENTRIES} entries", path)
        return found

    def encoded(self) -> str:
        """The same numbers give the same text, whenever written."""
        return "u" + multibase.base64url_encode(gzip.compress(bytes(self.raw), mtime=0))

    def __len__(self) -> int:
        return len(self.raw) * 8 // self.size

    def __getitem__(self, index: int) -> int:
        return sum(self._bit(place) << shift for place, shift in self._places(index))

    def __setitem__(self, index: int, value: int) -> None:
        if not 0 <= value < 1 << self.size:
            raise VcError("status-value", f"{value} does not fit in {self.size} bits")
        for place, shift in self._places(index):
            mask = 0x80 >> (place & 7)
            if value >> shift & 1:
                self.raw[place >> 3] |= mask
            else:
                self.raw[place >> 3] &= ~mask

    def with_set(self, indices: Iterable[int], value: int = 1) -> Self:
        for index in indices:
            self[index] = value
        return self

    def _bit(self, place: int) -> int:
        return self.raw[place >> 3] >> (7 - (place & 7)) & 1

    def _places(self, index: int) -> list[tuple[int, int]]:
        if not 0 <= index < len(self):
            raise VcError("status-range", f"there is no entry {index} in a list of {len(self)}")
        return [(index * self.size + offset, self.size - 1 - offset) for offset in range(self.size)]


@dataclass(frozen=True)
class Entry:
    """A `BitstringStatusListEntry` of a credential."""

    purpose: str
    index: int
    list_url: str
    size: int
    messages: Mapping[int, str]


def read_entry(entry: Mapping[str, Any], path: str) -> Entry:
    """Raises VcError `status-entry` (a broken entry) or `status-purpose-unknown`."""
    purpose, index, url = (entry.get(name) for name in ("statusPurpose", "statusListIndex", "statusListCredential"))
    if not isinstance(index, str) or not _INDEX.fullmatch(index):
        raise VcError(
            "status-entry", "statusListIndex must be a whole number written as text", f"{path}.statusListIndex"
        )
    if not isinstance(url, str) or not url:
        raise VcError("status-entry", "statusListCredential must be an address", f"{path}.statusListCredential")
    if not isinstance(purpose, str):
        raise VcError("status-entry", "statusPurpose must be text", f"{path}.statusPurpose")
    if purpose not in PURPOSES:
        raise VcError("status-purpose-unknown", f"what {purpose!r} means is not known here", f"{path}.statusPurpose")
    size = entry.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= MAX_SIZE:
        raise VcError("status-entry", f"statusSize must be a number from 1 to {MAX_SIZE}", f"{path}.statusSize")
    return Entry(purpose, int(index), url, size, _messages(entry, size, path))


def value_in(entry: Entry, subject: Mapping[str, Any], path: str) -> int:
    """The entry's number in a list: `subject` is the `credentialSubject` of the list's credential, `path` the entry's.

    Raises VcError `status-list` (not such a list), `status-purpose` (a list for something else), `status-range`,
    `status-encoding`, `status-length`; TooMuch.
    """
    if LIST not in _texts(subject.get("type")):
        raise VcError("status-list", "what lies at the list's address is not a BitstringStatusList", path)
    if entry.purpose not in _texts(subject.get("statusPurpose")):
        raise VcError("status-purpose", f"the list is not about {entry.purpose}", f"{path}.statusPurpose")
    found = StatusList.decoded(subject.get("encodedList"), entry.size, path)
    try:
        return found[entry.index]
    except VcError as error:
        raise error.at(f"{path}.statusListIndex") from error


def seconds_to_keep(subject: Mapping[str, Any]) -> float:
    """The list's `ttl` in seconds; it is given in milliseconds."""
    ttl = subject.get("ttl", DEFAULT_TTL)
    return ttl / 1000 if isinstance(ttl, int | float) and not isinstance(ttl, bool) and ttl >= 0 else 0.0


def list_subject(url: str, purpose: str, entries: StatusList, ttl: int | None = None) -> dict[str, Any]:
    """The `credentialSubject` of a list's credential that is published at `url`. `ttl` in milliseconds."""
    subject = {"id": f"{url}#list", "type": LIST, "statusPurpose": purpose, "encodedList": entries.encoded()}
    return subject if ttl is None else subject | {"ttl": ttl}


def entry_for(url: str, purpose: str, index: int) -> dict[str, str]:
    """The `credentialStatus` of a credential whose status stands at this index."""
    return {
        "id": f"{url}#{index}",
        "type": ENTRY,
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def one_edtech_reason(document: Any, list_id: str, issuer: str, credential_id: str, path: str) -> str | None:
    """Why a credential is on a `1EdTechRevocationList`; "" when no reason is given, None when it is not on it.

    Raises VcError `status-list` when the document is not that list of that issuer.
    """
    if not isinstance(document, dict) or document.get("id") != list_id:
        raise VcError("status-list", "what lies at the list's address is another document", path)
    owner = document.get("issuer")
    if (owner.get("id") if isinstance(owner, dict) else owner) != issuer:
        raise VcError("status-list-issuer", "the list is of another issuer", path)
    entries = document.get("revokedCredential", document.get("revokedCredentials"))
    if not isinstance(entries, list):
        raise VcError("status-list", "the list names no revoked credentials", path)
    for entry in entries:
        found = entry if isinstance(entry, dict) else {"id": entry}
        if found.get("id") == credential_id and found.get("revoked", True) is not False:
            return str(found.get("revocationReason") or "")
    return None


def _unzipped(raw: bytes, path: str) -> bytes:
    machine = zlib.decompressobj(wbits=31)
    try:
        found = machine.decompress(raw, MAX_BYTES + 1)
    except zlib.error as error:
        raise VcError("status-encoding", "an encoded list must be compressed with gzip", path) from error
    # A few kilobytes can unfold into gigabytes: no more than the bound is ever unfolded.
    if len(found) > MAX_BYTES:
        raise TooMuch("status-length", f"a status list of more than {MAX_BYTES} bytes", path)
    if not machine.eof or machine.unused_data:
        raise VcError("status-encoding", "an encoded list is cut off or followed by something else", path)
    return found


def _messages(entry: Mapping[str, Any], size: int, path: str) -> dict[int, str]:
    given = entry.get("statusMessage", [])
    found: dict[int, str] = {}
    for item in given if isinstance(given, list) else [given]:
        status, message = (item.get("status"), item.get("message")) if isinstance(item, dict) else (None, None)
        if (
            not isinstance(status, str)
            or not isinstance(message, str)
            or not re.fullmatch(r"0x[0-9a-fA-F]{1,2}", status)
        ):
            raise VcError(
                "status-entry", "each statusMessage needs a status such as 0x0 and a message", f"{path}.statusMessage"
            )
        found[int(status, 16)] = message
    needed = size > 1 or entry.get("statusPurpose") == MESSAGE
    if needed and set(found) != set(range(1 << size)):
        raise VcError("status-entry", f"statusMessage must name all {1 << size} values", f"{path}.statusMessage")
    return found


def _texts(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
