"""The whole path of the product: a row read and looked over, signed, stored, given its place on a status list.

    PYTHONPATH=src:. python benchmarks/credentials/product.py [--rows 5000] [--profile]

Credentials a second, by the clock and by computing time of this process, on SQLite and, where one answers, PostgreSQL:
each in a database of its own that is thrown away. Exits 1 below 500 a second (by computing time) on SQLite.
"""

import argparse
import cProfile
import os
import pstats
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
from tests.load import issuing  # noqa: E402

WANTED = 500


def measure(rows: int, profile: bool) -> float:
    """Prints, and returns credentials per second of computing."""
    home = issuing.start()
    try:
        issuing.sign(issuing.prepared(50))  # tables, caches and templates are warm
        batch = issuing.prepared(rows)
        watch = cProfile.Profile()
        clock, spent = time.perf_counter(), time.process_time()
        if profile:
            watch.runcall(issuing.sign, batch)
        else:
            issuing.sign(batch)
        clock, spent = time.perf_counter() - clock, time.process_time() - spent
        batch.refresh_from_db()
        assert batch.signed == rows, batch.signed
        from django.db import connection

        print(
            f"{connection.vendor:12}{rows:>8} rows{rows / clock:>10.0f} a second by the clock{rows / spent:>10.0f} by computing time"
        )
        if profile:
            pstats.Stats(watch).sort_stats("tottime").print_stats(25)
    finally:
        shutil.rmtree(home)
    return rows / spent


def on_postgresql(rows: int) -> None:
    """In a process of its own, since settings are read once."""
    url = subprocess.run(
        [sys.executable, ROOT / "scripts/postgres_url.py"], capture_output=True, text=True, check=True
    ).stdout.strip()
    if not url:
        print("postgresql  not measured: none answers on 127.0.0.1:5432")
        return
    import psycopg

    name = f"dorobek_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            own = f"{url.rpartition('/')[0]}/{name}"
            command = [sys.executable, __file__, "--rows", str(rows), "--here"]
            subprocess.run(command, env=os.environ | {"DATABASE_URL": own}, check=True)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def main() -> int:
    parser = argparse.ArgumentParser(description="Credentials issued per second, all told.")
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--profile", action="store_true", help="where the time goes, on SQLite")
    parser.add_argument("--here", action="store_true", help="only the database that DATABASE_URL names")
    options = parser.parse_args()
    if options.here:
        measure(options.rows, options.profile)
        return 0
    os.environ.pop("DATABASE_URL", None)
    rate = measure(options.rows, options.profile)
    if not options.profile:
        on_postgresql(options.rows)
    if rate < WANTED:
        print(f"below the promise of {WANTED} a second on SQLite")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
