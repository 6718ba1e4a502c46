"""Names of workers: held while the process lives, free the moment it dies, on one machine or on many.

A worker's name marks the work it runs. What a dead worker was running belongs to nobody until another one
takes its name for a moment and puts that work back in the queue.
"""

import fcntl
import os
import socket
from pathlib import Path
from typing import Protocol

import psycopg
from django.conf import settings
from django.db import connection


class Claims(Protocol):
    """Names that at most one living process holds."""

    def take(self, name: str) -> bool:
        """True when the name is ours now; False while somebody else lives under it."""

    def release(self, name: str) -> None:
        """Give a name back."""

    def hold(self) -> bool:
        """False when the names may have been lost and this worker must stop."""


class FileClaims:
    """One machine: a locked file per name in the data folder; the system unlocks it when the process dies."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.held: dict[str, int] = {}

    def take(self, name: str) -> bool:
        handle = os.open(self.folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self.held[name] = handle
        return True

    def release(self, name: str) -> None:
        os.close(self.held.pop(name))

    def hold(self) -> bool:
        return True


class DatabaseClaims:
    """Many machines: an advisory lock per name, held by one connection of its own."""

    def __init__(self) -> None:
        self.session = psycopg.connect(**connection.get_connection_params(), autocommit=True)

    def take(self, name: str) -> bool:
        answer = self.session.execute(
            "SELECT pg_try_advisory_lock(hashtext('dorobek-worker'), hashtext(%s))", [name]
        ).fetchone()
        return bool(answer and answer[0])

    def release(self, name: str) -> None:
        self.session.execute("SELECT pg_advisory_unlock(hashtext('dorobek-worker'), hashtext(%s))", [name])

    def hold(self) -> bool:
        try:
            self.session.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


def claims() -> Claims:
    """The claims that fit the database in use."""
    return FileClaims(settings.DATA_DIR / "workers") if connection.vendor == "sqlite" else DatabaseClaims()


def claim_a_name(held: Claims) -> str:
    """A unique name that stays the same over restarts: host and the first free number."""
    host = os.environ.get("DOROBEK_WORKER_NAME") or socket.gethostname()
    number = 1
    while not held.take(f"{host}-{number}"):
        number += 1
    return f"{host}-{number}"
