"""`dorobek serve`: one command that upgrades, serves, keeps its processes alive and stops cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dorobek.cli.serve import name_own_address

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> dict[str, int]:
    """Direct children of a process: {"web" or "worker": pid}."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_text()
        except (OSError, IndexError):
            continue
        if parent == pid:
            found["worker" if "worker.process" in command else "web"] = int(folder.name)
    return found


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.2)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5) as page:
            return page.status == 200
    except OSError:
        return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DOROBEK_", "DJANGO_"))}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "dorobek.cli.main", "serve", "--port", str(port)],
        env={**environment, "DOROBEK_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT / "src")},
        cwd=tmp_path,
    )
    yield process, port
    process.kill()
    process.wait()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_serve_restarts_a_killed_child_and_stops_cleanly(served):
    process, port = served
    wait_for(lambda: answers(port), "the first page")
    wait_for(lambda: set(children(process.pid)) == {"web", "worker"}, "both processes")
    for name in ("web", "worker"):
        before = children(process.pid)[name]
        os.kill(before, signal.SIGKILL)
        wait_for(lambda before=before, name=name: children(process.pid).get(name, before) != before, f"a new {name}")
    wait_for(lambda: answers(port), "the page after the restart")
    left = list(children(process.pid).values())
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=40) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in left)


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DOROBEK_", "DJANGO_"))}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "dorobek.cli.main", *arguments],
        env={**environment, "DOROBEK_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_port_in_use_is_said_at_once(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]), folder=tmp_path)
    assert done.returncode == 1
    assert "cannot listen" in done.stderr


def test_wrong_usage_ends_with_two_and_an_unknown_person_with_one(tmp_path):
    assert run("no-such-command", folder=tmp_path).returncode == 2
    assert run("documents", "not-a-uid", "--out", "x", folder=tmp_path).returncode == 2
    made = run("create-operator", "a@example.org", "--name", "Anna Próbna", folder=tmp_path)
    assert made.returncode == 0
    assert "/accounts/password/reset/key/" in made.stdout
    again = run("create-operator", "a@example.org", "--name", "Anna Próbna", folder=tmp_path)
    assert again.returncode == 1
    assert run("history", "verify", folder=tmp_path).returncode == 0
    assert run("reset-second-factor", "nobody@example.org", folder=tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("host", "given", "address"),
    [
        ("127.0.0.1", {}, "http://127.0.0.1:8421"),
        ("0.0.0.0", {}, "http://127.0.0.1:8421"),
        ("::1", {}, "http://[::1]:8421"),
        ("127.0.0.1", {"DOROBEK_HOSTS": "dorobek.example.org"}, None),
        ("127.0.0.1", {"DOROBEK_ADDRESS": "https://dorobek.example.org"}, "https://dorobek.example.org"),
    ],
)
def test_papers_name_the_port_that_is_served(monkeypatch, host, given, address):
    for name in ("DOROBEK_HOSTS", "DOROBEK_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    if "DOROBEK_ADDRESS" not in given:
        monkeypatch.setenv("DOROBEK_ADDRESS", "")
    name_own_address(host, 8421)
    assert (os.environ["DOROBEK_ADDRESS"] or None) == address
