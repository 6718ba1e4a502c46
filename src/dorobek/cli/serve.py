"""`dorobek serve`: upgrade, then run the web server and a worker, and keep both alive until asked to stop."""

import argparse
import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from dorobek.cli.problem import Problem, start_django

NAME = "serve"
HELP = "migrate, then run the web server and one worker until stopped"
PR_SET_PDEATHSIG = 1
STOP_SECONDS = 30
QUICK_DEATH_SECONDS = 5
MOST_QUICK_DEATHS = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="web processes (default 1)")
    parser.add_argument("--no-worker", action="store_true", help="web only; workers run elsewhere")
    parser.add_argument("--demo", action="store_true", help="demonstration: load it when the database is empty")


def run(options: argparse.Namespace) -> int:
    if options.demo:
        os.environ["DOROBEK_DEMO"] = "1"
    refuse_taken_port(options.host, options.port)
    name_own_address(options.host, options.port)
    start_django()
    from dorobek.cli.setup import prepare

    prepare()
    if options.demo:
        load_demo_once()
    with alone() as only:
        if only:
            sweep_at_once()
        return Supervisor(commands(options), options.host, options.port).run()


def name_own_address(host: str, port: int) -> None:
    """On this computer alone, what is signed and printed names the port served; elsewhere DOROBEK_HOSTS says where."""
    if "DOROBEK_HOSTS" not in os.environ and not os.environ.get("DOROBEK_ADDRESS"):
        name = f"[{host}]" if ":" in host else host
        os.environ["DOROBEK_ADDRESS"] = f"http://{'127.0.0.1' if host == '0.0.0.0' else name}:{port}"


@contextmanager
def alone() -> Iterator[bool]:
    """True while no other server serves from this data folder; the lock ends with the process, however it ends."""
    from django.conf import settings

    with (settings.DATA_DIR / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def sweep_at_once() -> None:
    """Nothing can be arriving yet: whatever lies there was left by a crash."""
    from django.utils import timezone

    from dorobek.kernel.sweeping import sweep

    sweep(timezone.now())


def refuse_taken_port(host: str, port: int) -> None:
    """Say at once that the port is in use, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise Problem(f"cannot listen on {host}:{port}: {error.strerror}. Choose another --port.") from error


def load_demo_once() -> None:
    """Load the demonstration into an empty database; leave a used one as it is."""
    from dorobek.cli.demo_command import load
    from dorobek.people.models import Institution

    if not Institution.objects.exists():
        print("Loading the demonstration", flush=True)
        load()


def commands(options: argparse.Namespace) -> dict[str, list[str]]:
    """The processes to run, by name."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    web += ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    web += ["--blocking-threads", os.environ.get("DOROBEK_WEB_THREADS", "4"), "--log-level", "warning"]
    web += ["--respawn-failed-workers", "dorobek.config.wsgi:application"]
    found = {"web": web}
    if not options.no_worker:
        found["worker"] = [sys.executable, "-m", "dorobek.kernel.worker.process"]
    return found


def end_with_parent() -> None:
    """In a child: be stopped by the system when the supervisor dies, however it dies (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A process that is started again when it ends."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = command
        self.quick_deaths = 0
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, preexec_fn=end_with_parent)

    def look_after(self) -> None:
        """Start it again when it ended; give up after several deaths in a row right after the start."""
        if self.process.poll() is None:
            return
        quick = time.monotonic() - self.started < QUICK_DEATH_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        if self.quick_deaths >= MOST_QUICK_DEATHS:
            raise Problem(f"the {self.name} process ends right after its start; see its messages above")
        print(f"dorobek: the {self.name} process ended ({self.process.returncode}); starting it again", file=sys.stderr)
        self.start()


class Supervisor:
    """Runs the children until SIGTERM or SIGINT."""

    def __init__(self, commands: dict[str, list[str]], host: str, port: int) -> None:
        self.commands = commands
        self.where = (host, port)
        self.stopping = False

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> int:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        children = [Child(name, command) for name, command in self.commands.items()]
        told = False
        try:
            while not self.stopping:
                for child in children:
                    child.look_after()
                if not told and self.answers():
                    told = True
                    print(f"Dorobek is ready: http://{self.where[0]}:{self.where[1]}/  (Ctrl+C stops it)", flush=True)
                time.sleep(0.2)
        finally:
            end(children)
        return 0

    def answers(self) -> bool:
        """True when the web server takes connections."""
        try:
            with socket.create_connection(self.where, timeout=1):
                return True
        except OSError:
            return False


def end(children: Sequence[Child]) -> None:
    """Ask every child to stop, wait, and end those that do not."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
