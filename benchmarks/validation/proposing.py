"""How long a proposal of commissions takes: 200 assessors, 50 sessions, conflicts, loads and places (VA-3).

Run: python benchmarks/validation/proposing.py [number of instances of each kind]
Prints one line for each instance and the slowest of each kind; ends with 1 when one takes over 5 seconds or is left
undecided.
"""

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorobek.config.settings_test")

import django  # noqa: E402

django.setup()

from tests.validation.pools import large  # noqa: E402

from dorobek.validation.rules.proposing import Impossible, Proposal, propose  # noqa: E402

KINDS = {
    "roomy": {"limit": 4},
    "tight": {"limit": 1},
    "busy": {"limit": 3, "days": 7},
    "crowded": {"limit": 2, "days": 3},
    "one too few": {"limit": 1, "people": 160},
    "two days": {"limit": 2, "days": 2},
}
MOST = 5.0


def told(answer):
    if isinstance(answer, Proposal):
        return f"filled, cost {answer.cost}, {'proved fairest' if answer.fairest else f'at least {answer.bound}'}"
    if isinstance(answer, Impossible):
        first = answer.reasons[0]
        what = f"{first.rule} {first.about}: wanted {first.wanted}, given {first.given}" if first.wanted else ""
        what = what or first.rule or ", ".join(first.loosening) or "nothing alone"
        return f"proved impossible: {len(first.sessions)} sessions ({what}){'' if first.smallest else ', not shortest'}"
    return "undecided"


def main(count):
    late = 0
    for kind, options in KINDS.items():
        times = []
        for seed in range(count):
            sessions, pool = large(seed, **options)
            begun = time.monotonic()
            answer = propose(sessions, pool)
            times.append(time.monotonic() - begun)
            words = told(answer)
            late += times[-1] > MOST or words == "undecided"
            print(f"{kind:12} {seed:3}  {times[-1]:5.2f} s  {words}")
        print(f"{kind:12} slowest {max(times):.2f} s of {count}")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
