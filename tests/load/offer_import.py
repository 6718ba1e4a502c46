"""An offer of very many rows, first with one broken row, then whole, then killed on the way and brought in again.

    PYTHONPATH=src:. python -m tests.load.offer_import [--rows 100000]

Each import is a process of its own, the command that an operator runs, on SQLite in a folder that is thrown away or in
the empty database that DATABASE_URL names. Prints seconds, memory and counts; exits 1 when a promise breaks: the line is
named, nothing is half imported, memory does not grow with the rows beyond their numbers.
"""

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.offers.files import HEAD, line

MOST_KB = 400_000  # of a whole process; a bare one takes about 120 MB


def write(path: Path, rows: int, broken: int = 0) -> None:
    """A table of so many rows; the row of that number has an impossible price."""
    with path.open("w", encoding="utf-8") as file:
        print(HEAD, file=file)
        for number in range(1, rows + 1):
            print(
                line(number, dostawca=f"Szkoła {number % 500}", cena="1 200 €" if number == broken else "950"),
                file=file,
            )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "dorobek.cli.main", *arguments]


def bring(path: Path, *options: str) -> tuple[int, str, float, int]:
    """(exit code, what was said, seconds, peak kB) of one import."""
    begun = time.perf_counter()
    done = subprocess.run(command("import", "offer", str(path), *options), capture_output=True, text=True, check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return done.returncode, done.stdout + done.stderr, time.perf_counter() - begun, peak


def count() -> int:
    from dorobek.offers.models import Edition

    return int(Edition.objects.count())


def start(home: Path) -> None:
    os.environ |= {
        "DOROBEK_DATA_DIR": str(home), "DJANGO_SETTINGS_MODULE": "dorobek.config.settings", "DOROBEK_DEMO": "0",
    }  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def killed(path: Path, checking: float) -> None:
    """Brought in and killed a second after it has checked the file and begun to write."""
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = subprocess.Popen(command("import", "offer", str(path)), **silent)
    time.sleep(checking + 1)
    assert running.poll() is None, "it was done before it could be killed"
    running.send_signal(signal.SIGKILL)
    running.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    home = Path(tempfile.mkdtemp(prefix="dorobek-offer-"))
    broken_promises = []
    try:
        start(home)
        whole, broken = home / "whole.csv", home / "broken.csv"
        write(whole, rows)
        write(broken, rows, broken=rows * 2 // 3)
        code, said, seconds, peak = bring(broken)
        print(
            f"one broken of {rows}: exit {code}, {seconds:.1f} s, {peak // 1000} MB, {count()} editions\n  {said.splitlines()[0].strip()}"
        )
        if code != 1 or count() or f"line {rows * 2 // 3 + 1}, price" not in said:
            broken_promises.append("a broken row left something or was not named")
        killed(whole, seconds)
        print(f"killed on the way: {count()} editions")
        if count():
            broken_promises.append("a killed import left something")
        code, said, seconds, peak = bring(whole)
        print(f"whole: exit {code}, {seconds:.1f} s, {peak // 1000} MB, {count()} editions")
        if code or count() != rows:
            broken_promises.append("the whole file was not brought in")
        code, said, seconds, peak = bring(whole)
        print(f"again, nothing changed: exit {code}, {seconds:.1f} s, {peak // 1000} MB")
        if f"{rows} as they were" not in said:
            broken_promises.append("an unchanged file changed something")
        if peak > MOST_KB:
            broken_promises.append(f"{peak // 1000} MB at most, {MOST_KB // 1000} promised")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("; ".join(broken_promises) or "every promise kept")
    return bool(broken_promises)


if __name__ == "__main__":
    sys.exit(main())
