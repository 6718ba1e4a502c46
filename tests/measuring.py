"""Speed in tests: never seconds, which say more about what else the machine does than about the code, but how many
times a piece of fixed work fits in it, both done in turn within one run."""

import hashlib
import time
from collections.abc import Callable


def fixed_work() -> None:
    """About twelve milliseconds of strings and digests on a quiet machine of 2024."""
    known: dict[str, str] = {}
    for number in range(12_000):
        known[f"_:b{number}"] = hashlib.sha256(f"<p:p> _:b{number} .\n".encode()).hexdigest()
    "".join(sorted(known.values()))


def times_fixed_work(work: Callable[[], object], goes: int = 5) -> float:
    """How long `work` takes in fixed works: the best of several goes of both, in turn, by the thread's own clock."""
    best, fixed = float("inf"), float("inf")
    for _ in range(goes):
        fixed = min(fixed, _seconds(fixed_work))
        best = min(best, _seconds(work))
    return best / fixed


def _seconds(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began
