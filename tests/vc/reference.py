"""npm's jsonld and rdf-canonize as the reference, where Node and they are at hand.

`DOROBEK_NODE_REFERENCE` names a folder whose `node_modules` holds them (`npm install jsonld rdf-canonize` there).
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "DOROBEK_NODE_REFERENCE"


class Reference:
    """A running process that answers one line per line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, **request: Any) -> tuple[str | None, str]:
        """The canonical text and "", or None and why it was refused."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        found = json.loads(self._process.stdout.readline())
        return found.get("text"), str(found.get("error", ""))


@contextmanager
def running(contexts: dict[str, Any]) -> Iterator[Reference]:
    """The reference with these context documents; skips with the reason where there is none."""
    folder = os.environ.get(VARIABLE, "")
    node = shutil.which("node")
    if not node or not (Path(folder) / "node_modules" / "jsonld").is_dir():
        pytest.skip(f"no Node reference: set {VARIABLE} to a folder whose node_modules holds jsonld and rdf-canonize")
    script = Path(__file__).with_name("reference.js")
    process = subprocess.Popen(
        [node, str(script), folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        reference = Reference(process)
        reference.ask(contexts=contexts)
        yield reference
    finally:
        process.terminate()
        process.wait(10)
