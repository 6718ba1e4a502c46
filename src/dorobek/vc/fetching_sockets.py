"""What a bounded fetch stands on: one deadline for a whole exchange, and which addresses are public."""

import io
import ipaddress
import socket
import time
from typing import Any

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Deadline:
    """So many seconds from now, for everything together."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises TimeoutError when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("took too long")
        return left


class DeadlineSocket:
    """The few methods of a socket that `http.client` calls; each waits only for what is left of the deadline.

    A plain timeout starts anew with every byte, so that a server which drips would hold its reader for hours.
    """

    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._plain.settimeout(self._deadline.left())
        self._plain.sendall(data)

    def makefile(self, *_args: Any, **_options: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._plain, self._deadline))

    def close(self) -> None:
        """Nothing: `http.client` closes its socket before the body is read; who opened it closes it."""


class _Reader(io.RawIOBase):
    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._plain.settimeout(self._deadline.left())
        return self._plain.recv_into(buffer)


def is_public(text: str) -> bool:
    """Whether an address is one of the open internet, also inside its IPv6 disguises (mapped, 6to4, Teredo, NAT64)."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        hidden: list[ipaddress.IPv4Address] = [*(address.teredo or ())]
        hidden += [part for part in (address.ipv4_mapped, address.sixtofour) if part is not None]
        if address in _NAT64:
            hidden.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if hidden:
            return all(is_public(str(part)) for part in hidden)
    return address.is_global and not address.is_multicast
