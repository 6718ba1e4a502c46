"""How soon a route is proven best, and the screen's three, beside greedy, plain CBC as one would write it, and HiGHS.

    PYTHONPATH=src:. python benchmarks/plans/bench.py [--seeds 10] [--others 3] [--seconds 30]

Every figure is points closed of the widest route and seconds by the clock, with everything from the offer to the
answer, on two cores where the system lets a process choose. The three routes of a screen are measured twice: alone,
and beside a process that keeps one of the two cores busy all the time. HiGHS runs where DOROBEK_SCIPY_PYTHON names a
Python that has scipy; it gets our rows, the calendar included. The others take long: they get the first `--others`
seeds only, `--seconds` each. On a busy machine all times grow; the last lines give the processor's time beside the
clock's.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
from benchmarks.plans import naive  # noqa: E402
from benchmarks.plans.generator import generate  # noqa: E402

from dorobek.plans.routes import Problem, Route, check, plan, plan_all, quick  # noqa: E402
from dorobek.plans.routes.cbc import binary  # noqa: E402
from dorobek.plans.routes.levels import MAIN, Level  # noqa: E402
from dorobek.plans.routes.model import Model  # noqa: E402
from dorobek.plans.routes.packing import packed  # noqa: E402
from dorobek.plans.routes.planning import Answer  # noqa: E402

LIMIT, THREE, CORES = 5.0, 5.5, 2
BUSY = "while True: pass"


def ours(seed: int) -> dict[str, Any]:
    """One route alone, and the screen."""
    problem = generate(seed)
    processor = _processor()
    one = plan(problem, Route.WIDEST, LIMIT)
    processor = _processor() - processor
    assert not check(problem, one.codes)
    alone = screen(problem)
    with busy():
        beside = screen(problem)
    return {
        "options": len(packed(problem).options),
        "points": one.sum.points,
        "at most": one.sum.points_all - one.wishes[0].bound,
        "proven": one.proven,
        "seconds": _main(one),
        "processor": processor,
        **alone,
        **{f"busy {name}": value for name, value in beside.items()},
    }


def screen(problem: Problem) -> dict[str, Any]:
    """What a person waits for: the preview, then until each of the three is proven, then until ties are decided too."""
    begun = time.perf_counter()
    first = quick(problem)
    greedy = time.perf_counter() - begun
    three = plan_all(problem, THREE)
    together = time.perf_counter() - begun - greedy
    assert not any(check(problem, answer.codes) for answer in (*three.values(), *first.values()))
    return {
        "greedy": first[Route.WIDEST].sum.points,
        "greedy seconds": greedy,
        "three": sum(answer.proven for answer in three.values()),
        "three seconds": together,
        "three main": max(_main(answer) for answer in three.values()),
        **{route.value: _main(answer) for route, answer in three.items()},
    }


@contextmanager
def busy() -> Iterator[None]:
    """One of the cores is kept busy by somebody else."""
    with subprocess.Popen([sys.executable, "-c", BUSY]) as process:
        try:
            yield
        finally:
            process.kill()


def two_cores() -> str:
    """Keep this process and what it starts on two cores."""
    if not hasattr(os, "sched_setaffinity"):
        return "all cores: this system does not let a process choose"
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    return f"cores {sorted(os.sched_getaffinity(0))}"


def _main(answer: Answer) -> float:
    """When the main wish was decided; choosing between equals comes after."""
    return answer.wishes[MAIN[answer.route] - 1].seconds


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def highs(problem: Problem, python: str, seconds: float) -> dict[str, Any]:
    """Our tight rows, all of the calendar with them, given to HiGHS."""
    table = packed(problem)
    model = Model(table)
    rows = [(list(limit.uses.items()), limit.most) for limit in table.limits]
    rows += [(list(row.terms.items()), row.most) for row in model.rows[_plain(table) :]]
    asked = {
        "rows": rows,
        "objective": list(model.terms(Level.POINTS).items()),
        "highs": [column.high for column in model.columns],
        "whole": [int(column.whole) for column in model.columns],
        "seconds": seconds,
    }
    script = str(Path(__file__).parent / "highs.py")
    run = subprocess.run([python, script], input=json.dumps(asked), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(run.stdout[run.stdout.rindex("{") :])
    return found


def _plain(table: Any) -> int:
    """How many of the model's rows are limits that are in the table already."""
    return sum(limit.kind.name != "CALENDAR" for limit in table.limits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--others", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=30.0)
    asked = parser.parse_args()
    binary()
    rows = []
    print(f"{two_cores()}; load before {os.getloadavg()[0]:.1f}")
    print("seed  kept  ours     s  proven  at most  greedy     s   %   three  wide cheap  soon   beside a busy process")
    for seed in range(asked.seeds):
        row = ours(seed)
        rows.append(row)
        print(
            f"{seed:4}  {row['options']:4}  {row['points']:4} {row['seconds']:5.2f}  {'yes' if row['proven'] else 'no':6}"
            f"  {row['at most']:7}  {row['greedy']:6} {row['greedy seconds']:5.2f} {100 * row['greedy'] / row['points']:3.0f}"
            f"   {_three(row, '')}   {_three(row, 'busy ')}",
            flush=True,
        )
    _summary(rows)
    _others(rows[: asked.others], asked.seconds)


def _three(row: dict[str, Any], when: str) -> str:
    times = (row[when + route.value] for route in (Route.WIDEST, Route.CHEAPEST, Route.SOONEST))
    return f"{row[when + 'three']:5} " + " ".join(f"{seconds:5.2f}" for seconds in times)


def _summary(rows: list[dict[str, Any]]) -> None:
    def median(name: str) -> float:
        return statistics.median(row[name] for row in rows)

    print(f"proven: {sum(row['proven'] for row in rows)} of {len(rows)} within {LIMIT:.0f} s")
    print(f"median: {median('seconds'):.2f} s until proven; {median('processor'):.2f} s of processor, ties included")
    print(f"greedy: median {statistics.median(100 * row['greedy'] / row['points'] for row in rows):.1f} % of ours")
    for when, words in (("", "three routes alone"), ("busy ", "three routes beside a busy process")):
        proven = sum(row[when + "three"] == len(Route) for row in rows)
        slowest, ties = (max(row[when + name] for row in rows) for name in ("three main", "three seconds"))
        print(
            f"{words}: greedy after {median(when + 'greedy seconds'):.2f} s; all proven on {proven} of {len(rows)} seeds, "
            f"median {median(when + 'three main'):.2f} s, slowest {slowest:.2f} s, with ties {ties:.2f} s"
        )


def _others(rows: list[dict[str, Any]], seconds: float) -> None:
    print("\nother solvers: seed, points, seconds, proven")
    python = os.environ.get("DOROBEK_SCIPY_PYTHON", "")
    for seed, row in enumerate(rows):
        points, took, proven = naive.solve(generate(seed), seconds)
        print(
            f"plain CBC   {seed}  {points}  {took:6.2f}  {proven}   ours {row['points']} in {row['seconds']:.2f}",
            flush=True,
        )
        if proven and row["proven"]:
            assert points == row["points"], "two proofs of different answers"
    if not python:
        print("scipy's HiGHS: skipped, DOROBEK_SCIPY_PYTHON names no Python with scipy")
        return
    for seed, row in enumerate(rows):
        found = highs(generate(seed), python, seconds)
        print(
            f"scipy HiGHS {seed}  {found['points']}  {found['seconds']:6.2f}  {found['proven']}   ours {row['points']}",
            flush=True,
        )
        if found["proven"] and row["proven"]:
            assert found["points"] == row["points"], "two proofs of different answers"


if __name__ == "__main__":
    main()
