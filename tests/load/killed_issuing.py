"""One batch of very many, killed again and again: memory stays flat, nobody is signed twice, no index is used twice.

    PYTHONPATH=src:. python -m tests.load.killed_issuing [--rows 100000] [--kills 3]

A process signs as the job does, is killed with SIGKILL at a moment that chance chooses, and another goes on. SQLite in
a folder that is thrown away, or the empty database that DATABASE_URL names. Prints figures; exits 1 when a promise breaks.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.load import issuing

# Growth from the first quarter of a run to its end that is taken for noise, in kB.
NOISE = 16_000


def signer(home: Path) -> int:
    """What is killed: goes on with the one batch there is."""
    issuing.start(home)
    from django.db import connection

    from dorobek.credentials.models import IssuingBatch

    if connection.vendor == "sqlite":
        # SQLite's own cache fills up to 64 MB first; a small one leaves what is ours to be seen.
        connection.cursor().execute("PRAGMA cache_size=-8000")
    print("ready", flush=True)
    issuing.sign(IssuingBatch.objects.get())
    return 0


def resident(pid: int) -> int:
    """kB that a process holds in memory of its own, as of now; pages of the database file mapped in are the system's."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("RssAnon")), 0)


def signed(batch: int) -> int:
    from dorobek.credentials.models import IssuingBatch

    return IssuingBatch.objects.values_list("signed", flat=True).get(pk=batch)


def run(home: Path, batch: int, until: int) -> list[tuple[int, int]]:
    """One process, killed when so many are signed (never for a number beyond the list). Samples of (signed, kB)."""
    command = [sys.executable, "-m", "tests.load.killed_issuing", "--signer", str(home)]
    samples = []
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        while process.poll() is None:
            samples.append((signed(batch), resident(process.pid)))
            if samples[-1][0] >= until:
                # Anywhere within a chunk, not only between two.
                time.sleep(random.random() * 0.5)
                process.send_signal(signal.SIGKILL)
                process.wait()
            time.sleep(0.2)
        assert process.returncode in (0, -signal.SIGKILL), process.returncode
    return [sample for sample in samples if sample[1]]


def growth(samples: list[tuple[int, int]]) -> int:
    """kB that the last quarter of a run has above its second; 0 for a run too short to tell."""
    quarter = len(samples) // 4
    if quarter < 2:
        return 0
    return max(kb for _, kb in samples[-quarter:]) - max(kb for _, kb in samples[quarter : 2 * quarter])


def faults(batch: int, rows: int) -> list[str]:
    """What broke: counted in the tables themselves."""
    from django.db.models import Count

    from dorobek.credentials.models import Credential, IssuingBatch, StatusList

    held = Credential.objects.filter(batch=batch)
    twice = held.values("status_list", "status_index").annotate(times=Count("pk")).filter(times__gt=1).count()
    found = {
        "credentials": (held.count(), rows),
        "rows": (held.values("row").distinct().count(), rows),
        "indices used twice": (twice, 0),
        "persons": (held.values("person").distinct().count(), rows),
        "places given out": (sum(StatusList.objects.values_list("used", flat=True)), rows),
        "state": (IssuingBatch.objects.get(pk=batch).state, "done"),
    }
    return [f"{name}: {is_now}, should be {wanted}" for name, (is_now, wanted) in found.items() if is_now != wanted]


def main() -> int:
    parser = argparse.ArgumentParser(description="Issue one batch of very many, killed on the way.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--signer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.signer:
        return signer(options.signer)
    random.seed(options.seed)
    home = issuing.start()
    try:
        batch = issuing.prepared(options.rows).pk
        points = sorted(random.randrange(options.rows * 9 // 10) for _ in range(options.kills))
        began, runs = time.perf_counter(), []
        for until in [*points, options.rows + 1]:
            runs.append(run(home, batch, until))
        spent = time.perf_counter() - began
        figures = {
            "rows": options.rows, "kills": points, "seed": options.seed, "seconds": round(spent, 1),
            "a second": round(options.rows / spent), "peak kB": max(kb for one in runs for _, kb in one),
            "growth kB": max(growth(one) for one in runs),
            "database": os.environ.get("DATABASE_URL", "SQLite").partition(":")[0],
        }  # fmt: skip
        print(json.dumps(figures, indent=1))
        broken = faults(batch, options.rows)
        if figures["growth kB"] > NOISE:
            broken.append(f"memory grew by {figures['growth kB']} kB")
    finally:
        shutil.rmtree(home)
    print("\n".join(broken) or "nothing was lost, nobody signed twice, no index used twice, memory flat")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
