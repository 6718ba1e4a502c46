"""How long `dorobek demo` takes in a new data folder, migrations included; promised: under 20 seconds.

Run: python -m tests.load.bench_demo
"""

import os
import subprocess
import sys
import tempfile
import time

LIMIT = 20.0


def load() -> float:
    """Seconds of one `dorobek demo` in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="dorobek-bench-") as folder:
        settings = {"DOROBEK_DATA_DIR": folder, "DOROBEK_DEMO": "1", "DATABASE_URL": ""}
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "dorobek.cli.main", "demo"],
            env={**os.environ, **settings},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - begun


def main() -> int:
    took = load()
    kept = took < LIMIT
    print(f"dorobek demo: {took:.1f} s (promised: under {LIMIT:.0f} s) {'kept' if kept else 'BROKEN'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
