"""Files that these commands read and write."""

import os
import sys
from pathlib import Path

from dorobek.cli.problem import Problem
from dorobek.vc.limits import DEFAULT

MOST_BYTES = 4 * DEFAULT.bytes


def read_bytes(path: str) -> bytes:
    """A file, or standard input for `-`. Raises Problem: cannot be read, too large."""
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Problem(f"cannot read {path}: {error.strerror}") from error
    if len(raw) > MOST_BYTES:
        raise Problem(f"{path} is larger than {MOST_BYTES} bytes")
    return raw


def write_new(path: Path, raw: bytes, *, secret: bool = False) -> None:
    """Never over a file that is there. `secret`: readable by its owner alone. Raises Problem."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
    except FileExistsError as error:
        raise Problem(f"{path} is there already; give another name") from error
    except OSError as error:
        raise Problem(f"cannot write {path}: {error.strerror}") from error


def hand_out(raw: bytes, out: Path | None) -> None:
    """To a new file, or to standard output."""
    if out is not None:
        write_new(out, raw)
        return
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()
