"""A passphrase: from a file, from DOROBEK_PASSPHRASE, or typed."""

import getpass
import os
import sys

from dorobek.cli.credentials.files import read_bytes
from dorobek.cli.problem import Problem


def asked_for(path: str | None, *, twice: bool = False) -> str:
    """Never from the arguments of the command: others on the machine could read it there. Raises Problem."""
    if path:
        return read_bytes(path).decode("utf-8", "replace").strip()
    if given := os.environ.get("DOROBEK_PASSPHRASE", ""):
        return given
    if not sys.stdin.isatty():
        raise Problem("give the passphrase with --passphrase-file or in DOROBEK_PASSPHRASE")
    typed = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != typed:
        raise Problem("the two are not the same")
    return typed
