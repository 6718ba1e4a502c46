"""How long a document takes from JSON to canonical N-Quads, beside PyLD.

    python benchmarks/credentials/canonicalise.py [FILE ...]

Prints microseconds of processor time, the best of several rounds on this machine: reading the JSON strictly, turning it into quads,
canonicalising them, and the same by PyLD (contexts at hand, nothing fetched). Without FILE: the badge of 60 quads beside
this script, and the fixtures of Open Badges where `../shared/data` (or SHARED_DATA) has them.
"""

import os
import sys
import time
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dorobek.vc import jcs, jsonstrict
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.rdf.rdfc import canonicalise

HERE = Path(__file__).resolve().parent
FIXTURES = Path(os.environ.get("SHARED_DATA", HERE.parents[2] / "shared" / "data")) / "openbadges-3"
HEAD = (
    f"{'document':<28}{'quads':>6}{'parse':>8}{'jcs':>8}{'quads':>8}{'canon':>8}{'both':>8}{'PyLD':>10}{'ratio':>7}\n"
)


def best(work: Callable[[], Any]) -> float:
    """Microseconds of processor time of one run."""
    timer = timeit.Timer(work, timer=time.process_time)
    number = max(1, timer.autorange()[0] // 4)
    return min(timer.repeat(5, number)) / number * 1e6


def pyld(document: dict[str, Any]) -> Callable[[], Any] | None:
    try:
        from pyld import jsonld
    except ImportError:
        return None

    def load(url: str, _options: Any) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": SHIPPED.context(url)}}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load, "base": None}
    return lambda: jsonld.normalize(document, options)


def row(path: Path) -> str:
    raw = path.read_bytes()
    document = jsonstrict.parse(raw)
    document.pop("proof", None)
    quads = to_quads(document)
    times = [
        best(lambda: jsonstrict.parse(raw)),
        best(lambda: jcs.canonical(document)),
        best(lambda: to_quads(document)),
        best(lambda: canonicalise(quads)),
    ]
    both = times[2] + times[3]
    text = f"{path.stem:<28}{len(set(quads)):>6}" + "".join(f"{time:>8.0f}" for time in times) + f"{both:>8.0f}"
    reference = pyld(document)
    if reference is None:
        return f"{text}  (PyLD is not installed)\n"
    if reference() != canonicalise(quads):
        return f"{text}  (PyLD gives another graph)\n"
    theirs = best(reference)
    return f"{text}{theirs:>10.0f}{theirs / both:>6.0f}x\n"


def main(names: list[str]) -> None:
    found = [FIXTURES / "simple.json", FIXTURES / "complete.json"]
    paths = [Path(name) for name in names] or [HERE / "badge.json", *(path for path in found if path.exists())]
    sys.stdout.write(HEAD)
    for path in paths:
        sys.stdout.write(row(path))


if __name__ == "__main__":
    main(sys.argv[1:])
