"""500 candidates sit a test at once on PostgreSQL; a server process is killed in the middle (kill -9).

    PYTHONPATH=src:. python -m tests.load.knowledge_test [--candidates 500] [--answers 8] [--pause 20]

Starts `dorobek serve` with two web processes and a worker on a database of its own (the PostgreSQL that
scripts/postgres_url.py finds) and drops it afterwards. Prints figures of this one run; exits 1 when a promise is broken:
no acknowledged answer lost, autosave at the 95th percentile at most 5 times a request that does nothing and was sent
between the answers of the same candidates, every test marked - half handed in, half ended by the clock.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg

from tests.load import knowledge_candidates as people

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_TIMES = 5.0
BESIDE = "empty beside"  # sent at the same time: before and after, a shared machine is busy with other things
WAIT_FOR_CLOCK = 240


def main() -> int:
    parser = argparse.ArgumentParser(description="A knowledge test of very many at once, with a process killed.")
    parser.add_argument("--candidates", type=int, default=500)
    parser.add_argument("--answers", type=int, default=8)
    parser.add_argument("--pause", type=float, default=20.0, help="mean seconds between two answers of a candidate")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    place = subprocess.run([sys.executable, ROOT / "scripts" / "postgres_url.py"], capture_output=True, text=True)
    if not (server := place.stdout.strip()):
        print("no PostgreSQL answers; see scripts/postgres_url.py")
        return 2
    name, home = f"dorobek_load_{os.getpid()}", tempfile.mkdtemp(prefix="dorobek-load-")
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')
        try:
            return run(options, f"{server.rsplit('/', 1)[0]}/{name}", home)
        finally:
            from django.db import connections

            connections.close_all()
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            shutil.rmtree(home, ignore_errors=True)


def run(options: argparse.Namespace, database: str, home: str) -> int:
    os.environ |= {
        "DATABASE_URL": database, "DOROBEK_DATA_DIR": home, "DOROBEK_DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "tests.load.knowledge_settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }  # fmt: skip
    import django

    django.setup()
    print(f"preparing {options.candidates} candidates", flush=True)
    seats = people.prepare(options.candidates)
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "dorobek.cli.main",
        "serve",
        "--port",
        str(port),
        "--workers",
        str(options.processes),
    ]
    with subprocess.Popen(command, cwd=home) as served:
        try:
            wait_for(port)
            return measured(options, seats, port, served.pid)
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(60)


def measured(options: argparse.Namespace, seats: list[people.Seat], port: int, served: int) -> int:
    figures = people.Figures()
    half = options.answers // 2 or 1
    asyncio.run(everybody(people.nothing(one, port, people.Figures(), 1, options.pause) for one in seats))  # warm
    print("requests that do nothing", flush=True)
    asyncio.run(everybody(people.nothing(one, port, figures, half, options.pause) for one in seats))
    print("the test, and a process killed in the middle", flush=True)
    whole = options.answers * options.pause
    killed: list[float] = []
    threading.Timer(whole * random.uniform(0.4, 0.6), lambda: killed.append(kill_one(served))).start()
    began = time.perf_counter()
    asyncio.run(everybody(people.sit(one, port, figures, options.answers, options.pause) for one in seats))
    seconds = time.perf_counter() - began
    missing = people.lost(seats)
    by_hand, by_clock = seats[: len(seats) // 2], seats[len(seats) // 2 :]
    print("half hand in, half are ended by the clock", flush=True)
    asyncio.run(everybody(people.hand_in(one, port, figures) for one in by_hand))
    waited = ended_by_clock(by_clock)
    missing += people.lost(seats)
    unmarked = people.unmarked(seats)
    print(json.dumps(told(options, figures, seats, seconds, killed, waited), indent=1))
    broken = [f"lost: {one}" for one in missing[:10]] + [f"not marked: {one}" for one in unmarked[:10]]
    broken += [f"refused: {one}" for one in figures.refused[:10]]
    ratio = figures.percentile("autosave", 0.95) / figures.percentile(BESIDE, 0.95)
    if ratio > MOST_TIMES:
        broken.append(f"autosave is {ratio:.2f} times an empty request at the 95th percentile")
    if not killed:
        broken.append("no process was killed")
    print("\n".join(broken) or "no acknowledged answer was lost, every test is marked, autosave is quick enough")
    return 1 if broken else 0


def told(options, figures, seats, seconds, killed, waited) -> dict[str, object]:  # type: ignore[no-untyped-def]
    def ms(kind: str, part: float) -> float:
        return round(1000 * figures.percentile(kind, part), 1)

    calm = (killed[0], killed[0] + 30) if killed else (0, 0)

    def times(kind: str, part: float, without: tuple[float, float] = (0, 0)) -> float:
        return round(figures.percentile("autosave", part, without) / figures.percentile(kind, part, without), 2)

    saves = len(figures.took["autosave"])
    return {
        "candidates": options.candidates, "server processes": options.processes, "processes killed": len(killed),
        "answers sent": saves, "a second": round(saves / seconds, 1),
        "answers acknowledged and held": sum(len(one.acknowledged) for one in seats),
        "sent again: connection refused, connection had ended": [figures.broken, figures.reopened],
        "autosave p50/p95 ms": [ms("autosave", 0.5), ms("autosave", 0.95)],
        "empty beside p50/p95 ms": [ms(BESIDE, 0.5), ms(BESIDE, 0.95)],
        "empty before p50/p95 ms": [ms("empty", 0.5), ms("empty", 0.95)],
        "autosave to empty beside, p50 and p95": [times(BESIDE, 0.5), times(BESIDE, 0.95)],
        "the same without 30 s after the kill": [times(BESIDE, 0.5, calm), times(BESIDE, 0.95, calm)],
        "autosave p50/p95 ms without 30 s after the kill": [
            round(1000 * figures.percentile("autosave", part, calm), 1) for part in (0.5, 0.95)
        ],
        "autosave to empty before, p50 and p95": [times("empty", 0.5), times("empty", 0.95)],
        "seconds until the clock's job ended the other half": waited,
    }  # fmt: skip


async def everybody(sittings) -> None:  # type: ignore[no-untyped-def]
    await asyncio.gather(*sittings)


def ended_by_clock(seats: list[people.Seat]) -> float:
    """Their time is over; wait for the durable job. Seconds it took."""
    from dorobek.validation.models import KnowledgeTest

    people.end_by_clock(seats)
    began = time.monotonic()
    open_ones = KnowledgeTest.objects.filter(uid__in=[one.test for one in seats], finished_at=None)
    while open_ones.exists() and time.monotonic() - began < WAIT_FOR_CLOCK:
        time.sleep(1)
    return round(time.monotonic() - began, 1)


def kill_one(served: int) -> float:
    """SIGKILL to one web process: a child of the web server, itself a child of `dorobek serve`. Returns when."""
    web = [pid for pid in children(served) if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    workers = [
        pid for parent in web for pid in children(parent) if b"tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    victim = random.choice(workers)
    os.kill(victim, signal.SIGKILL)
    print(f"killed web process {victim} of {workers}", flush=True)
    return time.perf_counter()


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(one) for one in (task / "children").read_text().split()]
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    sys.exit(main())
