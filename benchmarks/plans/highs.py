"""HiGHS as scipy ships it, in a process of its own: rows as JSON on standard input, an answer as JSON out.

Run by `bench.py` with a Python that has scipy; it imports nothing of this repository.
"""

import json
import sys
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array


def main() -> None:
    asked = json.load(sys.stdin)
    begun = time.perf_counter()
    cells = [(row, int(column), value) for row, (terms, _) in enumerate(asked["rows"]) for column, value in terms]
    rows, columns, values = zip(*cells, strict=True)
    table = csr_array((values, (rows, columns)), shape=(len(asked["rows"]), len(asked["highs"])))
    objective = np.zeros(len(asked["highs"]))
    for column, value in asked["objective"]:
        objective[int(column)] = value
    found = milp(
        objective,
        integrality=np.array(asked["whole"]),
        bounds=Bounds(0, np.array(asked["highs"])),
        constraints=LinearConstraint(table, -np.inf, np.array([most for _, most in asked["rows"]])),
        options={"time_limit": asked["seconds"], "mip_rel_gap": 0.0},
    )
    figure = None if found.x is None else round(-found.fun)
    json.dump({"points": figure, "seconds": time.perf_counter() - begun, "proven": found.status == 0}, sys.stdout)


if __name__ == "__main__":
    main()
