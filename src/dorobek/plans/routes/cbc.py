"""CBC as its own process: a programme in, an answer with its bound out, however it ends.

The binary is the one that PuLP ships. A process of its own can be stopped, and a crash of it is not ours.
"""

import math
import re
import subprocess
import tempfile
import time
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dorobek.plans.routes.model import Column, Row, Terms, mps

SEED = 20_261_121
# Seconds after its own time limit until CBC is stopped from outside.
PATIENCE = 0.4
KILLED = -9
# CBC 2.10.3 now and then dies of a signal when its time runs out inside a heuristic. With less than this part of the
# time left, that is the same as no answer in time; with more left it is asked once again, the other way prepared.
LATE = 0.3
BEST_POSSIBLE = re.compile(r"best possible (-?[\d.e+]+)")
LOWER = re.compile(r"^Lower bound:\s+(-?[\d.e+]+)", re.M)
CONTINUOUS = re.compile(r"Continuous objective value is (-?[\d.e+]+)")
RESULT = re.compile(r"^Result - (.+)$", re.M)


class SolverFailed(RuntimeError):
    """CBC could not be run or gave an answer that breaks a rule; nothing of it was used."""


@dataclass(frozen=True)
class Outcome:
    """`values`: columns that are not 0, or None without an answer. `bound`: nothing can be smaller (-inf: unknown)."""

    values: dict[int, float] | None
    bound: float
    infeasible: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class Programme:
    """What is asked: make `objective` small; figures of it differ by at least `grain`.

    `prepare`: let CBC probe the programme first, which often takes longer than a small one takes to be solved.
    """

    columns: list[Column]
    rows: list[Row]
    objective: Terms
    gone: Set[int]
    grain: int = 1
    prepare: bool = True

    @property
    def mps(self) -> str:
        return mps(self.columns, self.rows, self.objective, self.gone)


@cache
def binary() -> str:
    """Where CBC lies. PuLP is imported here since that takes a third of a second."""
    import pulp

    path = Path(pulp.PULP_CBC_CMD.pulp_cbc_path).resolve()
    if not path.exists():
        raise SolverFailed(f"CBC is missing: {path}")
    return str(path)


def run(programme: Programme, start: dict[int, int] | None, seconds: float) -> Outcome:
    """Solve within `seconds` by the clock, from a first answer if one is given."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="routes-") as name:
        folder = Path(name)
        (folder / "p.mps").write_text(programme.mps, encoding="ascii")
        if start is not None:
            lines = [f"{place} c{column} {value} 0" for place, (column, value) in enumerate(sorted(start.items()))]
            (folder / "start").write_text("\n".join(["Stopped on time - objective value 0", *lines, ""]), "ascii")
        left = max(0.05, seconds - (time.monotonic() - begun))
        for prepare in (programme.prepare, not programme.prepare):
            ended, log = _call(_command(folder, programme, left, start is not None, prepare), folder / "log", left)
            left = seconds - (time.monotonic() - begun)
            if ended in (0, KILLED):
                return _read(log, folder / "out", time.monotonic() - begun)
            if left < LATE * seconds:
                return Outcome(None, -math.inf, False, time.monotonic() - begun)
        raise SolverFailed(f"CBC ended twice with {ended}: {log[-300:]}")


def _command(folder: Path, programme: Programme, seconds: float, started: bool, prepare: bool) -> list[str]:
    near = f"{programme.grain * 0.999:.6f}"
    return [
        *(binary(), str(folder / "p.mps"), "-timeMode", "elapsed", "-sec", f"{seconds:.2f}"),
        *("-randomSeed", str(SEED), "-randomCbcSeed", str(SEED), "-ratio", "0", "-allow", near, "-inc", near),
        *(("-mips", str(folder / "start")) if started else ()),
        *(() if prepare else ("-preprocess", "off")),
        *("-solve", "-solution", str(folder / "out")),
    ]


def _call(command: list[str], log: Path, seconds: float) -> tuple[int, str]:
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process:
        try:
            process.wait(seconds + PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode, log.read_text("utf-8", "replace")


def _read(log: str, solution: Path, seconds: float) -> Outcome:
    results = RESULT.findall(log)
    ended = results[-1] if results else ""
    lines = solution.read_text("ascii").splitlines() if solution.exists() else []
    if "nfeasible" in ended or (lines and "nfeasible" in lines[0]) or "Problem is infeasible" in log:
        return Outcome(None, math.inf, True, seconds)
    values = None
    if lines and "no integer" not in lines[0]:
        cells = (line.split() for line in lines[1:])
        values = {int(cell[-3][1:]): float(cell[-2]) for cell in cells if cell[-3].startswith("c")}
    return Outcome(values, _bound(log, ended, lines), False, seconds)


def _bound(log: str, ended: str, lines: list[str]) -> float:
    """The strongest bound that the log states."""
    if (ended.startswith("Optimal") or not ended) and lines and lines[0].startswith("Optimal"):
        found = LOWER.findall(log)
        return float(found[-1]) if found else float(lines[0].split()[-1])
    stated = [float(text) for pattern in (LOWER, BEST_POSSIBLE, CONTINUOUS) for text in pattern.findall(log)[-1:]]
    return max((value for value in stated if abs(value) < 1e40), default=-math.inf)
