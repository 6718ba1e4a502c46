"""Reading issuers' documents and status lists from the web, bounded in time, size and destination.

Nothing in this package touches the network unless a `Fetcher` is passed to it.
"""

import http.client
import socket
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import SplitResult, urljoin, urlsplit

from dorobek.vc.errors import VcError
from dorobek.vc.fetching_sockets import Deadline, DeadlineSocket, is_public

ACCEPT = "application/vc, application/vc+jwt, application/did, application/json, application/*+json;q=0.9"
_TYPES = {"application/vc", "application/did", "application/jwt", "application/jose", "application/json"}
_SUFFIXES = ("+json", "+jwt")
_REDIRECTS = {301, 302, 303, 307, 308}
_SPARE_FOR_FAILURES = 30.0


class Source(Protocol):
    """Whatever hands out documents by address."""

    def fetch(self, url: str) -> bytes:
        """The document's bytes. Raises VcError `fetch-failed`, `fetch-refused` or `fetch-too-large`."""
        ...

    def keep_at_most(self, url: str, seconds: float) -> None:
        """What was fetched from there asks not to be remembered longer (the `ttl` of a status list)."""
        ...


class FixedFetcher:
    """Documents given beforehand, for tests and for checking without a network."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self.documents = dict(documents)
        self.asked: list[str] = []

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if url not in self.documents:
            raise VcError("fetch-failed", f"{url} is not at hand")
        return self.documents[url]

    def keep_at_most(self, url: str, seconds: float) -> None:
        pass


@dataclass(frozen=True)
class Bounds:
    """Seconds for one fetch with all its redirects, bytes of a body, redirects, seconds and number kept in memory."""

    seconds: float = 5.0
    bytes: int = 4_000_000
    redirects: int = 3
    keep_seconds: float = 300.0
    keep_documents: int = 256
    keep_bytes: int = 64_000_000
    # Plain http and addresses of this machine or network: only for tests and a demonstration on one machine.
    allow_local: bool = False


@dataclass(frozen=True)
class _Kept:
    until: float
    body: bytes
    error: VcError | None


class Fetcher:
    """Fetches over https from public addresses only, remembers for a while. Safe to share between threads."""

    def __init__(self, bounds: Bounds = Bounds(), clock: Callable[[], float] = time.monotonic) -> None:
        self.bounds = bounds
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._kept_bytes = 0
        self._lock = threading.Lock()
        self._tls = ssl.create_default_context()

    def fetch(self, url: str) -> bytes:
        """See `Source.fetch`. A failure is remembered too, for up to half a minute."""
        kept = self._remembered(url)
        if kept is None:
            kept = self._fetched(url)
            self._remember(url, kept)
        if kept.error is not None:
            # The same exception raised again would carry every earlier raiser's frames with it.
            raise kept.error.with_traceback(None)
        return kept.body

    def keep_at_most(self, url: str, seconds: float) -> None:
        with self._lock:
            kept = self._kept.get(url)
            if kept is not None:
                self._kept[url] = replace(kept, until=min(kept.until, self._clock() + seconds))

    def _fetched(self, url: str) -> _Kept:
        now = self._clock()
        try:
            body, keep = self._follow(url)
        except VcError as error:
            return _Kept(now + min(_SPARE_FOR_FAILURES, self.bounds.keep_seconds), b"", error)
        return _Kept(now + keep, body, None)

    def _follow(self, url: str) -> tuple[bytes, float]:
        deadline = Deadline(self.bounds.seconds)
        for _ in range(self.bounds.redirects + 1):
            answer = self._ask(url, deadline)
            if isinstance(answer, str):
                url = urljoin(url, answer)
                continue
            return answer
        raise VcError("fetch-refused", f"more than {self.bounds.redirects} redirects, the last to {url}")

    def _ask(self, url: str, deadline: Deadline) -> tuple[bytes, float] | str:
        """One request: the body with the seconds to keep it, or the place it is redirected to."""
        parts = self._allowed(url)
        plain = self._connected(parts, deadline)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.sock = DeadlineSocket(plain, deadline)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request("GET", target, headers={"Accept": ACCEPT, "User-Agent": "dorobek"})
            response = connection.getresponse()
            location = response.getheader("Location")
            if response.status in _REDIRECTS and location:
                return location
            return self._body(response, url), self._seconds_to_keep(response)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, VcError):
                raise
            raise VcError("fetch-failed", f"{url}: {error or type(error).__name__}") from error
        finally:
            plain.close()

    def _allowed(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise VcError("fetch-refused", f"{url!r} is not an address") from error
        schemes = {"https", "http"} if self.bounds.allow_local else {"https"}
        if parts.scheme not in schemes or not parts.hostname or "@" in parts.netloc:
            raise VcError("fetch-refused", f"{url}: only https addresses without a user name are read")
        if port is not None and port < 1024 and port not in (80, 443):
            raise VcError("fetch-refused", f"{url}: port {port} is not a web server's")
        if not url.isascii() or any(character <= " " for character in url):
            raise VcError("fetch-refused", f"{url!r} holds characters that an address may not hold")
        return parts

    def _connected(self, parts: SplitResult, deadline: Deadline) -> socket.socket:
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = self._address(host, port, deadline)
        try:
            # Connecting to the address just judged, not to the name: the name could answer differently a second time.
            plain = socket.create_connection((address, port), timeout=deadline.left())
            if parts.scheme == "https":
                return self._tls.wrap_socket(plain, server_hostname=host)
            return plain
        except OSError as error:
            raise VcError("fetch-failed", f"{host}: {error}") from error

    def _address(self, host: str, port: int, deadline: Deadline) -> str:
        try:
            found = _RESOLVERS.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(deadline.left())
        except (OSError, TooLate, UnicodeError) as error:
            raise VcError("fetch-failed", f"{host}: the name could not be resolved") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not addresses or not (self.bounds.allow_local or all(is_public(address) for address in addresses)):
            raise VcError("fetch-refused", f"{host} is not at a public address")
        return addresses[0]

    def _body(self, response: http.client.HTTPResponse, url: str) -> bytes:
        if response.status != 200:
            raise VcError("fetch-failed", f"{url} answered {response.status}")
        kind = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        if kind not in _TYPES and not kind.endswith(_SUFFIXES):
            raise VcError("fetch-refused", f"{url} sent {kind or 'no content type'} instead of a JSON document")
        if (response.getheader("Content-Encoding") or "identity").lower() != "identity":
            raise VcError("fetch-refused", f"{url} sent a compressed answer that was not asked for")
        body = response.read(self.bounds.bytes + 1)
        if len(body) > self.bounds.bytes:
            raise VcError("fetch-too-large", f"{url} is larger than {self.bounds.bytes} bytes")
        return body

    def _seconds_to_keep(self, response: http.client.HTTPResponse) -> float:
        keep = self.bounds.keep_seconds
        for part in (response.getheader("Cache-Control") or "").lower().split(","):
            name, _, value = part.strip().partition("=")
            if name in ("no-store", "no-cache"):
                return 0.0
            if name == "max-age" and value.isdecimal():
                keep = min(keep, float(value[:9]))
        return keep

    def _remembered(self, url: str) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(url)
            if kept is None or kept.until <= self._clock():
                return None
            self._kept.move_to_end(url)
            return kept

    def _remember(self, url: str, kept: _Kept) -> None:
        with self._lock:
            old = self._kept.pop(url, None)
            self._kept_bytes += len(kept.body) - (len(old.body) if old else 0)
            self._kept[url] = kept
            while len(self._kept) > self.bounds.keep_documents or self._kept_bytes > self.bounds.keep_bytes:
                _, gone = self._kept.popitem(last=False)
                self._kept_bytes -= len(gone.body)


# A name server that does not answer would hold the caller longer than the deadline.
_RESOLVERS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="vc-resolver")
