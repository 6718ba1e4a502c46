"""Time and memory on a full index: all of ESCO and 20,000 register entries, learned, in a process of its own.

One core: the threads of numpy's linear algebra are held to one. Times are of the processor, medians.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

SHORT = ("cashier", "welding steel gates", "repair farm machines", "book keeper", "look after elderly people")
SENTENCES = (
    "I sat at the till, took returns and counted the takings at the end of the day",
    "I looked after my mother after a stroke, washed her and gave her medicines",
    "Every morning I milked forty cows and in summer I drove the tractor for the neighbours",
    "kept the books of a small company and filed tax returns",
    "organised a village festival and wrote an application for funding",
)
ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds to build, seconds to read the stored file, milliseconds a query, megabytes of the serving process."""

    concepts: int
    names: int
    build_seconds: float
    file_megabytes: float
    load_seconds: float
    short_milliseconds: float
    sentence_milliseconds: float
    megabytes: float


def measured(folder: Path) -> Speed:
    """Build in one process, serve in another, as a worker and a web process do. OSError, ValueError when one fails."""
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "index.npz"
        parts = []
        for step in ("build", "serve"):
            command = [sys.executable, "-m", "dorobek.matching.bench.speed", step, str(folder), str(file)]
            done = subprocess.run(command, env=alone, capture_output=True, text=True, check=False)
            if done.returncode:
                raise ValueError(f"measuring of speed failed: {done.stderr.strip()[-300:]}")
            parts.append(json.loads(done.stdout))
    return Speed(**parts[0], **parts[1])


def _build(folder: Path, file: Path) -> dict[str, float]:
    from dorobek.matching import Index, save
    from dorobek.matching.bench.esco import all_concepts, entries

    concepts = all_concepts(folder)
    concepts += entries(concepts)
    begun = time.process_time()
    index = Index.build(concepts, "en", learn=True)
    save(index, "en", file)
    return {"build_seconds": time.process_time() - begun, "file_megabytes": file.stat().st_size / 1e6}


def _serve(file: Path) -> dict[str, float]:
    from dorobek.matching import load

    begun = time.process_time()
    index = load(file)
    loaded = time.process_time() - begun
    found = {"concepts": len(index), "names": len(index.phrase_texts), "load_seconds": loaded}
    for name, questions in (("short_milliseconds", SHORT), ("sentence_milliseconds", SENTENCES)):
        times = []
        for question in questions * ROUNDS:
            begun = time.process_time()
            index.suggest(question)
            times.append(1000 * (time.process_time() - begun))
        found[name] = statistics.median(times)
    return {**found, "megabytes": _megabytes()}


def _megabytes() -> float:
    """Memory of this process now; the most it ever had where the system does not tell."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(row for row in status.read_text(encoding="ascii").splitlines() if row.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def as_data(speed: Speed) -> dict[str, float]:
    """For JSON."""
    return asdict(speed)


def in_words(speed: Speed) -> str:
    """One paragraph for a terminal."""
    return (
        f"speed, {speed.concepts} concepts with {speed.names} names, one core: built in {speed.build_seconds:.0f} s, "
        f"file {speed.file_megabytes:.0f} MB read in {speed.load_seconds:.0f} s, memory {speed.megabytes:.0f} MB, "
        f"a query of up to six words {speed.short_milliseconds:.1f} ms, a sentence {speed.sentence_milliseconds:.1f} ms"
    )


if __name__ == "__main__":
    place, stored = Path(sys.argv[2]), Path(sys.argv[3])
    sys.stdout.write(json.dumps(_build(place, stored) if sys.argv[1] == "build" else _serve(stored)))
